/* English dates and times of day. The order of "3/4/2024" follows the language: month first in American English, day
 * first in British; what can't be a month is the day in both. */
#include "normalize_en.h"

#include <string.h>

/* ---- months ---- */

/* In the order of the months; "sept" is a thirteenth for 9. */
static const char *const short_months[] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "Sept",
};

/* A month, whatever its letters. */
static unsigned month_in_list(const struct norm_pass *pass, size_t i)
{
    static const char *const lists[] = {"january", "february", "march",     "april",   "may",      "june",
                                        "july",    "august",   "september", "october", "november", "december"};
    for (unsigned m = 0; m < NORM_COUNT(lists); m++)
        if (norm_is_word(pass, i, lists[m]))
            return m + 1;
    return 0;
}

/* A day of the month stands behind or before token i, and perhaps its dot: "july 4", "july 4th", "SEPT. 15", "4th of
 * july", "4 july". */
static bool has_day_beside(const struct norm_pass *pass, size_t i)
{
    static const char behind_dates[] =
        "st|nd|rd|th|at|in|of|and|to|from|on|is|was|or|that|for|by|when|as|until|through";
    const size_t next = i + 1 + norm_touching_symbol(pass, i + 1, '.');
    const long behind = norm_touches(pass, next) ? -1 : norm_value(pass, next, 2);
    const long before =
        i && !norm_touches(pass, i) && (i < 2 || !norm_touches(pass, i - 1)) ? norm_value(pass, i - 1, 2) : -1;
    if (behind < 1 && before < 1)
        return i >= 2 && norm_value(pass, i - 2, 2) >= 1 && norm_in_list(pass, i - 1, "st|nd|rd|th") &&
               !norm_in_list(pass, i, "may|march");
    const bool year = norm_value(pass, next, 4) >= 1000;
    const bool unit = norm_is_kind(pass, next + 1, NORM_WORD) && norm_at(pass, next + 1)->lower &&
                      !norm_in_list(pass, next + 1, behind_dates);
    if (norm_in_list(pass, i, "may|march"))
        return (behind >= 1 && behind <= 31 &&
                (norm_touching_symbol(pass, next + 1, ',') || norm_value(pass, next + 1, 4) >= 1000)) ||
               (before >= 1 && before <= 31 && year);
    if ((behind >= 1 && behind <= 31 && !unit) || (before >= 1 && before <= 31))
        return true;
    return i >= 2 && norm_value(pass, i - 2, 2) >= 1 && norm_in_list(pass, i - 1, "st|nd|rd|th");
}

/* A month's short form in capitals or small letters, beside a day: "SEPT. 15", "oct. 3". */
static unsigned short_month_in_list(const struct norm_pass *pass, size_t i)
{
    static const char *const lists[] = {"jan", "feb", "mar", "apr", "",    "jun", "jul",
                                        "aug", "sep", "oct", "nov", "dec", "sept"};
    const bool sure =
        norm_at(pass, i)->all_caps || norm_touching_symbol(pass, i + 1, '.') || !norm_is_word(pass, i, "mar");
    for (unsigned m = 0; m < NORM_COUNT(lists); m++)
        if (sure && lists[m][0] && norm_is_word(pass, i, lists[m]))
            return m == 12 ? 9 : m + 1;
    return 0;
}

unsigned en_month(const struct norm_pass *pass, size_t i, bool *dot)
{
    *dot = false;
    if (!norm_is_kind(pass, i, NORM_WORD))
        return 0;
    const bool dated = !norm_at(pass, i)->capital || norm_at(pass, i)->all_caps;
    if (dated) { /* "july 4", "4 JULY": a number tells that "may" is one */
        if (!has_day_beside(pass, i))
            return 0;
        const unsigned whole = month_in_list(pass, i), part = whole ? 0 : short_month_in_list(pass, i);
        *dot = part && norm_touching_symbol(pass, i + 1, '.');
        return whole + part;
    }
    const unsigned month = norm_month(pass, i);
    if (month)
        return month;
    for (unsigned m = 0; m < NORM_COUNT(short_months); m++) {
        if (!norm_is(pass, i, short_months[m]))
            continue;
        *dot = norm_touching_symbol(pass, i + 1, '.');
        return m == 12 ? 9 : m + 1;
    }
    return 0;
}

