/* German numbers that are told by what stands around them: telephones, scores, powers, "1" before a noun, spans of
 * years. Tried before the rules for quantities. */
#include "normalize_de.h"

#include <string.h>

static bool is_free(const struct norm_pass *pass, size_t i)
{
    return !i || !norm_touches(pass, i) || norm_is_symbol(pass, i - 1, '(') || norm_is_symbol(pass, i - 1, '"');
}

/* "030 123456", "0800 1234", "+49 30 123456": the digits one by one, a comma between groups. */
size_t de_rule_phone(struct norm_pass *pass, size_t i)
{
    const bool plus = norm_is_symbol(pass, i, '+');
    const bool bracket = norm_is_symbol(pass, i, '(') && norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
                         *norm_text(pass, i + 1) == '0' && norm_at(pass, i + 1)->length > 2 &&
                         norm_touching_symbol(pass, i + 2, ')') &&
                         norm_is_kind(pass, i + 3, NORM_DIGITS); /* "(0411) 1234" */
    const size_t first = plus + (size_t)bracket;
    size_t n = bracket ? 3 : plus, digits = bracket ? norm_at(pass, i + 1)->length : 0;
    if (!is_free(pass, i) || (plus && !norm_touching_kind(pass, i + 1, NORM_DIGITS)))
        return 0;
    while (norm_is_kind(pass, i + n, NORM_DIGITS) && n < 8 && norm_at(pass, i + n)->length <= 12) {
        digits += norm_at(pass, i + n)->length;
        n++;
        if ((norm_touching_symbol(pass, i + n, '/') || norm_touching_symbol(pass, i + n, '-')) &&
            norm_touching_kind(pass, i + n + 1, NORM_DIGITS))
            n++;
        else if (n == 1 && norm_is_symbol(pass, i + 1, '/') && *norm_text(pass, i) == '0' &&
                 norm_is_kind(pass, i + 2, NORM_DIGITS))
            n++; /* "040 / 12 34 56" */
    }
    const bool zero = norm_is_kind(pass, i, NORM_DIGITS) && *norm_text(pass, i) == '0' && norm_at(pass, i)->length > 2;
    if (digits < 7 || digits > 16 || !(plus || zero || bracket) || norm_touching_kind(pass, i + n, NORM_WORD))
        return 0;
    if (plus)
        norm_say(pass, "plus");
    for (size_t k = first; k < n; k++) {
        if (!norm_is_kind(pass, i + k, NORM_DIGITS))
            continue;
        if (k > first) {
            norm_join(pass, ",");
            norm_border(pass, i + k);
        }
        norm_say_digits(pass, norm_text(pass, i + k), norm_at(pass, i + k)->length);
    }
    return n;
}

/* "3:1", "1:25000" */
size_t de_rule_score(struct norm_pass *pass, size_t i)
{
    const long a = norm_value(pass, i, 3), b = norm_value(pass, i + 2, a == 1 ? 6 : 3);
    if (!is_free(pass, i) || a < 0 || b < 0 || !norm_touching_symbol(pass, i + 1, ':') || !norm_touches(pass, i + 2) ||
        norm_touching_symbol(pass, i + 3, ':'))
        return 0;
    de_say_value(pass, (unsigned)a, DE_PLAIN);
    norm_say(pass, "zu");
    de_say_value(pass, (unsigned)b, DE_PLAIN);
    return 3;
}

/* "1848/49", "1914-18": a year and the last digits of a later one. */
size_t de_rule_years(struct norm_pass *pass, size_t i)
{
    const long year = norm_value(pass, i, 4), later = norm_value(pass, i + 2, 2);
    const bool slash = norm_touching_symbol(pass, i + 1, '/');
    if (!is_free(pass, i) || year < 1100 || year > 2099 || norm_at(pass, i + 2)->length != 2 ||
        !norm_touches(pass, i + 2) || later <= year % 100 || norm_touching_symbol(pass, i + 3, '-') ||
        !(slash || norm_touching_symbol(pass, i + 1, '-') || norm_touching_symbol(pass, i + 1, 0x2013)))
        return 0;
    de_say_year(pass, (unsigned)year);
    norm_border(pass, i + 1);
    norm_say(pass, slash ? "auf" : "bis");
    norm_border(pass, i + 2);
    de_say_value(pass, (unsigned)later, DE_PLAIN);
    return 3;
}

/* Feminine by its ending, as far as endings tell. */
static bool is_feminine(const struct norm_pass *pass, size_t i)
{
    static const char *const endings[] = {"e", "ung", "heit", "keit", "schaft", "ion", "tät", "ik", "ei"};
    const struct norm_token *const token = norm_at(pass, i);
    for (size_t k = 0; k < NORM_COUNT(endings); k++) {
        const size_t n = strlen(endings[k]);
        if (token->length > n + 1 && memcmp(norm_text(pass, i) + token->length - n, endings[k], n) == 0)
            return true;
    }
    return norm_in_list(pass, i, "frau|stadt|hand|nacht|mark|person|art|tür|uhr|million|milliarde");
}

