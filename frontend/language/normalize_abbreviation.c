/* Abbreviations in full, by the language's table (abbreviations.h). */
#include "normalize_lang.h"

#include <string.h>

/* ---- around an abbreviation ---- */

/* Tokens of the entry at token i, without its last dot; 0: it doesn't stand there. */
static size_t match(const struct norm_pass *pass, size_t i, const struct abbreviation *row)
{
    const size_t start = norm_at(pass, i)->offset;
    const size_t end = start + abbreviation_match(row, pass->text + start, pass->size - start);
    for (size_t n = 0; end > start && norm_at(pass, i + n)->kind != NORM_END && norm_at(pass, i + n)->offset < end; n++)
        if (norm_at(pass, i + n)->offset + norm_at(pass, i + n)->length == end)
            return n + 1;
    return 0;
}

bool norm_is_name(const struct norm_pass *pass, size_t i)
{
    return norm_is_kind(pass, i, NORM_WORD) && norm_at(pass, i)->capital;
}

bool norm_is_after_name(const struct norm_pass *pass, size_t i)
{
    const bool comma = i && norm_is_symbol(pass, i - 1, ',');
    return i > comma && norm_is_name(pass, i - 1 - comma) &&
           !norm_in_list(pass, i - 1 - comma, pass->lang->sentences->no_names);
}

/* A title without its dot at token i, behind no number and before a name or its initial at token `next`. */
static bool is_title(const struct norm_pass *pass, size_t i, size_t next)
{
    return !norm_at(pass, i)->all_caps && !(i && norm_is_kind(pass, i - 1, NORM_DIGITS)) && norm_is_name(pass, next) &&
           (norm_at(pass, next)->length > 1 || norm_touching_symbol(pass, next + 1, '.'));
}

static bool fits(const struct norm_pass *pass, size_t i, size_t n, const struct abbreviation *row, bool dot)
{
    const unsigned when = row->when;
    const size_t next = i + n + dot;
    const bool parted = norm_at(pass, next)->space_before || norm_is_symbol(pass, i + n - 1, '-');
    const bool capital = norm_at(pass, i)->capital;
    if (!dot && !(when & ABBR_BARE) && !((when & ABBR_TITLE) && is_title(pass, i, next)))
        return false;
    if (when & ABBR_ALWAYS)
        return true;
    if ((when & ABBR_AFTER_NUMBER) && i && norm_is_kind(pass, i - 1, NORM_DIGITS) &&
        (norm_at(pass, i)->lower || (when & ABBR_EXACT)))
        return true;
    const bool bracket = norm_is_symbol(pass, next, '(') && dot; /* "Eq. (5)" */
    if ((when & ABBR_BEFORE_NUMBER) && (norm_is_kind(pass, next + bracket, NORM_DIGITS) || norm_roman(pass, next) > 1 ||
                                        norm_is_symbol(pass, next, '#')))
        return true;
    if ((when & ABBR_BEFORE_COMMA) && norm_is_symbol(pass, next, ','))
        return true;
    if ((when & ABBR_BEFORE_NAME) && norm_is_name(pass, next) && parted && (capital || (when & ABBR_SMALL)))
        return true;
    if ((when & ABBR_AFTER_NAME) && capital && (norm_is_after_name(pass, i) || (i && norm_is_symbol(pass, i - 1, '&'))))
        return true;
    if ((when & ABBR_IN_SENTENCE) && parted && norm_at(pass, next)->lower)
        return true;
    return pass->lang->abbreviations->fits && pass->lang->abbreviations->fits(pass, i, next, when);
}

/* ---- the rule ---- */

/* What touches an abbreviation without a dot from behind is no part of it: it ends before token i. */
static bool is_alone(const struct norm_pass *pass, size_t i)
{
    return !norm_touches(pass, i) || norm_is_kind(pass, i - 1, NORM_SYMBOL) /* "n°5" */ ||
           (norm_is_kind(pass, i, NORM_SYMBOL) && norm_at(pass, i)->codepoint < 0x80 &&
            strchr(",).;:", (int)norm_at(pass, i)->codepoint));
}

const struct abbreviation *norm_abbreviation(const struct norm_pass *pass, size_t i, size_t *taken)
{
    const struct abbreviations *const table = pass->lang->abbreviations;
    const char first = (char)(*norm_text(pass, i) | 0x20);
    for (size_t k = 0; k < table->n_rows; k++) {
        const struct abbreviation *const row = &table->rows[k];
        if (!row->spoken || (row->written[0] | 0x20) != first)
            continue;
        const size_t n = match(pass, i, row);
        if (!n)
            continue;
        const bool dot = norm_touching_symbol(pass, i + n, '.') && !norm_touching_symbol(pass, i + n + 1, '.');
        const bool head = row->written[strlen(row->written) - 1] == '-';
        if (head  ? !norm_touching_kind(pass, i + n, NORM_WORD)
            : dot ? norm_touching_kind(pass, i + n + 1, NORM_WORD)
                  : !is_alone(pass, i + n))
            continue;
        if (fits(pass, i, n, row, dot)) {
            *taken = n + dot;
            return row;
        }
    }
    return NULL;
}

/* "Dr.", "St.", "vs.", "No. 5", "z. B." */
size_t norm_rule_abbreviation(struct norm_pass *pass, size_t i)
{
    if (i && norm_touches(pass, i) && (norm_is_symbol(pass, i - 1, '.') || norm_is_kind(pass, i - 1, NORM_DIGITS)))
        return 0;
    size_t n;
    const struct abbreviation *const row = norm_abbreviation(pass, i, &n);
    if (!row)
        return 0;
    const char *const spoken = row->spoken;
    const bool cased =
        (spoken[0] | 0x20) >= 'a' && (spoken[0] | 0x20) <= 'z' && spoken[1] != '.'; /* no spelled letters */
    const char letter = (char)(!cased ? spoken[0] : norm_at(pass, i)->lower ? spoken[0] | 0x20 : spoken[0] & ~0x20);
    norm_say_bytes(pass, &letter, 1);
    norm_join(pass, spoken + 1);
    if (norm_is_symbol(pass, i + n - 1, '.'))
        norm_keep_stop(pass, i + n);
    return n;
}
