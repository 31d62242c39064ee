/* English money: signs and codes before or behind a number, with magnitudes and ranges. */
#include "normalize_en.h"

/* ---- money ---- */

struct currency {
    const char *written, *one, *many, *cent, *cents; /* cent NULL: no smaller unit in use */
};

/* Longest first where one starts another. */
static const struct currency currencies[] = {
    {"US$", "U.S dollar", "U.S dollars", "cent", "cents"},
    {"AU$", "Australian dollar", "Australian dollars", "cent", "cents"},
    {"A$", "Australian dollar", "Australian dollars", "cent", "cents"},
    {"CA$", "Canadian dollar", "Canadian dollars", "cent", "cents"},
    {"C$", "Canadian dollar", "Canadian dollars", "cent", "cents"},
    {"NZ$", "New Zealand dollar", "New Zealand dollars", "cent", "cents"},
    {"HK$", "Hong Kong dollar", "Hong Kong dollars", "cent", "cents"},
    {"NT$", "New Taiwan dollar", "New Taiwan dollars", "cent", "cents"},
    {"S$", "Singapore dollar", "Singapore dollars", "cent", "cents"},
    {"R$", "Brazilian real", "Brazilian reais", "centavo", "centavos"},
    {"Mex$", "Mexican peso", "Mexican pesos", "centavo", "centavos"},
    {"$", "dollar", "dollars", "cent", "cents"},
    {"\xE2\x82\xAC", "euro", "euros", "cent", "cents"},
    {"\xC2\xA3", "pound", "pounds", "penny", "pence"},
    {"CN\xC2\xA5", "yuan", "yuan", "fen", "fen"},
    {"\xC2\xA5", "yen", "yen", NULL, NULL},
    {"\xE2\x82\xB9", "rupee", "rupees", "paisa", "paise"},
    {"\xE2\x82\xBD", "ruble", "rubles", "kopeck", "kopecks"},
    {"\xE2\x82\xA9", "won", "won", NULL, NULL},
    {"\xE2\x82\xBF", "bitcoin", "bitcoins", NULL, NULL},
    {"\xE2\x82\xBA", "lira", "lira", "kurush", "kurush"},
    {"\xE2\x82\xB4", "hryvnia", "hryvnias", "kopeck", "kopecks"},
    {"\xE2\x82\xAA", "shekel", "shekels", "agora", "agorot"},
    {"\xE2\x82\xAB", "dong", "dong", NULL, NULL},
    {"\xE0\xB8\xBF", "baht", "baht", "satang", "satang"},
    {"\xE2\x82\xB1", "peso", "pesos", "centavo", "centavos"},
    {"\xE2\x82\xA6", "naira", "naira", "kobo", "kobo"},
    {"USD", "U.S dollar", "U.S dollars", "cent", "cents"},
    {"EUR", "euro", "euros", "cent", "cents"},
    {"GBP", "pound", "pounds", "penny", "pence"},
    {"JPY", "yen", "yen", NULL, NULL},
    {"CHF", "Swiss franc", "Swiss francs", "centime", "centimes"},
    {"CAD", "Canadian dollar", "Canadian dollars", "cent", "cents"},
    {"AUD", "Australian dollar", "Australian dollars", "cent", "cents"},
    {"NZD", "New Zealand dollar", "New Zealand dollars", "cent", "cents"},
    {"HKD", "Hong Kong dollar", "Hong Kong dollars", "cent", "cents"},
    {"SGD", "Singapore dollar", "Singapore dollars", "cent", "cents"},
    {"CNY", "yuan", "yuan", "fen", "fen"},
    {"RMB", "yuan", "yuan", "fen", "fen"},
    {"INR", "rupee", "rupees", "paisa", "paise"},
    {"RUB", "ruble", "rubles", "kopeck", "kopecks"},
    {"KRW", "won", "won", NULL, NULL},
    {"SEK", "Swedish krona", "Swedish kronor", NULL, NULL},
    {"NOK", "Norwegian krone", "Norwegian kroner", NULL, NULL},
    {"DKK", "Danish krone", "Danish kroner", NULL, NULL},
    {"PLN", "zloty", "zloty", "grosz", "groszy"},
    {"CZK", "Czech koruna", "Czech korunas", NULL, NULL},
    {"HUF", "forint", "forints", NULL, NULL},
    {"TRY", "lira", "lira", "kurush", "kurush"},
    {"BRL", "Brazilian real", "Brazilian reais", "centavo", "centavos"},
    {"MXN", "Mexican peso", "Mexican pesos", "centavo", "centavos"},
    {"ZAR", "rand", "rand", "cent", "cents"},
    {"THB", "baht", "baht", "satang", "satang"},
    {"ILS", "shekel", "shekels", "agora", "agorot"},
    {"UAH", "hryvnia", "hryvnias", "kopeck", "kopecks"},
    {"BTC", "bitcoin", "bitcoins", NULL, NULL},
    {"ETH", "ether", "ether", NULL, NULL},
    {"AED", "dirham", "dirhams", NULL, NULL},
    {"SAR", "riyal", "riyals", NULL, NULL},
    {"Rs.", "rupee", "rupees", "paisa", "paise"},
    {"Rs", "rupee", "rupees", "paisa", "paise"},
    {"kr", "krone", "kroner", NULL, NULL},
    {"z\xC5\x82", "zloty", "zloty", "grosz", "groszy"},
};

