/* English numbers: cardinals, ordinals, years, decades, fractions, decimals, ranges. */
#include "normalize_en.h"

#include <string.h>

/* ---- words ---- */

static const char *const ones[] = {
    "zero", "one",    "two",    "three",    "four",     "five",    "six",     "seven",     "eight",    "nine",
    "ten",  "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
};

static const char *const one_ordinals[] = {
    "zeroth",     "first",     "second",    "third",       "fourth",     "fifth",      "sixth",
    "seventh",    "eighth",    "ninth",     "tenth",       "eleventh",   "twelfth",    "thirteenth",
    "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
};

static const char *const tens[] = {
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
};

static const char *const ten_ordinals[] = {
    "", "tenth", "twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth",
};

/* Plural of a ten: "the thirties". */
static const char *const ten_plurals[] = {
    "hundreds", "tens", "twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties",
};

/* Short scale; up to NORM_MAX_DIGITS digits. */
static const char *const scales[] = {
    "",           "thousand",   "million",   "billion",   "trillion",  "quadrillion", "quintillion",
    "sextillion", "septillion", "octillion", "nonillion", "decillion", "undecillion",
};

static const char *const scale_ordinals[] = {
    "",
    "thousandth",
    "millionth",
    "billionth",
    "trillionth",
    "quadrillionth",
    "quintillionth",
    "sextillionth",
    "septillionth",
    "octillionth",
    "nonillionth",
    "decillionth",
    "undecillionth",
};

/* ---- cardinals and ordinals ---- */

/* 1 ... 99; as an ordinal when `ordinal`. */
static void say_below_100(struct norm_pass *pass, unsigned value, bool ordinal)
{
    if (value < 20) {
        norm_say(pass, ordinal ? one_ordinals[value] : ones[value]);
        return;
    }
    const unsigned one = value % 10;
    norm_say(pass, ordinal && one == 0 ? ten_ordinals[value / 10] : tens[value / 10]);
    if (one) {
        norm_join(pass, "-");
        norm_join(pass, ordinal ? one_ordinals[one] : ones[one]);
    }
}

/* 1 ... 999. `more`: other groups stand before, so that British English says "and" before 1 ... 99. */
static void say_below_1000(struct norm_pass *pass, unsigned value, bool ordinal, bool more)
{
    const unsigned rest = value % 100;
    if (value >= 100) {
        norm_say(pass, ones[value / 100]);
        norm_say(pass, ordinal && rest == 0 ? "hundredth" : "hundred");
    }
    if (rest == 0)
        return;
    if (en_is_british(pass) && (value >= 100 || more))
        norm_say(pass, "and");
    say_below_100(pass, rest, ordinal);
}

/* Value of the group of three digits that ends `end` digits from the right; `n` digits in all. */
static unsigned group_value(const char *digits, size_t n, size_t group)
{
    const size_t end = n - 3 * group;
    unsigned value = 0;
    for (size_t i = end > 3 ? end - 3 : 0; i < end; i++)
        value = value * 10 + (unsigned)(digits[i] - '0');
    return value;
}

static void say_groups(struct norm_pass *pass, const char *digits, size_t n, bool ordinal)
{
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n == 1 && *digits == '0') {
        norm_say(pass, ordinal ? one_ordinals[0] : ones[0]);
        return;
    }
    size_t last = 0; /* the lowest group that isn't 0 */
    while (group_value(digits, n, last) == 0)
        last++;
    bool more = false;
    for (size_t group = (n + 2) / 3; group-- > last;) {
        const unsigned value = group_value(digits, n, group);
        if (value == 0)
            continue;
        const bool final = ordinal && group == last;
        say_below_1000(pass, value, final && group == 0, more && group == 0);
        if (group)
            norm_say(pass, final ? scale_ordinals[group] : scales[group]);
        more = true;
    }
}

void en_cardinal(struct norm_pass *pass, const char *digits, size_t n)
{
    if (n > NORM_MAX_DIGITS)
        norm_say_digits(pass, digits, n);
    else
        say_groups(pass, digits, n, false);
}