/* ---- parts of dates ---- */

/* A day, 1 ... 31, with or without "st" ...; returns tokens. */
static size_t read_day(const struct norm_pass *pass, size_t i, unsigned *day)
{
    const long value = norm_value(pass, i, 2);
    if (value < 1 || value > 31)
        return 0;
    *day = (unsigned)value;
    const bool ordinal = norm_touching_kind(pass, i + 1, NORM_WORD) && en_is_ordinal_end(pass, i + 1);
    if (!ordinal && (norm_touching_kind(pass, i + 1, NORM_WORD) ||
                     ((norm_touching_symbol(pass, i + 1, '.') || norm_touching_symbol(pass, i + 1, ':') ||
                       norm_touching_symbol(pass, i + 1, '%') || norm_touching_symbol(pass, i + 1, '/')) &&
                      (norm_touching_kind(pass, i + 2, NORM_DIGITS) || norm_is_symbol(pass, i + 1, '%')))))
        return 0;
    return 1 + ordinal;
}

/* "the fifth", and "the fifth's" of "5th's" and "5's"; tokens of the possessive that aren't the day's own. */
static size_t say_day(struct norm_pass *pass, size_t i, size_t n, unsigned day)
{
    const size_t end = n == 1 ? en_plural_end(pass, i + 1) : 0;
    const bool possessive = end == 2 || (n == 2 && norm_possessive(pass, i + 1));
    en_ordinal_value(pass, day);
    if (possessive)
        norm_join(pass, "'s");
    return end == 2 ? end : 0;
}

/* A year of four digits, or "'98", behind a date: 1000 ... 2999. */
static size_t read_year(const struct norm_pass *pass, size_t i, unsigned long *year)
{
    const long value = norm_value(pass, i, 4);
    if (norm_at(pass, i)->length != 4 || value < 1000 || value > 2999 || norm_touching_kind(pass, i + 1, NORM_WORD) ||
        (norm_touching_symbol(pass, i + 1, ':')) || en_plural_end(pass, i + 1))
        return 0;
    if ((norm_touching_symbol(pass, i + 1, '.') || norm_touching_symbol(pass, i + 1, ',')) &&
        norm_touching_kind(pass, i + 2, NORM_DIGITS))
        return 0;
    *year = (unsigned long)value;
    return 1;
}

/* Years of two digits: 00 ... 49 are 2000 ... 2049. */
static unsigned long full_year(long value, size_t digits)
{
    return (unsigned long)(digits > 2 ? value : value < 50 ? 2000 + value : 1900 + value);
}

static void say_date(struct norm_pass *pass, unsigned day, unsigned month, unsigned long year)
{
    if (en_is_british(pass)) {
        norm_say(pass, "the");
        en_ordinal_value(pass, day);
        norm_say(pass, "of");
        norm_say_month(pass, month);
    } else {
        norm_say_month(pass, month);
        en_ordinal_value(pass, day);
    }
    if (year)
        en_year(pass, year);
}

static bool is_date(long day, long month)
{
    static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month >= 1 && month <= 12 && day >= 1 && day <= days[month - 1];
}

static bool continues(const struct norm_pass *pass, size_t i)
{
    return norm_touching_kind(pass, i, NORM_DIGITS) ||
           ((norm_touching_symbol(pass, i, '-') || norm_touching_symbol(pass, i, '/') ||
             norm_touching_symbol(pass, i, '.')) &&
            norm_touching_kind(pass, i + 1, NORM_DIGITS));
}

/* ---- dates in digits ---- */

/* 2024-03-04, 2024/3/4, and before a time: 2024-03-04T12:30. */
static size_t iso_date(struct norm_pass *pass, size_t i, const long *part)
{
    if (norm_at(pass, i)->length != 4 || part[0] < 1000 || part[0] > 2999 || !is_date(part[2], part[1]))
        return 0;
    say_date(pass, (unsigned)part[2], (unsigned)part[1], (unsigned long)part[0]);
    if (norm_touching_kind(pass, i + 5, NORM_WORD)) { /* 2024-03-04T12:30 */
        if (!norm_is(pass, i + 5, "T") || !norm_touching_kind(pass, i + 6, NORM_DIGITS))
            return 0;
        norm_border(pass, i + 5);
        norm_say(pass, "at");
        return 6;
    }
    return 5;
}