static const struct currency *find_currency(const struct norm_pass *pass, size_t i, size_t *n)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind == NORM_WORD && !token->capital && token->codepoint != 'z' && token->codepoint != 'k')
        return NULL;
    for (size_t k = 0; k < NORM_COUNT(currencies); k++)
        if (token->length && *currencies[k].written == *norm_text(pass, i) &&
            (*n = norm_match(pass, i, currencies[k].written)) > 0)
            return &currencies[k];
    return NULL;
}

/* What "$3.5m" and "5 million €" are: number, end of a range, magnitude. */
struct amount {
    struct norm_number number, end;
    bool range;
    const char *magnitude, *end_magnitude;
};

/* Reads number, range and magnitude at token i; the sign of the currency may be repeated. */
static size_t read_amount(const struct norm_pass *pass, size_t i, const char *sign, struct amount *amount)
{
    *amount = (struct amount){0};
    size_t n = norm_read_number(pass, i, false, &amount->number);
    if (!n)
        return 0;
    if ((amount->magnitude = en_magnitude(pass, i + n, true)) != NULL)
        n++;
    else if (sign && en_is_dash(pass, i + n) && norm_touches(pass, i + n) && norm_touches(pass, i + n + 1) &&
             (amount->magnitude = en_magnitude(pass, i + n + 1, false)) != NULL)
        return n + 2; /* "$3-million" */
    if (en_is_dash(pass, i + n) && norm_touches(pass, i + n) && norm_touches(pass, i + n + 1)) {
        const size_t repeated = sign ? norm_match(pass, i + n + 1, sign) : 0;
        const size_t end = norm_read_number(pass, i + n + 1 + repeated, false, &amount->end);
        if (!end)
            return n;
        amount->range = true;
        n += 1 + repeated + end;
        if ((amount->end_magnitude = en_magnitude(pass, i + n, true)) != NULL)
            n++;
    }
    return n;
}

/* "12.50" -> "twelve dollars and fifty cents". */
static bool is_with_cents(const struct amount *amount, const struct currency *currency)
{
    return amount->number.n_fraction == 2 && !amount->magnitude && !amount->range && currency->cent;
}

/* 0: it has none. */
static unsigned cents_of(const struct norm_number *number)
{
    if (number->n_fraction != 2)
        return 0;
    return (unsigned)(number->fraction[0] - '0') * 10 + (unsigned)(number->fraction[1] - '0');
}

static void say_with_cents(struct norm_pass *pass, const struct norm_number *number, const struct currency *currency)
{
    const unsigned cents = cents_of(number);
    struct norm_number whole = *number;
    const bool zero = whole.n_whole == 0 || norm_number_value(&whole) == 0;
    whole.n_fraction = 0;
    if (!zero || cents == 0) {
        en_say_number(pass, &whole);
        norm_say(pass, norm_number_is(&whole, 1) ? currency->one : currency->many);
    }
    if (cents == 0)
        return;
    if (!zero)
        norm_say(pass, "and");
    norm_say_number(pass, cents);
    norm_say(pass, cents == 1 ? currency->cent : currency->cents);
}

/* "$3.50-$4.75", "$3-$4.50"; "$50.00-$100.00" has none. */
static bool is_range_with_cents(const struct amount *amount, const struct currency *currency)
{
    return amount->range && currency->cent && !amount->magnitude && !amount->end_magnitude &&
           amount->number.n_fraction + amount->end.n_fraction >= 2 &&
           (amount->number.n_fraction == 2 || !amount->number.n_fraction) &&
           (amount->end.n_fraction == 2 || !amount->end.n_fraction);
}

