/* What the words around a German number make of it: the endings of ordinals, and whether it stands alone. */
#include "normalize_de.h"

#include <string.h>

bool de_is_dash(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013);
}

bool de_is_glued(const struct norm_pass *pass, size_t i)
{
    return i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !norm_is_symbol(pass, i - 1, '[') &&
           !norm_is_symbol(pass, i - 1, '"') && !norm_is_symbol(pass, i - 1, 0x201E) &&
           !norm_is_symbol(pass, i - 1, '/') && !norm_is_symbol(pass, i - 1, '+') && !norm_is_times(pass, i - 1) &&
           !norm_is_range(pass, i - 1);
}

/* The ending of an ordinal after the word before token i. */
const char *de_ordinal_ending(const struct norm_pass *pass, size_t i)
{
    static const char weak[] =
        "am|dem|im|zum|beim|vom|den|des|zur|ins|einem|einer|einen|seinem|seinen|seiner|ihrem|ihren|ihrer|meinem|"
        "meinen|meiner|deinem|deinen|deiner|diesem|diesen|jedem|jeden|jenem|keinem|keinen|unserem|unseren|unserer|"
        "eurem|euren|ab|bis|seit";
    static const char plain[] = "der|die|das|dieser|diese|dieses|jeder|jede|jedes|seine|ihre|eine|meine|unsere|und";
    if (i && norm_in_list(pass, i - 1, weak))
        return "en";
    return i && norm_in_list(pass, i - 1, plain) ? "e" : "er";
}

/* Token i is a word, or one made of it: "Tag", "Geburtstag". */
static bool ends_with(const struct norm_pass *pass, size_t i, const char *noun)
{
    const struct norm_token *const token = norm_at(pass, i);
    const size_t n = strlen(noun);
    if (token->kind != NORM_WORD || token->length < n)
        return false;
    return norm_is_word(pass, i, noun) || memcmp(norm_text(pass, i) + token->length - n, noun, n) == 0;
}

/* The same where no word before tells it: by the gender of the noun at token i; NULL: the noun isn't known. */
const char *de_gender_ending(const struct norm_pass *pass, size_t i)
{
    static const char *const masculine[] = {"tag",    "platz", "stock",       "akt",    "satz",    "band",  "teil",
                                            "fc",     "sieg",  "preis",       "rang",   "schritt", "krieg", "versuch",
                                            "mann",   "sohn",  "präsident",   "könig",  "kanzler", "gang",  "lauf",
                                            "zug",    "weg",   "monat",       "punkt",  "fall",    "film",  "roman",
                                            "plan",   "brief", "abend",       "morgen", "kreis",   "kampf", "auftritt",
                                            "besuch", "grad",  "vorsitzende", "verein", "tisch",   "kuss",  "eindruck"};
    static const char *const neuter[] = {
        "jahr",     "jahrhundert", "jh",       "jahrtausend", "kapitel", "mal",     "spiel",  "semester",
        "quartal",  "gebot",       "buch",     "stockwerk",   "tor",     "haus",    "kind",   "auto",
        "lied",     "album",       "studium",  "zimmer",      "bild",    "treffen", "rennen", "konzert",
        "festival", "ergebnis",    "stück",    "viertel",     "drittel", "ziel",    "thema",  "amt",
        "opfer",    "training",    "geschoss", "geschoß",     "mädchen", "tier",    "wort",   "glas"};
    static const char *const feminine[] = {
        "klasse",  "liga",  "etage", "auflage", "person", "reihe",  "zeit",  "woche", "ausgabe", "folge",   "staffel",
        "ung",     "heit",  "keit",  "schaft",  "ion",    "tät",    "ik",    "frau",  "stadt",   "nacht",   "hand",
        "tochter", "runde", "stufe", "stelle",  "stunde", "minute", "seite", "reise", "frage",   "sinfonie"};
    static const struct {
        const char *const *nouns;
        size_t n;
        const char *ending;
    } genders[] = {{neuter, NORM_COUNT(neuter), "es"},
                   {feminine, NORM_COUNT(feminine), "e"},
                   {masculine, NORM_COUNT(masculine), "er"}};
    for (size_t g = 0; g < NORM_COUNT(genders); g++)
        for (size_t k = 0; k < genders[g].n; k++)
            if (ends_with(pass, i, genders[g].nouns[k]))
                return genders[g].ending;
    return NULL;
}

const char *de_noun_ending(const struct norm_pass *pass, size_t i)
{
    const char *const ending = de_ordinal_ending(pass, i);
    if (strcmp(ending, "er") != 0 || norm_at(pass, i + 2)->lower)
        return ending;
    const char *const by_gender = de_gender_ending(pass, i + 2);
    return by_gender || !i ? by_gender : ending;
}