void en_ordinal(struct norm_pass *pass, const char *digits, size_t n)
{
    say_groups(pass, digits, n, true);
}

void en_ordinal_value(struct norm_pass *pass, unsigned long value)
{
    char digits[NORM_VALUE_DIGITS];
    const size_t n = norm_digits(digits, value);
    en_ordinal(pass, digits, n);
}

void en_pair(struct norm_pass *pass, unsigned long value)
{
    if (value == 0)
        return;
    if (value < 10)
        norm_say(pass, "oh");
    norm_say_number(pass, value);
}

void en_year(struct norm_pass *pass, unsigned long year)
{
    const unsigned long century = year / 100, rest = year % 100;
    if (year < 1000 || year > 9999 || (year % 1000 < 10 && century % 10 == 0)) {
        norm_say_number(pass, year); /* 2000 ... 2009 */
        return;
    }
    norm_say_number(pass, century);
    if (rest == 0)
        norm_say(pass, "hundred");
    en_pair(pass, rest);
}

void en_say_number(struct norm_pass *pass, const struct norm_number *number)
{
    if (number->negative)
        norm_say(pass, "minus");
    if (number->n_whole)
        en_cardinal(pass, number->whole, number->n_whole);
    else
        norm_say(pass, ones[0]);
    if (number->n_fraction) {
        norm_say(pass, "point");
        norm_say_digits(pass, number->fraction, number->n_fraction);
    }
}

/* ---- context ---- */

bool en_is_dash(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013) || norm_is_symbol(pass, i, 0x2010) ||
           norm_is_symbol(pass, i, 0x2011);
}

/* Token i touches what stands before it, and that isn't an opening bracket, quote, dash between words or the like. */
bool en_is_glued_before(const struct norm_pass *pass, size_t i)
{
    static const char opening[] = "([{\"'=<>/*+~|:,;-";
    if (!i || !norm_touches(pass, i))
        return false;
    const struct norm_token *const before = norm_at(pass, i - 1);
    return before->kind != NORM_SYMBOL || (before->codepoint < 0x80 && !strchr(opening, (int)before->codepoint));
}

/* A letter or digit touches the end: the number goes on as something else. */
bool en_is_glued_behind(const struct norm_pass *pass, size_t i)
{
    return norm_touching_kind(pass, i, NORM_WORD) || norm_touching_kind(pass, i, NORM_DIGITS);
}

bool en_counts(const struct norm_pass *pass, size_t i)
{
    static const char nouns[] =
        "people|men|women|children|mice|feet|percent|million|billion|thousand|fish|sheep|km|miles";
    static const char others[] = "is|was|has|as|its|this|us|does|plus|versus|thus|always|perhaps|unless|across|less|"
                                 "besides|vs|his|towards|afterwards|sees|saw|yes|towards|minus|census|process";
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind != NORM_WORD || !token->lower || !token->space_before)
        return false;
    if (norm_in_list(pass, i, nouns))
        return true;
    const char last = norm_text(pass, i)[token->length - 1];
    return token->length > 3 && last == 's' && !norm_in_list(pass, i, others);
}

bool en_is_attribute(const struct norm_pass *pass, size_t i, size_t next)
{
    static const char others[] =
        "and|or|in|for|to|per|a|an|the|more|less|each|at|on|of|is|was|from|by|if|when|as|than|but|with|"
        "that|which|every|today|now|so|because|while|after|before|over|into|via|away|ago|off|plus";
    static const char sold[] =
        "bill|bills|note|notes|coin|coins|fee|fine|tax|deal|loan|prize|cheque|check|voucher|budget";
    const struct norm_token *const noun = norm_at(pass, next);
    if (i && norm_in_list(pass, i - 1, "the|this|that|his|her|my|your|our|their") && norm_in_list(pass, next, sold))
        return true;
    return i && norm_in_list(pass, i - 1, "a|an|another|every|each|one") && noun->kind == NORM_WORD &&
           noun->space_before && noun->lower && !norm_in_list(pass, next, others);
}

