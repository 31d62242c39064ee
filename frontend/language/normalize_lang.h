/* What a language's normaliser is made of, and what its rules are written with. Only the files of this folder and of
 * the languages' see it.
 *
 * The driver (normalize.c) cuts the text into tokens and asks the language's rules, in order, at each token. A rule
 * looks at the tokens around, writes the spoken words, and returns how many tokens it has taken; 0 when it doesn't
 * apply, and then what it wrote is dropped. A rule looks at no more than NORM_LOOK_AHEAD tokens beyond those it takes,
 * so the whole is linear in the length of the text. */
#ifndef LINNET_FRONTEND_NORMALIZE_LANG_H
#define LINNET_FRONTEND_NORMALIZE_LANG_H

#include "language.h"
#include "normalize.h"
#include <stdint.h>

#define NORM_LOOK_AHEAD 200

enum norm_kind {
    NORM_END = 0,     /* no token: before the first, behind the last */
    NORM_WORD = 1,    /* letters, with apostrophes between them */
    NORM_DIGITS = 2,  /* 0 ... 9 */
    NORM_SYMBOL = 4,  /* one character of another kind */
    NORM_INVALID = 8, /* one byte that isn't UTF-8 */
    NORM_PLAIN = 16   /* only in norm_rule.kinds: words in lower case with spaces around and no number before; rules
                         that haven't it aren't asked there */
};

struct norm_token {
    enum norm_kind kind;
    bool space_before;
    bool capital;       /* word: its first letter is one */
    bool all_caps;      /* word: all its letters are ASCII capitals */
    bool lower;         /* word: it has no capital */
    uint32_t codepoint; /* symbol: which; word: its first letter */
    size_t offset, length;
};

/* A run of the driver. */
struct norm_pass {
    const struct language *lang; /* it has a normaliser when rules are asked */
    const char *text;
    size_t size;
    const struct norm_token *tokens;
    size_t n_tokens;
    struct norm_output *out;
    size_t first_token; /* of the piece in hand */
    size_t piece_start; /* its first byte in the output */
    bool out_of_memory;
};

/* A way to speak something. */
struct norm_rule {
    unsigned kinds; /* of tokens it may start at, or-ed */
    size_t (*match)(struct norm_pass *pass, size_t i);
};

struct norm_entry {
    const char *written, *spoken;
};

struct norm_symbol_name {
    uint32_t codepoint;
    const char *spoken;
};

/* Names of emoji and signs, by emoji/make.py. */
struct norm_emoji {
    const char *const *names; /* in the order of norm_emoji_keys; NULL: it has none */
    const char *between;      /* skin tones */
};

/* Books of the Bible and how a chapter and verse is said behind them (normalize_verse.c). */
enum norm_book_number { NORM_BOOK_ALONE, NORM_BOOK_MASCULINE, NORM_BOOK_FEMININE };
struct norm_book {
    const char *written, *spoken; /* written: "john|jn", in lower case */
    enum norm_book_number number; /* whether there are several, and the form of their numbers: "1 John" */
};
#define NORM_MOST_BOOKS 5 /* "5. Mose" */
struct norm_bible {
    const struct norm_book *books;
    size_t n_books;
    const char *marks;                       /* between chapter and verse */
    const char *verse;                       /* said there; NULL: nothing is */
    const char *numbers[2][NORM_MOST_BOOKS]; /* masculine, feminine */
};

struct normaliser {
    const struct norm_rule *rules;
    size_t n_rules;
    const struct norm_symbol_name *symbols; /* what characters are called in addresses and names of files */
    size_t n_symbols;
    const struct norm_emoji *emoji;
    const struct norm_bible *bible; /* for norm_rule_verse(); NULL: its rules don't have that */
    void (*cardinal)(struct norm_pass *pass, const char *digits, size_t n);
    void (*ordinal)(struct norm_pass *pass, const char *digits, size_t n); /* n <= NORM_MAX_DIGITS */
    const char *number;       /* of "#1"; NULL: the language has a rule of its own */
    const char *hashtag, *at; /* how "#word" and "@name" begin */
    bool ideographs;          /* each Chinese character is a token, for there are no spaces */
    const char *to;           /* between the ends of a range; NULL: nothing is said for a dash between quantities */
    const char *own_domain;   /* a top domain that is spoken as a word, "es"; NULL: none */
};

/* UTF-8 without variation selectors, sorted (emoji/emoji_keys.c). */
extern const char *const norm_emoji_keys[];
extern const size_t norm_n_emoji_keys;

#define NORM_COUNT(table) (sizeof(table) / sizeof *(table))

