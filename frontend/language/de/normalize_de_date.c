/* German dates, days and times. */
#include "normalize_de.h"

#include <string.h>

/* ---- dates ---- */

static const struct norm_entry short_months[] = {
    {"Jan", "Januar"},     {"Feb", "Februar"}, {"Mär", "März"},     {"Apr", "April"},
    {"Jun", "Juni"},       {"Jul", "Juli"},    {"Aug", "August"},   {"Sep", "September"},
    {"Sept", "September"}, {"Okt", "Oktober"}, {"Nov", "November"}, {"Dez", "Dezember"},
};

/* Name of the month at token i and the tokens that it takes; NULL: none. */
static const char *month_name(const struct norm_pass *pass, size_t i, size_t *n)
{
    *n = 1;
    const unsigned month = norm_month(pass, i);
    if (month)
        return pass->lang->words->months[month - 1];
    const struct norm_entry *const entry = norm_find(pass, i, short_months, NORM_COUNT(short_months));
    *n += norm_touching_symbol(pass, i + 1, '.');
    return entry && *n == 2 ? entry->spoken : NULL;
}

void de_say_day(struct norm_pass *pass, unsigned day, const char *ending)
{
    de_say_value(pass, day, DE_ORDINAL);
    norm_join(pass, ending);
}

/* "2003-03", "03/2003": a month and its year. */
static size_t month_and_year(struct norm_pass *pass, size_t i)
{
    const bool slash = norm_touching_symbol(pass, i + 1, '/'), dash = norm_touching_symbol(pass, i + 1, '-');
    const size_t year_at = slash ? i + 2 : i, month_at = slash ? i : i + 2;
    const long year = norm_value(pass, year_at, 4), month = norm_value(pass, month_at, 2);
    if (!(slash || dash) || de_is_glued(pass, i) || !norm_touches(pass, i + 2) || year < 1000 || year > 2999 ||
        month < 1 || month > 12 || norm_at(pass, month_at)->length != 2 ||
        (dash && *norm_text(pass, month_at) != '0') || norm_touching_kind(pass, i + 3, NORM_WORD) ||
        ((norm_touching_symbol(pass, i + 3, '-') || norm_touching_symbol(pass, i + 3, '/')) &&
         norm_touches(pass, i + 4)))
        return 0;
    norm_say_month(pass, (unsigned)month);
    de_say_year(pass, (unsigned)year);
    return 3;
}

/* "3.4.2024", "24.12.", "2024-03-04", "2024-03". */
size_t de_rule_date(struct norm_pass *pass, size_t i)
{
    const size_t short_one = month_and_year(pass, i);
    if (short_one)
        return short_one;
    const uint32_t separator = norm_at(pass, i + 1)->codepoint;
    if (de_is_glued(pass, i) || (separator != '.' && separator != '-') ||
        !norm_touching_symbol(pass, i + 1, separator) || !norm_touching_kind(pass, i + 2, NORM_DIGITS) ||
        !norm_touching_symbol(pass, i + 3, separator))
        return 0;
    const bool iso = separator == '-';
    const long day = norm_value(pass, iso ? i + 4 : i, 2), month = norm_value(pass, i + 2, 2);
    const bool has_year = iso || norm_touching_kind(pass, i + 4, NORM_DIGITS);
    const long year = has_year ? norm_value(pass, iso ? i : i + 4, 4) : 0;
    const size_t digits = has_year ? norm_at(pass, iso ? i : i + 4)->length : 2;
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 0 || digits % 2 ||
        (iso && (year < 1000 || !norm_touches(pass, i + 4))))
        return 0;
    if (has_year && (norm_touching_symbol(pass, i + 5, '.') || norm_touching_kind(pass, i + 5, NORM_WORD)) &&
        norm_touches(pass, i + 6))
        return 0;
    de_say_day(pass, (unsigned)day, de_ordinal_ending(pass, i));
    norm_say_month(pass, (unsigned)month);
    if (has_year)
        de_say_year(pass, (unsigned)(year < 50 ? 2000 + year : year < 100 ? 1900 + year : year));
    else
        norm_keep_stop(pass, i + 4);
    return has_year ? 5 : 4;
}

/* They close on either side in German. */
static bool is_quotation_mark(const struct norm_token *token)
{
    const uint32_t c = token->codepoint;
    return token->kind == NORM_SYMBOL && (c == '"' || c == 0xAB || c == 0xBB || (c >= 0x2018 && c <= 0x201D));
}

