/* Ordinals and roman numerals of Spanish, Italian and Portuguese, and years without their century. */
#include "romance.h"

#include <string.h>

enum { MASCULINE_SIGN = 0xBA, FEMININE_SIGN = 0xAA, DEGREE = 0xB0 };

/* "1°" is an ordinal where a noun or a month follows or an article stands before, else it is a degree. */
static bool is_degree_ordinal(const struct norm_pass *pass, size_t i, size_t next)
{
    const struct romance *const lang = ro_of(pass);
    if (!lang->degree_ordinals || norm_touches(pass, next))
        return false;
    if (ro_is_month(pass, next) || (norm_is_kind(pass, next, NORM_WORD) && lang->is_noun(pass, next)))
        return true;
    return i && norm_in_list(pass, i - 1, lang->articles) && !norm_touches(pass, i);
}

/* "1º", "2.ª", "1° maggio". */
size_t ro_rule_ordinal(struct norm_pass *pass, size_t i)
{
    const size_t dot = norm_touching_symbol(pass, i + 1, '.'), next = i + 2 + dot;
    const uint32_t sign = norm_at(pass, i + 1 + dot)->codepoint;
    const long value = norm_value(pass, i, 6);
    if (value < 1 || !ro_is_free(pass, i) || !norm_touching_kind(pass, i + 1 + dot, NORM_SYMBOL) ||
        (sign != MASCULINE_SIGN && sign != FEMININE_SIGN && sign != DEGREE))
        return 0;
    if (norm_in_list(pass, next, "c|f") || (sign == DEGREE && (dot || !is_degree_ordinal(pass, i, next))))
        return 0;
    const enum ro_form before = ro_form_before(pass, next);
    const bool feminine = sign == FEMININE_SIGN || (sign == DEGREE && before == RO_FEMININE);
    ro_say_ordinal(pass, (unsigned)value, feminine ? RO_FEMININE : before == RO_ALONE ? RO_ALONE : RO_MASCULINE);
    return 2 + dot;
}

/* ---- roman numerals ---- */

static void say_ranked(struct norm_pass *pass, unsigned value, unsigned most, enum ro_form form)
{
    if (value <= most)
        ro_say_ordinal(pass, value, form);
    else
        ro_say_value(pass, value, RO_ALONE);
}

/* A word for a century before token i, or before a numeral that token i is joined to: "siglos XIX y XX". */
static bool follows_century(const struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    for (int n = 0; n < 3 && i; n++) {
        const size_t dot = norm_is_symbol(pass, i - 1, '.'); /* "s. XIX" */
        if (i > dot && norm_in_list(pass, i - 1 - dot, lang->century_before) &&
            (dot || norm_at(pass, i - 1)->length > 2))
            return true;
        const bool joined =
            i >= 2 &&
            (norm_in_list(pass, i - 1, lang->and) || ro_is_dash(pass, i - 1) || norm_is_symbol(pass, i - 1, ',')) &&
            norm_roman(pass, i - 2);
        if (!joined)
            return false;
        i -= 2;
    }
    return false;
}

static bool precedes_century(const struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    const bool joined = norm_in_list(pass, i + 1, lang->and) && norm_roman(pass, i + 2);
    return norm_in_list(pass, i + 1, lang->century_after) || (joined && norm_in_list(pass, i + 3, lang->century_after));
}

/* "la II Guerra Mundial", "el XXI Congreso". */
static bool is_before_name(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const next = norm_at(pass, i + 1);
    const bool article = i && norm_in_list(pass, i - 1, ro_of(pass)->articles);
    return next->kind == NORM_WORD && next->space_before && next->length > 3 && !norm_roman(pass, i + 1) &&
           (next->capital || ro_of(pass)->is_noun(pass, i + 1)) &&
           (article || ((!i || norm_is_kind(pass, i - 1, NORM_SYMBOL)) && norm_at(pass, i)->length > 1));
}

/* "Felipe VI", "siglo XIX", "capítulo IV". */
size_t ro_rule_roman(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    const struct norm_token *const token = norm_at(pass, i);
    const unsigned value = token->capital ? norm_roman(pass, i) : 0;
    if (!value || (norm_touches(pass, i) && !ro_is_free(pass, i) && !ro_is_dash(pass, i - 1)))
        return 0;
    const bool small = ro_span(norm_text(pass, i), token->length, "IVX") == token->length && value < 50;
    if (follows_century(pass, i) || (small && precedes_century(pass, i))) {
        say_ranked(pass, value, lang->king_ordinals, RO_ALONE);
        return 1;
    }
    if (small && is_before_name(pass, i)) {
        ro_say_ordinal(pass, value, lang->is_feminine(pass, i + 1) ? RO_FEMININE : RO_MASCULINE);
        return 1;
    }
    if (!i || norm_touches(pass, i))
        return 0;
    const size_t before = i >= 2 && norm_touching_symbol(pass, i - 1, '.') ? i - 2 : i - 1;
    const bool whole = before != i - 1 || norm_at(pass, before)->length > 2; /* "p" needs its dot */
    if (norm_in_list(pass, before, lang->labels) && whole && (small || token->length > 1)) {
        say_ranked(pass, value, lang->label_ordinals, lang->is_feminine(pass, before) ? RO_FEMININE : RO_ALONE);
        return 1;
    }
    const bool queen = before == i - 1 && norm_in_list(pass, before, lang->queens);
    if (small && before == i - 1 && (queen || norm_in_list(pass, before, lang->kings))) {
        say_ranked(pass, value, lang->king_ordinals, queen ? RO_FEMININE : RO_ALONE);
        return 1;
    }
    const struct norm_token *const word = norm_at(pass, before);
    if (!small || token->length < 2 || before != i - 1 || word->kind != NORM_WORD || !word->capital || word->length < 3)
        return 0;
    ro_say_value(pass, value, RO_ALONE);
    return 1;
}

/* "gli anni '80", "el '68": the apostrophe stands for the century. */
size_t ro_rule_decade(struct norm_pass *pass, size_t i)
{
    if (!(norm_is_symbol(pass, i, '\'') || norm_is_symbol(pass, i, 0x2019) || norm_is_symbol(pass, i, 0x2018)) ||
        norm_touches(pass, i) || !norm_touching_kind(pass, i + 1, NORM_DIGITS) || norm_at(pass, i + 1)->length != 2 ||
        (norm_touches(pass, i + 2) && !norm_at_end(pass, i + 2) && !norm_is_symbol(pass, i + 2, ',') &&
         !norm_is_symbol(pass, i + 2, '.') && !ro_is_dash(pass, i + 2)))
        return 0;
    ro_cardinal(pass, norm_text(pass, i + 1), 2);
    return 2;
}