/* ---- looking at tokens; every index is allowed, outside there are tokens of kind NORM_END ---- */

const struct norm_token *norm_at(const struct norm_pass *pass, size_t i);
const char *norm_text(const struct norm_pass *pass, size_t i);
bool norm_is_kind(const struct norm_pass *pass, size_t i, enum norm_kind kind);
bool norm_is_symbol(const struct norm_pass *pass, size_t i, uint32_t codepoint);
/* Token i stands directly behind token i - 1. */
bool norm_touches(const struct norm_pass *pass, size_t i);
/* The two above together. */
bool norm_touching_symbol(const struct norm_pass *pass, size_t i, uint32_t codepoint);
bool norm_touching_kind(const struct norm_pass *pass, size_t i, enum norm_kind kind);
/* Token i is this word, in lower case or any (`lower` must be in lower case). */
bool norm_is(const struct norm_pass *pass, size_t i, const char *exact);
bool norm_is_word(const struct norm_pass *pass, size_t i, const char *lower);
/* Token i, in whatever case, is one of the words of a list "a|b|c". */
bool norm_in_list(const struct norm_pass *pass, size_t i, const char *list);
/* Tokens that the text `written` covers from token i on; 0: it doesn't stand there, or ends inside a token. */
size_t norm_match(const struct norm_pass *pass, size_t i, const char *written);
/* The entry for token i, exactly as written, or in whatever case (keys in lower case); NULL: none. */
const struct norm_entry *norm_find(const struct norm_pass *pass, size_t i, const struct norm_entry *table, size_t n);
const struct norm_entry *norm_find_lower(const struct norm_pass *pass, size_t i, const struct norm_entry *table,
                                         size_t n);
/* Value of token i when it is digits, at most `max_digits` of them (up to 9); else -1. */
long norm_value(const struct norm_pass *pass, size_t i, size_t max_digits);
/* 1 ... 12: token i is the whole name of a month, as language_words has it; 0: it isn't. */
unsigned norm_month(const struct norm_pass *pass, size_t i);
/* First token behind i that has white space before it, or n_tokens; looks NORM_LOOK_AHEAD tokens far. */
size_t norm_chunk_end(const struct norm_pass *pass, size_t i);
/* A Chinese character, in a language that has each as a token. */
bool norm_is_ideograph(const struct norm_pass *pass, size_t i);
/* A word with a capital. */
bool norm_is_name(const struct norm_pass *pass, size_t i);
/* One that stands before token i, or before the comma there, and isn't one of the words that only start a sentence. */
bool norm_is_after_name(const struct norm_pass *pass, size_t i);
/* The "#" of "C#", a language or a note, at token i. */
bool norm_is_sharp(const struct norm_pass *pass, size_t i);
/* First token of the number that ends with the digits at token i: "5,000", "2.5". */
size_t norm_number_start(const struct norm_pass *pass, size_t i);
/* The dash between two numbers that have the same unit, or sign before them: "5 % – 10 %", "$5-$10"; the second isn't smaller. */
#define NORM_MOST_UNIT 3 /* tokens */
bool norm_is_range(const struct norm_pass *pass, size_t i);
/* "1d2h", "2h30m", "2h30", "45m30s": two units of time or more in one word -> days, hours, minutes, seconds, -1 for those that aren't
 * there; returns tokens. */
#define NORM_DURATION_PARTS 4
size_t norm_read_duration(const struct norm_pass *pass, size_t i, long parts[NORM_DURATION_PARTS]);
/* "x" or "×" directly behind a number: "10x20". */
bool norm_is_times(const struct norm_pass *pass, size_t i);
/* Value of a raised digit, "⁶"; -1: the character is none. */
int norm_raised_digit(uint32_t codepoint);
/* No word or number follows from token i on: only closing quotes and brackets. */
bool norm_at_end(const struct norm_pass *pass, size_t i);

/* ---- writing ---- */

