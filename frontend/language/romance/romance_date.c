/* Dates and times of day of the Romance languages. */
#include "romance.h"

#include <string.h>

/* ---- dates ---- */

static void say_day(struct norm_pass *pass, unsigned day)
{
    const struct romance *const lang = ro_of(pass);
    if (day == 1 && lang->first_day)
        norm_say(pass, lang->first_day);
    else
        ro_say_value(pass, day, RO_ALONE);
}

static void say_month(struct norm_pass *pass, unsigned month)
{
    const struct romance *const lang = ro_of(pass);
    if (lang->date_of)
        norm_say(pass, lang->date_of);
    norm_say(pass, pass->lang->words->months[month - 1]);
}

static void say_year(struct norm_pass *pass, unsigned year)
{
    const struct romance *const lang = ro_of(pass);
    if (lang->date_of)
        norm_say(pass, lang->date_of);
    ro_say_value(pass, year, RO_ALONE);
}

static unsigned full_year(const struct norm_pass *pass, size_t i)
{
    const unsigned year = (unsigned)norm_value(pass, i, 4);
    return norm_at(pass, i)->length != 2 ? year : year < 50 ? 2000 + year : 1900 + year;
}

static bool is_day(const struct norm_pass *pass, size_t i)
{
    const long day = norm_value(pass, i, 2);
    return day >= 1 && day <= 31;
}

static bool is_month(const struct norm_pass *pass, size_t i)
{
    const long month = norm_value(pass, i, 2);
    return month >= 1 && month <= 12;
}

/* "2024-03-21", perhaps with a time behind a T. */
static size_t iso_date(struct norm_pass *pass, size_t i)
{
    if (norm_at(pass, i)->length != 4 || !norm_touching_symbol(pass, i + 1, '-') || !norm_touches(pass, i + 2) ||
        !is_month(pass, i + 2) || norm_at(pass, i + 2)->length != 2 || !norm_touching_symbol(pass, i + 3, '-') ||
        !norm_touches(pass, i + 4) || !is_day(pass, i + 4) || norm_at(pass, i + 4)->length != 2 ||
        norm_touching_symbol(pass, i + 5, '-') || norm_touching_kind(pass, i + 5, NORM_WORD))
        return 0;
    say_day(pass, (unsigned)norm_value(pass, i + 4, 2));
    say_month(pass, (unsigned)norm_value(pass, i + 2, 2));
    say_year(pass, (unsigned)norm_value(pass, i, 4));
    return 5;
}

/* "21/03" is a date where a word tells it, where it can't be a fraction, or where a nought fills it up. */
static bool is_day_and_month(const struct norm_pass *pass, size_t i)
{
    const long day = norm_value(pass, i, 2), month = norm_value(pass, i + 2, 2);
    const bool cued = i && norm_in_list(pass, i - 1, ro_of(pass)->date_cues);
    const bool filled =
        norm_at(pass, i + 2)->length == 2 && (*norm_text(pass, i) == '0' || *norm_text(pass, i + 2) == '0');
    return norm_is_symbol(pass, i + 1, '/') &&
           (filled || (cued && day != 1) || (day > month && day > 12 && norm_at(pass, i + 2)->length == 2));
}

/* "21/mar/2024", "21-ene-24". */
static size_t named_date(struct norm_pass *pass, size_t i)
{
    const uint32_t separator = norm_at(pass, i + 1)->codepoint;
    const struct romance *const lang = ro_of(pass);
    const struct norm_entry *const entry = norm_find_lower(pass, i + 2, lang->short_months, lang->n_short_months);
    if (!entry || (separator != '/' && separator != '-') || !norm_touches(pass, i + 1) || !norm_touches(pass, i + 2) ||
        !is_day(pass, i) || !norm_touching_symbol(pass, i + 3, separator) ||
        !norm_touching_kind(pass, i + 4, NORM_DIGITS) ||
        (norm_at(pass, i + 4)->length != 4 && norm_at(pass, i + 4)->length != 2))
        return 0;
    say_day(pass, (unsigned)norm_value(pass, i, 2));
    if (lang->date_of)
        norm_say(pass, lang->date_of);
    norm_say(pass, entry->spoken);
    say_year(pass, full_year(pass, i + 4));
    return 5;
}

