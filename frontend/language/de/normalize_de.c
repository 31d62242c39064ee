/* The German normaliser: numbers, dates, times, money, units, abbreviations; addresses and emoji come from the rules
 * for any language. Smaller than the English one, and the pattern for more languages. */
#include "normalize_de.h"

#include <string.h>

/* ---- context ---- */

static bool is_dash(const struct norm_pass *pass, size_t i)
{
    return norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2013);
}

static bool is_glued(const struct norm_pass *pass, size_t i)
{
    return i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !norm_is_symbol(pass, i - 1, '"') &&
           !norm_is_symbol(pass, i - 1, 0x201E) && !norm_is_symbol(pass, i - 1, '/');
}

/* The ending of an ordinal after the word before token i. */
const char *de_ordinal_ending(const struct norm_pass *pass, size_t i)
{
    static const char weak[] =
        "am|dem|im|zum|beim|vom|den|des|zur|einem|einer|seinem|ihrem|diesem|jedem|unserem|ab|bis|seit";
    static const char plain[] = "der|die|das|dieser|diese|dieses|jeder|jede|jedes|seine|ihre|eine|meine|unsere|und";
    if (i && norm_in_list(pass, i - 1, weak))
        return "en";
    return i && norm_in_list(pass, i - 1, plain) ? "e" : "er";
}

/* The same where no word before tells it: by the gender of the noun at token i; NULL: the noun isn't known. */
static const char *gender_ending(const struct norm_pass *pass, size_t i)
{
    if (norm_in_list(pass, i, "jahrhundert|jh|kapitel|mal|spiel|semester|quartal|halbjahr|gebot|buch|stockwerk|jahr|tor"))
        return "es";
    if (norm_in_list(pass, i, "klasse|liga|etage|auflage|person|reihe|bundesliga|halbzeit|woche|ausgabe|folge|staffel"))
        return "e";
    return norm_in_list(pass, i, "weltkrieg|platz|tag|versuch|stock|akt|satz|band|teil|fc|sieg|preis|rang|schritt|spieltag")
               ? "er"
               : NULL;
}

/* ---- dates ---- */

static const struct norm_entry short_months[] = {{"Jan", "Januar"},  {"Feb", "Februar"},   {"Mär", "März"},
                                                 {"Apr", "April"},   {"Jun", "Juni"},      {"Jul", "Juli"},
                                                 {"Aug", "August"},  {"Sep", "September"}, {"Sept", "September"},
                                                 {"Okt", "Oktober"}, {"Nov", "November"},  {"Dez", "Dezember"}};

/* Name of the month at token i and the tokens that it takes; NULL: none. */
static const char *month_name(const struct norm_pass *pass, size_t i, size_t *n)
{
    *n = 1;
    const unsigned month = norm_month(pass, i);
    if (month)
        return pass->lang->words->months[month - 1];
    const struct norm_entry *const entry = norm_find(pass, i, short_months, NORM_COUNT(short_months));
    *n += norm_touching_symbol(pass, i + 1, '.');
    return entry && *n == 2 ? entry->spoken : NULL;
}

static void say_day(struct norm_pass *pass, unsigned day, const char *ending)
{
    de_say_value(pass, day, DE_ORDINAL);
    norm_join(pass, ending);
}

/* "3.4.2024", "24.12.", "2024-03-04". */
static size_t rule_date(struct norm_pass *pass, size_t i)
{
    const uint32_t separator = norm_at(pass, i + 1)->codepoint;
    if (is_glued(pass, i) || (separator != '.' && separator != '-') || !norm_touching_symbol(pass, i + 1, separator) ||
        !norm_touching_kind(pass, i + 2, NORM_DIGITS) || !norm_touching_symbol(pass, i + 3, separator))
        return 0;
    const bool iso = separator == '-';
    const long day = norm_value(pass, iso ? i + 4 : i, 2), month = norm_value(pass, i + 2, 2);
    const bool has_year = iso || norm_touching_kind(pass, i + 4, NORM_DIGITS);
    const long year = has_year ? norm_value(pass, iso ? i : i + 4, 4) : 0;
    if (day < 1 || day > 31 || month < 1 || month > 12 || year < 0 ||
        (iso && (year < 1000 || !norm_touches(pass, i + 4))))
        return 0;
    if (has_year && (norm_touching_symbol(pass, i + 5, '.') || norm_touching_kind(pass, i + 5, NORM_WORD)) &&
        norm_touches(pass, i + 6))
        return 0;
    say_day(pass, (unsigned)day, de_ordinal_ending(pass, i));
    norm_say_month(pass, (unsigned)month);
    if (has_year)
        de_say_year(pass, (unsigned)(year < 50 ? 2000 + year : year < 100 ? 1900 + year : year));
    else
        norm_keep_stop(pass, i + 4);
    return has_year ? 5 : 4;
}

