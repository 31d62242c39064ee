/* German numbers with what is counted: quantities, ranges, fractions. */
#include "normalize_de.h"

#include <string.h>

static bool may_be_year(const struct norm_number *number)
{
    return number->n_whole == 4 && !number->n_fraction && !number->grouped && norm_number_value(number) >= 1100 &&
           norm_number_value(number) < 2100;
}

/* "5 Mio. €", "1984", "007", "3,5". */
static size_t plain_number(struct norm_pass *pass, size_t i, size_t n, const struct norm_number *number)
{
    size_t taken;
    if (number->n_whole > 1 && number->whole[0] == '0' && !number->n_fraction)
        norm_say_digits(pass, number->whole, number->n_whole);
    else if (may_be_year(number))
        de_say_year(pass, (unsigned)norm_number_value(number));
    else
        de_say_number(pass, number, DE_PLAIN);
    for (size_t part = 0;
         part < 16 && norm_touching_symbol(pass, i + n, '.') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS);
         part++, n += 2) { /* "Kapitel 3.2.1" */
        norm_say(pass, "Punkt");
        de_cardinal(pass, norm_text(pass, i + n + 1), norm_at(pass, i + n + 1)->length);
    }
    const size_t magnitude = de_say_magnitude(pass, i + n);
    n += magnitude;
    const struct de_unit *unit = magnitude ? de_find_currency(pass, i + n, &taken) : NULL;
    if (magnitude && !unit)
        unit = de_find_unit(pass, i + n, &taken);
    if (!unit)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, unit->many);
    return n + taken;
}

/* "10-12 kg", "1939-1945": `n` tokens of the first number, `second` of the other. */
static size_t range(struct norm_pass *pass, size_t i, size_t n, const struct norm_number *number, size_t second,
                    const struct norm_number *end)
{
    const struct norm_number *const ends[] = {number, end};
    const bool years = may_be_year(number) && may_be_year(end);
    size_t taken;
    for (size_t k = 0; k < 2; k++) {
        if (years)
            de_say_year(pass, (unsigned)norm_number_value(ends[k]));
        else
            de_say_number(pass, ends[k], DE_PLAIN);
        if (k == 0) {
            norm_border(pass, i + n);
            norm_say(pass, "bis");
            norm_border(pass, i + n + 1);
        }
    }
    n += 1 + second;
    const struct de_unit *unit = de_find_unit(pass, i + n, &taken);
    if (!unit)
        unit = de_find_currency(pass, i + n, &taken);
    if (!unit)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, unit->many);
    return n + taken;
}

/* ",-", ",--" behind a price without cents: "20,- €". */
static size_t flat_length(const struct norm_pass *pass, size_t i)
{
    const bool comma = norm_touching_symbol(pass, i, ',') && norm_touches(pass, i + 1);
    const bool dash = comma && (de_is_dash(pass, i + 1) || norm_is_symbol(pass, i + 1, 0x2014));
    return dash ? 2 + (norm_touching_symbol(pass, i + 2, '-') != 0) : 0;
}

/* A number and what stands behind it: money, unit, "Mio.", the end of a range. */
size_t de_rule_quantity(struct norm_pass *pass, size_t i)
{
    struct norm_number number, end;
    size_t taken;
    const size_t n =
        de_is_glued(pass, i) && !de_is_dash(pass, i) ? 0 : norm_read_number(pass, i, !de_is_glued(pass, i), &number);
    if (!n)
        return 0;
    const size_t second = de_is_dash(pass, i + n) && norm_touches(pass, i + n) && norm_touches(pass, i + n + 1)
                              ? norm_read_number(pass, i + n + 1, false, &end)
                              : 0;
    if (second)
        return range(pass, i, n, &number, second, &end);
    if (norm_touching_symbol(pass, i + n, '%') && norm_touches(pass, i + n + 1) &&
        norm_in_list(pass, i + n + 1, "ig|ige|iger|iges|igen|igem")) { /* "20%ige" */
        de_say_number(pass, &number, DE_BEFORE_NOUN);
        norm_join(pass, number.n_fraction ? " prozent" : "prozent");
        norm_join_bytes(pass, norm_text(pass, i + n + 1), norm_at(pass, i + n + 1)->length);
        return n + 2;
    }
    const size_t flat = flat_length(pass, i + n);
    const struct de_unit *const currency = de_find_currency(pass, i + n + flat, &taken);
    if (currency) {
        de_say_money(pass, &number, currency);
        return n + flat + taken;
    }
    const struct de_unit *const unit = de_find_unit(pass, i + n, &taken);
    if (!unit)
        return plain_number(pass, i, n, &number);
    const bool one = norm_number_is(&number, 1) && !number.negative;
    if (one)
        norm_say(pass, unit->one);
    else
        de_say_number(pass, &number, DE_BEFORE_NOUN);
    norm_border(pass, i + n);
    norm_say(pass, one ? unit->single : unit->many);
    return n + taken;
}

/* "ein Zwanzigstel": above / below, which is more than 19. */
static void say_small_part(struct norm_pass *pass, unsigned above, unsigned below)
{
    de_say_value(pass, above, DE_BEFORE_NOUN);
    norm_join(pass, " ");
    const size_t start = pass->out->text.bytes.length;
    de_join_ordinal(pass, below);
    norm_join(pass, "el");
    char *const letter = pass->out->text.bytes.data + start;
    if (!pass->out_of_memory && *letter >= 'a' && *letter <= 'z')
        *letter = (char)(*letter & ~0x20);
}

