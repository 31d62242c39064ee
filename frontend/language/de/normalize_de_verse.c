/* German chapters and verses of the Bible, and its books cut short: "Joh 3,16", "1 Kor 13,4-7". */
#include "normalize_de.h"

static const struct norm_entry books[] = {
    {"gen", "Genesis"},
    {"ex", "Exodus"},
    {"lev", "Levitikus"},
    {"num", "Numeri"},
    {"dtn", "Deuteronomium"},
    {"mos", "Mose"},
    {"mose", "Mose"},
    {"jos", "Josua"},
    {"ri", "Richter"},
    {"rut", "Rut"},
    {"sam", "Samuel"},
    {"kön", "Könige"},
    {"chr", "Chronik"},
    {"esr", "Esra"},
    {"neh", "Nehemia"},
    {"est", "Ester"},
    {"hiob", "Hiob"},
    {"ijob", "Ijob"},
    {"ps", "Psalm"},
    {"psalm", "Psalm"},
    {"spr", "Sprüche"},
    {"koh", "Kohelet"},
    {"pred", "Prediger"},
    {"hld", "Hohelied"},
    {"jes", "Jesaja"},
    {"jesaja", "Jesaja"},
    {"jer", "Jeremia"},
    {"jeremia", "Jeremia"},
    {"klgl", "Klagelieder"},
    {"ez", "Ezechiel"},
    {"hes", "Hesekiel"},
    {"dan", "Daniel"},
    {"hos", "Hosea"},
    {"joel", "Joel"},
    {"amos", "Amos"},
    {"jona", "Jona"},
    {"nah", "Nahum"},
    {"hab", "Habakuk"},
    {"sach", "Sacharja"},
    {"mal", "Maleachi"},
    {"mt", "Matthäus"},
    {"matthäus", "Matthäus"},
    {"mk", "Markus"},
    {"markus", "Markus"},
    {"lk", "Lukas"},
    {"lukas", "Lukas"},
    {"joh", "Johannes"},
    {"johannes", "Johannes"},
    {"apg", "Apostelgeschichte"},
    {"röm", "Römer"},
    {"römer", "Römer"},
    {"kor", "Korinther"},
    {"korinther", "Korinther"},
    {"gal", "Galater"},
    {"eph", "Epheser"},
    {"phil", "Philipper"},
    {"kol", "Kolosser"},
    {"thess", "Thessalonicher"},
    {"tim", "Timotheus"},
    {"tit", "Titus"},
    {"hebr", "Hebräer"},
    {"jak", "Jakobus"},
    {"petr", "Petrus"},
    {"jud", "Judas"},
    {"offb", "Offenbarung"},
};

static const char *book_at(const struct norm_pass *pass, size_t i)
{
    const struct norm_entry *const book =
        norm_is_name(pass, i) ? norm_find_lower(pass, i, books, NORM_COUNT(books)) : NULL;
    return book ? book->spoken : NULL;
}

/* Chapter and verse at token i: "3,16". */
static bool is_verse(const struct norm_pass *pass, size_t i)
{
    return !norm_touches(pass, i) && norm_value(pass, i, 3) > 0 && norm_touching_symbol(pass, i + 1, ',') &&
           norm_touches(pass, i + 2) && norm_value(pass, i + 2, 3) > 0;
}

/* A book at token i, its dot and then a verse. */
static bool has_verse(const struct norm_pass *pass, size_t i)
{
    return book_at(pass, i) && is_verse(pass, i + 1 + norm_touching_symbol(pass, i + 1, '.'));
}

/* "3,16-18" behind a book. */
static size_t say_verses(struct norm_pass *pass, size_t i)
{
    de_say_value(pass, (unsigned)norm_value(pass, i, 3), DE_PLAIN);
    norm_border(pass, i + 1);
    norm_say(pass, "Vers");
    norm_border(pass, i + 2);
    de_say_value(pass, (unsigned)norm_value(pass, i + 2, 3), DE_PLAIN);
    if (!de_is_dash(pass, i + 3) || !norm_touches(pass, i + 3) || !norm_touches(pass, i + 4) ||
        norm_value(pass, i + 4, 3) < 1)
        return 3;
    norm_border(pass, i + 3);
    norm_say(pass, "bis");
    norm_border(pass, i + 4);
    de_say_value(pass, (unsigned)norm_value(pass, i + 4, 3), DE_PLAIN);
    return 5;
}

/* "1 Kor 13,4-7", "1. Mose 1,1", from each of its parts. */
size_t de_rule_verse(struct norm_pass *pass, size_t i)
{
    const size_t dot = norm_touching_symbol(pass, i + 1, '.');
    if (has_verse(pass, i)) {
        norm_say(pass, book_at(pass, i));
        return 1 + dot;
    }
    if (norm_value(pass, i, 1) > 0 && norm_value(pass, i, 1) <= 5 && !norm_touches(pass, i + 1 + dot) &&
        has_verse(pass, i + 1 + dot)) {
        de_say_day(pass, (unsigned)norm_value(pass, i, 1),
                   norm_in_list(pass, i + 1 + dot, "mos|mose|sam|kön|chr") ? "e" : "er");
        return 1 + dot;
    }
    const size_t before = i - (i && norm_is_symbol(pass, i - 1, '.'));
    return before && is_verse(pass, i) && book_at(pass, before - 1) ? say_verses(pass, i) : 0;
}
