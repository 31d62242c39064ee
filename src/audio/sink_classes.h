/* The sinks of this folder, for the table in sink.c. */
#ifndef LINNET_SINK_CLASSES_H
#define LINNET_SINK_CLASSES_H

#include "audio/sink.h"

extern const struct sink_class sink_wav_class, sink_raw_class, sink_file_class, sink_portaudio_class, sink_null_class;

#endif