/* What may stand behind a day alone. */
static bool closes(const struct norm_token *token)
{
    return token->kind == NORM_END || is_quotation_mark(token) ||
           (token->kind == NORM_SYMBOL && token->codepoint < 0x80 && strchr(",;:)!?", (int)token->codepoint));
}

/* "am 3.", "der 2., den wir": a day by the word before it, and nothing behind. */
static size_t lone_ordinal(struct norm_pass *pass, size_t i, long value)
{
    if (!i || value < 1 || value > 31 || !norm_in_list(pass, i - 1, "am|vom|zum|beim|im|der|dem|den|des") ||
        !closes(norm_at(pass, i + 2)))
        return 0;
    de_say_day(pass, (unsigned)value, de_ordinal_ending(pass, i));
    if (is_quotation_mark(norm_at(pass, i + 2)))
        norm_join_bytes(pass, ".", 1);
    else
        norm_keep_stop(pass, i + 2);
    return 2;
}

/* "3. Mai 2024", "am 3. Mai", "der 3. Versuch", "das 19. Jahrhundert". */
size_t de_rule_ordinal(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 6);
    const struct norm_token *const next = norm_at(pass, i + 2);
    size_t n;
    if (value < 0 || de_is_glued(pass, i) || !norm_touching_symbol(pass, i + 1, '.'))
        return 0;
    if (!next->space_before || next->kind != NORM_WORD)
        return lone_ordinal(pass, i, value);
    const char *const month = month_name(pass, i + 2, &n);
    const char *const ending = month ? de_ordinal_ending(pass, i) : de_noun_ending(pass, i);
    if (!ending) /* "1. Brot", of a list */
        return 0;
    de_say_day(pass, (unsigned)value, ending);
    if (!month)
        return 2;
    norm_border(pass, i + 2);
    norm_say(pass, month);
    const long year = norm_value(pass, i + 2 + n, 4);
    if (year < 1000 || norm_touches(pass, i + 2 + n))
        return 2 + n;
    norm_border(pass, i + 2 + n);
    de_say_year(pass, (unsigned)year);
    return 3 + n;
}

/* "17:00" */
static bool is_time(const struct norm_pass *pass, size_t i)
{
    return norm_value(pass, i, 2) >= 0 && norm_touching_symbol(pass, i + 1, ':') && norm_touches(pass, i + 2) &&
           norm_value(pass, i + 2, 2) >= 0 && norm_at(pass, i + 2)->length == 2;
}

/* Says "zwei Stunden", "eine Minute"; nothing of nothing. */
static void say_part(struct norm_pass *pass, long value, const char *one, const char *many)
{
    if (value == 1)
        norm_say(pass, "eine");
    else if (value > 0)
        de_say_value(pass, (unsigned)value, DE_BEFORE_NOUN);
    if (value > 0)
        norm_say(pass, value == 1 ? one : many);
}

/* "1:02:03 Stunden", "3:20 Minuten": how long something takes, by the word behind the n tokens; returns tokens. */
static size_t how_long(struct norm_pass *pass, size_t i, size_t n, long first, long second, long third)
{
    const bool hours = norm_in_list(pass, i + n, "stunde|stunden|std|h");
    const bool minutes = third < 0 && norm_in_list(pass, i + n, "minute|minuten|min");
    if (norm_touches(pass, i + n) || !(hours || minutes) || !(first || second || third > 0))
        return 0;
    const long seconds = hours ? third : second;
    if (hours)
        say_part(pass, first, "Stunde", "Stunden");
    say_part(pass, hours ? second : first, "Minute", "Minuten");
    if (seconds > 0 && (first || (hours && second)))
        norm_say(pass, "und");
    say_part(pass, seconds, "Sekunde", "Sekunden");
    return n + 1 + (norm_touching_symbol(pass, i + n + 1, '.') && !norm_at_end(pass, i + n + 2));
}

/* "2h30m". */
size_t de_rule_duration(struct norm_pass *pass, size_t i)
{
    long parts[NORM_DURATION_PARTS];
    const size_t n = norm_read_duration(pass, i, parts);
    if (!n)
        return 0;
    if (parts[0] > 0) {
        de_say_value(pass, (unsigned)parts[0], DE_BEFORE_NOUN);
        norm_say(pass, parts[0] == 1 ? "Tag" : "Tage");
    }
    say_part(pass, parts[1], "Stunde", "Stunden");
    say_part(pass, parts[2], "Minute", "Minuten");
    say_part(pass, parts[3], "Sekunde", "Sekunden");
    return n;
}

