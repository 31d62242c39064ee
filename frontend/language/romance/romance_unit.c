/* Numbers of the Romance languages with what they count: units, money, ranges, fractions, powers. */
#include "romance.h"

#include <string.h>

/* ---- units ---- */

/* "km²/h": the noun, its power, and what stands behind the slash. */
struct unit {
    const struct ro_noun *noun;
    int power; /* 1 ... 3 */
    const char *per;
    size_t n; /* tokens */
};

static bool ends_here(const struct norm_pass *pass, size_t i)
{
    return !norm_touching_kind(pass, i, NORM_WORD) && !norm_touching_kind(pass, i, NORM_DIGITS) &&
           !norm_touching_symbol(pass, i, 0xB2) && !norm_touching_symbol(pass, i, 0xB3) &&
           !((norm_touching_symbol(pass, i, '-') || norm_touching_symbol(pass, i, '.')) && /* "50 d.C." */
             norm_touching_kind(pass, i + 1, NORM_WORD));
}

/* The power written behind a unit, and its tokens. */
static int read_power(const struct norm_pass *pass, size_t i, size_t *n)
{
    *n = 1;
    if (norm_touching_symbol(pass, i, 0xB2) || (norm_touches(pass, i) && norm_is(pass, i, "2")))
        return 2;
    if (norm_touching_symbol(pass, i, 0xB3) || (norm_touches(pass, i) && norm_is(pass, i, "3")))
        return 3;
    *n = 0;
    return 1;
}

static const char *find_per(const struct norm_pass *pass, size_t i, size_t *n)
{
    const struct romance *const lang = ro_of(pass);
    for (size_t k = 0; norm_touching_symbol(pass, i, '/') && norm_touches(pass, i + 1) && k < lang->n_per; k++) {
        *n = norm_match(pass, i + 1, lang->per[k].written);
        if (*n && ends_here(pass, i + 1 + *n)) {
            ++*n;
            return lang->per[k].spoken;
        }
    }
    *n = 0;
    return NULL;
}

static bool find_noun(const struct norm_pass *pass, size_t i, const struct ro_noun *table, size_t n, struct unit *unit)
{
    for (size_t k = 0; k < n; k++) {
        size_t power, per;
        const size_t taken = norm_match(pass, i, table[k].written);
        if (!taken)
            continue;
        *unit = (struct unit){.noun = &table[k]};
        unit->power = read_power(pass, i + taken, &power);
        unit->per = find_per(pass, i + taken + power, &per);
        unit->n = taken + power + per;
        const bool length = ro_word_ends(pass, i, "m") || norm_is(pass, i, "m");
        const bool verb = ro_of(pass)->verbs && norm_in_list(pass, i, ro_of(pass)->verbs) && !norm_touches(pass, i) &&
                          norm_is_kind(pass, i + unit->n, NORM_WORD) &&
                          !norm_is_word(pass, i + unit->n, ro_of(pass)->of);
        const bool apart = norm_is(pass, i, "x") && !norm_touches(pass, i); /* "3 x 4" isn't "3x" */
        if (ends_here(pass, i + unit->n) && (unit->power == 1 || length) && !verb && !apart)
            return true;
    }
    return false;
}

static bool find_unit(const struct norm_pass *pass, size_t i, struct unit *unit)
{
    const struct romance *const lang = ro_of(pass);
    return find_noun(pass, i, lang->units, lang->n_units, unit);
}

static bool find_currency(const struct norm_pass *pass, size_t i, struct unit *unit)
{
    const struct romance *const lang = ro_of(pass);
    return find_noun(pass, i, lang->currencies, lang->n_currencies, unit);
}

/* Whether what is counted is spoken as one. */
static bool is_single(const struct norm_pass *pass, const struct norm_number *number)
{
    const unsigned long whole = norm_number_value(number);
    return ro_of(pass)->singular_below_two ? whole < 2 : whole == 1 && !number->n_fraction;
}

/* "un million" needs "of" before a noun. */
static bool is_round_million(const struct norm_number *number)
{
    if (number->n_whole < 7 || number->n_fraction)
        return false;
    for (size_t k = number->n_whole - 6; k < number->n_whole; k++)
        if (number->whole[k] != '0')
            return false;
    return true;
}