/* 10/2023. */
static size_t month_and_year(struct norm_pass *pass, size_t i)
{
    const long month = norm_value(pass, i, 2), year = norm_value(pass, i + 2, 4);
    if (month < 1 || month > 12 || year < 1900 || year > 2099 || !norm_touching_symbol(pass, i + 1, '/') ||
        !norm_touches(pass, i + 2) || (i && norm_touches(pass, i)) || norm_touching_symbol(pass, i + 3, '/') ||
        norm_touching_kind(pass, i + 3, NORM_WORD))
        return 0;
    norm_say_month(pass, (unsigned)month);
    norm_border(pass, i + 2);
    en_year(pass, (unsigned long)year);
    return 3;
}

/* "on 6/18", "due 12/25": day and month where the word before says that it is a date. */
static size_t day_and_month(struct norm_pass *pass, size_t i)
{
    static const char sure[] = "on|due|dated|since|starting|ending|until|till|through|thru|mon|tue|wed|thu|fri|sat|sun|"
                               "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
    const long part[2] = {norm_value(pass, i, 2), norm_value(pass, i + 2, 2)};
    const size_t before = i - (i && (norm_is_symbol(pass, i - 1, ',') || norm_is_symbol(pass, i - 1, '.')));
    if (!before || part[0] < 1 || part[1] < 1 || !norm_touching_symbol(pass, i + 1, '/') ||
        !norm_touches(pass, i + 2) || norm_touches(pass, i) || continues(pass, i + 3) ||
        norm_touching_kind(pass, i + 3, NORM_WORD) || norm_match(pass, i, "9/11"))
        return 0;
    const bool fraction = part[0] < part[1] && part[1] <= 10;
    const bool week_of = before >= 2 && norm_is_word(pass, before - 1, "of") &&
                         norm_in_list(pass, before - 2, "week|weekend|night|morning|evening");
    if (!week_of && !norm_in_list(pass, before - 1, sure) &&
        (fraction || !norm_in_list(pass, before - 1, "by|from|before|after")))
        return 0;
    const bool day_first = en_is_british(pass) ? is_date(part[0], part[1]) : !is_date(part[1], part[0]);
    const long day = part[day_first ? 0 : 1], month = part[day_first ? 1 : 0];
    if (!is_date(day, month))
        return 0;
    say_date(pass, (unsigned)day, (unsigned)month, 0);
    return 3;
}

/* 3/4/2024, 3.4.24, 3-4-2024, 10/2023, on 6/18. */
size_t en_rule_date(struct norm_pass *pass, size_t i)
{
    const uint32_t separator = norm_at(pass, i + 1)->codepoint;
    if ((separator != '/' && separator != '-' && separator != '.') || !norm_touching_symbol(pass, i + 1, separator) ||
        !norm_touching_symbol(pass, i + 3, separator) || !norm_touches(pass, i + 2) || !norm_touches(pass, i + 4) ||
        continues(pass, i + 5)) {
        const size_t n = month_and_year(pass, i);
        return n ? n : day_and_month(pass, i);
    }
    if (i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !norm_is_symbol(pass, i - 1, '"') &&
        !norm_is_symbol(pass, i - 1, '['))
        return 0;
    const long part[3] = {norm_value(pass, i, 4), norm_value(pass, i + 2, 2), norm_value(pass, i + 4, 4)};
    if (part[0] < 0 || part[1] < 0 || part[2] < 0)
        return 0;
    if (norm_at(pass, i)->length == 4)
        return iso_date(pass, i, part);
    const size_t year_digits = norm_at(pass, i + 4)->length;
    if (norm_at(pass, i)->length > 2 || (year_digits != 4 && (year_digits != 2 || separator != '/')) ||
        norm_touching_kind(pass, i + 5, NORM_WORD))
        return 0;
    const bool day_first =
        separator == '.' || (en_is_british(pass) ? is_date(part[0], part[1]) : !is_date(part[1], part[0]));
    const long day = part[day_first ? 0 : 1], month = part[day_first ? 1 : 0];
    if (!is_date(day, month))
        return 0;
    say_date(pass, (unsigned)day, (unsigned)month, full_year(part[2], year_digits));
    return 5;
}