/* "Satz 1 BGB", "Nr. 1 Band": what stands before is counted, not what stands behind. */
static bool is_label(const struct norm_pass *pass, size_t i)
{
    static const char labels[] =
        "satz|absatz|abs|nr|nummer|seite|platz|kapitel|teil|artikel|art|zeile|punkt|stufe|gleis|raum|zimmer|"
        "linie|band|schritt|übung|halle|paragraf|ziffer|spalte|abschnitt|anlage|folge|staffel|tag|woche";
    return i && norm_in_list(pass, i - 1 - (i > 1 && norm_is_symbol(pass, i - 1, '.')), labels);
}

/* "1 Jahr", "1 Katze", "1 Mio. Euro". */
size_t de_rule_one(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const noun = norm_at(pass, i + 1);
    if (!is_free(pass, i) || !norm_is(pass, i, "1") || noun->kind != NORM_WORD || !noun->space_before ||
        !noun->capital || noun->length < 3 || norm_is(pass, i + 1, "Uhr") || is_label(pass, i))
        return 0;
    size_t taken;
    if (de_find_unit(pass, i + 1, &taken))
        return 0;
    if (norm_in_list(pass, i + 1, "mio|mrd|million|milliarde")) {
        const bool dot = norm_touching_symbol(pass, i + 2, '.') && noun->length == 3;
        norm_say(pass, "eine");
        norm_border(pass, i + 1);
        norm_say(pass, (norm_text(pass, i + 1)[2] | 0x20) == 'o' || norm_in_list(pass, i + 1, "million") ? "Million"
                                                                                                         : "Milliarde");
        const struct de_unit *const unit = de_find_unit(pass, i + 2 + dot, &taken);
        if (!unit)
            return 2 + dot;
        norm_border(pass, i + 2 + dot);
        norm_say(pass, unit->many);
        return 2 + dot + taken;
    }
    norm_say(pass, is_feminine(pass, i + 1) ? "eine" : "ein");
    return 1;
}

/* "10²", "x³", "2^10" behind its base. */
size_t de_rule_power(struct norm_pass *pass, size_t i)
{
    if (!i || !norm_touches(pass, i) || norm_is_kind(pass, i - 1, NORM_SYMBOL) || norm_at(pass, i - 1)->length > 3)
        return 0;
    const bool negative = norm_is_symbol(pass, i, 0x207B);
    unsigned power = 0;
    size_t n = negative;
    for (; n < 5 && norm_is_kind(pass, i + n, NORM_SYMBOL) && norm_touches(pass, i + n); n++) {
        const int digit = norm_raised_digit(norm_at(pass, i + n)->codepoint);
        if (digit < 0)
            break;
        power = power * 10 + (unsigned)digit;
    }
    if (n > negative) {
        norm_say(pass, negative ? "hoch minus" : "hoch");
        de_say_value(pass, power, DE_PLAIN);
        return n;
    }
    const long value = norm_value(pass, i + 1, 4);
    if (!norm_is_symbol(pass, i, '^') || !norm_touches(pass, i + 1) || value < 0)
        return 0;
    norm_say(pass, "hoch");
    de_say_value(pass, (unsigned)value, DE_PLAIN);
    return 2;
}

/* "+5", "3x4", "C#". */
size_t de_rule_sign(struct norm_pass *pass, size_t i)
{
    const bool behind = i && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_touches(pass, i);
    if (norm_is_symbol(pass, i, '+') && is_free(pass, i) && norm_touching_kind(pass, i + 1, NORM_DIGITS)) {
        norm_say(pass, "plus");
        return 1;
    }
    if (norm_is_symbol(pass, i, '+') && norm_touching_symbol(pass, i + 1, '+') && i && norm_touches(pass, i)) {
        norm_say(pass, "plus plus");
        return 2;
    }
    if (norm_is_sharp(pass, i)) {
        norm_say(pass, "sharp");
        return 1;
    }
    if (behind && norm_is(pass, i, "x") && norm_touching_kind(pass, i + 1, NORM_DIGITS)) {
        norm_say(pass, "mal");
        return 1;
    }
    return 0;
}