/* What stands behind the name of a unit. */
static void say_power(struct norm_pass *pass, const struct unit *unit, bool single)
{
    const struct romance *const lang = ro_of(pass);
    if (unit->power > 1)
        norm_say(pass, (unit->power == 2 ? lang->square : lang->cube)[!single]);
    if (unit->per)
        norm_say(pass, unit->per);
}

static void say_unit(struct norm_pass *pass, const struct unit *unit, bool single, bool of)
{
    const char *const name = single ? unit->noun->one : unit->noun->many;
    if (of)
        ro_say_of(pass, name, strlen(name));
    else
        norm_say(pass, name);
    say_power(pass, unit, single);
}

/* The same behind "un'" or "uno ". */
static void join_unit(struct norm_pass *pass, const struct unit *unit)
{
    norm_join(pass, unit->noun->one);
    say_power(pass, unit, true);
}

bool ro_counts(const struct norm_pass *pass, size_t i)
{
    struct unit unit;
    return ro_form_before(pass, i) != RO_ALONE || find_unit(pass, i, &unit) || find_currency(pass, i, &unit);
}

/* A dot that shortens a unit inside a sentence: "5 min. plus tard". */
static size_t unit_dot(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const next = norm_at(pass, i + 1);
    return norm_is_kind(pass, i - 1, NORM_WORD) && norm_touching_symbol(pass, i, '.') && next->kind == NORM_WORD &&
           next->lower && next->space_before;
}

/* ---- magnitudes ---- */

/* "M" of "3 M€" and "$3M", "Md", "mil", "millones", and its tokens; NULL: none. `sign`: a currency's stands before the number. */
static const struct ro_magnitude *find_magnitude(const struct norm_pass *pass, size_t i, bool sign, size_t *n)
{
    const struct romance *const lang = ro_of(pass);
    struct unit unit;
    for (size_t k = 0; k < lang->n_magnitudes; k++) {
        const struct ro_magnitude *const magnitude = &lang->magnitudes[k];
        *n = norm_match(pass, i, magnitude->written);
        if (!*n || norm_touching_kind(pass, i + *n, NORM_WORD))
            continue;
        if (!magnitude->sign || (sign && norm_touches(pass, i)) ||
            (norm_touches(pass, i + *n) && find_currency(pass, i + *n, &unit)))
            return magnitude;
    }
    *n = 0;
    return NULL;
}

/* Says it; returns tokens. *of: a noun behind it needs "of". */
static size_t say_magnitude(struct norm_pass *pass, size_t i, bool sign, bool single, bool *of)
{
    size_t n;
    const struct ro_magnitude *const magnitude = find_magnitude(pass, i, sign, &n);
    if (!magnitude)
        return 0;
    norm_border(pass, i);
    norm_say(pass, single ? magnitude->one : magnitude->many);
    *of = magnitude->of;
    return n;
}

/* ---- money ---- */

/* "12,50 €" is "douze euros cinquante". */
static void say_money(struct norm_pass *pass, const struct norm_number *number, const struct unit *unit)
{
    const struct romance *const lang = ro_of(pass);
    const enum ro_form form = unit->noun->feminine ? RO_FEMININE : RO_MASCULINE;
    struct norm_number whole = *number;
    const unsigned cents = number->n_fraction == 2 && unit->noun->cent ? ro_read_digits(number->fraction, 2) : 0;
    if (cents || (number->n_fraction == 2 && memcmp(number->fraction, "00", 2) == 0))
        whole.n_fraction = 0;
    const bool none = cents && norm_number_is(&whole, 0);
    if (none && whole.negative)
        norm_say(pass, lang->minus);
    if (!none) {
        ro_say_number(pass, &whole, form);
        say_unit(pass, &(struct unit){.noun = unit->noun, .power = 1}, is_single(pass, &whole),
                 is_round_million(&whole));
    }
    const bool bare = lang->bare_cents && !none && cents >= 10;
    if (cents && !none && !bare)
        norm_say(pass, lang->cents_and);
    if (cents)
        ro_say_value(pass, cents, bare ? RO_ALONE : RO_MASCULINE);
    if (cents && !bare)
        norm_say(pass, cents == 1 ? unit->noun->cent : unit->noun->cents);
    if (unit->per)
        norm_say(pass, unit->per);
}

