/* What the front end knows of a language, and the table of the languages that it knows. README.md here says how to add
 * one. */
#ifndef LINNET_FRONTEND_LANGUAGE_H
#define LINNET_FRONTEND_LANGUAGE_H

#include "abbreviations.h"
#include "base/buffer.h"
#include "names.h"
#include "sentence.h"
#include <stdbool.h>
#include <stddef.h>

struct normaliser;

/* Words that markup asks for: dates and durations whose kind the author names, and the like. */
struct language_words {
    const char *months[12];
    bool day_first; /* "4. Mai", not "May 4" */
    const char *minute, *minutes, *second, *seconds;
    const char *plus;  /* before a telephone number */
    const char *bleep; /* in place of a word that mustn't be said */
};

/* How words are pronounced that espeak-ng says wrong (correct.c). */
struct language_words_said {
    /* [*size] "word IPA\n" ..., sorted by bytes, words in lower case; IPA as espeak-ng writes it. NULL: none. */
    const char *rows;
    const size_t *size;
    /* Endings of words, and what stands there in the stem: a word whose stem has a row is corrected like it. */
    const struct word_ending {
        const char *letters, *stem;
    } * endings;
    size_t n_endings;
    /* The end of a word's phonemes, where espeak-ng doesn't fit it to the sound before. Returns IPA to put in place of
     * the last *drop bytes; NULL: they are right. */
    const char *(*mend)(const char *word, size_t size, const char *ipa, size_t length, size_t *drop);
};

/* Letters that espeak-ng says wrong wherever they stand, and letters that it says as those should sound. */
struct language_respelling {
    const char *written, *spelled;
};

struct language {
    const char *tags; /* "en-us|en-ca": BCP 47 in lower case; each stands for the longer ones that start with it too */
    unsigned variant; /* for the language's own rules, when several entries share them */
    const char *const *digits;                 /* [10] "zero" ... */
    const char *letter_a;                      /* how espeak-ng is made to say the letter, not a word */
    char decimal, group;                       /* separators of numbers */
    bool space_groups;                         /* "10 000" is one number */
    const struct normaliser *normaliser;       /* NULL: text is spoken as it is written */
    const struct abbreviations *abbreviations; /* never NULL */
    const struct sentence_words *sentences;    /* never NULL */
    const struct fe_names *names;              /* of characters and keys; NULL: there are none */
    const struct language_words *words;        /* NULL: there are none */
    /* What "'s" sounds like, in IPA, behind a word whose phonemes end with ipa[length]. NULL: the language has no such
     * ending. */
    const char *(*possessive)(const char *ipa, size_t length);
    const struct language_words_said *said;        /* NULL: as espeak-ng says them */
    const struct language_respelling *respellings; /* up to an entry of NULL; NULL: there are none */
    /* The IPA[*length] of a word that has several pronunciations, as it is meant here; NULL: it has one. Appends to
     * *why, unless that is NULL, which reading was taken and what spoke for it. */
    const char *(*reading)(const struct sentence *sentence, size_t token, size_t *length, struct base_buffer *why);
    /* The IPA of a little word that depends on its neighbours' sounds or grammar; NULL: it is right. NULL: there are
     * none. */
    const char *(*fit)(const struct sentence *sentence, size_t token);
    /* Appends the IPA of a word that the language looks up itself, instead of espeak-ng, and adds to *unread the
     * characters that it can't read. false: it isn't such a word; *failed: out of memory. NULL: there are none. */
    bool (*say)(const struct sentence *sentence, size_t token, struct base_buffer *ipa, size_t *unread, bool *failed);
    const char *latin_voice; /* espeak-ng's voice for words in Latin letters; NULL: the language's own */
};

/* The table: a line a language; the longest tag that fits decides. language_XX is defined in the language's folder. */
#define LANGUAGES(X)                                                                                                   \
    X(en_us) /* Canada and the Philippines too */                                                                      \
    X(en_gb) /* and the rest of the world */                                                                           \
    X(de)                                                                                                              \
    X(fr)                                                                                                              \
    X(es)                                                                                                              \
    X(es_419) /* Mexico and around: a decimal point, and $ is the peso */                                              \
    X(it)                                                                                                              \
    X(pt)                                                                                                              \
    X(zh)

#define LANGUAGE_DECLARE(name) extern const struct language language_##name;
LANGUAGES(LANGUAGE_DECLARE)
#undef LANGUAGE_DECLARE

/* For a BCP 47 tag, a locale or a voice of espeak-ng: "de", "de-AT", "DE_at.UTF-8", "en+f2". A region without an entry
 * is read as the language. Never NULL: a language that isn't in the table has an entry with nothing in it but the
 * abbreviations that languages of Europe share (abbreviations.h), and so has NULL. */
const struct language *language_find(const char *tag);

/* Both tags are of one language, whatever the region. */
bool language_same(const char *a, const char *b);

#endif
