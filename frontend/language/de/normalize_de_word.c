/* German words and signs: streets, kings, symbols, runs of digits. */
#include "normalize_de.h"

#include <string.h>

/* "Hauptstr. 5": the word's end is the abbreviation. */
size_t de_rule_street(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length < 6 || !norm_touching_symbol(pass, i + 1, '.') ||
        memcmp(norm_text(pass, i) + token->length - 3, "str", 3) != 0)
        return 0;
    norm_say_token(pass, i);
    norm_join(pass, "aße");
    norm_keep_stop(pass, i + 2);
    return 2;
}

/* "der II. Weltkrieg": no name before it, and a noun behind. One letter, which is an initial elsewhere, needs an article. */
static bool is_roman_ordinal(const struct norm_pass *pass, size_t i)
{
    static const char articles[] = "der|die|das|den|dem|des|im|am|vom|zum|zur|beim";
    const bool article =
        i && norm_at(pass, i - 1)->lower && (norm_at(pass, i)->length > 1 || norm_in_list(pass, i - 1, articles));
    const bool starts = i < 2 && norm_in_list(pass, 0, articles);
    return norm_is_name(pass, i + 2) && !norm_touches(pass, i + 2) && norm_at(pass, i + 2)->length > 3 &&
           (article || starts || (!i && norm_at(pass, i)->length > 1));
}

/* "Ludwig XIV.", "Kapitel IV". */
size_t de_rule_roman(struct norm_pass *pass, size_t i)
{
    const unsigned value = norm_roman(pass, i);
    if (!value || norm_touches(pass, i) ||
        (norm_at(pass, i)->length == 1 && value > 10)) /* L, C, D and M are letters */
        return 0;
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    if (dot && is_roman_ordinal(pass, i)) {
        const char *const ending = de_noun_ending(pass, i);
        if (!ending)
            return 0;
        de_say_day(pass, value, ending);
        return 2;
    }
    if (!i)
        return 0;
    static const char rulers[] =
        "ludwig|heinrich|friedrich|wilhelm|karl|otto|elisabeth|johannes|paul|pius|benedikt|franz|maximilian|"
        "leopold|joseph|georg|eduard|richard|katharina|peter|alexander|nikolaus|napoleon|philipp|konrad|gregor";
    if (dot && norm_in_list(pass, i - 1, rulers) && value < 40) {
        norm_say(pass, "der");
        de_say_day(pass, value, "e");
        norm_keep_stop(pass, i + 2);
        return 2;
    }
    if (!dot && value > 1 &&
        norm_in_list(pass, i - 1, "kapitel|teil|akt|band|szene|weltkrieg|abschnitt|artikel|stufe|klasse|typ|phase")) {
        de_say_value(pass, value, DE_PLAIN);
        return 1;
    }
    return 0;
}

/* ---- symbols ---- */

size_t de_rule_symbol(struct norm_pass *pass, size_t i)
{
    static const struct norm_symbol_name names[] = {
        {'&', "und"},         {0xA7, "Paragraf"},      {0xA9, "Copyright"},        {0xB1, "plus minus"},
        {0xD7, "mal"},        {0xF7, "geteilt durch"}, {0x2264, "kleiner gleich"}, {0x2265, "größer gleich"},
        {0x2260, "ungleich"}, {0x2248, "ungefähr"},    {0x221E, "unendlich"},      {0x2122, "Trademark"},
        {0x20AC, "Euro"},     {0x2212, "minus"}};
    static const struct norm_symbol_name between[] = {
        {'+', "plus"}, {'=', "gleich"}, {'*', "mal"}, {'<', "kleiner als"}, {'>', "größer als"}};
    const bool operands = i && (norm_is_kind(pass, i - 1, NORM_DIGITS) || norm_at(pass, i - 1)->length == 1) &&
                          (norm_is_kind(pass, i + 1, NORM_DIGITS) || norm_at(pass, i + 1)->length == 1) &&
                          norm_touches(pass, i) == norm_touches(pass, i + 1);
    if (norm_is_symbol(pass, i, 0xA7) && norm_touching_symbol(pass, i + 1, 0xA7)) {
        norm_say(pass, "Paragrafen");
        return 2;
    }
    for (size_t k = 0; k < NORM_COUNT(names); k++) {
        if (!norm_is_symbol(pass, i, names[k].codepoint))
            continue;
        norm_say(pass, names[k].spoken);
        return 1;
    }
    for (size_t k = 0; operands && k < NORM_COUNT(between); k++) {
        if (!norm_is_symbol(pass, i, between[k].codepoint))
            continue;
        norm_say(pass, between[k].spoken);
        return 1;
    }
    return 0;
}

/* Runs of digits that no other rule can take. */
size_t de_rule_digits(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length > NORM_MAX_DIGITS || *norm_text(pass, i) == '0')
        norm_say_digits(pass, norm_text(pass, i), token->length);
    else
        de_cardinal(pass, norm_text(pass, i), token->length);
    return 1;
}