/* What may stand before the number: a sign, or a code of three capitals and a space. */
static bool is_prefix(const struct norm_pass *pass, size_t i, const char *written, size_t n)
{
    const bool word = n == 1 && norm_is_kind(pass, i, NORM_WORD);
    return !word || (strlen(written) == 3 && norm_at(pass, i)->all_caps && !norm_touches(pass, i + 1));
}

/* Cents or tenths behind a point, where the language has a comma: "$50.25", "$1.2M"; tokens. */
static size_t read_cents(const struct norm_pass *pass, size_t i, struct norm_number *number)
{
    if (number->n_fraction || !norm_touching_symbol(pass, i, '.') || !norm_touching_kind(pass, i + 1, NORM_DIGITS) ||
        norm_at(pass, i + 1)->length > 2)
        return 0;
    number->fraction = norm_text(pass, i + 1);
    number->n_fraction = norm_at(pass, i + 1)->length;
    return 2;
}

/* The number and what stands behind a currency's sign: "$20", "R$ 3,5 bi". */
size_t ro_rule_money(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    struct norm_number number;
    for (size_t k = 0; ro_is_free(pass, i) && k < lang->n_currencies; k++) {
        const size_t sign = norm_match(pass, i, lang->currencies[k].written);
        size_t n = sign ? norm_read_number(pass, i + sign, false, &number) : 0;
        n += n ? read_cents(pass, i + sign + n, &number) : 0;
        if (!n || !is_prefix(pass, i, lang->currencies[k].written, sign))
            continue;
        const struct unit unit = {.noun = &lang->currencies[k], .power = 1};
        const struct ro_noun *const noun = unit.noun;
        const bool single = is_single(pass, &number);
        bool of = false;
        const size_t next = i + sign + n;
        const struct norm_token *const behind = norm_at(pass, next);
        if (behind->kind == NORM_WORD || behind->kind == NORM_SYMBOL) {
            const size_t length = pass->out->text.bytes.length;
            ro_say_number(pass, &number, RO_MASCULINE);
            const size_t magnitude = say_magnitude(pass, next, true, single, &of);
            if (magnitude) {
                say_unit(pass, &unit, false, of);
                return sign + n + magnitude;
            }
            ro_cut(pass, pass->out->text.bytes.length - length);
        }
        struct norm_number end;
        const bool dash = ro_is_dash(pass, next) && norm_touches(pass, next) && norm_touches(pass, next + 1);
        const size_t second = dash ? norm_read_number(pass, next + 1, false, &end) : 0;
        if (second) { /* "R$ 10-20" */
            const enum ro_form form = noun->feminine ? RO_FEMININE : RO_MASCULINE;
            ro_say_number(pass, &number, form);
            norm_say(pass, lang->base.to);
            ro_say_number(pass, &end, form);
            say_unit(pass, &unit, false, false);
            return sign + n + 1 + second;
        }
        size_t per;
        const char *const each = find_per(pass, next, &per);
        say_money(pass, &number, &(struct unit){.noun = noun, .power = 1, .per = each});
        return sign + n + per;
    }
    return 0;
}

/* ---- numbers ---- */

/* "1 000 000 habitants" is "un million d'habitants": says the noun at token i with "of". */
static size_t say_of_noun(struct norm_pass *pass, size_t i)
{
    if (ro_form_before(pass, i) == RO_ALONE)
        return 0;
    norm_border(pass, i);
    ro_say_of(pass, norm_text(pass, i), norm_at(pass, i)->length);
    return 1;
}

/* Digits behind one dot or more: "3.5", "2.0.1". */
static size_t say_points(struct norm_pass *pass, size_t i)
{
    size_t n = 0;
    while (n < 16 && norm_touching_symbol(pass, i + n, '.') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS)) {
        const char *const digits = norm_text(pass, i + n + 1);
        const size_t length = norm_at(pass, i + n + 1)->length;
        norm_say(pass, ro_of(pass)->point);
        if (length > 3 || (length > 1 && *digits == '0'))
            norm_say_digits(pass, digits, length);
        else
            ro_cardinal(pass, digits, length);
        n += 2;
    }
    return n;
}