/* "21/03/2024", "21.03.24", "21/03". */
size_t ro_rule_date(struct norm_pass *pass, size_t i)
{
    const uint32_t separator = norm_at(pass, i + 1)->codepoint;
    if (!ro_is_free(pass, i))
        return 0;
    const size_t iso = iso_date(pass, i), named = iso ? iso : named_date(pass, i);
    if (named)
        return named;
    if ((separator != '/' && separator != '.' && separator != '-') || !norm_touching_symbol(pass, i + 1, separator) ||
        !norm_touches(pass, i + 2) || !is_day(pass, i) || !is_month(pass, i + 2))
        return 0;
    const bool more = norm_touching_symbol(pass, i + 3, separator) && norm_touching_kind(pass, i + 4, NORM_DIGITS);
    const size_t year = more ? norm_at(pass, i + 4)->length : 0;
    if (!more && (norm_touching_kind(pass, i + 3, NORM_WORD) || ro_is_month(pass, i + 3) || !is_day_and_month(pass, i)))
        return 0;
    if (more && (year != 4 && (year != 2 || (separator == '.' && norm_at(pass, i + 2)->length != 2))))
        return 0;
    if (more && (norm_touching_kind(pass, i + 5, NORM_WORD) ||
                 (norm_touching_symbol(pass, i + 5, separator) && norm_touching_kind(pass, i + 6, NORM_DIGITS))))
        return 0;
    say_day(pass, (unsigned)norm_value(pass, i, 2));
    say_month(pass, (unsigned)norm_value(pass, i + 2, 2));
    if (more)
        say_year(pass, full_year(pass, i + 4));
    return more ? 5 : 3;
}

/* Number of the month at token i, and the tokens that it takes; 0: none. Short names need their dot, unless a year
 * follows. */
static unsigned read_month(const struct norm_pass *pass, size_t i, size_t *n)
{
    const struct romance *const lang = ro_of(pass);
    *n = 1;
    for (unsigned m = 0; m < 12; m++)
        if (norm_is_word(pass, i, pass->lang->words->months[m]))
            return m + 1;
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    for (size_t k = 0; k < lang->n_short_months; k++) {
        if (!norm_is_word(pass, i, lang->short_months[k].written))
            continue;
        const bool year = norm_value(pass, i + 1 + dot, 4) >= 1000;
        *n = 1 + dot;
        for (unsigned m = 0; (dot || year) && m < 12; m++)
            if (strcmp(pass->lang->words->months[m], lang->short_months[k].spoken) == 0)
                return m + 1;
    }
    return 0;
}

/* Says the month that may be written out at token `i`, and a year behind it; returns tokens. */
static size_t say_written_month(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    size_t n, taken = 0;
    const bool of = lang->date_of && norm_is_word(pass, i, lang->date_of);
    const unsigned month = read_month(pass, i + of, &n);
    norm_border(pass, i);
    say_month(pass, month);
    taken = of + n;
    const bool of_year = lang->date_of && norm_is_word(pass, i + taken, lang->date_of);
    const long year = norm_value(pass, i + taken + of_year, 4);
    if (year < 1000 || norm_touches(pass, i + taken + of_year) ||
        norm_touching_kind(pass, i + taken + of_year + 1, NORM_WORD) ||
        (norm_touching_symbol(pass, i + taken + of_year + 1, (unsigned char)pass->lang->decimal) &&
         norm_touching_kind(pass, i + taken + of_year + 2, NORM_DIGITS))) {
        if (n > 1)
            norm_keep_stop(pass, i + taken);
        return taken;
    }
    norm_border(pass, i + taken);
    say_year(pass, (unsigned)year);
    return taken + of_year + 1;
}

bool ro_is_month(const struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    size_t n;
    return read_month(pass, i + (lang->date_of && norm_is_word(pass, i, lang->date_of)), &n) > 0;
}

/* "dal 1 al 15 agosto": the first is a day too. */
static bool is_first_of_two(const struct norm_pass *pass, size_t i)
{
    return norm_is(pass, i, "1") && ro_of(pass)->first_day && norm_in_list(pass, i + 1, "al|au|a|ao") &&
           is_day(pass, i + 2) && ro_is_month(pass, i + 3);
}

/* "1 mars", "21 de marzo de 2024", "3-5 mai", "2/3 juin": a day and a month in letters. */
size_t ro_rule_day(struct norm_pass *pass, size_t i)
{
    size_t n = 1;
    if (!ro_is_free(pass, i) || !is_day(pass, i))
        return 0;
    const bool slash = norm_touching_symbol(pass, i + 1, '/');
    const bool range = (slash || ro_is_dash(pass, i + 1)) && norm_touches(pass, i + 1) == norm_touches(pass, i + 2) &&
                       is_day(pass, i + 2);
    n += 2 * (size_t)range;
    if (is_first_of_two(pass, i)) {
        norm_say(pass, ro_of(pass)->first_day);
        return 1;
    }
    if (norm_touches(pass, i + n) || !ro_is_month(pass, i + n))
        return 0;
    say_day(pass, (unsigned)norm_value(pass, i, 2));
    if (range) {
        norm_say_between(pass, i + 1);
        say_day(pass, (unsigned)norm_value(pass, i + 2, 2));
    }
    return n + say_written_month(pass, i + n);
}