/* "3. Mai 2024", "am 3. Mai", "der 3. Versuch", "das 19. Jahrhundert". */
static size_t rule_ordinal(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 6);
    const struct norm_token *const next = norm_at(pass, i + 2);
    size_t n;
    if (value < 0 || is_glued(pass, i) || !norm_touching_symbol(pass, i + 1, '.') || next->kind == NORM_END ||
        !next->space_before || next->kind != NORM_WORD)
        return 0;
    const char *ending = de_ordinal_ending(pass, i);
    const char *const month = month_name(pass, i + 2, &n);
    if (!month && strcmp(ending, "er") == 0 && !next->lower) {
        ending = gender_ending(pass, i + 2);
        if (!ending)
            return 0;
    }
    say_day(pass, (unsigned)value, ending);
    if (!month)
        return 2;
    norm_border(pass, i + 2);
    norm_say(pass, month);
    const long year = norm_value(pass, i + 2 + n, 4);
    if (year < 1000 || norm_touches(pass, i + 2 + n))
        return 2 + n;
    norm_border(pass, i + 2 + n);
    de_say_year(pass, (unsigned)year);
    return 3 + n;
}

/* "14:30 Uhr", "9 Uhr", "14:30:05". */
static size_t rule_time(struct norm_pass *pass, size_t i)
{
    const long hour = norm_value(pass, i, 2), minute = norm_value(pass, i + 2, 2), second = norm_value(pass, i + 4, 2);
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    const bool colon = norm_touching_symbol(pass, i + 1, ':');
    if (hour < 0 || hour > 24 || is_glued(pass, i))
        return 0;
    if (norm_is(pass, i + 1, "Uhr") && !norm_touches(pass, i + 1)) {
        de_say_value(pass, (unsigned)hour, DE_BEFORE_NOUN);
        norm_border(pass, i + 1);
        norm_say(pass, "Uhr");
        return 2;
    }
    const bool two = norm_at(pass, i + 2)->length == 2 && minute >= 0 && minute < 60 && norm_touches(pass, i + 2);
    const bool seconds = two && norm_touching_symbol(pass, i + 3, ':') && second >= 0 && second < 60 &&
                         norm_touches(pass, i + 4);
    const size_t n = seconds ? 5 : 3;
    const bool clock = norm_is(pass, i + n, "Uhr");
    if (!two || !(colon || (dot && clock)))
        return 0;
    de_say_value(pass, (unsigned)hour, DE_BEFORE_NOUN);
    norm_say(pass, "Uhr");
    if (minute || seconds)
        de_say_value(pass, (unsigned)minute, DE_PLAIN);
    if (seconds) {
        norm_say(pass, "und");
        de_say_value(pass, (unsigned)second, DE_BEFORE_NOUN);
        norm_say(pass, second == 1 ? "Sekunde" : "Sekunden");
    }
    return n + clock;
}

/* "90er", "1990er Jahre", "100er". */
static size_t rule_decade(struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 4);
    const bool hyphen = norm_touching_symbol(pass, i + 1, '-');
    if (value < 2 || is_glued(pass, i) || !norm_touches(pass, i + 1 + hyphen) ||
        !norm_in_list(pass, i + 1 + hyphen, "er|ern"))
        return 0;
    de_say_year(pass, (unsigned)value);
    norm_join_bytes(pass, norm_text(pass, i + 1 + hyphen), norm_at(pass, i + 1 + hyphen)->length);
    return 2 + hyphen;
}

/* ---- money and units ---- */

/* `one`: "ein" or "eine" before it. */
struct unit {
    const char *written, *one, *single, *many;
};