/* "1 kg" where the word for one depends on the noun: "uno yen", "un'ora". */
static bool say_one(struct norm_pass *pass, const struct norm_number *number, const char *noun, size_t length,
                    bool feminine)
{
    const struct romance *const lang = ro_of(pass);
    if (!lang->one_before || !norm_number_is(number, 1) || number->negative)
        return false;
    norm_say(pass, lang->one_before(noun, length, feminine));
    return true;
}

/* A number without unit: "007", "21 pages", "3 M€", "5 millions". */
static size_t plain_number(struct norm_pass *pass, size_t i, size_t n, const struct norm_number *number)
{
    struct unit unit;
    bool of = false;
    if (number->n_whole > 1 && number->whole[0] == '0' && !number->n_fraction) {
        norm_say_digits(pass, number->whole, number->n_whole);
        return n;
    }
    size_t magnitude;
    const struct ro_magnitude *const found = find_magnitude(pass, i + n, false, &magnitude);
    enum ro_form form = ro_form_before(pass, i + n + magnitude);
    if (found && (found->of || form == RO_ALONE)) /* but "duas mil pessoas" */
        form = RO_MASCULINE;
    const struct norm_token *const noun = norm_at(pass, i + n);
    if (form != RO_ALONE && !magnitude &&
        say_one(pass, number, norm_text(pass, i + n), noun->length, form == RO_FEMININE)) {
        norm_join_bytes(pass, norm_text(pass, i + n), noun->length);
        return n + 1;
    }
    ro_say_number(pass, number, form);
    const size_t points = say_points(pass, i + n);
    if (points) {
        if (!find_currency(pass, i + n + points, &unit) && !find_unit(pass, i + n + points, &unit))
            return n + points;
        norm_border(pass, i + n + points);
        say_unit(pass, &unit, false, false);
        return n + points + unit.n;
    }
    magnitude = say_magnitude(pass, i + n, false, is_single(pass, number), &of);
    n += magnitude;
    if (!magnitude)
        return n + (is_round_million(number) ? say_of_noun(pass, i + n) : 0);
    if (!find_currency(pass, i + n, &unit) && !find_unit(pass, i + n, &unit))
        return n;
    norm_border(pass, i + n);
    say_unit(pass, &unit, false, of);
    return n + unit.n;
}

/* The unit or currency behind a range, at token i. */
static size_t say_range_unit(struct norm_pass *pass, size_t i)
{
    struct unit unit;
    bool of = false;
    const size_t magnitude = say_magnitude(pass, i, false, false, &of);
    if (!find_currency(pass, i + magnitude, &unit) && !find_unit(pass, i + magnitude, &unit))
        return magnitude;
    norm_border(pass, i + magnitude);
    say_unit(pass, &unit, false, of);
    return magnitude + unit.n;
}

static enum ro_form form_behind(const struct norm_pass *pass, size_t i)
{
    struct unit unit;
    if (find_unit(pass, i, &unit) || find_currency(pass, i, &unit))
        return unit.noun->feminine ? RO_FEMININE : RO_MASCULINE;
    return ro_form_before(pass, i);
}

/* "10-12 kg", "1939-1945", "3-1": tokens up to the end of the second number; 0: no range. */
static size_t range(struct norm_pass *pass, size_t i, size_t n, const struct norm_number *number)
{
    struct norm_number end;
    const bool colon = norm_touching_symbol(pass, i + n, ':');
    if ((!ro_is_dash(pass, i + n) && !colon) || !norm_touches(pass, i + n) || !norm_touches(pass, i + n + 1))
        return 0;
    const size_t second = norm_read_number(pass, i + n + 1, false, &end), next = i + n + 1 + second;
    if (!second ||
        (norm_touching_kind(pass, next + 1, NORM_DIGITS) &&
         (ro_is_dash(pass, next) || norm_touching_symbol(pass, next, ':') || norm_touching_symbol(pass, next, '.'))))
        return 0;
    const enum ro_form form = form_behind(pass, next);
    ro_say_number(pass, number, form);
    norm_border(pass, i + n);
    norm_say(pass, ro_of(pass)->base.to);
    norm_border(pass, i + n + 1);
    ro_say_number(pass, &end, form);
    return n + 1 + second + say_range_unit(pass, next);
}