/* ---- dates with the month's name ---- */

/* ", 2024" or " 2024" behind a day or month. The comma stays with what stands before. */
static size_t say_year_behind(struct norm_pass *pass, size_t i)
{
    unsigned long year;
    const bool comma = norm_touching_symbol(pass, i, ',');
    if (!read_year(pass, i + comma, &year) || en_counts(pass, i + comma + 1))
        return 0;
    if (comma)
        norm_join(pass, ",");
    norm_border(pass, i + comma);
    en_year(pass, year);
    return comma + 1;
}

/* The end of "10-12" behind its first day, spoken. */
static size_t say_day_range(struct norm_pass *pass, size_t i, bool the)
{
    unsigned day;
    const size_t n =
        en_is_dash(pass, i) && norm_touches(pass, i) == norm_touches(pass, i + 1) ? read_day(pass, i + 1, &day) : 0;
    if (!n)
        return 0;
    norm_border(pass, i);
    norm_say(pass, the ? "to the" : "to");
    norm_border(pass, i + 1);
    en_ordinal_value(pass, day);
    return 1 + n;
}

/* The dash of "Jan-Mar", "Jan. 5-Feb. 3". */
static bool to_month(struct norm_pass *pass, size_t i)
{
    bool dot;
    if (!en_is_dash(pass, i) || norm_touches(pass, i) != norm_touches(pass, i + 1) || !en_month(pass, i + 1, &dot))
        return false;
    norm_border(pass, i);
    norm_say(pass, "to");
    return true;
}

/* "March 3", "Mar. 3rd, 2024", "March 2024", "May 10-12". Lower-case "may" and "march" never come here. */
size_t en_rule_month(struct norm_pass *pass, size_t i)
{
    bool dot;
    unsigned day = 0;
    unsigned long year;
    const unsigned month = en_month(pass, i, &dot);
    if (!month || (i && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_DIGITS)))
        return 0;
    size_t n = 1 + dot;
    const size_t days = norm_touches(pass, i + n) ? 0 : read_day(pass, i + n, &day);
    norm_say_month(pass, month);
    if (days && !en_counts(pass, i + n + days)) {
        norm_border(pass, i + n);
        n += days + say_day(pass, i + n, days, day);
        n += say_day_range(pass, i + n, false);
        return n + (to_month(pass, i + n) ? 1 : say_year_behind(pass, i + n));
    }
    if (to_month(pass, i + n))
        return n + 1;
    const bool comma = norm_touching_symbol(pass, i + n, ',');
    if (!norm_touches(pass, i + n + comma) && read_year(pass, i + n + comma, &year) &&
        !en_counts(pass, i + n + comma + 1))
        return n + say_year_behind(pass, i + n);
    const bool range_end = i && en_is_dash(pass, i - 1) && norm_touches(pass, i) && !norm_is_word(pass, i, "may");
    if (!dot || norm_is_word(pass, i, "may"))
        return range_end || norm_is_word(pass, i, "sept") || norm_in_list(pass, i, "jan|feb|apr|aug|sep|oct|nov|dec")
                   ? n
                   : 0;
    norm_keep_stop(pass, i + n);
    return n;
}

static const struct norm_entry *weekday(const struct norm_pass *pass, size_t i)
{
    static const struct norm_entry days[] = {
        {"Mon", "Monday"},     {"Tue", "Tuesday"},  {"Tues", "Tuesday"},  {"Wed", "Wednesday"},
        {"Weds", "Wednesday"}, {"Thu", "Thursday"}, {"Thur", "Thursday"}, {"Thurs", "Thursday"},
        {"Fri", "Friday"},     {"Sat", "Saturday"}, {"Sun", "Sunday"},
    };
    return norm_find(pass, i, days, NORM_COUNT(days));
}