const char *en_magnitude(const struct norm_pass *pass, size_t i, bool money)
{
    static const struct norm_entry words[] = {
        {"hundred", "hundred"}, {"thousand", "thousand"}, {"million", "million"},
        {"billion", "billion"}, {"trillion", "trillion"}, {"quadrillion", "quadrillion"},
        {"lakh", "lakh"},       {"crore", "crore"},       {"lakhs", "lakh"},
        {"mn", "million"},      {"mln", "million"},       {"bn", "billion"},
        {"bln", "billion"},     {"tn", "trillion"},       {"trn", "trillion"},
    };
    static const char spaced[] = "k|m|b|bn"; /* "$30 b" */
    static const struct norm_entry letters[] = {
        {"k", "thousand"}, {"m", "million"}, {"b", "billion"}, {"t", "trillion"}, {"mm", "million"}, {"mil", "million"},
    };
    const struct norm_entry *entry = norm_find_lower(pass, i, words, NORM_COUNT(words));
    if (!entry && money &&
        (norm_touches(pass, i) ||
         (norm_in_list(pass, i, spaced) && !norm_touches(pass, i + 1 + norm_is_symbol(pass, i + 1, '.')))))
        entry = norm_find_lower(pass, i, letters, NORM_COUNT(letters));
    return entry ? entry->spoken : NULL;
}

/* ---- fractions ---- */

static const struct {
    uint32_t codepoint;
    unsigned above, below;
} fraction_signs[] = {
    {0xBC, 1, 4},   {0xBD, 1, 2},   {0xBE, 3, 4},   {0x2150, 1, 7}, {0x2151, 1, 9}, {0x2152, 1, 10}, {0x2153, 1, 3},
    {0x2154, 2, 3}, {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5}, {0x2159, 1, 6},  {0x215A, 5, 6},
    {0x215B, 1, 8}, {0x215C, 3, 8}, {0x215D, 5, 8}, {0x215E, 7, 8}, {0x2189, 0, 3},
};

size_t en_read_fraction(const struct norm_pass *pass, size_t i, unsigned long *above, unsigned long *below)
{
    if (norm_is_kind(pass, i, NORM_SYMBOL)) {
        for (size_t k = 0; k < NORM_COUNT(fraction_signs); k++) {
            if (norm_at(pass, i)->codepoint != fraction_signs[k].codepoint)
                continue;
            *above = fraction_signs[k].above;
            *below = fraction_signs[k].below;
            return 1;
        }
        return 0;
    }
    const long a = norm_value(pass, i, 3), b = norm_value(pass, i + 2, 4);
    const bool slash = norm_touching_symbol(pass, i + 1, '/') || norm_touching_symbol(pass, i + 1, 0x2044);
    if (a < 0 || b < 1 || !slash || !norm_touches(pass, i + 2) || norm_text(pass, i)[0] == '0' ||
        norm_text(pass, i + 2)[0] == '0' || norm_touching_symbol(pass, i + 3, '/') || en_is_glued_behind(pass, i + 3))
        return 0;
    *above = (unsigned long)a;
    *below = (unsigned long)b;
    return 3;
}

/* The word for 1/2, 3/4, ... "half", "quarters"; false: says nothing, use "over". */
static bool say_fraction(struct norm_pass *pass, unsigned long above, unsigned long below)
{
    if (below < 2 || (below > 20 && below != 32 && below != 64 && below != 100 && below != 1000)) {
        norm_say_number(pass, above);
        norm_say(pass, "over");
        norm_say_number(pass, below);
        return false;
    }
    norm_say_number(pass, above);
    if (below == 100 || below == 1000) {
        norm_say(pass, below == 100 ? "hundredth" : "thousandth");
        if (above != 1)
            norm_join(pass, "s");
        return true;
    }
    if (below == 2) {
        norm_say(pass, above == 1 ? "half" : "halves");
        return true;
    }
    if (below == 4)
        norm_say(pass, "quarter");
    else
        en_ordinal_value(pass, below);
    if (above != 1)
        norm_join(pass, "s");
    return true;
}

