/* What the normalisers of the Romance languages share: one set of rules, driven by the data of a language. A language's
 * folder fills a struct romance and lists rules; what only it has (how numbers are built, times and kings) are
 * functions of its own.
 *
 * Numbers agree with what they count: they are spoken alone ("uno"), before a masculine noun ("un") or before a
 * feminine one ("una"). */
#ifndef LINNET_FRONTEND_ROMANCE_H
#define LINNET_FRONTEND_ROMANCE_H

#include "frontend/language/normalize_lang.h"

enum ro_form { RO_ALONE, RO_MASCULINE, RO_FEMININE };

/* What is counted: a unit or a currency, with the hundredth of the latter. */
struct ro_noun {
    const char *written, *one, *many;
    bool feminine;
    const char *cent, *cents; /* masculine; NULL: there are none, or they aren't used */
};

/* "million" behind digits. `sign`: only directly before the sign of a currency, "M€". `of`: a noun needs "of" behind
 * it. */
struct ro_magnitude {
    const char *written, *one, *many;
    bool sign, of;
};

/* "14h30", "14:30:05", "8 h". */
struct ro_time {
    unsigned hour, minute, second;
    bool has_minute, has_second;
    bool letter; /* with an h, not a colon */
    bool mark;   /* an h behind the minutes: "14:30 h" */
    size_t n;    /* tokens */
};

struct romance {
    struct normaliser base; /* the first member, so that rules find the rest */

