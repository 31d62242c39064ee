/* Reads and checks the keys of voices/FORMAT.md section 2. Private to src/voice. */
#ifndef LINNET_VOICE_META_H
#define LINNET_VOICE_META_H

#include "voice/voice_file.h"
#include "voice/voice_gguf.h"

/* What the pointers of a struct voice_meta point into. */
struct voice_meta_memory {
    char *text; /* all strings, NUL-terminated */
    size_t text_used;
    const char **phonemes, **rewrites;
};

/* On failure *memory may be half-filled; clear it in any case. */
BASE_MUST_USE int voice_meta_read(struct voice_meta *meta, struct voice_meta_memory *memory,
                                  const struct voice_gguf *gguf, struct base_error *err);
void voice_meta_clear(struct voice_meta_memory *memory);

#endif