/* "1/2", "3/4", and the characters for them. */
static size_t say_fraction(struct norm_pass *pass, size_t i)
{
    static const struct {
        uint32_t codepoint;
        const char *spoken, *mixed;
    } signs[] = {{0xBD, "ein halb", "einhalb"},
                 {0xBC, "ein Viertel", "ein Viertel"},
                 {0xBE, "drei Viertel", "drei Viertel"},
                 {0x2153, "ein Drittel", "ein Drittel"},
                 {0x2154, "zwei Drittel", "zwei Drittel"}};
    const bool mixed = norm_is_kind(pass, i, NORM_DIGITS) && norm_touching_kind(pass, i + 1, NORM_SYMBOL);
    for (size_t k = 0; k < NORM_COUNT(signs); k++) {
        if (!norm_is_symbol(pass, i + mixed, signs[k].codepoint))
            continue;
        if (mixed)
            de_say_whole(pass, norm_text(pass, i), norm_at(pass, i)->length, DE_BEFORE_NOUN);
        norm_say(pass, mixed ? signs[k].mixed : signs[k].spoken);
        return 1 + mixed;
    }
    const long above = norm_value(pass, i, 2), below = norm_value(pass, i + 2, 4);
    if (norm_match(pass, i, "24/7") == 3) {
        norm_say(pass, "vierundzwanzig sieben");
        return 3;
    }
    if (de_is_glued(pass, i) || above < 1 || below < 2 ||
        (below > 19 && (above >= below || (below > 100 && below != 1000))) || !norm_touching_symbol(pass, i + 1, '/') ||
        !norm_touches(pass, i + 2) || norm_touching_symbol(pass, i + 3, '/'))
        return 0;
    if (below > 19 && below != 100 && below != 1000) {
        say_small_part(pass, (unsigned)above, (unsigned)below);
        return 3;
    }
    de_say_value(pass, (unsigned)above, DE_BEFORE_NOUN);
    if (below == 2) {
        norm_say(pass, above == 1 ? "halb" : "Halbe");
        return 3;
    }
    if (below > 19) {
        norm_say(pass, below == 100 ? "Hundertstel" : "Tausendstel");
        return 3;
    }
    char noun[24] = "";
    memcpy(noun, de_ordinal_stem((unsigned)below), strlen(de_ordinal_stem((unsigned)below)) + 1);
    if (below != 7 && noun[0] >= 'a' && noun[0] <= 'z')
        noun[0] = (char)(noun[0] & ~0x20);
    norm_say(pass, below == 7 ? "Siebt" : noun);
    norm_join(pass, "el");
    return 3;
}

/* "1 1/2", "2 3/4": the number is joined to "einhalb". */
static size_t say_mixed(struct norm_pass *pass, size_t i)
{
    const long whole = norm_value(pass, i, 4), above = norm_value(pass, i + 1, 2), below = norm_value(pass, i + 3, 2);
    if (whole < 1 || above < 1 || above >= below || below > 19 || norm_touches(pass, i + 1) ||
        !norm_touching_symbol(pass, i + 2, '/') || !norm_touches(pass, i + 3) ||
        norm_touching_symbol(pass, i + 4, '/') || de_is_glued(pass, i))
        return 0;
    de_say_value(pass, (unsigned)whole, DE_BEFORE_NOUN);
    if (above == 1 && below == 2)
        norm_join(pass, "einhalb");
    else
        return 1 + say_fraction(pass, i + 1);
    return 4;
}

/* A fraction, and the unit behind it: "1/2 l". */
size_t de_rule_fraction(struct norm_pass *pass, size_t i)
{
    size_t taken;
    const size_t mixed = say_mixed(pass, i), n = mixed ? mixed : say_fraction(pass, i);
    const struct de_unit *const unit = n ? de_find_unit(pass, i + n, &taken) : NULL;
    if (!unit)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, mixed ? unit->many : unit->single);
    return n + taken;
}

/* "20 Einwohner/km²", "5 €/m²", "8 Euro/Stunde": a slash behind something counted, before what it is counted by. */
size_t de_rule_per(struct norm_pass *pass, size_t i)
{
    static const char words[] =
        "tag|woche|monat|jahr|stunde|minute|sekunde|nacht|person|stück|kopf|liter|kilo|quadratmeter|meter|kilometer";
    const struct norm_token *const before = norm_at(pass, i ? i - 1 : pass->n_tokens);
    size_t taken = 0;
    if (!norm_is_symbol(pass, i, '/') || !norm_touches(pass, i) || !norm_touches(pass, i + 1))
        return 0;
    const bool number = before->kind == NORM_DIGITS;
    const size_t micro = i >= 2 && (norm_is_symbol(pass, i - 2, 0xB5) || norm_is_symbol(pass, i - 2, 0x3BC));
    const bool counted = i >= 2 + micro && norm_is_kind(pass, i - 2 - micro, NORM_DIGITS) &&
                         (before->kind == NORM_WORD || before->kind == NORM_SYMBOL);
    const struct de_unit *const unit = number || counted ? de_find_unit(pass, i + 1, &taken) : NULL;
    const bool word =
        (number || counted) && norm_in_list(pass, i + 1, words) && !norm_touching_kind(pass, i + 2, NORM_DIGITS);
    if (!unit && !word)
        return 0;
    norm_say(pass, "pro");
    if (word) {
        norm_say_token(pass, i + 1);
        return 2;
    }
    norm_say(pass, unit->single);
    return 1 + taken;
}
