/* The caller's text -> sentences, as tokens: words and punctuation with their bytes. First step of the front end. */
#ifndef LINNET_FRONTEND_CLAUSE_H
#define LINNET_FRONTEND_CLAUSE_H

#include "given.h"
#include "utterance.h"

#define FE_SENTENCE_BYTES 2000 /* looked at for one sentence; longer ones are cut */
#define FE_CHUNK_BYTES 1000    /* without white space; longer ones are cut */
#define FE_WORD_BYTES 120      /* espeak-ng's own limit for a word is 160 */

struct fe_char;
struct language;

struct clause_reader {
    const char *text;
    size_t size, position;
    size_t invalid; /* bytes before `position` that aren't UTF-8; read as spaces */
    bool (*is_named)(const void *naming,
                     uint32_t codepoint); /* marks of lists that are; the others are silent. NULL: all are */
    const void *naming;
    const struct language *language;         /* set it before the start */
    struct given_source given[GIVEN_OWNERS]; /* behind characters of private use. Set it after the start */
    size_t depth;                            /* of quoting, of the line in hand */
    size_t line_start;                       /* of the line in hand */
    bool whole;                              /* all of the text is one sentence */
    struct fe_char *chars;                   /* the chunk in hand: a run without white space */
    size_t n_chars, char_capacity;
};

/* Constant time; keeps the memory of the text before. */
void fe_clause_start(struct clause_reader *reader, const char *text, size_t size);
void fe_clause_free(struct clause_reader *reader);

/* Reads the next sentence into *utt (tokens and text); no tokens at the end of the text. false: out of memory. */
BASE_MUST_USE bool fe_clause_next(struct clause_reader *reader, struct utterance *utt);

/* Takes the next bytes, at most FE_RAW_BYTES, as a sentence without looking at them: no tokens yet. */
#define FE_RAW_BYTES 200
void fe_clause_raw(struct clause_reader *reader, struct utterance *utt);

/* Reads all of the rest as one sentence, of any length: it is known to be one. */
BASE_MUST_USE bool fe_clause_all(struct clause_reader *reader, struct utterance *utt);

#endif
