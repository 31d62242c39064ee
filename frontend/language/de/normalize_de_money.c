/* German money, and the magnitudes behind numbers. */
#include "normalize_de.h"

static const struct norm_entry magnitudes[] = {
    {"Mio.", "Millionen"}, {"Mio", "Millionen"},       {"Mrd.", "Milliarden"},       {"Mrd", "Milliarden"},
    {"Tsd.", "tausend"},   {"Millionen", "Millionen"}, {"Milliarden", "Milliarden"}, {"Billionen", "Billionen"}};

/* "Mio." behind a number; says it. */
size_t de_say_magnitude(struct norm_pass *pass, size_t i)
{
    for (size_t k = 0; k < NORM_COUNT(magnitudes); k++) {
        const size_t n = norm_match(pass, i, magnitudes[k].written);
        if (!n)
            continue;
        norm_border(pass, i);
        norm_say(pass, magnitudes[k].spoken);
        return n;
    }
    return 0;
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
    const size_t n = norm_read_number(pass, i + taken, false, &number);
    if (!n)
        return 0;
    de_say_money(pass, &number, currency);
    return taken + n;
}
