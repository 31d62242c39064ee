/* What the words around a German number make of it: the endings of ordinals, and whether it stands alone. */
#include "normalize_de.h"

bool de_is_dash(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013);
}

bool de_is_glued(const struct norm_pass *pass, size_t i)
{
    return i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !norm_is_symbol(pass, i - 1, '"') &&
           !norm_is_symbol(pass, i - 1, 0x201E) && !norm_is_symbol(pass, i - 1, '/');
}

/* The ending of an ordinal after the word before token i. */
const char *de_ordinal_ending(const struct norm_pass *pass, size_t i)
{
    static const char weak[] =
        "am|dem|im|zum|beim|vom|den|des|zur|einem|einer|seinem|ihrem|diesem|jedem|unserem|ab|bis|seit";
    static const char plain[] = "der|die|das|dieser|diese|dieses|jeder|jede|jedes|seine|ihre|eine|meine|unsere|und";
    if (i && norm_in_list(pass, i - 1, weak))
        return "en";
    return i && norm_in_list(pass, i - 1, plain) ? "e" : "er";
}

/* The same where no word before tells it: by the gender of the noun at token i; NULL: the noun isn't known. */
const char *de_gender_ending(const struct norm_pass *pass, size_t i)
{
    if (norm_in_list(pass, i, "jahrhundert|jh|kapitel|mal|spiel|semester|quartal|halbjahr|gebot|buch|stockwerk|jahr|tor"))
        return "es";
    if (norm_in_list(pass, i, "klasse|liga|etage|auflage|person|reihe|bundesliga|halbzeit|woche|ausgabe|folge|staffel"))
        return "e";
    return norm_in_list(pass, i, "weltkrieg|platz|tag|versuch|stock|akt|satz|band|teil|fc|sieg|preis|rang|schritt|spieltag")
               ? "er"
               : NULL;
}
