/* The text to speak, from arguments, a file or standard input, in chunks of bounded size with their place in the whole.
 *
 * A file is cut at paragraphs, else at sentences, else at words. A pipe gives up its complete lines as soon as no
 * more of them are waiting: what another program prints line by line is spoken line by line. Line ends become '\n',
 * NUL bytes become spaces, a byte order mark is skipped; no byte changes its offset. */
#ifndef LINNET_INPUT_H
#define LINNET_INPUT_H

#include <stddef.h>
#include <stdint.h>

struct input;

struct input_chunk {
    const char *text; /* not terminated; valid until the next call */
    size_t size;
    uint64_t offset;  /* of its first byte in the whole text */
};

/* Opens the text of the arguments `words` (joined by spaces), if there are any, else `path` ("-" or NULL: standard
 * input). `whole`: it is one chunk of at most so many bytes; 0: it comes in chunks. 0, or EXIT_FAILED after a message. */
int input_open(struct input **out, const char *path, int n_words, char *const *words, size_t whole);
void input_close(struct input **input);

/* The next chunk; size 0 at the end of the text, or when a signal came. 0, or EXIT_FAILED after a message. */
int input_next(struct input *input, struct input_chunk *chunk);

/* Bytes of the whole text, 0 when nobody knows yet. */
uint64_t input_total(const struct input *input);

/* What messages call it. */
const char *input_name(const struct input *input);

#endif
