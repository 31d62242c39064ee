/* The text to speak, from arguments, a file or standard input, in chunks of bounded size with their place in the whole.
 *
 * A file is cut at paragraphs, else at sentences, else at words. A pipe gives up its complete paragraphs as soon as no
 * more of it is waiting; a terminal, or a pipe that is `live`, its complete lines: what another program prints line by
 * line is spoken line by line. Several files follow each other. Line ends become '\n', NUL bytes become spaces, a byte
 * order mark is skipped; no byte of UTF-8 changes its offset. UTF-16, and bytes that aren't UTF-8, are rewritten
 * (recode.h): offsets are those of the UTF-8 then. */
#ifndef LINNET_INPUT_H
#define LINNET_INPUT_H

#include "cli/recode.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct input;

/* What a chunk is at most. */
enum input_unit { INPUT_ANY, INPUT_LINE, INPUT_PARAGRAPH };

struct input_source {
    const char *const *paths; /* [n_paths] files, "-" is standard input; when there are neither files nor words: that */
    size_t n_paths;
    char *const *words; /* [n_words] the text itself, to be joined by spaces, when there are any */
    int n_words;
    size_t whole;         /* each file is one chunk of at most so many bytes; 0: it comes in chunks */
    enum input_unit unit; /* blank ones are left out */
    bool live;
    enum recode_kind encoding; /* of the files; RECODE_UNKNOWN: by their first bytes */
    size_t short_line;         /* a line of fewer bytes is one chunk with what is before it; 0: none is */
};

struct input_chunk {
    const char *text; /* not terminated; valid until the next call */
    size_t size;
    uint64_t offset;  /* of its first byte in the whole text, all files joined */
    const char *path; /* its file; NULL: none */
    bool begins;      /* it is not the rest of a line or paragraph too long for one chunk */
};

/* Opens the text; *source is copied, its arrays are borrowed. 0, or EXIT_FAILED after a message. */
int input_open(struct input **out, const struct input_source *source);
void input_close(struct input **input);

/* The next chunk; size 0 at the end of the text, or when a signal came. 0, or EXIT_FAILED after a message. */
int input_next(struct input *input, struct input_chunk *chunk);

/* Bytes of the whole text, 0 when nobody knows yet. */
uint64_t input_total(const struct input *input);

/* Warns of what wasn't UTF-8 and was read as Windows-1252, and of `invalid` bytes that the front end has found. */
void input_warn(const struct input *input, size_t invalid);

/* What messages call the file that is read. */
const char *input_name(const struct input *input);

#endif
