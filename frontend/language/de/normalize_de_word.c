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

/* "der II. Weltkrieg": no name before it, and a noun behind. One letter, which is an initial elsewhere, needs an article,
 * or the name of a part behind it. */
static bool is_roman_ordinal(const struct norm_pass *pass, size_t i)
{
    static const char articles[] = "der|die|das|den|dem|des|im|am|vom|zum|zur|beim";
    const bool several =
        norm_at(pass, i)->length > 1 || norm_in_list(pass, i + 2, "teil|akt|abschnitt|band|kapitel|weltkrieg");
    const bool article = i && norm_at(pass, i - 1)->lower && (several || norm_in_list(pass, i - 1, articles));
    const bool starts = i < 2 && norm_in_list(pass, 0, articles);
    const bool head = !i || (norm_is_kind(pass, i - 1, NORM_SYMBOL) && !norm_is_symbol(pass, i - 1, '.'));
    return norm_is_name(pass, i + 2) && !norm_touches(pass, i + 2) && norm_at(pass, i + 2)->length > 3 &&
           (article || starts || (head && several));
}

static bool is_ruler(const struct norm_pass *pass, size_t i)
{
    static const char rulers[] =
        "abdullah|adolf|albert|albrecht|alexander|alfons|amenophis|anna|august|benedikt|bonifatius|carlos|charles|"
        "christian|clemens|edward|eduard|elisabeth|elizabeth|erik|ernst|eugen|felipe|ferdinand|franz|franziskus|"
        "friedrich|georg|george|gregor|gustav|haakon|hadrian|harald|heinrich|henri|hussein|innozenz|isabella|iwan|"
        "johann|johannes|joseph|juan|julius|karl|katharina|konrad|leo|leopold|lothar|ludwig|margarethe|maria|"
        "matthias|maximilian|mehmed|mohammed|napoleon|nikolaus|olaf|otto|paul|peter|philipp|pius|ramses|richard|rudolf|"
        "sigismund|sixtus|stephan|theodor|thutmosis|umberto|urban|viktor|wilhelm";
    return norm_in_list(pass, i, rulers);
}

/* The Roman number at token i is that of a ruler: "Ludwig XIV.", "Karl der V.". */
static bool say_ruler(struct norm_pass *pass, size_t i, unsigned value)
{
    const bool article = norm_in_list(pass, i - 1, "der|die|den|dem|des") && i > 1;
    if (value >= 40 || !is_ruler(pass, i - 1 - article))
        return false;
    if (!article)
        norm_say(pass, "der");
    de_say_day(pass, value, article && !norm_in_list(pass, i - 1, "der|die") ? "en" : "e");
    norm_keep_stop(pass, i + 2);
    return true;
}

/* "Ludwig XIV.", "Kapitel IV", "Kap. IV". */
size_t de_rule_roman(struct norm_pass *pass, size_t i)
{
    static const char parts[] = "kapitel|teil|akt|band|szene|weltkrieg|abschnitt|artikel|stufe|klasse|typ|phase|gruppe|"
                                "tabelle|anhang|kap|bd|art|abschn|abb|tab|liga|bundesliga";
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
    if (dot && say_ruler(pass, i, value))
        return 2;
    const size_t part = i - 1 - norm_is_symbol(pass, i - 1, '.');
    if (part < i && value > 1 && norm_in_list(pass, part, parts) && (!dot || norm_at_end(pass, i + 2))) {
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
    if (norm_is_symbol(pass, i, '~') && !(i && norm_touches(pass, i)) && norm_is_kind(pass, i + 1, NORM_DIGITS)) {
        norm_say(pass, "circa");
        return 1;
    }
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