/* The sign and the cents of "5€50" behind a number; tokens. */
static size_t read_sign_and_cents(const struct norm_pass *pass, size_t i, struct norm_number *number, struct unit *unit)
{
    const struct romance *const lang = ro_of(pass);
    if (!norm_touching_kind(pass, i, NORM_SYMBOL) || !norm_touching_kind(pass, i + 1, NORM_DIGITS) ||
        norm_at(pass, i + 1)->length != 2 || number->n_fraction)
        return 0;
    for (size_t k = 0; k < lang->n_currencies; k++) {
        if (norm_match(pass, i, lang->currencies[k].written) != 1)
            continue;
        *unit = (struct unit){.noun = &lang->currencies[k], .power = 1};
        number->fraction = norm_text(pass, i + 1);
        number->n_fraction = 2;
        return 2;
    }
    return 0;
}

/* A number and what stands behind it: unit, money, the end of a range. */
size_t ro_rule_quantity(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    struct norm_number number;
    struct unit unit;
    const bool plus = norm_is_symbol(pass, i, '+') && norm_touching_kind(pass, i + 1, NORM_DIGITS);
    if (!ro_is_free(pass, i))
        return 0;
    if (plus)
        norm_say(pass, lang->plus);
    const size_t read = norm_read_number(pass, i + plus, !plus, &number), n = read + plus;
    if (!read)
        return 0;
    const size_t whole_range = range(pass, i, n, &number);
    if (whole_range)
        return whole_range;
    const size_t cents = read_sign_and_cents(pass, i + n, &number, &unit);
    if (cents) {
        say_money(pass, &number, &unit);
        return n + cents;
    }
    const bool flat = norm_touching_symbol(pass, i + n, ',') && norm_touches(pass, i + n + 1) &&
                      ro_is_dash(pass, i + n + 1); /* "20,- €" */
    if (find_currency(pass, i + n + 2 * flat, &unit)) {
        say_money(pass, &number, &unit);
        return n + 2 * flat + unit.n;
    }
    if (!find_unit(pass, i + n, &unit))
        return plain_number(pass, i, n, &number);
    if (say_one(pass, &number, unit.noun->one, strlen(unit.noun->one), unit.noun->feminine)) {
        join_unit(pass, &unit);
    } else {
        ro_say_number(pass, &number, unit.noun->feminine ? RO_FEMININE : RO_MASCULINE);
        norm_border(pass, i + n);
        say_unit(pass, &unit, is_single(pass, &number), is_round_million(&number));
    }
    const size_t next = i + n + unit.n;
    if (norm_touching_symbol(pass, next, '/') && norm_touching_kind(pass, next + 1, NORM_DIGITS)) { /* "7j/7" */
        norm_say(pass, lang->over);
        ro_cardinal(pass, norm_text(pass, next + 1), norm_at(pass, next + 1)->length);
        return n + unit.n + 2;
    }
    return n + unit.n + unit_dot(pass, next);
}

/* Runs of digits that no other rule takes. */
size_t ro_rule_digits(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length > NORM_MAX_DIGITS || (*norm_text(pass, i) == '0' && token->length > 1))
        norm_say_digits(pass, norm_text(pass, i), token->length);
    else
        ro_cardinal(pass, norm_text(pass, i), token->length);
    return 1;
}

/* ---- how long something takes ---- */

/* Says a count of the unit that is written so. */
static void say_count(struct norm_pass *pass, unsigned value, const char *written)
{
    const struct romance *const lang = ro_of(pass);
    for (size_t k = 0; k < lang->n_units; k++) {
        const struct ro_noun *const noun = &lang->units[k];
        if (strcmp(noun->written, written) != 0)
            continue;
        ro_say_value(pass, value, noun->feminine ? RO_FEMININE : RO_MASCULINE);
        norm_say(pass, value == 1 ? noun->one : noun->many);
        return;
    }
}