/* "1/2", the sign for it, "3 1/2": what mixed numbers say behind "and" is "a half". */
static void say_mixed_part(struct norm_pass *pass, unsigned long above, unsigned long below)
{
    norm_say(pass, "and");
    if (above == 1 && (below == 2 || below == 4))
        norm_say(pass, below == 2 ? "a half" : "a quarter");
    else
        say_fraction(pass, above, below);
}

/* "1/100th", "3/16ths". */
static size_t say_nth_part(struct norm_pass *pass, size_t i)
{
    const long above = norm_value(pass, i, 3), below = norm_value(pass, i + 2, 4);
    if (above < 1 || below < 3 || !norm_touching_symbol(pass, i + 1, '/') || !norm_touches(pass, i + 2) ||
        !norm_touching_kind(pass, i + 3, NORM_WORD) || !norm_in_list(pass, i + 3, "th|ths|rd|rds|nd|nds|st|sts"))
        return 0;
    norm_say_number(pass, (unsigned long)above);
    en_ordinal_value(pass, (unsigned long)below);
    if (above != 1)
        norm_join(pass, "s");
    return 4;
}

size_t en_rule_fraction(struct norm_pass *pass, size_t i)
{
    static const char counted[] =
        "chapter|episode|file|item|lesson|level|page|part|photo|question|round|slide|stage|step|track";
    static const struct norm_entry pairs[] = {
        {"24/7", "twenty-four seven"}, {"9/11", "nine eleven"}, {"20/20", "twenty twenty"}, {"50/50", "fifty fifty"}};
    unsigned long above = 0, below = 0;
    if (en_is_glued_before(pass, i) || (i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '/')))
        return 0;
    const size_t nth = say_nth_part(pass, i);
    if (nth)
        return nth;
    const size_t plain = en_read_fraction(pass, i, &above, &below);
    if (plain == 3 && i && above <= below && norm_in_list(pass, i - 1, counted)) { /* "page 3/12" */
        norm_say_number(pass, above);
        norm_say(pass, "of");
        norm_say_number(pass, below);
        return plain;
    }
    for (size_t k = 0; plain == 3 && k < NORM_COUNT(pairs); k++) {
        if (norm_match(pass, i, pairs[k].written) != plain)
            continue;
        norm_say(pass, pairs[k].spoken);
        return plain;
    }
    if (plain == 3 && norm_in_list(pass, i + plain, "time|signature") && above > 1 && below <= 16) { /* of music */
        norm_say_number(pass, above);
        norm_say_number(pass, below);
        return plain;
    }
    if (plain == 3 && above == below && above > 1) { /* a full score */
        norm_say_number(pass, above);
        norm_say(pass, "out of");
        norm_say_number(pass, below);
        return plain;
    }
    if (plain == 3 && below == 100 && above >= 10) { /* a score */
        norm_say_number(pass, above);
        norm_say(pass, "out of one hundred");
        return plain;
    }
    if (plain) {
        if (en_is_glued_behind(pass, i + plain) || (above > below && norm_touching_symbol(pass, i + plain, '=')))
            return 0;
        say_fraction(pass, above, below);
        return plain;
    }
    const size_t part = norm_is_kind(pass, i, NORM_DIGITS) ? en_read_fraction(pass, i + 1, &above, &below) : 0;
    const bool sign = part == 1 && norm_touches(pass, i + 1);
    if (!part || (!sign && (above >= below || below > 64)) || en_is_glued_behind(pass, i + 1 + part))
        return 0;
    en_cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length);
    say_mixed_part(pass, above, below);
    return 1 + part;
}

/* ---- ordinals, decades, years ---- */

bool en_is_ordinal_end(const struct norm_pass *pass, size_t i)
{
    const size_t n = norm_at(pass, i)->length - norm_possessive(pass, i);
    const char *const text = norm_text(pass, i);
    for (size_t k = 0; n == 2 && k < 4; k++)
        if ((text[0] | 0x20) == "snrt"[k] && (text[1] | 0x20) == "tddh"[k])
            return true;
    return false;
}