bool en_is_short_date(const struct norm_pass *pass, size_t i)
{
    bool dot;
    return (weekday(pass, i) && norm_touching_symbol(pass, i + 1, '.')) || (en_month(pass, i, &dot) && dot);
}

/* "Mon.", "Tues," and the like before a date, a comma or another one, or behind "on"; "sat." and "sun" alone are words. */
size_t en_rule_weekday(struct norm_pass *pass, size_t i)
{
    const struct norm_entry *const entry = weekday(pass, i);
    if (!entry)
        return 0;
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    size_t next = i + 1 + dot;
    const bool comma = norm_touching_symbol(pass, next, ',');
    next += comma;
    bool month_dot;
    unsigned day;
    const bool digits = norm_value(pass, next, 2) > 0 && norm_touching_symbol(pass, next + 1, '/') &&
                        norm_touching_kind(pass, next + 2, NORM_DIGITS);
    const bool date = digits || en_month(pass, next, &month_dot) || read_day(pass, next, &day);
    const bool range =
        en_is_dash(pass, next) && norm_touches(pass, next) == norm_touches(pass, next + 1) && weekday(pass, next + 1);
    const bool behind_day = i >= 2 && (weekday(pass, i - 2) || norm_is_symbol(pass, i - 2, '.'));
    const bool range_end = i && en_is_dash(pass, i - 1) && (norm_touches(pass, i) || behind_day);
    const bool clear = !norm_in_list(pass, i, "sat|sun|wed|fri|mon|thu|tue") && dot;
    const bool pair = dot && ((norm_touching_symbol(pass, i + 2, '/') && en_is_short_date(pass, i + 3)) ||
                              (i >= 3 && norm_is_symbol(pass, i - 1, '/') && en_is_short_date(pass, i - 3)));
    const bool behind_preposition = dot && norm_at(pass, i)->capital && i &&
                                    norm_in_list(pass, i - 1, "on|by|until|till|since|every|each|next|last");
    if (!date && !clear && !range && !range_end && !pair && !(dot && comma) && !behind_preposition)
        return 0;
    norm_say(pass, entry->spoken);
    if (range) {
        norm_border(pass, i + 1 + dot);
        norm_say(pass, "to");
        return 2 + dot;
    }
    if (dot)
        norm_keep_stop(pass, i + 2);
    return 1 + dot;
}

/* Words before a date which already say "the", or after which "the" is wrong. */
static bool has_article(const struct norm_pass *pass, size_t i)
{
    return i && (norm_in_list(pass, i - 1, "the|this|that|every|each|a|last|next") ||
                 norm_at(pass, i - 1)->codepoint == '-');
}

/* The dash of "28 Feb-3 Mar" at token i. */
static bool is_to_day_month(const struct norm_pass *pass, size_t i)
{
    unsigned day;
    bool dot;
    const size_t days =
        en_is_dash(pass, i) && norm_touches(pass, i) == norm_touches(pass, i + 1) ? read_day(pass, i + 1, &day) : 0;
    return days && !norm_touches(pass, i + 1 + days) && en_month(pass, i + 1 + days, &dot);
}