/* Writes a word, with a space before it unless the piece is empty. */
void norm_say(struct norm_pass *pass, const char *word);
void norm_say_bytes(struct norm_pass *pass, const char *bytes, size_t size);
void norm_say_token(struct norm_pass *pass, size_t i);
/* Writes directly behind what is there. */
void norm_join(struct norm_pass *pass, const char *bytes);
void norm_join_bytes(struct norm_pass *pass, const char *bytes, size_t size);
/* The dash or slash at token i between two days: "to", or a comma. Borders stand on both of its sides. */
void norm_say_between(struct norm_pass *pass, size_t i);
/* What is written so far speaks the tokens before i; the rest is a new piece. Nothing written: no border. */
void norm_border(struct norm_pass *pass, size_t i);
/* The digits of a value -> out[]; how many. */
#define NORM_VALUE_DIGITS 20
size_t norm_digits(char *out, unsigned long value);
/* Digits by name, one by one. */
void norm_say_digits(struct norm_pass *pass, const char *digits, size_t n);
void norm_say_number(struct norm_pass *pass, unsigned long value);
void norm_say_month(struct norm_pass *pass, unsigned month);
/* Capital letters with dots between, as espeak-ng spells best: "F.B.I". One letter A is "eigh": alone it is an
 * article. */
void norm_spell(struct norm_pass *pass, const char *letters, size_t n);
/* The name of the full stop when an abbreviation took the sentence's: joins it when token i is the end. */
void norm_keep_stop(struct norm_pass *pass, size_t i);

/* ---- numbers (normalize_number.c) ---- */

#define NORM_MAX_DIGITS 37 /* up to 10^36 */

/* "-1,234.50": whole "1234", fraction "50". */
struct norm_number {
    bool negative, grouped;
    size_t n_whole;              /* <= NORM_MAX_DIGITS */
    char whole[NORM_MAX_DIGITS]; /* digits without separators, leading zeros kept */
    const char *fraction;        /* digits in the text */
    size_t n_fraction;           /* 0: no decimal separator */
};

/* Reads a number at token i (a digit, or the decimal separator before one); returns tokens taken, 0: none. Takes a sign
 * before it only where `sign` is set. */
size_t norm_read_number(const struct norm_pass *pass, size_t i, bool sign, struct norm_number *number);
/* The number is this one, written without fraction. */
bool norm_number_is(const struct norm_number *number, unsigned long value);
unsigned long norm_number_value(const struct norm_number *number); /* of the whole; ULONG_MAX when over 9 digits */
/* Bytes of "'s" at the end of the word i. */
size_t norm_possessive(const struct norm_pass *pass, size_t i);
/* 1 ... 3999, or 0: token i isn't a well-formed roman numeral in capitals, perhaps with "'s". */
unsigned norm_roman(const struct norm_pass *pass, size_t i);
/* The same of text[length]. */
unsigned norm_roman_value(const char *text, size_t length);

/* ---- rules that work in any language ---- */

size_t norm_rule_emoji(struct norm_pass *pass, size_t i);  /* normalize_emoji.c; with keycaps */
size_t norm_rule_sign(struct norm_pass *pass, size_t i);   /* what else has a name: the last rule */
size_t norm_rule_entity(struct norm_pass *pass, size_t i); /* &amp; stays (normalize_web.c) */
size_t norm_rule_url(struct norm_pass *pass, size_t i);
size_t norm_rule_email(struct norm_pass *pass, size_t i);
size_t norm_rule_ip(struct norm_pass *pass, size_t i);
size_t norm_rule_path(struct norm_pass *pass, size_t i);
size_t norm_rule_range(struct norm_pass *pass, size_t i);        /* normalize_number.c */
size_t norm_rule_iban(struct norm_pass *pass, size_t i);         /* normalize_iban.c */
size_t norm_rule_verse(struct norm_pass *pass, size_t i);        /* normalize_verse.c */
size_t norm_rule_abbreviation(struct norm_pass *pass, size_t i); /* normalize_abbreviation.c */
size_t norm_rule_handle(struct norm_pass *pass, size_t i);       /* @name, #TagOfWords */
size_t norm_rule_identifier(struct norm_pass *pass, size_t i);   /* snake_case, camelCase */

/* Addresses, before their parts look like something else: where a language's rules begin. */
/* clang-format off */
#define NORM_WEB_RULES \
    {NORM_SYMBOL, norm_rule_entity}, \
    {NORM_SYMBOL | NORM_DIGITS, norm_rule_emoji}, \
    {NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_email}, \
    {NORM_WORD | NORM_DIGITS, norm_rule_url}, \
    {NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_ip}, \
    {NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_path}, \
    {NORM_WORD, norm_rule_iban}, \
    {NORM_SYMBOL, norm_rule_range}, \
    {NORM_SYMBOL, norm_rule_handle}
/* clang-format on */

/* The entry for token i that fits there, and the tokens that it takes; NULL: none. */
const struct abbreviation *norm_abbreviation(const struct norm_pass *pass, size_t i, size_t *taken);

/* Whether a word of n ASCII letters can hardly be spoken as one: no vowel. */
bool norm_is_unspeakable(const char *letters, size_t n);

#endif