/* "1st", "22nd", "1,000th", "3rd"; and slips, "22th", but "11st" may be a weight. */
size_t en_rule_ordinal(struct norm_pass *pass, size_t i)
{
    struct norm_number number;
    const size_t n = norm_read_number(pass, i, false, &number);
    if (!n || number.n_fraction || en_is_glued_before(pass, i) || !norm_touching_kind(pass, i + n, NORM_WORD) ||
        !en_is_ordinal_end(pass, i + n) || en_is_glued_behind(pass, i + n + 1))
        return 0;
    const char last = number.whole[number.n_whole - 1];
    const bool teen = number.n_whole > 1 && number.whole[number.n_whole - 2] == '1';
    const char *const right = teen || last == '0' || last > '3' ? "th" : last == '1' ? "st" : last == '2' ? "nd" : "rd";
    const char written = (char)(*norm_text(pass, i + n) | 0x20);
    if (written != right[0] && written == 's' && !(i && norm_is_word(pass, i - 1, "the")))
        return 0;
    en_ordinal(pass, number.whole, number.n_whole);
    if (norm_possessive(pass, i + n))
        norm_join(pass, "'s");
    return n + 1;
}

size_t en_plural_end(const struct norm_pass *pass, size_t i)
{
    if (norm_touching_kind(pass, i, NORM_WORD) && norm_is(pass, i, "s"))
        return 1;
    const bool apostrophe = norm_touching_symbol(pass, i, '\'') || norm_touching_symbol(pass, i, 0x2019);
    return apostrophe && norm_touches(pass, i + 1) && norm_is(pass, i + 1, "s") ? 2 : 0;
}

void en_join_plural(struct norm_pass *pass)
{
    struct base_buffer *const out = &pass->out->text.bytes;
    if (pass->out_of_memory || out->length <= pass->piece_start)
        return;
    const char last = out->data[out->length - 1];
    if (last == 'y')
        base_buffer_cut(out, out->length - 1);
    norm_join(pass, last == 'y' ? "ies" : last == 'x' ? "es" : "s");
}

/* "1990s", "1900s", "'90s", "90s". */
size_t en_rule_decade(struct norm_pass *pass, size_t i)
{
    const size_t quote =
        norm_is_symbol(pass, i, '\'') || norm_is_symbol(pass, i, 0x2019) || norm_is_symbol(pass, i, 0x2018);
    const long value = quote && !norm_touches(pass, i + 1) ? -1 : norm_value(pass, i + quote, 4);
    const size_t length = norm_at(pass, i + quote)->length;
    if (value < 0 || en_is_glued_before(pass, i) || (length != 4 && length != 2))
        return 0;
    const size_t end = en_plural_end(pass, i + quote + 1);
    if (!end) { /* '68 */
        if (!quote || length != 2 || en_is_glued_behind(pass, i + 2) || norm_touching_symbol(pass, i + 2, '\'') ||
            norm_touching_symbol(pass, i + 2, 0x2019))
            return 0;
        if (value == 0)
            norm_say(pass, "oh oh");
        en_pair(pass, (unsigned long)value);
        return 2;
    }
    if (en_is_glued_behind(pass, i + quote + 1 + end) || value % 10 || (length == 2 && (value < 20 && !quote)))
        return 0;
    if (length == 4 && (value < 1000 || value % 1000 == 0)) {
        if (value < 1000)
            return 0;
        norm_say_number(pass, (unsigned long)value / 1000);
        norm_say(pass, "thousands");
        return quote + 1 + end;
    }
    if (length == 4)
        norm_say_number(pass, (unsigned long)value / 100);
    norm_say(pass, length == 2 && value == 0 ? "two thousands" : ten_plurals[value / 10 % 10]);
    return quote + 1 + end;
}

/* ---- plain numbers ---- */