/* "3 March", "3rd of March", "10-12 May 2024", "3-Mar-2024", "28 Feb-3 Mar". */
size_t en_rule_day_month(struct norm_pass *pass, size_t i)
{
    unsigned day;
    bool dot;
    const size_t days = read_day(pass, i, &day);
    const bool range_end = i > 1 && norm_is_kind(pass, i - 2 - norm_is_symbol(pass, i - 2, '.'), NORM_WORD) &&
                           is_to_day_month(pass, i - 1);
    if (!days || (i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !range_end))
        return 0;
    size_t n = days, last;
    unsigned end;
    if (en_is_dash(pass, i + n) && (last = read_day(pass, i + n + 1, &end)) > 0)
        n += 1 + last;
    const bool dash = norm_touching_symbol(pass, i + n, '-') || norm_touching_symbol(pass, i + n, '/');
    const bool of = norm_is_word(pass, i + n, "of") && !dash;
    const unsigned month = en_month(pass, i + n + of + dash, &dot);
    if (!month || (days == 1 && of) || (norm_is(pass, i + n, "March") && norm_in_list(pass, i + n + 1, "for|to|on|in")))
        return 0;
    if ((range_end || !has_article(pass, i)) && !of)
        norm_say(pass, "the");
    en_ordinal_value(pass, day);
    if (n > days)
        say_day_range(pass, i + days, true);
    norm_border(pass, i + n + (size_t)(of || dash));
    if (!of)
        norm_say(pass, "of");
    else {
        norm_say(pass, "of");
        norm_border(pass, i + n + of);
    }
    norm_say_month(pass, month);
    n += of + dash + 1u + dot;
    if (dash && (norm_touching_symbol(pass, i + n, '-') || norm_touching_symbol(pass, i + n, '/'))) {
        const long year = norm_value(pass, i + n + 1, 4);
        if (year >= 0 && norm_touches(pass, i + n + 1)) {
            norm_border(pass, i + n + 1);
            en_year(pass, full_year(year, norm_at(pass, i + n + 1)->length));
            return n + 2;
        }
    }
    if (is_to_day_month(pass, i + n)) {
        norm_border(pass, i + n);
        norm_say(pass, "to");
        return n + 1;
    }
    const size_t year = say_year_behind(pass, i + n);
    if (dot && !year)
        norm_keep_stop(pass, i + n);
    return n + year;
}

/* ---- times ---- */

/* "am", "p.m.", "AM" at token i; *pm says which, *stop that its last token is a dot. */
static size_t read_half(const struct norm_pass *pass, size_t i, bool *pm, bool *stop)
{
    *stop = false;
    *pm = norm_in_list(pass, i, "pm|p");
    if (norm_in_list(pass, i, "am|pm")) {
        *stop = norm_touching_symbol(pass, i + 1, '.') && norm_at_end(pass, i + 2);
        return norm_touching_kind(pass, i + 1, NORM_DIGITS) ? 0 : 1;
    }
    if (!norm_in_list(pass, i, "a|p"))
        return 0;
    if (norm_touching_symbol(pass, i + 1, '.') && norm_touches(pass, i + 2) && norm_is_word(pass, i + 2, "m")) {
        *stop = norm_touching_symbol(pass, i + 3, '.');
        return 3 + *stop;
    }
    return 0;
}

static void say_half(struct norm_pass *pass, size_t i, size_t n, bool pm, bool stop)
{
    norm_border(pass, i);
    norm_say(pass, pm ? "P.M" : "A.M");
    if (stop && n > 1)
        norm_keep_stop(pass, i + n);
}