static void say_amount(struct norm_pass *pass, const struct amount *given, const struct currency *currency,
                       bool attribute)
{
    struct amount copy = *given;
    const struct amount *const amount = &copy;
    if (is_range_with_cents(amount, currency)) {
        if (cents_of(&amount->number) || cents_of(&amount->end)) {
            say_with_cents(pass, &amount->number, currency);
            norm_say(pass, "to");
            say_with_cents(pass, &amount->end, currency);
            return;
        }
        copy.number.n_fraction = copy.end.n_fraction = 0;
    }
    if (is_with_cents(amount, currency)) {
        say_with_cents(pass, &amount->number, currency);
        return;
    }
    en_say_number(pass, &amount->number);
    if (amount->magnitude)
        norm_say(pass, amount->magnitude);
    if (amount->range) {
        norm_say(pass, "to");
        en_say_number(pass, &amount->end);
        if (amount->end_magnitude)
            norm_say(pass, amount->end_magnitude);
    }
    const bool one = norm_number_is(&amount->number, 1) && !amount->magnitude && !amount->range;
    norm_say(pass, one || attribute ? currency->one : currency->many);
}

/* "$12.50", "CHF 20", "-$5", "$5-10m". */
static size_t prefix_money(struct norm_pass *pass, size_t i)
{
    size_t n;
    const bool minus = (norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212)) && norm_touches(pass, i + 1) &&
                       (!i || !norm_touches(pass, i) || norm_is_symbol(pass, i - 1, '('));
    const struct currency *const currency = find_currency(pass, i + minus, &n);
    struct amount amount;
    if (!currency || (norm_is_kind(pass, i + minus, NORM_WORD) && !minus && i && norm_touches(pass, i) &&
                      norm_is_kind(pass, i - 1, NORM_DIGITS)))
        return 0;
    const bool minus_behind =
        norm_touching_symbol(pass, i + minus + n, '-') && norm_touching_kind(pass, i + minus + n + 1, NORM_DIGITS);
    n += minus + (size_t)minus_behind;
    const bool bracket = norm_touching_symbol(pass, i + n, '(') && norm_touches(pass, i + n + 1);
    n += bracket;
    const size_t taken = read_amount(pass, i + n, currency->written, &amount);
    if (!taken || norm_touching_kind(pass, i + n + taken, NORM_DIGITS) ||
        (bracket && !norm_touching_symbol(pass, i + n + taken, ')')))
        return 0;
    const bool plural = norm_touching_kind(pass, i + n + taken, NORM_WORD) && norm_is(pass, i + n + taken, "s");
    if (minus || minus_behind || bracket) /* accountants write $(5) */
        norm_say(pass, "minus");
    say_amount(pass, &amount, currency, en_is_attribute(pass, i, i + n + taken));
    return n + taken + bracket + plural; /* "$20s" */
}

/* "5 EUR", "20 million USD", "5¢", and "50p" in Britain. */
static size_t suffix_money(struct norm_pass *pass, size_t i)
{
    struct amount amount;
    size_t n = read_amount(pass, i, NULL, &amount), taken = 0;
    if (!n || (i && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_WORD)))
        return 0;
    const bool far = norm_is_symbol(pass, i + n, '$') && !norm_touches(pass, i + n);
    if (norm_touching_symbol(pass, i + n, 0xA2)) {
        en_say_number(pass, &amount.number);
        norm_border(pass, i + n);
        norm_say(pass, norm_number_is(&amount.number, 1) ? "cent" : "cents");
        return n + 1;
    }
    if (en_is_british(pass) && norm_touching_kind(pass, i + n, NORM_WORD) && norm_is(pass, i + n, "p")) {
        en_say_number(pass, &amount.number);
        norm_border(pass, i + n);
        norm_say(pass, norm_number_is(&amount.number, 1) ? "penny" : "pence");
        return n + 1;
    }
    const struct currency *const currency = far ? NULL : find_currency(pass, i + n, &taken);
    if (!currency || norm_touching_kind(pass, i + n + taken, NORM_DIGITS) ||
        (norm_is_kind(pass, i + n + taken, NORM_DIGITS) && norm_is_kind(pass, i + n, NORM_SYMBOL) &&
         !norm_touches(pass, i + n)))
        return 0;
    say_amount(pass, &amount, currency, en_is_attribute(pass, i, i + n + taken));
    return n + taken;
}

size_t en_rule_money(struct norm_pass *pass, size_t i)
{
    return norm_is_kind(pass, i, NORM_DIGITS) ? suffix_money(pass, i) : prefix_money(pass, i);
}
