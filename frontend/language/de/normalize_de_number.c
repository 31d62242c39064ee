/* German numbers: cardinals and ordinals to 10^36, decimals, years. */
#include "normalize_de.h"

static const char *const ones[] = {
    "null", "ein", "zwei",  "drei",     "vier",     "fünf",     "sechs",    "sieben",   "acht",     "neun",
    "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
};

static const char *const tens[] = {
    "", "", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig",
};

/* Stems of ordinals that aren't the de_cardinal and "t" or "st". */
static const char *const one_ordinals[] = {
    "nullt",     "erst",      "zweit",     "dritt",     "viert",     "fünft",     "sechst",
    "siebt",     "acht",      "neunt",     "zehnt",     "elft",      "zwölft",    "dreizehnt",
    "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt",
};

/* Thousands to the power of 2, 3, ... */
static const struct {
    const char *one, *many;
} scales[] = {{"Million", "Millionen"},         {"Milliarde", "Milliarden"},
              {"Billion", "Billionen"},         {"Billiarde", "Billiarden"},
              {"Trillion", "Trillionen"},       {"Trilliarde", "Trilliarden"},
              {"Quadrillion", "Quadrillionen"}, {"Quadrilliarde", "Quadrilliarden"},
              {"Quintillion", "Quintillionen"}, {"Quintilliarde", "Quintilliarden"},
              {"Sextillion", "Sextillionen"}};

static void join_below_100(struct norm_pass *pass, unsigned value, enum de_ending ending)
{
    if (value < 20) {
        norm_join(pass, ending == DE_ORDINAL ? one_ordinals[value] : ones[value]);
        if (value == 1 && ending == DE_PLAIN)
            norm_join(pass, "s");
        return;
    }
    if (value % 10) {
        norm_join(pass, ones[value % 10]);
        norm_join(pass, "und");
    }
    norm_join(pass, tens[value / 10]);
    if (ending == DE_ORDINAL)
        norm_join(pass, "st");
}

/* 1 ... 999999 as one word, joined to what is there. */
static void join_below_million(struct norm_pass *pass, unsigned value, enum de_ending ending)
{
    if (value >= 1000) {
        join_below_million(pass, value / 1000, DE_BEFORE_NOUN);
        norm_join(pass, "tausend");
        value %= 1000;
        if (value == 0)
            norm_join(pass, ending == DE_ORDINAL ? "st" : "");
    }
    if (value >= 100) {
        norm_join(pass, ones[value / 100]);
        norm_join(pass, "hundert");
        value %= 100;
        if (value == 0)
            norm_join(pass, ending == DE_ORDINAL ? "st" : "");
    }
    if (value)
        join_below_100(pass, value, ending);
}

void de_join_ordinal(struct norm_pass *pass, unsigned value)
{
    join_below_million(pass, value, DE_ORDINAL);
}

unsigned de_read_digits(const char *digits, size_t n)
{
    unsigned value = 0;
    for (size_t i = 0; i < n; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

void de_say_whole(struct norm_pass *pass, const char *digits, size_t n, enum de_ending ending)
{
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n > NORM_MAX_DIGITS) {
        norm_say_digits(pass, digits, n);
        return;
    }
    bool more = false;
    while (n > 6) {
        const size_t group = (n - 1) / 3, length = n - 3 * group;
        const unsigned value = de_read_digits(digits, length);
        digits += length;
        n -= length;
        if (!value)
            continue;
        norm_say(pass, value == 1 ? "eine" : "");
        if (value > 1)
            join_below_million(pass, value, DE_BEFORE_NOUN);
        norm_say(pass, value == 1 ? scales[group - 2].one : scales[group - 2].many);
        more = true;
    }
    const unsigned rest = de_read_digits(digits, n);
    if (!rest && more)
        return;
    norm_say(pass, "");
    if (rest)
        join_below_million(pass, rest, ending);
    else
        norm_join(pass, ending == DE_ORDINAL ? one_ordinals[0] : ones[0]);
}

void de_cardinal(struct norm_pass *pass, const char *digits, size_t n)
{
    de_say_whole(pass, digits, n, DE_PLAIN);
}

void de_ordinal(struct norm_pass *pass, const char *digits, size_t n)
{
    de_say_whole(pass, digits, n, DE_ORDINAL);
    norm_join(pass, "e");
}

void de_say_value(struct norm_pass *pass, unsigned value, enum de_ending ending)
{
    norm_say(pass, "");
    if (value)
        join_below_million(pass, value, ending);
    else
        norm_join(pass, ones[0]);
}

/* 1100 ... 1999 by hundreds: "neunzehnhundertvierundachtzig". */
void de_say_year(struct norm_pass *pass, unsigned year)
{
    if (year < 1100 || year > 1999) {
        de_say_value(pass, year, DE_PLAIN);
        return;
    }
    de_say_value(pass, year / 100, DE_BEFORE_NOUN);
    norm_join(pass, "hundert");
    if (year % 100)
        join_below_100(pass, year % 100, DE_PLAIN);
}

void de_say_number(struct norm_pass *pass, const struct norm_number *number, enum de_ending ending)
{
    if (number->negative)
        norm_say(pass, "minus");
    de_say_whole(pass, number->n_whole ? number->whole : "0", number->n_whole ? number->n_whole : 1,
                 number->n_fraction ? DE_PLAIN : ending);
    if (number->n_fraction) {
        norm_say(pass, "Komma");
        norm_say_digits(pass, number->fraction, number->n_fraction);
    }
}

const char *de_ordinal_stem(unsigned value)
{
    return one_ordinals[value];
}
