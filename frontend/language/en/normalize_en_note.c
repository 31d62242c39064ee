/* What stands in running English text beside its words: sections of laws, signs that are talked about, numbers
 * grouped in other ways. */
#include "normalize_en.h"

#include <string.h>

static void say_hundreds(struct norm_pass *pass, const char *digits, size_t length)
{
    if (length != 3 || digits[1] != '0' || digits[2] == '0') {
        en_cardinal(pass, digits, length);
        return;
    }
    norm_say_digits(pass, digits, 1);
    norm_say(pass, "oh");
    norm_say_digits(pass, digits + 2, 1);
}

/* "401k", "403b": what pensions are called after. */
static bool is_pension(const struct norm_pass *pass, size_t i)
{
    return norm_touches(pass, i + 1) && ((norm_is(pass, i, "401") && norm_is_word(pass, i + 1, "k")) ||
                                         (norm_in_list(pass, i, "403|457") && norm_is_word(pass, i + 1, "b")));
}

/* "401(k)", "501(c)(3)", "12(a)": the hundreds with "oh", then letters and numbers. */
size_t en_rule_section(struct norm_pass *pass, size_t i)
{
    const char *const digits = norm_text(pass, i);
    const size_t length = norm_at(pass, i)->length;
    size_t n = 1;
    if (is_pension(pass, i) && !(i && norm_touches(pass, i))) {
        say_hundreds(pass, digits, length);
        norm_spell(pass, norm_text(pass, i + 1), 1);
        return 2;
    }
    if (length > 3 || digits[0] == '0' || (i && norm_touches(pass, i)) ||
        (length < 3 && norm_in_list(pass, i + 2, "n|s|x|y|z")))
        return 0;
    while (n <= 9 && norm_touching_symbol(pass, i + n, '(') && norm_touches(pass, i + n + 1) &&
           norm_at(pass, i + n + 1)->length == 1 && norm_touching_symbol(pass, i + n + 2, ')'))
        n += 3;
    if (n == 1 || !norm_is_kind(pass, i + 2, NORM_WORD))
        return 0;
    say_hundreds(pass, digits, length);
    for (size_t k = 2; k < n; k += 3) {
        if (norm_is_kind(pass, i + k, NORM_DIGITS))
            norm_say_digits(pass, norm_text(pass, i + k), 1);
        else
            norm_spell(pass, norm_text(pass, i + k), 1);
    }
    return n;
}

static bool is_quote(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    return norm_is_kind(pass, i, NORM_SYMBOL) &&
           (c == '\'' || c == '"' || c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D || c == '`');
}

/* What a sign is called where it is talked about; NULL: it has no name. */
static const char *sign_name(const struct norm_pass *pass, uint32_t sign)
{
    static const struct norm_symbol_name more[] = {{'[', "left bracket"}, {']', "right bracket"}, {'{', "left brace"},
                                                   {'}', "right brace"},  {'<', "less than"},     {'>', "greater than"},
                                                   {'|', "vertical bar"}, {'^', "caret"},         {'`', "backquote"},
                                                   {'"', "quote"},        {'\'', "apostrophe"}};
    const struct normaliser *const normaliser = pass->lang->normaliser;
    const char *name = NULL;
    for (size_t k = 0; k < normaliser->n_symbols; k++)
        name = normaliser->symbols[k].codepoint == sign ? normaliser->symbols[k].spoken : name;
    for (size_t k = 0; k < NORM_COUNT(more); k++)
        name = more[k].codepoint == sign ? more[k].spoken : name;
    return name;
}

/* A sign alone in quotes is named: press '_', the "." key; so is one that is the whole text, unless it may be a mark of
 * punctuation or of a list. */
size_t en_rule_quoted_sign(struct norm_pass *pass, size_t i)
{
    const uint32_t sign = norm_at(pass, i + 1)->codepoint, itself = norm_at(pass, i)->codepoint;
    if (pass->n_tokens == 1 && (itself == '<' || itself == '>')) {
        norm_say(pass, sign_name(pass, itself));
        return 1;
    }
    if (!is_quote(pass, i) || (i && norm_touches(pass, i)) || !norm_touching_kind(pass, i + 1, NORM_SYMBOL) ||
        !is_quote(pass, i + 2) || !norm_touches(pass, i + 2) ||
        (is_quote(pass, i + 1) && norm_at(pass, i)->codepoint == sign))
        return 0;
    const char *const name = sign_name(pass, sign);
    if (!name)
        return 0;
    norm_say(pass, name);
    return 3;
}

/* 12 345 678: spaces every three digits, twice or more. */
static size_t spaced_groups(struct norm_pass *pass, size_t i)
{
    char digits[NORM_MAX_DIGITS];
    size_t n = norm_at(pass, i)->length, taken = 1;
    if (n > 2 || *norm_text(pass, i) == '0' || (i && (norm_touches(pass, i) || norm_is_kind(pass, i - 1, NORM_DIGITS))))
        return 0;
    memcpy(digits, norm_text(pass, i), n);
    for (; norm_is_kind(pass, i + taken, NORM_DIGITS) && !norm_touches(pass, i + taken) && n + 3 <= sizeof digits;
         taken++) {
        if (norm_at(pass, i + taken)->length != 3)
            return 0;
        memcpy(digits + n, norm_text(pass, i + taken), 3);
        n += 3;
    }
    if (taken < 3 || en_is_glued_behind(pass, i + taken))
        return 0;
    en_cardinal(pass, digits, n);
    return taken;
}

