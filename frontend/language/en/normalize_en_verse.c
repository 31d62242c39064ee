/* English chapters and verses of the Bible, and its books cut short: "Gen. 1:1", "1 Cor. 13:4-7". */
#include "normalize_en.h"

struct book {
    const char *written, *spoken; /* a list in lower case, "a|b" */
    bool numbered;                /* "1 Samuel" is said "First Samuel" */
};

static const struct book *book_at(const struct norm_pass *pass, size_t i)
{
    static const struct book books[] = {
        {"genesis|gen", "Genesis", false},
        {"exodus|exod|ex", "Exodus", false},
        {"leviticus|lev", "Leviticus", false},
        {"numbers|num", "Numbers", false},
        {"deuteronomy|deut", "Deuteronomy", false},
        {"joshua|josh", "Joshua", false},
        {"judges|judg", "Judges", false},
        {"ruth", "Ruth", false},
        {"samuel|sam", "Samuel", true},
        {"kings|kgs", "Kings", true},
        {"chronicles|chron|chr", "Chronicles", true},
        {"ezra", "Ezra", false},
        {"nehemiah|neh", "Nehemiah", false},
        {"esther|esth", "Esther", false},
        {"job", "Job", false},
        {"psalm|ps", "Psalm", false},
        {"psalms|pss", "Psalms", false},
        {"proverbs|prov", "Proverbs", false},
        {"ecclesiastes|eccl|eccles", "Ecclesiastes", false},
        {"isaiah|isa", "Isaiah", false},
        {"jeremiah|jer", "Jeremiah", false},
        {"lamentations|lam", "Lamentations", false},
        {"ezekiel|ezek", "Ezekiel", false},
        {"daniel|dan", "Daniel", false},
        {"hosea|hos", "Hosea", false},
        {"joel", "Joel", false},
        {"amos", "Amos", false},
        {"obadiah|obad", "Obadiah", false},
        {"jonah", "Jonah", false},
        {"micah|mic", "Micah", false},
        {"nahum|nah", "Nahum", false},
        {"habakkuk|hab", "Habakkuk", false},
        {"zephaniah|zeph", "Zephaniah", false},
        {"haggai|hag", "Haggai", false},
        {"zechariah|zech", "Zechariah", false},
        {"malachi|mal", "Malachi", false},
        {"matthew|matt|mt", "Matthew", false},
        {"mark|mk", "Mark", false},
        {"luke|lk", "Luke", false},
        {"john|jn", "John", true},
        {"acts", "Acts", false},
        {"romans|rom", "Romans", false},
        {"corinthians|cor", "Corinthians", true},
        {"galatians|gal", "Galatians", false},
        {"ephesians|eph", "Ephesians", false},
        {"philippians|phil", "Philippians", false},
        {"colossians|col", "Colossians", false},
        {"thessalonians|thess", "Thessalonians", true},
        {"timothy|tim", "Timothy", true},
        {"titus|tit", "Titus", false},
        {"philemon|philem", "Philemon", false},
        {"hebrews|heb", "Hebrews", false},
        {"james|jas", "James", false},
        {"peter|pet", "Peter", true},
        {"jude", "Jude", false},
        {"revelation|rev", "Revelation", false},
        {"maccabees|macc", "Maccabees", true},
        {"qur'an|quran|koran", "Qur'an", false},
    };
    for (size_t k = 0; k < NORM_COUNT(books) && norm_is_name(pass, i); k++)
        if (norm_in_list(pass, i, books[k].written))
            return &books[k];
    return NULL;
}

/* Chapter and verse at token i: "5:3", but not "5:30 pm". */
static bool is_verse(const struct norm_pass *pass, size_t i)
{
    return !norm_touches(pass, i) && norm_value(pass, i, 3) > 0 && norm_touching_symbol(pass, i + 1, ':') &&
           norm_touches(pass, i + 2) && norm_value(pass, i + 2, 3) > 0 && !norm_in_list(pass, i + 3, "am|pm|a|p");
}

/* The "1" of "1 Cor. 13:4", "1 Cor. 13" at token i. */
static bool is_book_number(const struct norm_pass *pass, size_t i)
{
    const struct book *const book = book_at(pass, i + 1);
    const size_t behind = i + 2 + norm_touching_symbol(pass, i + 2, '.');
    return book && book->numbered && norm_value(pass, i, 1) > 0 && norm_value(pass, i, 1) <= 4 &&
           !norm_touches(pass, i + 1) && !norm_touches(pass, behind) && norm_value(pass, behind, 3) > 0;
}

/* "5:3-10" behind a book. */
static size_t say_verses(struct norm_pass *pass, size_t i)
{
    norm_say_number(pass, (unsigned long)norm_value(pass, i, 3));
    norm_border(pass, i + 2);
    norm_say_number(pass, (unsigned long)norm_value(pass, i + 2, 3));
    if (!en_is_dash(pass, i + 3) || !norm_touches(pass, i + 3) || !norm_touches(pass, i + 4) ||
        norm_value(pass, i + 4, 3) < 1 || norm_touching_symbol(pass, i + 5, ':'))
        return 3;
    norm_border(pass, i + 3);
    norm_say(pass, "to");
    norm_border(pass, i + 4);
    norm_say_number(pass, (unsigned long)norm_value(pass, i + 4, 3));
    return 5;
}

/* "1 Cor. 13:4-7", from each of its parts. */
size_t en_rule_verse(struct norm_pass *pass, size_t i)
{
    const struct book *const book = book_at(pass, i);
    const size_t dot = book && norm_touching_symbol(pass, i + 1, '.');
    if (book && (is_verse(pass, i + 1 + dot) || (i && is_book_number(pass, i - 1)))) {
        norm_say(pass, book->spoken);
        return 1 + dot;
    }
    if (is_book_number(pass, i)) {
        en_ordinal_value(pass, (unsigned long)norm_value(pass, i, 1));
        return 1;
    }
    const size_t before = i - (i && norm_is_symbol(pass, i - 1, '.'));
    return before && is_verse(pass, i) && book_at(pass, before - 1) ? say_verses(pass, i) : 0;
}