/* "14:30 Uhr", "9 Uhr", "14:30:05", "8:00-17:00 Uhr", whose dash is "bis". */
size_t de_rule_time(struct norm_pass *pass, size_t i)
{
    const long hour = norm_value(pass, i, 2), minute = norm_value(pass, i + 2, 2), second = norm_value(pass, i + 4, 2);
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    const bool colon = norm_touching_symbol(pass, i + 1, ':');
    if (hour < 0 || (hour > 24 && !colon) || (de_is_glued(pass, i) && !(de_is_dash(pass, i - 1) && colon)))
        return 0;
    const bool clock_hour = i && norm_is(pass, i + 1, "h") && norm_in_list(pass, i - 1, "um|ab|gegen"); /* "um 9 h" */
    if ((norm_is(pass, i + 1, "Uhr") && !norm_touches(pass, i + 1)) || clock_hour) {
        de_say_value(pass, (unsigned)hour, DE_BEFORE_NOUN);
        norm_border(pass, i + 1);
        norm_say(pass, "Uhr");
        return 2;
    }
    const bool two = norm_at(pass, i + 2)->length == 2 && minute >= 0 && minute < 60 && norm_touches(pass, i + 2);
    const bool seconds =
        two && norm_touching_symbol(pass, i + 3, ':') && second >= 0 && second < 60 && norm_touches(pass, i + 4);
    const size_t n = seconds ? 5 : 3;
    const bool clock = norm_is(pass, i + n, "Uhr");
    if (!two || !(colon || (dot && clock)))
        return 0;
    const size_t duration = colon ? how_long(pass, i, n, hour, minute, seconds ? second : -1) : 0;
    if (duration || hour > 24)
        return duration;
    de_say_value(pass, (unsigned)hour, DE_BEFORE_NOUN);
    norm_say(pass, "Uhr");
    if (minute || seconds)
        de_say_value(pass, (unsigned)minute, DE_PLAIN);
    if (seconds) {
        norm_say(pass, "und");
        if (second == 1)
            norm_say(pass, "eine");
        else
            de_say_value(pass, (unsigned)second, DE_BEFORE_NOUN);
        norm_say(pass, second == 1 ? "Sekunde" : "Sekunden");
    }
    if (!clock && is_time(pass, i + n + 1) && de_is_dash(pass, i + n) &&
        norm_touches(pass, i + n) == norm_touches(pass, i + n + 1)) {
        norm_border(pass, i + n);
        norm_say(pass, "bis");
        return n + 1;
    }
    return n + clock;
}

/* "90er", "1990er Jahre", "100er". */
size_t de_rule_decade(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 4);
    const bool hyphen = norm_touching_symbol(pass, i + 1, '-');
    if (value < 2 || de_is_glued(pass, i) || !norm_touches(pass, i + 1 + hyphen) ||
        !norm_in_list(pass, i + 1 + hyphen, "er|ern"))
        return 0;
    de_say_year(pass, (unsigned)value);
    norm_join_bytes(pass, norm_text(pass, i + 1 + hyphen), norm_at(pass, i + 1 + hyphen)->length);
    return 2 + hyphen;
}

/* ---- days ---- */

/* "10.-12. Mai", "2./3. Juni": the days; the month stays. */
size_t de_rule_days(struct norm_pass *pass, size_t i)
{
    const long first = norm_value(pass, i, 2), last = norm_value(pass, i + 3, 2);
    const bool slash = norm_is_symbol(pass, i + 2, '/');
    if (first < 1 || last < 1 || !norm_touching_symbol(pass, i + 1, '.') || !(slash || de_is_dash(pass, i + 2)) ||
        norm_touches(pass, i + 2) != norm_touches(pass, i + 3) || !norm_touching_symbol(pass, i + 4, '.') ||
        norm_touches(pass, i + 5) || !norm_is_kind(pass, i + 5, NORM_WORD) || (i && norm_touches(pass, i)))
        return 0;
    const char *const ending = de_ordinal_ending(pass, i);
    de_say_value(pass, (unsigned)first, DE_ORDINAL);
    norm_join(pass, ending);
    norm_say_between(pass, i + 2);
    de_say_value(pass, (unsigned)last, DE_ORDINAL);
    norm_join(pass, ending);
    return 5;
}

