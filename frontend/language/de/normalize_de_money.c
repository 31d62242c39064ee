/* German money, and the magnitudes behind numbers. */
#include "normalize_de.h"

static const struct norm_entry magnitudes[] = {
    {"Mio.", "Millionen"}, {"Mio", "Millionen"},       {"Mrd.", "Milliarden"},       {"Mrd", "Milliarden"},
    {"Tsd.", "tausend"},   {"Millionen", "Millionen"}, {"Milliarden", "Milliarden"}, {"Billionen", "Billionen"}};

static const struct norm_entry *find_magnitude(const struct norm_pass *pass, size_t i)
{
    for (size_t k = 0; k < NORM_COUNT(magnitudes); k++)
        if (norm_match(pass, i, magnitudes[k].written))
            return &magnitudes[k];
    return NULL;
}

/* "Mio." behind a number; says it. */
size_t de_say_magnitude(struct norm_pass *pass, size_t i)
{
    const struct norm_entry *const magnitude = find_magnitude(pass, i);
    if (!magnitude)
        return 0;
    norm_border(pass, i);
    norm_say(pass, magnitude->spoken);
    return norm_match(pass, i, magnitude->written);
}

/* "12,50 €" is "zwölf Euro fünfzig". */
void de_say_money(struct norm_pass *pass, const struct norm_number *number, const struct de_unit *currency)
{
    struct norm_number whole = *number;
    const bool cents = number->n_fraction == 2;
    if (cents)
        whole.n_fraction = 0;
    if (norm_number_is(&whole, 1))
        norm_say(pass, whole.negative ? "minus" : currency->one);
    if (norm_number_is(&whole, 1) && whole.negative)
        norm_say(pass, currency->one);
    if (!norm_number_is(&whole, 1))
        de_say_number(pass, &whole, DE_BEFORE_NOUN);
    norm_say(pass, norm_number_is(&whole, 1) ? currency->single : currency->many);
    if (cents && de_read_digits(number->fraction, 2))
        de_say_value(pass, de_read_digits(number->fraction, 2), DE_PLAIN);
}

/* "€ 5", "$20 Mio.", "CHF 12,50". */
size_t de_rule_money(struct norm_pass *pass, size_t i)
{
    size_t taken;
    struct norm_number number;
    const struct de_unit *currency = de_is_glued(pass, i) ? NULL : de_find_currency(pass, i, &taken);
    if (!currency && !de_is_glued(pass, i))
        currency = de_find_sign(pass, i, &taken);
    if (!currency)
        return 0;
    size_t n = norm_read_number(pass, i + taken, false, &number);
    if (!n)
        return 0;
    const size_t cents = i + taken + n + 1; /* "$2.50" */
    if (!number.n_fraction && n == 1 &&
        (norm_is_symbol(pass, i + taken - 1, '$') || norm_is_symbol(pass, i + taken - 1, 0xA3)) &&
        norm_touching_symbol(pass, cents - 1, '.') && norm_touching_kind(pass, cents, NORM_DIGITS) &&
        norm_at(pass, cents)->length == 2) {
        number.fraction = norm_text(pass, cents);
        number.n_fraction = 2;
        n += 2;
    }
    if (find_magnitude(pass, i + taken + n)) {
        de_say_number(pass, &number, DE_PLAIN);
        const size_t magnitude = de_say_magnitude(pass, i + taken + n);
        norm_say(pass, currency->many);
        return taken + n + magnitude;
    }
    de_say_money(pass, &number, currency);
    return taken + n;
}