static const struct unit currencies[] = {{"€", "ein", "Euro", "Euro"},
                                         {"EUR", "ein", "Euro", "Euro"},
                                         {"$", "ein", "Dollar", "Dollar"},
                                         {"US$", "ein", "US-Dollar", "US-Dollar"},
                                         {"USD", "ein", "US-Dollar", "US-Dollar"},
                                         {"£", "ein", "Pfund", "Pfund"},
                                         {"GBP", "ein", "Pfund", "Pfund"},
                                         {"CHF", "ein", "Franken", "Franken"},
                                         {"Fr.", "ein", "Franken", "Franken"},
                                         {"¥", "ein", "Yen", "Yen"},
                                         {"JPY", "ein", "Yen", "Yen"},
                                         {"zł", "ein", "Zloty", "Zloty"},
                                         {"PLN", "ein", "Zloty", "Zloty"},
                                         {"DM", "eine", "Mark", "Mark"},
                                         {"₽", "ein", "Rubel", "Rubel"},
                                         {"₹", "eine", "Rupie", "Rupien"},
                                         {"SEK", "eine", "Krone", "Kronen"},
                                         {"DKK", "eine", "Krone", "Kronen"},
                                         {"CZK", "eine", "Krone", "Kronen"}};

static const struct unit units[] = {{"%", "ein", "Prozent", "Prozent"},
                                    {"‰", "ein", "Promille", "Promille"},
                                    {"°C", "ein", "Grad Celsius", "Grad Celsius"},
                                    {"°F", "ein", "Grad Fahrenheit", "Grad Fahrenheit"},
                                    {"°", "ein", "Grad", "Grad"},
                                    {"km/h", "ein", "Kilometer pro Stunde", "Kilometer pro Stunde"},
                                    {"m/s", "ein", "Meter pro Sekunde", "Meter pro Sekunde"},
                                    {"km²", "ein", "Quadratkilometer", "Quadratkilometer"},
                                    {"m²", "ein", "Quadratmeter", "Quadratmeter"},
                                    {"cm²", "ein", "Quadratzentimeter", "Quadratzentimeter"},
                                    {"m³", "ein", "Kubikmeter", "Kubikmeter"},
                                    {"qm", "ein", "Quadratmeter", "Quadratmeter"},
                                    {"km", "ein", "Kilometer", "Kilometer"},
                                    {"m", "ein", "Meter", "Meter"},
                                    {"cm", "ein", "Zentimeter", "Zentimeter"},
                                    {"mm", "ein", "Millimeter", "Millimeter"},
                                    {"µm", "ein", "Mikrometer", "Mikrometer"},
                                    {"ha", "ein", "Hektar", "Hektar"},
                                    {"t", "eine", "Tonne", "Tonnen"},
                                    {"kg", "ein", "Kilogramm", "Kilogramm"},
                                    {"g", "ein", "Gramm", "Gramm"},
                                    {"mg", "ein", "Milligramm", "Milligramm"},
                                    {"l", "ein", "Liter", "Liter"},
                                    {"L", "ein", "Liter", "Liter"},
                                    {"ml", "ein", "Milliliter", "Milliliter"},
                                    {"cl", "ein", "Zentiliter", "Zentiliter"},
                                    {"EL", "ein", "Esslöffel", "Esslöffel"},
                                    {"TL", "ein", "Teelöffel", "Teelöffel"},
                                    {"h", "eine", "Stunde", "Stunden"},
                                    {"Std.", "eine", "Stunde", "Stunden"},
                                    {"min", "eine", "Minute", "Minuten"},
                                    {"Min.", "eine", "Minute", "Minuten"},
                                    {"s", "eine", "Sekunde", "Sekunden"},
                                    {"Sek.", "eine", "Sekunde", "Sekunden"},
                                    {"ms", "eine", "Millisekunde", "Millisekunden"},
                                    {"Hz", "ein", "Hertz", "Hertz"},
                                    {"kHz", "ein", "Kilohertz", "Kilohertz"},
                                    {"MHz", "ein", "Megahertz", "Megahertz"},
                                    {"GHz", "ein", "Gigahertz", "Gigahertz"},
                                    {"kB", "ein", "Kilobyte", "Kilobyte"},
                                    {"KB", "ein", "Kilobyte", "Kilobyte"},
                                    {"MB/s", "ein", "Megabyte pro Sekunde", "Megabyte pro Sekunde"},
                                    {"GB/s", "ein", "Gigabyte pro Sekunde", "Gigabyte pro Sekunde"},
                                    {"MB", "ein", "Megabyte", "Megabyte"},
                                    {"GB", "ein", "Gigabyte", "Gigabyte"},
                                    {"TB", "ein", "Terabyte", "Terabyte"},
                                    {"Mbit/s", "ein", "Megabit pro Sekunde", "Megabit pro Sekunde"},
                                    {"V", "ein", "Volt", "Volt"},
                                    {"A", "ein", "Ampere", "Ampere"},
                                    {"W", "ein", "Watt", "Watt"},
                                    {"kW", "ein", "Kilowatt", "Kilowatt"},
                                    {"kWh", "eine", "Kilowattstunde", "Kilowattstunden"},
                                    {"MW", "ein", "Megawatt", "Megawatt"},
                                    {"PS", "ein", "P.S", "P.S"},
                                    {"kcal", "eine", "Kilokalorie", "Kilokalorien"},
                                    {"kJ", "ein", "Kilojoule", "Kilojoule"},
                                    {"dB", "ein", "Dezibel", "Dezibel"},
                                    {"bar", "ein", "Bar", "Bar"},
                                    {"hPa", "ein", "Hektopascal", "Hektopascal"},
                                    {"Ct.", "ein", "Cent", "Cent"},
                                    {"ct", "ein", "Cent", "Cent"},
                                    {"px", "ein", "Pixel", "Pixel"}};