    /* ---- numbers ---- */
    /* Says 1 ... 999999. */
    void (*below_million)(struct norm_pass *pass, unsigned value, enum ro_form form);
    void (*ordinal)(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
    const char *const (*scales)[2]; /* one and many: "million", "millions"; 10^6 first */
    size_t scale_digits;            /* each is so many digits more than the one before */
    const char *group_and;          /* before a last group of 1 ... 99 or whole hundreds; NULL: nothing */
    const char *minus, *plus, *comma, *point;
    bool singular_below_two;    /* "1,5 kilo", not "kilos" */
    const char *of, *of_elided; /* "un million d'euros"; of_elided NULL: there is no elision */
    const char *mute;           /* words in h- that elide */
    /* "un ", "uno ", "una " or "un'" before a noun; NULL: as below_million() says it. */
    const char *(*one_before)(const char *noun, size_t length, bool feminine);
    bool (*is_feminine)(const struct norm_pass *pass, size_t i); /* the noun at token i */
    bool (*is_noun)(const struct norm_pass *pass, size_t i);     /* the word at token i can be what is counted */

    /* ---- units and money ---- */
    const struct ro_noun *units, *currencies;
    size_t n_units, n_currencies;
    const char *verbs; /* units that are words too, "ha": none where a word follows, but "of"; NULL: there are none */
    const struct norm_entry *per; /* behind a slash: "h" is "par heure" */
    size_t n_per;
    const char *square[2], *cube[2]; /* behind one unit of length, and behind many */
    const struct ro_magnitude *magnitudes;
    size_t n_magnitudes;
    const char *cents_and;               /* "et cinq centimes" */
    bool bare_cents;                     /* "douze euros cinquante" */
    const char *over;                    /* "trois sur dix" */
    const char *times, *by;              /* "2 x 3"; between lengths */
    const char *squared, *cubed, *power; /* behind a number */
    /* below: 2 ... 10, 100, 1000; the form of a half is that of what it halves */
    void (*fraction)(struct norm_pass *pass, unsigned above, unsigned below, enum ro_form form);
    const char *and_fraction;                 /* "deux et un quart" */
    const char *and_half, *and_half_feminine; /* "deux heures et demie" */

    /* ---- dates and times ---- */
    const struct norm_entry *short_months; /* with their dots, in lower case */
    size_t n_short_months;
    const struct norm_entry *short_weekdays; /* without dots */
    size_t n_short_weekdays;
    const char *date_of;   /* before month and year; NULL: nothing */
    const char *first_day; /* NULL: a number like the others */
    const char *date_cues; /* words before a day and month of digits */
    void (*time)(struct norm_pass *pass, size_t i, const struct ro_time *time);
    const char *time_cues;  /* words before "14.30"; NULL: a dot doesn't part hours and minutes */
    const char *hour_marks; /* words behind the hour, "h" */

    /* ---- ordinals and roman numerals (romance_ordinal.c) ---- */
    bool degree_ordinals; /* "1° maggio" */
    const char *articles; /* before an ordinal: "el", "la" */
    const char *and;      /* words that join numbers: "y", "a" */
    const char *century_before, *century_after;
    const char *labels;                     /* words before numbers: "capítulo" */
    const char *kings, *queens;             /* names of rulers */
    unsigned king_ordinals, label_ordinals; /* the greatest that is spoken as an ordinal; centuries are as kings */

    /* ---- words ---- */
    const char *spelled;                    /* words of capitals that espeak-ng would read as words */
    const struct norm_symbol_name *signs;   /* spoken wherever they stand */
    const struct norm_symbol_name *between; /* spoken between numbers */
    size_t n_signs, n_between;
    const char *const *phones; /* see romance_phone.c */
    size_t n_phones;
    const char *phone_cues; /* words before numbers that could be something else */
    bool phone_pairs;       /* two digits at a time */
    const char *version;
};

const struct romance *ro_of(const struct norm_pass *pass);

/* ---- looking (romance.c) ---- */

bool ro_is_dash(const struct norm_pass *pass, size_t i);
/* Nothing that belongs to it stands directly before token i. */
bool ro_is_free(const struct norm_pass *pass, size_t i);
/* The form of a number that the word at token i follows. */
enum ro_form ro_form_before(const struct norm_pass *pass, size_t i);
/* What stands at token i can be counted: a noun, a unit, a currency. */
bool ro_counts(const struct norm_pass *pass, size_t i);
/* A month in letters stands at token i. */
bool ro_is_month(const struct norm_pass *pass, size_t i);
/* Leading bytes of text[length] that are in `set`. */
size_t ro_span(const char *text, size_t length, const char *set);
/* The word at token i ends so. */
bool ro_word_ends(const struct norm_pass *pass, size_t i, const char *ending);
bool ro_ends_with(const struct norm_pass *pass, size_t i, const char *endings);

/* ---- numbers ---- */

unsigned ro_read_digits(const char *digits, size_t n);
void ro_say_whole(struct norm_pass *pass, const char *digits, size_t n, enum ro_form form);
void ro_say_value(struct norm_pass *pass, unsigned value, enum ro_form form); /* below 10^9 */
void ro_say_ordinal(struct norm_pass *pass, unsigned value, enum ro_form form);
void ro_say_number(struct norm_pass *pass, const struct norm_number *number, enum ro_form form);
void ro_cardinal(struct norm_pass *pass, const char *digits, size_t n);
void ro_ordinal(struct norm_pass *pass, const char *digits, size_t n);
/* Takes what was written last back, for endings: n bytes of the piece in hand. */
void ro_cut(struct norm_pass *pass, size_t n);
bool ro_said(const struct norm_pass *pass, const char *ending);
/* "de" or "d'" and the noun. */
void ro_say_of(struct norm_pass *pass, const char *noun, size_t length);

/* ---- rules, in the order in which they are tried ---- */

/* clang-format off */
#define RO_NUMBER_RULES \
    {NORM_DIGITS | NORM_SYMBOL, ro_rule_phone}, \
    {NORM_DIGITS, ro_rule_date}, \
    {NORM_DIGITS, ro_rule_day}, \
    {NORM_DIGITS, ro_rule_duration}, \
    {NORM_DIGITS, ro_rule_time}, \
    {NORM_SYMBOL, ro_rule_decade}, \
    {NORM_DIGITS, ro_rule_code}, \
    {NORM_DIGITS | NORM_SYMBOL, ro_rule_fraction}, \
    {NORM_WORD | NORM_SYMBOL, ro_rule_money}, \
    {NORM_DIGITS | NORM_SYMBOL, ro_rule_quantity}, \
    {NORM_SYMBOL, ro_rule_power}, \
    {NORM_DIGITS, ro_rule_digits}

#define RO_WORD_RULES \
    {NORM_WORD, ro_rule_version}, \
    {NORM_WORD | NORM_SYMBOL, ro_rule_times}, \
    {NORM_WORD | NORM_PLAIN, norm_rule_abbreviation}, \
    {NORM_WORD, ro_rule_letters}, \
    {NORM_WORD | NORM_SYMBOL, norm_rule_identifier}, \
    {NORM_SYMBOL, ro_rule_symbol}
/* clang-format on */

size_t ro_rule_phone(struct norm_pass *pass, size_t i); /* romance_phone.c */
size_t ro_rule_code(struct norm_pass *pass, size_t i);
size_t ro_rule_date(struct norm_pass *pass, size_t i); /* romance_date.c */
size_t ro_rule_day(struct norm_pass *pass, size_t i);
size_t ro_rule_weekdays(struct norm_pass *pass, size_t i);
size_t ro_rule_time(struct norm_pass *pass, size_t i);
size_t ro_rule_ordinal(struct norm_pass *pass, size_t i); /* romance_ordinal.c */
size_t ro_rule_roman(struct norm_pass *pass, size_t i);
size_t ro_rule_decade(struct norm_pass *pass, size_t i);
size_t ro_rule_fraction(struct norm_pass *pass, size_t i); /* romance_unit.c */
size_t ro_rule_duration(struct norm_pass *pass, size_t i);
size_t ro_rule_money(struct norm_pass *pass, size_t i);
size_t ro_rule_quantity(struct norm_pass *pass, size_t i);
size_t ro_rule_power(struct norm_pass *pass, size_t i);
size_t ro_rule_digits(struct norm_pass *pass, size_t i);
size_t ro_rule_version(struct norm_pass *pass, size_t i); /* romance_word.c */
size_t ro_rule_times(struct norm_pass *pass, size_t i);
size_t ro_rule_letters(struct norm_pass *pass, size_t i);
size_t ro_rule_symbol(struct norm_pass *pass, size_t i);

#endif
