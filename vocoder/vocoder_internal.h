/* A look inside the vocoder, for tests and benchmarks only. */
#ifndef LINNET_VOCODER_INTERNAL_H
#define LINNET_VOCODER_INTERNAL_H

#include "vocoder/vocoder.h"

/* Multiply-adds of the linear maps and convolutions for one frame; 0 for Griffin-Lim. */
size_t voc_cost(const struct vocoder_model *model);

#endif