static const struct norm_entry magnitudes[] = {
    {"Mio.", "Millionen"}, {"Mio", "Millionen"},       {"Mrd.", "Milliarden"},       {"Mrd", "Milliarden"},
    {"Tsd.", "tausend"},   {"Millionen", "Millionen"}, {"Milliarden", "Milliarden"}, {"Billionen", "Billionen"}};

static const struct unit *find_unit(const struct norm_pass *pass, size_t i, const struct unit *table, size_t n,
                                    size_t *taken)
{
    for (size_t k = 0; k < n; k++)
        if ((*taken = norm_match(pass, i, table[k].written)) > 0 && !norm_touching_kind(pass, i + *taken, NORM_WORD) &&
            !norm_touching_kind(pass, i + *taken, NORM_DIGITS))
            return &table[k];
    *taken = 0;
    return NULL;
}

/* "Mio." behind a number; says it. */
static size_t say_magnitude(struct norm_pass *pass, size_t i)
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
static void say_money(struct norm_pass *pass, const struct norm_number *number, const struct unit *currency)
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
static size_t rule_money(struct norm_pass *pass, size_t i)
{
    size_t taken;
    struct norm_number number;
    const struct unit *const currency = is_glued(pass, i)
                                            ? NULL
                                            : find_unit(pass, i, currencies, NORM_COUNT(currencies), &taken);
    if (!currency) { /* norm_match() ends at tokens: "$5" has the sign alone in one */
        for (size_t k = 0; k < NORM_COUNT(currencies); k++) {
            const size_t sign = is_glued(pass, i) ? 0 : norm_match(pass, i, currencies[k].written);
            const size_t n = sign ? norm_read_number(pass, i + sign, false, &number) : 0;
            if (!n)
                continue;
            say_money(pass, &number, &currencies[k]);
            return sign + n;
        }
        return 0;
    }
    const size_t n = norm_read_number(pass, i + taken, false, &number);
    if (!n)
        return 0;
    say_money(pass, &number, currency);
    return taken + n;
}

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
    const size_t magnitude = say_magnitude(pass, i + n);
    n += magnitude;
    const struct unit *const money = magnitude ? find_unit(pass, i + n, currencies, NORM_COUNT(currencies), &taken)
                                               : NULL;
    if (!money)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, money->many);
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
    const struct unit *unit = find_unit(pass, i + n, units, NORM_COUNT(units), &taken);
    if (!unit)
        unit = find_unit(pass, i + n, currencies, NORM_COUNT(currencies), &taken);
    if (!unit)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, unit->many);
    return n + taken;
}