/* The word before a number says that its digits are read one by one: "dial 911", "PIN 1234". */
static bool is_code(const struct norm_pass *pass, size_t i)
{
    static const char words[] =
        "dial|zip|zipcode|pin|postcode|extension|ext|isbn|issn|password|passcode|barcode|serial";
    static const char long_ones[] =
        "account|acct|order|invoice|reference|ref|ticket|confirmation|tracking|policy|membership|member|customer|"
        "booking|reservation|case|license|licence|routing|card|iban|ssn";
    const size_t number = i;
    if (!i)
        return false;
    if (norm_is_symbol(pass, i - 1, ':') || norm_is_symbol(pass, i - 1, '.') || norm_is_symbol(pass, i - 1, '#'))
        i--;
    if (!i)
        return false;
    const bool long_one = norm_at(pass, number)->length >= 6;
    if (norm_in_list(pass, i - 1, words) || (long_one && norm_in_list(pass, i - 1, long_ones)))
        return true;
    if (long_one && i >= 2 && norm_in_list(pass, i - 1, "no|num|nr|number|id|code") &&
        norm_in_list(pass, i - 2, long_ones))
        return true;
    if (norm_at(pass, i - 1)->all_caps && norm_at(pass, i - 1)->length == 2 && norm_at(pass, i)->length == 5)
        return true; /* "MO 63101" */
    if (norm_in_list(pass, i - 1, "call|phone|ring|called|calling"))
        return norm_in_list(pass, i, "911|999|112|311|411|101|111|988|211|511|811");
    return i >= 2 && norm_in_list(pass, i - 1, "code|number") &&
           norm_in_list(pass, i - 2,
                        "zip|area|pin|access|security|postal|dialing|dialling|phone|telephone|routing|"
                        "tracking|serial|account|card|verification|bar");
}

static bool is_year(const struct norm_pass *pass, size_t i, const struct norm_number *number, size_t n)
{
    const unsigned long value = norm_number_value(number);
    const bool early = value >= 1010 && value < 1100 && i && norm_in_list(pass, i - 1, "in|year|since|circa|c|ca|ad");
    if (n != 1 || number->n_whole != 4 || (value < 1100 && !early) || value > 2099 || number->negative)
        return false;
    return !en_counts(pass, i + 1) && !norm_touching_symbol(pass, i + 1, '%') &&
           !norm_touching_symbol(pass, i + 1, ':');
}

/* "300 BC", "AD 79" need nothing: the letters are spelled by their own rule. Here "e" of 1e6. */
static size_t read_exponent(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const letter = norm_at(pass, i);
    if (!norm_touching_kind(pass, i, NORM_WORD) || letter->length != 1 || (letter->codepoint | 0x20) != 'e')
        return 0;
    const bool sign = norm_touching_symbol(pass, i + 1, '-') || norm_touching_symbol(pass, i + 1, '+');
    if (!norm_touching_kind(pass, i + 1 + sign, NORM_DIGITS) || norm_at(pass, i + 1 + sign)->length > 4)
        return 0;
    norm_say(pass, "times ten to the");
    if (sign && norm_is_symbol(pass, i + 1, '-'))
        norm_say(pass, "minus");
    en_cardinal(pass, norm_text(pass, i + 1 + sign), norm_at(pass, i + 1 + sign)->length);
    return 2 + sign;
}

/* A sign belongs to the number when nothing but space or an opening bracket stands before it. */
static bool is_sign(const struct norm_pass *pass, size_t i)
{
    if (!i || !norm_touches(pass, i))
        return true;
    const uint32_t before = norm_at(pass, i - 1)->codepoint;
    return norm_is_kind(pass, i - 1, NORM_SYMBOL) && before < 0x80 && strchr("([{=<>*/^,:", (int)before);
}