/* "5fach", "3fache", "3ter" */
size_t de_rule_fold(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 4);
    const bool hyphen = norm_touching_symbol(pass, i + 1, '-');
    if (is_free(pass, i) && value > 0 && norm_touching_kind(pass, i + 1, NORM_WORD) && norm_is(pass, i + 1, "x") &&
        !norm_touching_kind(pass, i + 2, NORM_DIGITS)) { /* "3x" */
        de_say_value(pass, (unsigned)value, DE_BEFORE_NOUN);
        norm_join(pass, "mal");
        return 2;
    }
    if (is_free(pass, i) && value > 0 && !hyphen && norm_touches(pass, i + 1) &&
        norm_in_list(pass, i + 1, "te|ter|tes|ten|tem")) {
        de_say_value(pass, (unsigned)value, DE_ORDINAL);
        norm_join_bytes(pass, norm_text(pass, i + 1) + 1, norm_at(pass, i + 1)->length - 1);
        return 2;
    }
    if (!is_free(pass, i) || value < 1 || !norm_touches(pass, i + 1 + hyphen) ||
        !norm_in_list(pass, i + 1 + hyphen, "fach|fache|fachen|facher|mal|malig|malige"))
        return 0;
    de_say_value(pass, (unsigned)value, DE_BEFORE_NOUN);
    norm_join_bytes(pass, norm_text(pass, i + 1 + hyphen), norm_at(pass, i + 1 + hyphen)->length);
    return 2 + hyphen;
}

/* Behind the house number and before the town: "Hauptstr. 12a, 80331 München". */
static bool is_postcode(const struct norm_pass *pass, size_t i)
{
    if (i < 2 || norm_at(pass, i)->length != 5 || !norm_is_symbol(pass, i - 1, ',') || norm_touches(pass, i) ||
        !norm_is_name(pass, i + 1) || norm_touches(pass, i + 1))
        return false;
    const bool letter = i > 2 && norm_is_kind(pass, i - 2, NORM_WORD) && norm_at(pass, i - 2)->length == 1;
    return norm_is_kind(pass, i - 2 - letter, NORM_DIGITS) && (!letter || norm_touches(pass, i - 2));
}

/* "PLZ 80331", "D-10115 Berlin", "BLZ 100 500 00": digit by digit. */
size_t de_rule_code(struct norm_pass *pass, size_t i)
{
    static const char words[] =
        "plz|blz|kto|pin|puk|tan|postleitzahl|bankleitzahl|kontonummer|kundennummer|vorwahl|passwort";
    const size_t length = norm_at(pass, i)->length,
                 before = i && (norm_is_symbol(pass, i - 1, ':') || norm_is_symbol(pass, i - 1, '.')) ? i - 1 : i;
    const bool country = i >= 2 && norm_touching_symbol(pass, i - 1, '-') && norm_touches(pass, i) &&
                         (norm_is(pass, i - 2, "D") || norm_is(pass, i - 2, "A") || norm_is(pass, i - 2, "CH")) &&
                         (length == 4 || length == 5);
    const bool named = before && !norm_touches(pass, i) && norm_in_list(pass, before - 1, words);
    if (length < 3 || (!country && !named && !is_postcode(pass, i)))
        return 0;
    norm_say_digits(pass, norm_text(pass, i), length);
    size_t n = 1;
    for (; named && n < 8 && norm_is_kind(pass, i + n, NORM_DIGITS) && norm_at(pass, i + n)->length <= 4; n++) {
        norm_join(pass, ",");
        norm_border(pass, i + n);
        norm_say_digits(pass, norm_text(pass, i + n), norm_at(pass, i + n)->length);
    }
    return n;
}

/* "v2.0.1". */
size_t de_rule_version(struct norm_pass *pass, size_t i)
{
    if (!norm_is(pass, i, "v") || (i && norm_touches(pass, i)) || !norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    norm_say(pass, "Version");
    size_t n = 1;
    for (; n < 32 && norm_touching_kind(pass, i + n, NORM_DIGITS); n += 2) {
        if (n > 1)
            norm_say(pass, "Punkt");
        de_say_whole(pass, norm_text(pass, i + n), norm_at(pass, i + n)->length, DE_PLAIN);
        if (!norm_touching_symbol(pass, i + n + 1, '.'))
            return n + 1;
    }
    return n - 1;
}

/* "20 cm x 30 cm", "3x4". */
size_t de_rule_times(struct norm_pass *pass, size_t i)
{
    if (!norm_is(pass, i, "x") || i < 1)
        return 0;
    const bool number = norm_is_kind(pass, i - 1, NORM_DIGITS);
    const bool unit = i >= 2 && norm_is_kind(pass, i - 2, NORM_DIGITS) && norm_at(pass, i - 1)->length <= 3;
    const bool by = (number || unit) && norm_is_kind(pass, i + 1, NORM_DIGITS) &&
                    norm_touches(pass, i) == norm_touches(pass, i + 1);
    if (!by)
        return 0;
    norm_say(pass, "mal");
    return 1;
}