static const struct norm_entry weekdays[] = {{"Mo", "Montag"},     {"Di", "Dienstag"}, {"Mi", "Mittwoch"},
                                             {"Do", "Donnerstag"}, {"Fr", "Freitag"},  {"Sa", "Samstag"},
                                             {"So", "Sonntag"}};

/* The day at token i, and the tokens that it takes with its dot; NULL: there is none. */
static const struct norm_entry *weekday(const struct norm_pass *pass, size_t i, size_t *n)
{
    *n = 1 + norm_touching_symbol(pass, i + 1, '.');
    return norm_find(pass, i, weekdays, NORM_COUNT(weekdays));
}

/* Hours at token i: "9 Uhr", "9-13 Uhr", "9:00". */
static bool has_hours(const struct norm_pass *pass, size_t i)
{
    const size_t end = de_is_dash(pass, i + 1) && norm_value(pass, i + 2, 2) >= 0 ? i + 2 : i;
    return !norm_touches(pass, i) && norm_value(pass, i, 2) >= 0 && norm_value(pass, i, 2) <= 24 &&
           (norm_is(pass, end + 1, "Uhr") || norm_touching_symbol(pass, i + 1, ':') ||
            norm_touching_symbol(pass, end + 1, ':'));
}

/* The day at token i, whose end is token `end`, is one of several: "Mo, Mi und Fr", "Mo bis Do". "So und so" is none. */
static bool is_in_list_of_days(const struct norm_pass *pass, size_t i, size_t end)
{
    size_t n;
    const bool so = norm_is(pass, i, "So");
    const bool goes_on = norm_touching_symbol(pass, end, ',') || norm_in_list(pass, end, "und|bis|oder|u");
    const bool went_on = i >= 2 && (norm_is_symbol(pass, i - 1, ',') || norm_in_list(pass, i - 1, "und|bis|oder|u"));
    const size_t before = !went_on ? i : i - 2 - (i > 2 && norm_is_symbol(pass, i - 2, '.'));
    return (goes_on && weekday(pass, end + 1, &n) && !(so && norm_is(pass, end + 1, "So"))) ||
           (went_on && weekday(pass, before, &n) && !(so && norm_is(pass, before, "So")));
}

/* "Mo-Fr", "Mo. - Fr.", "Sa./So.", "am Mo.", "Mo, Mi und Fr", and days before a date or hours: "Di, 4.3.", "Mi 12.6.",
 * "Sa 9-13 Uhr", "So geschl.". "So 3 Leute" is none. */
size_t de_rule_weekday(struct norm_pass *pass, size_t i)
{
    size_t n, last;
    const struct norm_entry *const day = weekday(pass, i, &n);
    if (!day)
        return 0;
    const struct norm_entry *const other = weekday(pass, i + n + 1, &last);
    const bool slash = norm_touching_symbol(pass, i + n, '/');
    if (other && (slash || de_is_dash(pass, i + n)) && norm_touches(pass, i + n) == norm_touches(pass, i + n + 1) &&
        (norm_touches(pass, i + n) || (n == 2 && last == 2))) {
        norm_say(pass, day->spoken);
        norm_say_between(pass, i + n);
        norm_say(pass, other->spoken);
        if (last == 2)
            norm_keep_stop(pass, i + n + 1 + last);
        return n + 1 + last;
    }
    const size_t next = i + 1 + norm_touching_symbol(pass, i + 1, ',');
    const bool date =
        norm_value(pass, next, 2) > 0 && !norm_touches(pass, next) && norm_touching_symbol(pass, next + 1, '.');
    const bool told = i && n == 2 && norm_in_list(pass, i - 1, "am|ab|bis|jeden|seit|vom|zum|diesen|nächsten|letzten");
    const bool closed = norm_in_list(pass, next, "geschl|ruhetag") ||
                        (norm_is_word(pass, next, "geschlossen") && !norm_is(pass, i, "So")); /* "so geschlossen wie" */
    if (!date && !told && !closed && !has_hours(pass, next) && !is_in_list_of_days(pass, i, i + n))
        return 0;
    norm_say(pass, day->spoken);
    if (n == 2)
        norm_keep_stop(pass, i + n);
    return n;
}