/* 1'234'444, 1_234_444 and 12 345 678. */
size_t en_rule_groups(struct norm_pass *pass, size_t i)
{
    char digits[NORM_MAX_DIGITS];
    const size_t spaced = spaced_groups(pass, i);
    if (spaced)
        return spaced;
    size_t n = norm_at(pass, i)->length, taken = 1;
    const uint32_t mark = norm_at(pass, i + 1)->codepoint;
    if (n > 3 || (mark != '\'' && mark != '_' && mark != 0x2019) ||
        (i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '$')))
        return 0;
    memcpy(digits, norm_text(pass, i), n);
    while (norm_touching_symbol(pass, i + taken, mark) && norm_touching_kind(pass, i + taken + 1, NORM_DIGITS) &&
           norm_at(pass, i + taken + 1)->length == 3 && n + 3 <= sizeof digits) {
        memcpy(digits + n, norm_text(pass, i + taken + 1), 3);
        n += 3;
        taken += 2;
    }
    if (taken == 1 || en_is_glued_behind(pass, i + taken) || norm_touching_symbol(pass, i + taken, mark))
        return 0;
    en_cardinal(pass, digits, n);
    if (norm_touching_symbol(pass, i + taken, '.') && norm_touching_kind(pass, i + taken + 1, NORM_DIGITS)) {
        norm_say(pass, "point");
        norm_say_digits(pass, norm_text(pass, i + taken + 1), norm_at(pass, i + taken + 1)->length);
        taken += 2;
    }
    return taken;
}

/* "4:00 am - 8:12 pm", "9 a.m. - 5 p.m.": the dash between two times. */
size_t en_rule_time_to(struct norm_pass *pass, size_t i)
{
    const size_t last = i && norm_is_symbol(pass, i - 1, '.') ? i - 2 : i - 1;
    const bool half = i && (norm_in_list(pass, last, "am|pm|m") || norm_is_kind(pass, last, NORM_DIGITS));
    const bool time = norm_is_kind(pass, i + 1, NORM_DIGITS) &&
                      ((norm_touching_symbol(pass, i + 2, ':') && norm_touching_kind(pass, i + 3, NORM_DIGITS) &&
                        norm_at(pass, i + 3)->length == 2) ||
                       norm_in_list(pass, i + 2, "am|pm|a|p"));
    const bool minutes = norm_is_kind(pass, last, NORM_DIGITS) && last >= 1 && norm_is_symbol(pass, last - 1, ':');
    if (!half || !en_is_dash(pass, i) || norm_touches(pass, i) || norm_touches(pass, i + 1) || !time ||
        (norm_is_kind(pass, last, NORM_DIGITS) && !minutes))
        return 0;
    norm_say(pass, "to");
    return 1;
}

/* "2020-Jan-15" */
static size_t year_first(struct norm_pass *pass, size_t i)
{
    bool dot;
    const long year = norm_value(pass, i, 4), day = norm_value(pass, i + 4, 2);
    const unsigned month = en_month(pass, i + 2, &dot);
    if (norm_at(pass, i)->length != 4 || year < 1000 || !month || dot || !norm_touching_symbol(pass, i + 1, '-') ||
        !norm_touches(pass, i + 2) || !norm_touching_symbol(pass, i + 3, '-') || !norm_touches(pass, i + 4) ||
        day < 1 || day > 31 || en_is_glued_behind(pass, i + 5))
        return 0;
    norm_say_month(pass, month);
    en_ordinal_value(pass, (unsigned long)day);
    en_year(pass, (unsigned long)year);
    return 5;
}

/* "Jan-15-2020", "2020-Jan-15" */
size_t en_rule_dashed_date(struct norm_pass *pass, size_t i)
{
    if (norm_is_kind(pass, i, NORM_DIGITS))
        return year_first(pass, i);
    bool dot;
    const unsigned month = en_month(pass, i, &dot);
    const long day = norm_value(pass, i + 2, 2), year = norm_value(pass, i + 4, 4);
    const size_t digits = norm_at(pass, i + 4)->length;
    if (!month || dot || !norm_touching_symbol(pass, i + 1, '-') || !norm_touches(pass, i + 2) || day < 1 || day > 31 ||
        !norm_touching_symbol(pass, i + 3, '-') || !norm_touches(pass, i + 4) ||
        !(digits == 2 || (digits == 4 && year >= 1000)) || en_is_glued_behind(pass, i + 5))
        return 0;
    norm_say_month(pass, month);
    en_ordinal_value(pass, (unsigned long)day);
    if (digits == 2)
        en_pair(pass, (unsigned long)year);
    else
        en_year(pass, (unsigned long)year);
    return 5;
}