/* "38:25 min"; "38:25", which is no time of day. */
size_t ro_rule_duration(struct norm_pass *pass, size_t i)
{
    const long minutes = norm_value(pass, i, 3), seconds = norm_value(pass, i + 2, 2);
    if (!ro_is_free(pass, i) || minutes < 0 || seconds < 0 || seconds > 59 || norm_at(pass, i + 2)->length != 2 ||
        !norm_touching_symbol(pass, i + 1, ':') || !norm_touches(pass, i + 2) ||
        (norm_touching_symbol(pass, i + 3, ':') && norm_touching_kind(pass, i + 4, NORM_DIGITS)) ||
        norm_touching_kind(pass, i + 3, NORM_WORD))
        return 0;
    if (norm_in_list(pass, i + 3, "min|minutos|minuti|minutes")) {
        say_count(pass, (unsigned)minutes, "min");
        if (seconds)
            say_count(pass, (unsigned)seconds, "s");
        return 4 + unit_dot(pass, i + 4);
    }
    if (minutes < 25 || minutes > 99)
        return 0;
    if (!seconds) {
        say_count(pass, (unsigned)minutes, "min");
        return 3;
    }
    ro_say_value(pass, (unsigned)minutes, RO_ALONE);
    norm_border(pass, i + 2);
    norm_say_digits(pass, norm_text(pass, i + 2), seconds < 10);
    ro_say_value(pass, (unsigned)seconds, RO_ALONE);
    return 3;
}

/* ---- fractions ---- */

static const struct {
    uint32_t codepoint;
    unsigned above, below;
} fraction_signs[] = {{0xBD, 1, 2},   {0xBC, 1, 4},   {0xBE, 3, 4},   {0x2153, 1, 3}, {0x2154, 2, 3},
                      {0x2155, 1, 5}, {0x2156, 2, 5}, {0x2157, 3, 5}, {0x2158, 4, 5}, {0x2159, 1, 6},
                      {0x215A, 5, 6}, {0x215B, 1, 8}, {0x215C, 3, 8}, {0x215D, 5, 8}, {0x215E, 7, 8}};

/* The fraction at token i; returns tokens, 0: none. */
static size_t read_fraction(const struct norm_pass *pass, size_t i, unsigned *above, unsigned *below)
{
    for (size_t k = 0; k < NORM_COUNT(fraction_signs); k++) {
        if (!norm_is_symbol(pass, i, fraction_signs[k].codepoint))
            continue;
        *above = fraction_signs[k].above;
        *below = fraction_signs[k].below;
        return 1;
    }
    const long a = norm_value(pass, i, 4), b = norm_value(pass, i + 2, 4);
    const bool slash = norm_touching_symbol(pass, i + 1, '/') || norm_touching_symbol(pass, i + 1, 0x2044);
    if (a < 1 || b < 2 || !slash || !norm_touches(pass, i + 2) || norm_touching_kind(pass, i + 3, NORM_WORD) ||
        *norm_text(pass, i) == '0' || *norm_text(pass, i + 2) == '0' ||
        (norm_touching_symbol(pass, i + 3, '/') && norm_touching_kind(pass, i + 4, NORM_DIGITS)))
        return 0;
    *above = (unsigned)a;
    *below = (unsigned)b;
    return 3;
}

static bool is_true_fraction(unsigned above, unsigned below)
{
    const bool round = below == 10 || below == 100 || below == 1000;
    return (below < 10 && above < 10 && (above < below || below <= 4)) || (round && above == 1);
}

/* The unit whose plural the word at token i is: "horas"; NULL: none. */
static const struct ro_noun *find_plural(const struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    for (size_t k = 0; k < lang->n_units; k++)
        if (norm_is_word(pass, i, lang->units[k].many))
            return &lang->units[k];
    return NULL;
}

/* "1½ h", "1½ horas": one and a half of something is one of it, "una hora y media". */
static void say_one_and_half(struct norm_pass *pass, const struct ro_noun *noun)
{
    const struct romance *const lang = ro_of(pass);
    const struct norm_number one = {.n_whole = 1, .whole = "1"};
    if (say_one(pass, &one, noun->one, strlen(noun->one), noun->feminine)) {
        norm_join(pass, noun->one);
    } else {
        ro_say_value(pass, 1, noun->feminine ? RO_FEMININE : RO_MASCULINE);
        norm_say(pass, noun->one);
    }
    norm_say(pass, noun->feminine ? lang->and_half_feminine : lang->and_half);
}