size_t en_rule_number(struct norm_pass *pass, size_t i)
{
    struct norm_number number;
    const size_t n = norm_read_number(pass, i, is_sign(pass, i), &number);
    if (!n || (number.n_whole == 0 && en_is_glued_before(pass, i)))
        return 0;
    if (number.n_whole == 0 && !number.n_fraction)
        return 0;
    if (!number.n_fraction && !number.grouped && !number.negative &&
        ((number.n_whole > 1 && number.whole[0] == '0') || is_code(pass, i))) {
        norm_say_digits(pass, number.whole, number.n_whole);
        return n;
    }
    if (is_year(pass, i, &number, n)) {
        en_year(pass, norm_number_value(&number));
        return n;
    }
    en_say_number(pass, &number);
    const size_t exponent = read_exponent(pass, i + n);
    if (exponent)
        return n + exponent;
    const char *const magnitude = en_magnitude(pass, i + n, false);
    if (magnitude && norm_touches(pass, i + n)) {
        norm_say(pass, magnitude);
        return n + 1;
    }
    return n;
}

/* ---- ranges ---- */

/* Says one end of a range; a year like a year. */
static void say_end(struct norm_pass *pass, const struct norm_number *number, bool year)
{
    if (year)
        en_year(pass, norm_number_value(number));
    else
        en_say_number(pass, number);
}

static bool may_be_year(const struct norm_number *number)
{
    const unsigned long value = norm_number_value(number);
    return !number->n_fraction && !number->grouped && number->n_whole == 4 && value >= 1100 && value <= 2099;
}

bool en_is_between_labels(const struct norm_pass *pass, size_t i)
{
    if (i < 2 || !en_is_dash(pass, i) || (norm_touches(pass, i - 2) && !norm_is_symbol(pass, i - 3, '(')))
        return false;
    for (size_t k = i - 1; k <= i + 2; k++)
        if (!norm_touches(pass, k))
            return false;
    const bool letters = norm_at(pass, i - 2)->length == 1 && norm_is_name(pass, i - 2) && norm_is_name(pass, i + 1) &&
                         norm_at(pass, i - 2)->codepoint == norm_at(pass, i + 1)->codepoint &&
                         norm_at(pass, i + 1)->length == 1;
    return letters && norm_value(pass, i - 1, 4) >= 0 && norm_value(pass, i - 1, 4) < norm_value(pass, i + 2, 4) &&
           !norm_touching_symbol(pass, i + 3, '-');
}

/* "10-12", "1939-45", "3-1" of a score, "2-3-week": all are said with "to". */
size_t en_rule_range(struct norm_pass *pass, size_t i)
{
    struct norm_number a, b;
    if (en_is_between_labels(pass, i)) {
        norm_say(pass, "to");
        return 1;
    }
    const bool behind_dash = i && norm_touches(pass, i) && en_is_dash(pass, i - 1);
    const size_t first = en_is_glued_before(pass, i) || behind_dash ? 0 : norm_read_number(pass, i, false, &a);
    if (!first || !en_is_dash(pass, i + first) || !norm_touches(pass, i + first + 1))
        return 0;
    if (!norm_touches(pass, i + first))
        return 0;
    const size_t second = norm_read_number(pass, i + first + 1, false, &b), n = first + 1 + second;
    const bool dash = en_is_dash(pass, i + n) && norm_touches(pass, i + n) && norm_touches(pass, i + n + 1);
    const bool aged = dash && norm_in_list(pass, i + n + 1, "year|month|week|day|hour|minute|page|mile|foot|inch");
    if (!second || (dash && !aged) || norm_touching_symbol(pass, i + n, '=') ||
        norm_touching_symbol(pass, i + n, '/') || a.n_whole > 6 || b.n_whole > 6 ||
        (a.n_whole > 1 && a.whole[0] == '0'))
        return 0;
    const bool year = may_be_year(&a) && (may_be_year(&b) || b.n_whole == 2) && !en_counts(pass, i + n);
    if (!year && b.n_whole > 1 && b.whole[0] == '0')
        return 0;
    say_end(pass, &a, year);
    norm_border(pass, i + first);
    if (en_is_british(pass) && norm_number_is(&b, 0) && a.n_whole < 3) {
        norm_say(pass, "nil"); /* a score */
        return n;
    }
    norm_say(pass, "to");
    norm_border(pass, i + first + 1);
    if (year && b.n_whole == 2)
        en_pair(pass, norm_number_value(&b));
    else
        say_end(pass, &b, year);
    return n;
}