/* A number and what stands behind it: money, unit, "Mio.", the end of a range. */
static size_t rule_quantity(struct norm_pass *pass, size_t i)
{
    struct norm_number number, end;
    size_t taken;
    const size_t n = is_glued(pass, i) && !is_dash(pass, i) ? 0
                                                            : norm_read_number(pass, i, !is_glued(pass, i), &number);
    if (!n)
        return 0;
    const size_t second = is_dash(pass, i + n) && norm_touches(pass, i + n) && norm_touches(pass, i + n + 1)
                              ? norm_read_number(pass, i + n + 1, false, &end)
                              : 0;
    if (second)
        return range(pass, i, n, &number, second, &end);
    const bool flat = norm_touching_symbol(pass, i + n, ',') && norm_touches(pass, i + n + 1) &&
                      is_dash(pass, i + n + 1); /* "20,- €" */
    const struct unit *const currency = find_unit(pass, i + n + 2 * flat, currencies, NORM_COUNT(currencies), &taken);
    if (currency) {
        say_money(pass, &number, currency);
        return n + 2 * flat + taken;
    }
    const struct unit *const unit = find_unit(pass, i + n, units, NORM_COUNT(units), &taken);
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
    if (is_glued(pass, i) || above < 1 || below < 2 || (below > 19 && below != 100 && below != 1000) ||
        !norm_touching_symbol(pass, i + 1, '/') ||
        !norm_touches(pass, i + 2) || norm_touching_symbol(pass, i + 3, '/'))
        return 0;
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

/* A fraction, and the unit behind it: "1/2 l". */
static size_t rule_fraction(struct norm_pass *pass, size_t i)
{
    size_t taken;
    const size_t n = say_fraction(pass, i);
    const struct unit *const unit = n ? find_unit(pass, i + n, units, NORM_COUNT(units), &taken) : NULL;
    if (!unit)
        return n;
    norm_border(pass, i + n);
    norm_say(pass, unit->single);
    return n + taken;
}

/* ---- words ---- */

/* "Hauptstr. 5": the word's end is the abbreviation. */
static size_t rule_street(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length < 6 || !norm_touching_symbol(pass, i + 1, '.') ||
        memcmp(norm_text(pass, i) + token->length - 3, "str", 3) != 0)
        return 0;
    norm_say_token(pass, i);
    norm_join(pass, "aße");
    norm_keep_stop(pass, i + 2);
    return 2;
}

/* "Ludwig XIV.", "Kapitel IV". */
static size_t rule_roman(struct norm_pass *pass, size_t i)
{
    const unsigned value = norm_roman(pass, i);
    if (!value || !i || norm_touches(pass, i))
        return 0;
    const bool dot = norm_touching_symbol(pass, i + 1, '.');
    static const char rulers[] =
        "ludwig|heinrich|friedrich|wilhelm|karl|otto|elisabeth|johannes|paul|pius|benedikt|franz|maximilian|"
        "leopold|joseph|georg|eduard|richard|katharina|peter|alexander|nikolaus|napoleon|philipp|konrad|gregor";
    if (dot && norm_in_list(pass, i - 1, rulers) && value < 40) {
        norm_say(pass, "der");
        say_day(pass, value, "e");
        norm_keep_stop(pass, i + 2);
        return 2;
    }
    if (!dot && value > 1 &&
        norm_in_list(pass, i - 1, "kapitel|teil|akt|band|szene|weltkrieg|abschnitt|artikel|stufe|klasse|typ|phase")) {
        de_say_value(pass, value, DE_PLAIN);
        return 1;
    }
    return 0;
}

/* ---- symbols ---- */

static size_t rule_symbol(struct norm_pass *pass, size_t i)
{
    static const struct norm_symbol_name names[] = {
        {'&', "und"},         {0xA7, "Paragraf"},      {0xA9, "Copyright"},        {0xB1, "plus minus"},
        {0xD7, "mal"},        {0xF7, "geteilt durch"}, {0x2264, "kleiner gleich"}, {0x2265, "größer gleich"},
        {0x2260, "ungleich"}, {0x2248, "ungefähr"},    {0x221E, "unendlich"},      {0x2122, "Trademark"},
        {0x20AC, "Euro"},     {0x2212, "minus"}};
    static const struct norm_symbol_name between[] = {
        {'+', "plus"}, {'=', "gleich"}, {'*', "mal"}, {'<', "kleiner als"}, {'>', "größer als"}};
    const bool operands = i && (norm_is_kind(pass, i - 1, NORM_DIGITS) || norm_at(pass, i - 1)->length == 1) &&
                          (norm_is_kind(pass, i + 1, NORM_DIGITS) || norm_at(pass, i + 1)->length == 1) &&
                          norm_touches(pass, i) == norm_touches(pass, i + 1);
    if (norm_is_symbol(pass, i, 0xA7) && norm_touching_symbol(pass, i + 1, 0xA7)) {
        norm_say(pass, "Paragrafen");
        return 2;
    }
    for (size_t k = 0; k < NORM_COUNT(names); k++) {
        if (!norm_is_symbol(pass, i, names[k].codepoint))
            continue;
        norm_say(pass, names[k].spoken);
        return 1;
    }
    for (size_t k = 0; operands && k < NORM_COUNT(between); k++) {
        if (!norm_is_symbol(pass, i, between[k].codepoint))
            continue;
        norm_say(pass, between[k].spoken);
        return 1;
    }
    return 0;
}

