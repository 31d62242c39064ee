/* Abbreviations, and the words that tell where sentences end: tables of a language. The entry of an abbreviation says
 * it all: how it is said, what must stand around it for that (the normaliser asks), and whether a sentence may end with
 * its dot (the split asks). */
#ifndef LINNET_FRONTEND_ABBREVIATIONS_H
#define LINNET_FRONTEND_ABBREVIATIONS_H

#include <stdbool.h>
#include <stddef.h>

struct norm_pass;

/* When an abbreviation is said in full. One of the conditions must hold. */
enum {
    ABBR_ALWAYS = 1,      /* with its dot */
    ABBR_BEFORE_NAME = 2, /* a word with a capital follows, and it has one itself */
    ABBR_BEFORE_NUMBER = 4,
    ABBR_BEFORE_COMMA = 8,
    ABBR_IN_SENTENCE = 16, /* the sentence goes on in lower case */
    ABBR_AFTER_NAME = 32,  /* a word with a capital stands before, and it has one itself */
    ABBR_AFTER_NUMBER = 64,
    ABBR_OWN = 128, /* this and the next bit: what the language's fits() knows */
    /* These change the others. */
    ABBR_BARE = 512,   /* without a dot too */
    ABBR_SMALL = 1024, /* before a name in small letters too: "v." */
    ABBR_EXACT = 2048, /* letters are capital or small as in the table */
    ABBR_TITLE = 4096  /* without a dot too before a name, not in capitals: "Prof Smith"; but "Rev B", "MS Word" */
};

/* Whether the sentence goes on behind the dot, if anything follows that could start another. */
enum abbreviation_dot {
    DOT_NONE,    /* no abbreviation: a full stop */
    DOT_GOES_ON, /* always: "Mr.", "vs." */
    DOT_NUMBER,  /* before a number: "No. 5" */
    DOT_ORDINAL, /* before an ordinal: "W. 42nd St." */
    DOT_VERSE,   /* before chapter and verse: "Matt. 5:3" */
    DOT_EITHER,  /* before all but the words that start sentences: "U.S. Army", "Inc." */
    DOT_CLOSES,  /* before what has no capital, and words that go on with a time: "5 p.m. Monday", "etc." */
    DOT_INITIAL  /* a capital letter that no entry has: as DOT_EITHER, but not before a number: "J. Smith" */
};

struct abbreviation {
    /* Without its last dot: "mr", "z.B". In the text the first letter may be a capital as well, and all letters of what
     * has no dots inside; a capital here must be one. A space may stand behind a dot inside. For the split alone also a
     * list, "jan|feb". What ends with a hyphen goes on as a word. */
    const char *written;
    const char *spoken; /* its first letter will be as the text has it; NULL: the entry is for the split alone */
    unsigned when;
    enum abbreviation_dot dot;
};

/* The first entry that fits is taken. */
struct abbreviations {
    const struct abbreviation *rows;
    size_t n_rows;
    /* Whether one of the language's own conditions in `when` holds for token i; `next` is the token behind it and its
     * dot. NULL: there are none. */
    bool (*fits)(const struct norm_pass *pass, size_t i, size_t next, unsigned when);
};

/* Lists of words in lower case, "a|b|c". */
struct sentence_words {
    const char *starters;   /* words that start sentences but hardly follow an abbreviation inside one: "The" */
    const char *unfinished; /* words that a heading doesn't end with: "the", "of" */
    const char *time_words; /* names that go on with a time: "5 p.m. Monday" */
    const char *joints;     /* words before which a sentence that is too long is best cut: "and" */
    const char *no_names;   /* words whose capital at the head of a sentence makes no name of them: "Meet" */
    const char *letters;    /* capitals that are words and rather end a sentence than be an initial: "I" */
    const char *openers;    /* words that begin a sentence with its time: "At 5 p.m. Mr. Smith came"; NULL: none */
    const char *numbered;   /* words that numbers stand behind: "chapter 2", "and 2"; NULL: unfinished */
    const char *shouted;    /* names that end with '!': "Yahoo! Mail"; NULL: none */
    const char *rulers;     /* words before a name that is counted: "King Charles I."; NULL: none */
    const char *suffix;     /* of words that are followed by a number: "Hauptstr. 5"; NULL: none */
    bool ordinal_dots;      /* "3. Mai" */
    bool lines;             /* a line's end is a sentence's, but behind a comma */
};

/* What stands before an abbreviation. */
struct abbreviation_place {
    bool after_number, after_name;
};

/* The dot at text[dot], behind the word text[word ... dot) that is no number. */
enum abbreviation_dot abbreviation_dot(const struct abbreviations *table, const struct sentence_words *words,
                                       const char *text, size_t size, size_t word, size_t dot,
                                       struct abbreviation_place place);

/* Bytes of the abbreviation at the start of text[size], without its last dot; 0: it doesn't stand there. */
size_t abbreviation_match(const struct abbreviation *row, const char *text, size_t size);

/* A word as it starts a sentence, with a capital. */
bool sentence_starter(const struct sentence_words *words, const char *word, size_t length);
/* Whether a word is in one of the lists; its first letter counts in either case. */
bool is_listed(const char *list, const char *word, size_t length);

#endif