/* "lun.-ven.", "sáb/dom", "seg a sex": days cut short, two of them. */
size_t ro_rule_weekdays(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    const struct norm_entry *const day = norm_find_lower(pass, i, lang->short_weekdays, lang->n_short_weekdays);
    if (!day)
        return 0;
    const size_t n = 1 + norm_touching_symbol(pass, i + 1, '.');
    const struct norm_entry *const other =
        norm_find_lower(pass, i + n + 1, lang->short_weekdays, lang->n_short_weekdays);
    const bool slash = norm_touching_symbol(pass, i + n, '/'), touches = norm_touches(pass, i + n);
    const bool word = norm_in_list(pass, i + n, lang->and) && day != other; /* not Spanish "de mar a mar" */
    const bool mark =
        (slash || ro_is_dash(pass, i + n)) && touches == norm_touches(pass, i + n + 1) && (touches || n == 2);
    if (!other || !(word || mark))
        return 0;
    norm_say(pass, day->spoken);
    if (word)
        norm_say_token(pass, i + n);
    else
        norm_say_between(pass, i + n);
    norm_say(pass, other->spoken);
    const bool dot = norm_touching_symbol(pass, i + n + 2, '.');
    if (dot)
        norm_keep_stop(pass, i + n + 3);
    return n + 2 + dot;
}

/* ---- times ---- */

static bool is_sixtieth(const struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 2);
    return value >= 0 && value < 60 && norm_at(pass, i)->length == 2;
}

/* Reads "14h30", "14 h", "14:30:05", "14.30" behind a word of time_cues. */
static bool read_time(const struct norm_pass *pass, size_t i, struct ro_time *time)
{
    const struct romance *const lang = ro_of(pass);
    const long hour = norm_value(pass, i, 2);
    *time = (struct ro_time){.hour = (unsigned)hour, .n = 1};
    if (hour < 0 || hour > 24)
        return false;
    const bool colon = norm_touching_symbol(pass, i + 1, ':');
    const bool cued = i && lang->time_cues && norm_in_list(pass, i - 1, lang->time_cues);
    const bool dot = norm_touching_symbol(pass, i + 1, '.') && (cued || norm_in_list(pass, i + 3, lang->hour_marks));
    if ((colon || dot) && norm_touches(pass, i + 2) && is_sixtieth(pass, i + 2)) {
        time->has_minute = true;
        time->minute = (unsigned)norm_value(pass, i + 2, 2);
        time->n = 3;
        if (norm_touching_symbol(pass, i + 3, colon ? ':' : '.') && norm_touches(pass, i + 4) &&
            is_sixtieth(pass, i + 4)) {
            time->has_second = true;
            time->second = (unsigned)norm_value(pass, i + 4, 2);
            time->n = 5;
        }
        time->mark = norm_in_list(pass, i + time->n, lang->hour_marks);
        time->n += time->mark;
        return !norm_touching_symbol(pass, i + time->n, ':') || !norm_touching_kind(pass, i + time->n + 1, NORM_DIGITS);
    }
    if (!norm_in_list(pass, i + 1, lang->hour_marks))
        return false;
    time->letter = true;
    time->n = 2;
    if (is_sixtieth(pass, i + 2) && norm_touches(pass, i + 1) == norm_touches(pass, i + 2)) {
        time->has_minute = true;
        time->minute = (unsigned)norm_value(pass, i + 2, 2);
        time->n = 3;
        if (norm_in_list(pass, i + 3, "m|min|mn") && norm_touches(pass, i + 3) == norm_touches(pass, i + 2))
            time->n = 4;
        if (time->n == 4 && is_sixtieth(pass, i + 4) && norm_touches(pass, i + 4) == norm_touches(pass, i + 3) &&
            (norm_touches(pass, i + 4) || norm_in_list(pass, i + 5, "s|sec|seg"))) {
            time->has_second = true;
            time->second = (unsigned)norm_value(pass, i + 4, 2);
            time->n = 5 + norm_in_list(pass, i + 5, "s|sec|seg");
        }
    }
    return true;
}

/* "14h30", "14:30", "8 h - 12 h", "24h/24". */
size_t ro_rule_time(struct norm_pass *pass, size_t i)
{
    struct ro_time time, end;
    if (!ro_is_free(pass, i) || !read_time(pass, i, &time))
        return 0;
    ro_of(pass)->time(pass, i, &time);
    size_t n = time.n;
    if (norm_touching_symbol(pass, i + n, '/') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS)) {
        norm_say(pass, ro_of(pass)->over);
        ro_cardinal(pass, norm_text(pass, i + n + 1), norm_at(pass, i + n + 1)->length);
        return n + 2;
    }
    if (!ro_is_dash(pass, i + n) || norm_touches(pass, i + n) != norm_touches(pass, i + n + 1) ||
        !read_time(pass, i + n + 1, &end))
        return n;
    norm_border(pass, i + n);
    norm_say(pass, ro_of(pass)->base.to);
    norm_border(pass, i + n + 1);
    ro_of(pass)->time(pass, i + n + 1, &end);
    return n + 1 + end.n;
}