/* "1/2", "2½", "1/2 l", "8/10"; "2023/24" and "24/7" are two numbers. */
size_t ro_rule_fraction(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    unsigned above, below;
    struct unit unit;
    if (!ro_is_free(pass, i))
        return 0;
    size_t n = read_fraction(pass, i, &above, &below);
    const bool apart =
        n == 3 && ((above >= 1000 && (below >= 1000 || (below > 9 && below < 100))) || (above == 24 && below == 7));
    if (n == 3 && !is_true_fraction(above, below)) {
        ro_say_value(pass, above, RO_ALONE);
        norm_say(pass, apart ? "" : lang->over);
        if (apart)
            ro_cut(pass, 1);
        ro_say_value(pass, below, RO_ALONE);
        return n;
    }
    size_t whole = 0;
    if (!n) { /* a whole number before it */
        n = norm_value(pass, i, 3) > 0 ? read_fraction(pass, i + 1, &above, &below) : 0;
        if (!n || !is_true_fraction(above, below) || above >= below || (n == 3 && norm_touches(pass, i + 1)))
            return 0;
        whole = 1;
    }
    n += whole;
    const bool counts = find_unit(pass, i + n, &unit);
    const enum ro_form form = counts && unit.noun->feminine ? RO_FEMININE
                              : counts                      ? RO_MASCULINE
                                                            : ro_form_before(pass, i + n);
    if (whole && below == 2) { /* "deux heures et demie" */
        const unsigned value = ro_read_digits(norm_text(pass, i), norm_at(pass, i)->length);
        const struct ro_noun *const noun = counts ? unit.noun : find_plural(pass, i + n);
        if (value == 1 && noun && (!counts || (unit.power == 1 && !unit.per))) {
            say_one_and_half(pass, noun);
            return n + (counts ? unit.n : 1);
        }
        ro_say_value(pass, value, form);
        if (counts)
            say_unit(pass, &unit, value == 1, false);
        else if (form != RO_ALONE)
            norm_say_token(pass, i + n);
        norm_say(pass, form == RO_FEMININE ? lang->and_half_feminine : lang->and_half);
        return n + (counts ? unit.n : form != RO_ALONE);
    }
    if (whole) {
        ro_cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length);
        norm_say(pass, lang->and_fraction);
    }
    lang->fraction(pass, above, below, form);
    if (!counts)
        return n;
    norm_border(pass, i + n);
    say_unit(pass, &unit, !whole, !whole && below != 2);
    return n + unit.n;
}

/* ---- powers ---- */

/* Value of a raised digit or minus; -1: none. The minus is 10. */
static int raised(uint32_t c)
{
    return c == 0x207B ? 10 : norm_raised_digit(c);
}

/* "x²", "10⁻³", "2^8", behind what is raised. */
size_t ro_rule_power(struct norm_pass *pass, size_t i)
{
    const struct romance *const lang = ro_of(pass);
    char digits[8];
    size_t n = 0, length = 0;
    bool negative = false;
    if (!i || !norm_touches(pass, i) ||
        !(norm_is_kind(pass, i - 1, NORM_DIGITS) || norm_is_kind(pass, i - 1, NORM_WORD) ||
          norm_is_symbol(pass, i - 1, ')')))
        return 0;
    if (norm_is_symbol(pass, i, '^')) {
        negative = norm_touching_symbol(pass, i + 1, '-');
        n = 1 + (size_t)negative;
        const bool word = norm_touching_kind(pass, i + n, NORM_WORD) && norm_at(pass, i + n)->length == 1;
        if (!word && (norm_value(pass, i + n, 7) < 0 || !norm_touches(pass, i + n)))
            return 0;
        length = norm_at(pass, i + n)->length;
        memcpy(digits, norm_text(pass, i + n), length);
        n++;
    }
    for (int value; n < 7 && length < sizeof digits && norm_is_kind(pass, i + n, NORM_SYMBOL) &&
                    (n == 0 || norm_touches(pass, i + n)) && (value = raised(norm_at(pass, i + n)->codepoint)) >= 0;
         n++) {
        if (value == 10 && n == 0)
            negative = true;
        else if (value < 10)
            digits[length++] = (char)('0' + value);
        else
            return 0;
    }
    if (!length)
        return 0;
    if (length == 1 && !negative && (digits[0] == '2' || digits[0] == '3')) {
        norm_say(pass, digits[0] == '2' ? lang->squared : lang->cubed);
        return n;
    }
    norm_say(pass, lang->power);
    if (negative)
        norm_say(pass, lang->minus);
    if (digits[0] >= '0' && digits[0] <= '9')
        ro_cardinal(pass, digits, length);
    else
        norm_say_bytes(pass, digits, length);
    return n;
}