/* The dash before the time that ends a range. */
static size_t say_to(struct norm_pass *pass, size_t i)
{
    if (!en_is_dash(pass, i) || !norm_touches(pass, i) || !norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    norm_border(pass, i);
    norm_say(pass, "to");
    return 1;
}

/* "7am", "7 a.m.", "7-9 pm" is a range whose second number comes here. */
static size_t hour_and_half(struct norm_pass *pass, size_t i, long hour)
{
    bool pm, stop;
    const size_t half = hour >= 1 && hour <= 12 ? read_half(pass, i + 1, &pm, &stop) : 0;
    if (!half || (half == 1 && !norm_touches(pass, i + 1) && norm_is(pass, i + 1, "am") && !norm_at_end(pass, i + 2) &&
                  norm_is(pass, i - 1, "I")))
        return 0;
    norm_say_number(pass, (unsigned long)hour);
    say_half(pass, i + 1, half, pm, stop);
    return 1 + half + say_to(pass, i + 1 + half);
}

/* ":05" behind the hour; -1: none. */
static long read_sixty(const struct norm_pass *pass, size_t i, uint32_t separator)
{
    const long value = norm_value(pass, i + 1, 2);
    return norm_touching_symbol(pass, i, separator) && norm_touches(pass, i + 1) && norm_at(pass, i + 1)->length == 2 &&
                   value < 60
               ? value
               : -1;
}

static void say_hour_and_minute(struct norm_pass *pass, long hour, long minute, bool alone)
{
    norm_say_number(pass, (unsigned long)hour);
    if (minute == 0 && alone)
        norm_say(pass, hour >= 1 && hour <= 12 ? "o'clock" : "hundred");
    en_pair(pass, (unsigned long)minute);
}

/* ".40" behind seconds or a time of a race, "1:59.40"; returns tokens. */
static size_t say_hundredths(struct norm_pass *pass, size_t i)
{
    if (!norm_touching_symbol(pass, i, '.') || !norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    norm_say(pass, "point");
    norm_say_digits(pass, norm_text(pass, i + 1), norm_at(pass, i + 1)->length);
    return 2;
}

/* "30.5": hundredths behind the seconds. */
static size_t say_seconds(struct norm_pass *pass, size_t i, long second)
{
    norm_say(pass, "and");
    norm_say_number(pass, (unsigned long)second);
    const size_t n = say_hundredths(pass, i);
    norm_say(pass, second == 1 && !n ? "second" : "seconds");
    return n;
}

/* A ratio: "3:1", "16:9", "3:2:1". */
static size_t ratio(struct norm_pass *pass, size_t i)
{
    if (!norm_touching_symbol(pass, i + 1, ':') || !norm_touching_kind(pass, i + 2, NORM_DIGITS) ||
        norm_at(pass, i)->length > 4 || norm_at(pass, i + 2)->length > 4 || norm_touching_kind(pass, i + 3, NORM_WORD))
        return 0;
    size_t n = 1;
    norm_say_number(pass, (unsigned long)norm_value(pass, i, 4));
    while (n < 9 && norm_touching_symbol(pass, i + n, ':') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS) &&
           norm_at(pass, i + n + 1)->length <= 4) {
        norm_border(pass, i + n);
        norm_say(pass, "to");
        norm_border(pass, i + n + 1);
        norm_say_number(pass, (unsigned long)norm_value(pass, i + n + 1, 4));
        n += 2;
    }
    return n;
}

/* Behind a time: "11:30EST". */
static bool is_time_zone(const struct norm_pass *pass, size_t i)
{
    return norm_is(pass, i, "Z") ||
           norm_in_list(pass, i, "est|edt|cst|cdt|mst|mdt|pst|pdt|gmt|utc|bst|cet|cest|eet|jst|aest|akst|hst") ||
           (norm_at(pass, i)->all_caps && norm_in_list(pass, i, "et|ct|mt|pt|ist"));
}

/* Says "two hours", "one minute"; not the first of several parts with nothing in it. */
static void say_part(struct norm_pass *pass, long value, const char *one, const char *many)
{
    if (!value)
        return;
    norm_say_number(pass, (unsigned long)value);
    norm_say(pass, value == 1 ? one : many);
}

/* "1:02:03 hours", "2:30 hours", "3:20 minutes": how long something takes, by the word behind; returns tokens. A time
 * of day has two digits for its hour, or a word before it: "at 8:30 hours". */
static size_t how_long(struct norm_pass *pass, size_t i, size_t n, long first, long second, long third)
{
    const bool hours = norm_in_list(pass, i + n, "hour|hours|hr|hrs");
    const bool minutes = third < 0 && norm_in_list(pass, i + n, "minute|minutes|min|mins");
    const long parts = first + second + (third > 0 ? third : 0);
    const bool attribute = norm_in_list(pass, i + n, "hour|minute") && (first != 1 || second > 0 || third > 0);
    const bool of_day =
        third < 0 && hours &&
        (norm_at(pass, i)->length > 1 || (i && norm_in_list(pass, i - 1, "at|by|until|from|before|after|to|since")));
    if (norm_touches(pass, i + n) || attribute || of_day || !(hours || minutes) || !parts)
        return 0;
    if (hours)
        say_part(pass, first, "hour", "hours");
    say_part(pass, hours ? second : first, "minute", "minutes");
    const long seconds = hours ? third : second;
    if (seconds > 0 && (first || (hours && second)))
        norm_say(pass, "and");
    if (seconds > 0)
        say_part(pass, seconds, "second", "seconds");
    return n + 1;
}

/* "2h30m". */
size_t en_rule_duration(struct norm_pass *pass, size_t i)
{
    static const char *const units[NORM_DURATION_PARTS][2] = {
        {"day", "days"}, {"hour", "hours"}, {"minute", "minutes"}, {"second", "seconds"}};
    long parts[NORM_DURATION_PARTS];
    const size_t n = norm_read_duration(pass, i, parts);
    for (size_t k = 0; n && k < NORM_DURATION_PARTS; k++) {
        if (parts[k] < 0)
            continue;
        norm_say_number(pass, (unsigned long)parts[k]);
        norm_say(pass, units[k][parts[k] != 1]);
    }
    return n;
}

/* "14:30", "12:05:09", "3:00pm", "7am", "10.30 pm", "10:30-11:15" (its dash is "to"), ratios. */
size_t en_rule_time(struct norm_pass *pass, size_t i)
{
    const long hour = norm_value(pass, i, 4);
    const bool glued =
        i && norm_touches(pass, i) &&
        (norm_is_kind(pass, i - 1, NORM_WORD) || norm_is_symbol(pass, i - 1, ':') || norm_is_symbol(pass, i - 1, '.') ||
         norm_is_symbol(pass, i - 1, ',') || norm_is_symbol(pass, i - 1, '$'));
    if (hour < 0 || (glued && !norm_is(pass, i - 1, "T")))
        return 0;
    if (norm_at(pass, i)->length > 2)
        return ratio(pass, i);
    bool pm = false, stop = false;
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    const long minute = read_sixty(pass, i + 1, dot ? '.' : ':');
    if (minute < 0)
        return norm_touching_symbol(pass, i + 1, ':') ? ratio(pass, i) : hour_and_half(pass, i, hour);
    const long second = dot ? -1 : read_sixty(pass, i + 3, ':');
    size_t n = second >= 0 ? 5 : 3;
    size_t half = hour >= 1 && hour <= 12 ? read_half(pass, i + n, &pm, &stop) : 0;
    if (dot && (!half || hour > 12))
        return 0;
    const size_t duration = dot || half ? 0 : how_long(pass, i, n, hour, minute, second);
    if (duration)
        return duration;
    if (hour > 24 && second < 0 && !norm_touching_symbol(pass, i + 3, ':') &&
        !norm_touching_kind(pass, i + 3, NORM_WORD)) { /* "38:25", of a race */
        norm_say_number(pass, (unsigned long)hour);
        if (minute)
            en_pair(pass, (unsigned long)minute);
        else
            norm_say(pass, "minutes");
        return 3 + (minute ? say_hundredths(pass, i + 3) : 0);
    }
    if (hour > 24 || norm_touching_symbol(pass, i + n, ':') ||
        (norm_touching_kind(pass, i + n, NORM_WORD) && !half && !norm_is(pass, i + n, "h") &&
         !is_time_zone(pass, i + n)))
        return ratio(pass, i);
    say_hour_and_minute(pass, hour, minute, !half || second >= 0);
    if (second >= 0) {
        const size_t fraction = say_seconds(pass, i + n, second);
        if (fraction)
            half = 0;
        n += fraction;
    }
    const size_t hundredths = second < 0 && !half && !dot ? say_hundredths(pass, i + n) : 0;
    if (hundredths)
        return n + hundredths;
    if (half) {
        say_half(pass, i + n, half, pm, stop);
        n += half;
    } else if (norm_touches(pass, i + n) && is_time_zone(pass, i + n)) {
        const bool zulu = norm_is(pass, i + n, "Z");
        norm_border(pass, i + n);
        norm_spell(pass, zulu ? "UTC" : norm_text(pass, i + n), zulu ? 3 : norm_at(pass, i + n)->length);
        n++;
    }
    return n + say_to(pass, i + n);
}

/* "pm", "a.m." behind a number that other rules have spoken: "7-9 pm". */
size_t en_rule_half(struct norm_pass *pass, size_t i)
{
    bool pm, stop;
    if (!i || !norm_is_kind(pass, i - 1, NORM_DIGITS))
        return 0;
    const size_t n = read_half(pass, i, &pm, &stop);
    if (!n)
        return 0;
    say_half(pass, i, n, pm, stop);
    return n;
}