/* Runs of digits that no other rule can take. */
static size_t rule_digits(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->length > NORM_MAX_DIGITS || *norm_text(pass, i) == '0')
        norm_say_digits(pass, norm_text(pass, i), token->length);
    else
        de_cardinal(pass, norm_text(pass, i), token->length);
    return 1;
}

/* ---- the whole ---- */

static const struct norm_rule rules[] = {{"entity", NORM_SYMBOL, norm_rule_entity},
                                         {"emoji", NORM_SYMBOL | NORM_DIGITS, norm_rule_emoji},
                                         {"e-mail", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_email},
                                         {"url", NORM_WORD | NORM_DIGITS, norm_rule_url},
                                         {"ip", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_ip},
                                         {"path", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_path},
                                         {"handle", NORM_SYMBOL, norm_rule_handle},
                                         {"phone", NORM_DIGITS | NORM_SYMBOL, de_rule_phone},
                                         {"date", NORM_DIGITS, rule_date},
                                         {"time", NORM_DIGITS, rule_time},
                                         {"score", NORM_DIGITS, de_rule_score},
                                         {"years", NORM_DIGITS, de_rule_years},
                                         {"days", NORM_DIGITS, de_rule_days},
                                         {"ordinal", NORM_DIGITS, rule_ordinal},
                                         {"code", NORM_DIGITS, de_rule_code},
                                         {"version", NORM_WORD, de_rule_version},
                                         {"weekday", NORM_WORD, de_rule_weekday},
                                         {"times", NORM_WORD, de_rule_times},
                                         {"fold", NORM_DIGITS, de_rule_fold},
                                         {"decade", NORM_DIGITS, rule_decade},
                                         {"fraction", NORM_DIGITS | NORM_SYMBOL, rule_fraction},
                                         {"money", NORM_WORD | NORM_SYMBOL, rule_money},
                                         {"one", NORM_DIGITS, de_rule_one},
                                         {"quantity", NORM_DIGITS | NORM_SYMBOL, rule_quantity},
                                         {"sign", NORM_SYMBOL | NORM_WORD, de_rule_sign},
                                         {"power", NORM_SYMBOL, de_rule_power},
                                         {"digits", NORM_DIGITS, rule_digits},
                                         {"abbreviation", NORM_WORD, norm_rule_abbreviation},
                                         {"street", NORM_WORD, rule_street},
                                         {"roman", NORM_WORD, rule_roman},
                                         {"identifier", NORM_WORD | NORM_SYMBOL, norm_rule_identifier},
                                         {"symbol", NORM_SYMBOL, rule_symbol},
                                         {"sign", NORM_SYMBOL, norm_rule_sign}};

static const struct norm_symbol_name symbols[] = {
    {'.', "Punkt"},   {'/', "Schrägstrich"}, {':', "Doppelpunkt"}, {'-', "Strich"},    {'_', "Unterstrich"},
    {'@', "at"},      {'?', "Fragezeichen"}, {'=', "gleich"},      {'&', "und"},       {'#', "Raute"},
    {'%', "Prozent"}, {'+', "plus"},         {'~', "Tilde"},       {'\\', "Backslash"}};

const struct normaliser de_normaliser = {
    .rules = rules,
    .n_rules = NORM_COUNT(rules),
    .symbols = symbols,
    .n_symbols = NORM_COUNT(symbols),
    .emoji = &de_emoji,
    .cardinal = de_cardinal,
    .ordinal = de_ordinal,
    .hashtag = "Hashtag",
    .at = "at",
};
