/* English units of measure, and what else stands behind numbers. A unit is a rule of its own, tried behind a
 * number that another rule has spoken, so "5 kg", "5-6 kg" and "half a kg" need no rules of their own. */
#include "normalize_en.h"

#include <string.h>

/* ---- units ---- */

enum { NEAR = 1 }; /* only directly behind the number: "5K" */

struct unit {
    const char *written, *one, *many;
    int flags;
};

/* American spelling; British is made from it. Longest first where one starts another and a token may end there. */
static const struct unit units[] = {{"km", "kilometer", "kilometers", 0},
                                    {"m", "meter", "meters", 0},
                                    {"dm", "decimeter", "decimeters", 0},
                                    {"cm", "centimeter", "centimeters", 0},
                                    {"mm", "millimeter", "millimeters", 0},
                                    {"\xC2\xB5m", "micrometer", "micrometers", 0},
                                    {"\xCE\xBCm", "micrometer", "micrometers", 0},
                                    {"nm", "nanometer", "nanometers", 0},
                                    {"mi", "mile", "miles", 0},
                                    {"yd", "yard", "yards", 0},
                                    {"yds", "yard", "yards", 0},
                                    {"ft", "foot", "feet", 0},
                                    {"in", "inch", "inches", 0},
                                    {"ha", "hectare", "hectares", 0},
                                    {"sq ft", "square foot", "square feet", 0},
                                    {"sq. ft", "square foot", "square feet", 0},
                                    {"sq m", "square meter", "square meters", 0},
                                    {"sq km", "square kilometer", "square kilometers", 0},
                                    {"sq mi", "square mile", "square miles", 0},
                                    {"sqft", "square foot", "square feet", 0},
                                    {"cu ft", "cubic foot", "cubic feet", 0},
                                    {"cc", "cubic centimeter", "cubic centimeters", 0},
                                    {"kg", "kilogram", "kilograms", 0},
                                    {"kgs", "kilogram", "kilograms", 0},
                                    {"mbps", "megabit per second", "megabits per second", 0},
                                    {"kbps", "kilobit per second", "kilobits per second", 0},
                                    {"gbps", "gigabit per second", "gigabits per second", 0},
                                    {"g", "gram", "grams", 0},
                                    {"mg", "milligram", "milligrams", 0},
                                    {"\xC2\xB5g", "microgram", "micrograms", 0},
                                    {"\xCE\xBCg", "microgram", "micrograms", 0},
                                    {"ng", "nanogram", "nanograms", 0},
                                    {"pg", "picogram", "picograms", 0},
                                    {"kDa", "kilodalton", "kilodaltons", 0},
                                    {"mcg", "microgram", "micrograms", 0},
                                    {"t", "ton", "tons", NEAR},
                                    {"lb", "pound", "pounds", 0},
                                    {"lbs", "pound", "pounds", 0},
                                    {"oz", "ounce", "ounces", 0},
                                    {"fl oz", "fluid ounce", "fluid ounces", 0},
                                    {"fl. oz", "fluid ounce", "fluid ounces", 0},
                                    {"l", "liter", "liters", 0},
                                    {"L", "liter", "liters", 0},
                                    {"dl", "deciliter", "deciliters", 0},
                                    {"cl", "centiliter", "centiliters", 0},
                                    {"ml", "milliliter", "milliliters", 0},
                                    {"mL", "milliliter", "milliliters", 0},
                                    {"\xC2\xB5L", "microliter", "microliters", 0},
                                    {"\xCE\xBCL", "microliter", "microliters", 0},
                                    {"\xC2\xB5l", "microliter", "microliters", 0},
                                    {"\xCE\xBCl", "microliter", "microliters", 0},
                                    {"nL", "nanoliter", "nanoliters", 0},
                                    {"gal", "gallon", "gallons", 0},
                                    {"qt", "quart", "quarts", 0},
                                    {"pt", "point", "points", 0},
                                    {"pts", "point", "points", 0},
                                    {"tbsp", "tablespoon", "tablespoons", 0},
                                    {"Tbsp", "tablespoon", "tablespoons", 0},
                                    {"tsp", "teaspoon", "teaspoons", 0},
                                    {"Tsp", "teaspoon", "teaspoons", 0},
                                    {"h", "hour", "hours", 0},
                                    {"hr", "hour", "hours", 0},
                                    {"hrs", "hour", "hours", 0},
                                    {"min", "minute", "minutes", 0},
                                    {"mins", "minute", "minutes", 0},
                                    {"s", "second", "seconds", 0},
                                    {"sec", "second", "seconds", 0},
                                    {"secs", "second", "seconds", 0},
                                    {"ms", "millisecond", "milliseconds", 0},
                                    {"\xC2\xB5s", "microsecond", "microseconds", 0},
                                    {"\xCE\xBCs", "microsecond", "microseconds", 0},
                                    {"ns", "nanosecond", "nanoseconds", 0},
                                    {"wk", "week", "weeks", 0},
                                    {"wks", "week", "weeks", 0},
                                    {"mo", "month", "months", 0},
                                    {"mos", "month", "months", 0},
                                    {"yr", "year", "years", 0},
                                    {"yrs", "year", "years", 0},
                                    {"Hz", "hertz", "hertz", 0},
                                    {"kHz", "kilohertz", "kilohertz", 0},
                                    {"MHz", "megahertz", "megahertz", 0},
                                    {"GHz", "gigahertz", "gigahertz", 0},
                                    {"THz", "terahertz", "terahertz", 0},
                                    {"kB", "kilobyte", "kilobytes", 0},
                                    {"KB", "kilobyte", "kilobytes", 0},
                                    {"MB", "megabyte", "megabytes", 0},
                                    {"GB", "gigabyte", "gigabytes", 0},
                                    {"TB", "terabyte", "terabytes", 0},
                                    {"PB", "petabyte", "petabytes", 0},
                                    {"EB", "exabyte", "exabytes", 0},
                                    {"KiB", "kibibyte", "kibibytes", 0},
                                    {"MiB", "mebibyte", "mebibytes", 0},
                                    {"GiB", "gibibyte", "gibibytes", 0},
                                    {"TiB", "tebibyte", "tebibytes", 0},
                                    {"bit", "bit", "bits", 0},
                                    {"kbit", "kilobit", "kilobits", 0},
                                    {"Mbit", "megabit", "megabits", 0},
                                    {"Gbit", "gigabit", "gigabits", 0},
                                    {"kb", "kilobit", "kilobits", 0},
                                    {"Kb", "kilobit", "kilobits", 0},
                                    {"Mb", "megabit", "megabits", 0},
                                    {"Gb", "gigabit", "gigabits", 0},
                                    {"bps", "bit per second", "bits per second", 0},
                                    {"kbps", "kilobit per second", "kilobits per second", 0},
                                    {"Kbps", "kilobit per second", "kilobits per second", 0},
                                    {"Mbps", "megabit per second", "megabits per second", 0},
                                    {"Gbps", "gigabit per second", "gigabits per second", 0},
                                    {"kts", "knot", "knots", 0},
                                    {"mph", "mile per hour", "miles per hour", 0},
                                    {"kph", "kilometer per hour", "kilometers per hour", 0},
                                    {"kmh", "kilometer per hour", "kilometers per hour", 0},
                                    {"mpg", "mile per gallon", "miles per gallon", 0},
                                    {"rpm", "revolution per minute", "revolutions per minute", 0},
                                    {"bpm", "beat per minute", "beats per minute", 0},
                                    {"fps", "frame per second", "frames per second", 0},
                                    {"dpi", "dot per inch", "dots per inch", 0},
                                    {"ppi", "pixel per inch", "pixels per inch", 0},
                                    {"ppm", "part per million", "parts per million", 0},
                                    {"ppb", "part per billion", "parts per billion", 0},
                                    {"psi", "P.S.I", "P.S.I", 0},
                                    {"px", "pixel", "pixels", 0},
                                    {"MP", "megapixel", "megapixels", 0},
                                    {"V", "volt", "volts", 0},
                                    {"kV", "kilovolt", "kilovolts", 0},
                                    {"mV", "millivolt", "millivolts", 0},
                                    {"A", "amp", "amps", NEAR},
                                    {"mA", "milliamp", "milliamps", 0},
                                    {"VAC", "volt A.C", "volts A.C", 0},
                                    {"VDC", "volt D.C", "volts D.C", 0},
                                    {"\xC2\xB5V", "microvolt", "microvolts", 0},
                                    {"\xC2\xB5W", "microwatt", "microwatts", 0},
                                    {"\xC2\xB5"
                                     "A",
                                     "microamp", "microamps", 0},
                                    {"mAh", "milliamp hour", "milliamp hours", 0},
                                    {"Ah", "amp hour", "amp hours", 0},
                                    {"W", "watt", "watts", 0},
                                    {"mW", "milliwatt", "milliwatts", 0},
                                    {"kW", "kilowatt", "kilowatts", 0},
                                    {"MW", "megawatt", "megawatts", 0},
                                    {"GW", "gigawatt", "gigawatts", 0},
                                    {"TW", "terawatt", "terawatts", 0},
                                    {"Wh", "watt hour", "watt hours", 0},
                                    {"kWh", "kilowatt hour", "kilowatt hours", 0},
                                    {"MWh", "megawatt hour", "megawatt hours", 0},
                                    {"GWh", "gigawatt hour", "gigawatt hours", 0},
                                    {"J", "joule", "joules", 0},
                                    {"kJ", "kilojoule", "kilojoules", 0},
                                    {"MJ", "megajoule", "megajoules", 0},
                                    {"cal", "calorie", "calories", 0},
                                    {"kcal", "kilocalorie", "kilocalories", 0},
                                    {"eV", "electron volt", "electron volts", 0},
                                    {"keV", "kiloelectron volt", "kiloelectron volts", 0},
                                    {"MeV", "megaelectron volt", "megaelectron volts", 0},
                                    {"GeV", "gigaelectron volt", "gigaelectron volts", 0},
                                    {"hp", "horsepower", "horsepower", 0},
                                    {"N", "newton", "newtons", NEAR},
                                    {"Nm", "newton meter", "newton meters", 0},
                                    {"kN", "kilonewton", "kilonewtons", 0},
                                    {"Pa", "pascal", "pascals", 0},
                                    {"hPa", "hectopascal", "hectopascals", 0},
                                    {"kPa", "kilopascal", "kilopascals", 0},
                                    {"MPa", "megapascal", "megapascals", 0},
                                    {"GPa", "gigapascal", "gigapascals", 0},
                                    {"atm", "atmosphere", "atmospheres", 0},
                                    {"mbar", "millibar", "millibars", 0},
                                    {"mmHg", "millimeter of mercury", "millimeters of mercury", 0},
                                    {"dB", "decibel", "decibels", 0},
                                    {"dBA", "decibel eigh", "decibels eigh", 0},
                                    {"\xCE\xA9", "ohm", "ohms", 0},
                                    {"\xE2\x84\xA6", "ohm", "ohms", 0},
                                    {"k\xCE\xA9", "kilohm", "kilohms", 0},
                                    {"M\xCE\xA9", "megohm", "megohms", 0},
                                    {"pF", "picofarad", "picofarads", 0},
                                    {"nF", "nanofarad", "nanofarads", 0},
                                    {"\xC2\xB5"
                                     "F",
                                     "microfarad", "microfarads", 0},
                                    {"mH", "millihenry", "millihenries", 0},
                                    {"lm", "lumen", "lumens", 0},
                                    {"lx", "lux", "lux", 0},
                                    {"cd", "candela", "candelas", 0},
                                    {"mol", "mole", "moles", 0},
                                    {"mmol", "millimole", "millimoles", 0},
                                    {"mM", "millimolar", "millimolar", 0},
                                    {"nM", "nanomolar", "nanomolar", 0},
                                    {"\xC2\xB5M", "micromolar", "micromolar", 0},
                                    {"\xCE\xBCM", "micromolar", "micromolar", 0},
                                    {"Bq", "becquerel", "becquerels", 0},
                                    {"Sv", "sievert", "sieverts", 0},
                                    {"mSv", "millisievert", "millisieverts", 0},
                                    {"K", "K", "K", NEAR},
                                    {"k", "K", "K", NEAR},
                                    {"M", "million", "million", NEAR},
                                    {"G", "G", "G", NEAR},
                                    {"x", "times", "times", NEAR},
                                    {"\xC3\x97", "times", "times", NEAR},
                                    {"\xC2\xB0"
                                     "C",
                                     "degree Celsius", "degrees Celsius", 0},
                                    {"\xC2\xB0 C", "degree Celsius", "degrees Celsius", 0},
                                    {"\xE2\x84\x83", "degree Celsius", "degrees Celsius", 0},
                                    {"\xC2\xB0"
                                     "F",
                                     "degree Fahrenheit", "degrees Fahrenheit", 0},
                                    {"\xC2\xB0 F", "degree Fahrenheit", "degrees Fahrenheit", 0},
                                    {"\xE2\x84\x89", "degree Fahrenheit", "degrees Fahrenheit", 0},
                                    {"\xC2\xB0"
                                     "K",
                                     "degree Kelvin", "degrees Kelvin", 0},
                                    {"\xC2\xB0", "degree", "degrees", 0},
                                    {"%", "percent", "percent", 0},
                                    {"pc", "percent", "percent", NEAR},
                                    {"pcs", "piece", "pieces", 0},
                                    {"\"", "inch", "inches", NEAR},
                                    {"\xE2\x80\xB3", "inch", "inches", NEAR},
                                    {"\xE2\x80\xB0", "per mille", "per mille", 0},
                                    {"pp", "percentage point", "percentage points", NEAR},
                                    {"bp", "basis point", "basis points", NEAR},
                                    {"bps", "basis point", "basis points", 0}};

/* "5 KM", "100 MBPS": in capitals those that nothing else is written like. */
static const struct unit *find_shouted(const struct norm_pass *pass, size_t i, size_t *n)
{
    static const char known[] =
        "km|cm|kg|kgs|mg|ml|cl|lb|lbs|oz|ft|yds|sqft|kbps|mbps|gbps|mph|kph|mpg|rpm|bpm|fps|hrs|mins|secs|yrs|kcal";
    static const struct norm_entry mixed[] = {{"HZ", "Hz"}, {"KHZ", "kHz"}, {"MHZ", "MHz"}, {"GHZ", "GHz"},
                                              {"KW", "kW"}, {"KWH", "kWh"}, {"KV", "kV"},   {"DB", "dB"}};
    *n = 0;
    if (!norm_at(pass, i)->all_caps || norm_at(pass, i)->length < 2)
        return NULL;
    const struct norm_entry *const entry = norm_find(pass, i, mixed, NORM_COUNT(mixed));
    const bool listed = norm_in_list(pass, i, known);
    for (size_t k = 0; (listed || entry) && k < NORM_COUNT(units); k++) {
        if (entry ? strcmp(units[k].written, entry->spoken) != 0 : !norm_is_word(pass, i, units[k].written))
            continue;
        *n = 1;
        return &units[k];
    }
    return NULL;
}

static const struct unit *find_unit(const struct norm_pass *pass, size_t i, size_t *n)
{
    const char first = *norm_text(pass, i);
    for (size_t k = 0; i < pass->n_tokens && k < NORM_COUNT(units); k++) {
        if (units[k].written[0] != first || ((units[k].flags & NEAR) && !norm_touches(pass, i)))
            continue;
        if ((*n = norm_match(pass, i, units[k].written)) > 0)
            return &units[k];
    }
    return find_shouted(pass, i, n);
}

/* An opening quote waits for the mark at token i. */
static bool in_quotes(const struct norm_pass *pass, size_t i)
{
    bool open = false;
    for (size_t n = 0; n < NORM_LOOK_AHEAD && i-- > 0; n++)
        open = open != (norm_is_symbol(pass, i, '"') || norm_is_symbol(pass, i, 0x201C));
    return open;
}

/* The mark behind a decimal or a fraction, 15.6" or 7/8", that closes no quotation. Whole numbers are
 * en_rule_feet's. */
static bool is_inch_mark(const struct norm_pass *pass, size_t i)
{
    unsigned long above, below;
    const bool decimal = i >= 3 && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_touching_symbol(pass, i - 2, '.') &&
                         norm_touching_kind(pass, i - 1, NORM_DIGITS);
    const bool fraction = i && (en_read_fraction(pass, i - 1, &above, &below) == 1 ||
                                (i >= 3 && en_read_fraction(pass, i - 3, &above, &below) == 3));
    return (decimal || fraction) && !in_quotes(pass, i);
}

/* "in" behind a number is mostly the preposition. */
static bool is_really_inch(const struct norm_pass *pass, size_t i)
{
    if (norm_touches(pass, i) || (i >= 2 && norm_in_list(pass, i - 2, "x|by|ft")) ||
        (i >= 3 && norm_is_symbol(pass, i - 2, '.') && norm_is(pass, i - 3, "ft")))
        return true;
    if (norm_touching_symbol(pass, i + 1, '.'))
        return norm_touching_symbol(pass, i + 2, ',') || norm_touching_symbol(pass, i + 2, ')') ||
               norm_touching_symbol(pass, i + 2, ';') || (!norm_at_end(pass, i + 2) && norm_at(pass, i + 2)->lower);
    return norm_in_list(pass, i + 1, "x|by|long|wide|tall|high|deep|thick|diameter") ||
           norm_is_symbol(pass, i + 1, 0xD7);
}

/* British spelling: "metre", "litre". */
static void say_spelt(struct norm_pass *pass, const char *word)
{
    static const char *const endings[] = {"meter", "liter"};
    for (size_t k = 0; en_is_british(pass) && k < NORM_COUNT(endings); k++) {
        const char *const ending = strstr(word, endings[k]);
        if (!ending)
            continue;
        norm_say_bytes(pass, word, (size_t)(ending - word) + 3);
        norm_join(pass, "re");
        norm_join(pass, ending + 5);
        return;
    }
    norm_say(pass, word);
}

/* "1/3" or a sign such as that for a quarter, without a whole number, before token i. */
static bool is_part_before(const struct norm_pass *pass, size_t i)
{
    unsigned long above, below;
    if (norm_is_kind(pass, i - 1, NORM_SYMBOL))
        return en_read_fraction(pass, i - 1, &above, &below) == 1 &&
               !(norm_touches(pass, i - 1) && norm_is_kind(pass, i - 2, NORM_DIGITS));
    return i >= 3 && en_read_fraction(pass, i - 3, &above, &below) == 3 && above < below &&
           !norm_touches(pass, i - 3) && !norm_is_kind(pass, i - 4, NORM_DIGITS);
}

/* The number before token i is exactly 1, or less. */
static bool is_one_before(const struct norm_pass *pass, size_t i)
{
    if (is_part_before(pass, i))
        return true;
    if (!norm_is(pass, i - 1, "1"))
        return false;
    if (i < 2 || !norm_touches(pass, i - 1))
        return true;
    const uint32_t before = norm_at(pass, i - 2)->codepoint;
    if (en_is_dash(pass, i - 2) && !norm_touches(pass, i - 2)) /* "-1 kg" */
        return true;
    return !norm_is_kind(pass, i - 2, NORM_DIGITS) && before != '.' && before != ',' && !en_is_dash(pass, i - 2);
}

static bool is_superscript(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    return norm_touches(pass, i) && norm_is_kind(pass, i, NORM_SYMBOL) &&
           (c == 0xB9 || c == 0xB2 || c == 0xB3 || (c >= 0x2070 && c <= 0x207B));
}

/* "10⁸" ends at token i. */
static bool is_power_of_ten(const struct norm_pass *pass, size_t i)
{
    for (size_t n = 0; n < 4 && is_superscript(pass, i); n++, i--)
        if (norm_is(pass, i - 1, "10"))
            return true;
    return false;
}

/* A number stands before token i: digits, a fraction sign, or digits and "million". */
static bool is_behind_number(const struct norm_pass *pass, size_t i)
{
    unsigned long above, below;
    if (!i)
        return false;
    if (norm_is_kind(pass, i - 1, NORM_DIGITS))
        return i < 2 || !norm_touches(pass, i - 1) || !norm_is_kind(pass, i - 2, NORM_WORD) ||
               norm_is(pass, i - 2, "x") ||
               (norm_is_word(pass, i - 2, "e") && norm_touching_kind(pass, i - 2, NORM_WORD) &&
                norm_is_kind(pass, i - 3, NORM_DIGITS));
    if (norm_is_kind(pass, i - 1, NORM_SYMBOL))
        return en_read_fraction(pass, i - 1, &above, &below) == 1 || is_power_of_ten(pass, i - 1);
    return i >= 2 && norm_is_kind(pass, i - 2, NORM_DIGITS) && en_magnitude(pass, i - 1, false);
}

/* "m2", "cm3": a unit of length of n tokens at token i, with its power on the line. */
static bool is_plain_power(const struct norm_pass *pass, size_t i, size_t n)
{
    return n == 1 && norm_in_list(pass, i, "m|km|dm|cm|mm|ft|yd|mi") && norm_touches(pass, i + 1) &&
           (norm_is(pass, i + 1, "2") || norm_is(pass, i + 1, "3")) && !norm_touching_kind(pass, i + 2, NORM_WORD) &&
           !(norm_touches(pass, i + 2) && norm_touching_kind(pass, i + 3, NORM_DIGITS));
}

/* A power behind a unit: "²", "^2", "2"; returns its tokens. */
static size_t read_power(const struct norm_pass *pass, size_t i, unsigned *power)
{
    *power = 0;
    if (i && norm_touching_kind(pass, i, NORM_DIGITS)) {
        *power = is_plain_power(pass, i - 1, 1) ? (unsigned)norm_value(pass, i, 1) : 0;
        return *power ? 1 : 0;
    }
    *power = norm_touching_symbol(pass, i, 0xB2) ? 2 : norm_touching_symbol(pass, i, 0xB3) ? 3 : 0;
    if (*power)
        return 1;
    if (!norm_touching_symbol(pass, i, '^') || !norm_touches(pass, i + 1))
        return 0;
    *power = norm_is(pass, i + 1, "2") ? 2 : norm_is(pass, i + 1, "3") ? 3 : 0;
    return *power ? 2 : 0;
}

/* "/h", "/s²" behind a unit. */
static size_t say_per(struct norm_pass *pass, size_t i)
{
    size_t n;
    unsigned power;
    if (!norm_touching_symbol(pass, i, '/') || !norm_touches(pass, i + 1))
        return 0;
    const struct unit *const unit = find_unit(pass, i + 1, &n);
    if (!unit || (norm_touching_kind(pass, i + 1 + n, NORM_DIGITS) && !is_plain_power(pass, i + 1, n)))
        return 0;
    norm_say(pass, "per");
    const size_t raised = read_power(pass, i + 1 + n, &power);
    const bool time = norm_is(pass, i + 1, "s");
    if (power && !time)
        norm_say(pass, power == 2 ? "square" : "cubic");
    say_spelt(pass, unit->one);
    if (power && time)
        norm_say(pass, power == 2 ? "squared" : "cubed");
    return 1 + n + raised;
}

/* "s⁻¹", "m⁻³": a unit to a power below zero at token i. */
static size_t say_inverse(struct norm_pass *pass, size_t i)
{
    size_t n;
    const size_t dot = norm_is_symbol(pass, i, 0xB7) || norm_is_symbol(pass, i, 0x22C5);
    const struct unit *unit = find_unit(pass, i + dot, &n);
    const bool kelvin = !unit && norm_is(pass, i + dot, "K");
    n = kelvin ? 1 : n;
    if ((!unit && !kelvin) || !norm_touching_symbol(pass, i + dot + n, 0x207B) ||
        !is_superscript(pass, i + dot + n + 1))
        return 0;
    const uint32_t power = norm_at(pass, i + dot + n + 1)->codepoint;
    const bool time = norm_is(pass, i + dot, "s");
    if (power != 0xB9 && power != 0xB2 && power != 0xB3)
        return 0;
    norm_say(pass, "per");
    if (power != 0xB9 && !time)
        norm_say(pass, power == 0xB2 ? "square" : "cubic");
    say_spelt(pass, kelvin ? "kelvin" : unit->one);
    if (power != 0xB9 && time)
        norm_say(pass, power == 0xB2 ? "squared" : "cubed");
    return dot + n + 2;
}

static size_t say_inverses(struct norm_pass *pass, size_t i)
{
    size_t n = 0;
    for (size_t taken = 1; taken && n < 30; n += taken)
        taken = say_inverse(pass, i + n);
    return n;
}

size_t en_unit_length(const struct norm_pass *pass, size_t i)
{
    size_t n;
    const struct unit *const unit = find_unit(pass, i, &n);
    if (!unit || (norm_is(pass, i, "in") && !is_really_inch(pass, i)) ||
        (norm_touching_kind(pass, i + n, NORM_DIGITS) && !is_plain_power(pass, i, n)) ||
        norm_touching_kind(pass, i + n, NORM_WORD))
        return 0;
    if (norm_is(pass, i, "x") && (norm_is_symbol(pass, i + 1, '+') || norm_is_symbol(pass, i + 1, '=') ||
                                  norm_is_symbol(pass, i + 1, '-') || norm_is_symbol(pass, i + 1, '^')))
        return 0; /* "2x + 1" */
    if (norm_is_kind(pass, i, NORM_SYMBOL) && (norm_is_symbol(pass, i, '"') || norm_is_symbol(pass, i, 0x2033)) &&
        !is_inch_mark(pass, i))
        return 0;
    const size_t label = i >= 3 && norm_is_symbol(pass, i - 2, '.') ? i - 3 : i - 2; /* "Apt. 4A" */
    if (norm_at(pass, i)->all_caps && norm_at(pass, i)->length == 1 && norm_touches(pass, i) && i >= 2 &&
        ((norm_is(pass, i, "A") && norm_at(pass, label)->capital && !norm_is(pass, label, "A")) ||
         norm_in_list(pass, label,
                      "seat|room|rm|gate|unit|row|platform|bus|line|flat|bay|section|exit|apt|apartment|suite|"
                      "door|terminal|building|class|question|form|figure|fig|table|appendix|part|page|rule|"
                      "article|clause|item|lot|zone|route|highway|chapter|number|no")))
        return 0; /* "Room 5A", "exit 12A" */
    return n;
}

/* The dot behind "5 ft." belongs to the unit when the sentence goes on. */
static bool takes_dot(const struct norm_pass *pass, size_t i, size_t n)
{
    static const char with_dot[] =
        "ft|in|lb|lbs|oz|hr|hrs|min|mins|sec|secs|yr|yrs|mi|yd|gal|qt|pt|tbsp|tsp|mo|wk|wks|mph";
    return norm_touching_symbol(pass, i + n, '.') && !norm_at_end(pass, i + n + 1) &&
           norm_in_list(pass, i + n - 1, with_dot) &&
           (norm_at(pass, i + n + 1)->lower || norm_is_kind(pass, i + n + 1, NORM_DIGITS) ||
            norm_touches(pass, i + n + 1));
}

/* "2h 4m 12s": minutes between hours and seconds. */
static bool is_minute(const struct norm_pass *pass, size_t i)
{
    if (!norm_is(pass, i, "m"))
        return false;
    const bool hours = i >= 3 && norm_is_kind(pass, i - 3, NORM_DIGITS) && norm_in_list(pass, i - 2, "h|hr|hrs");
    return hours || (norm_is_kind(pass, i + 1, NORM_DIGITS) && norm_touches(pass, i + 2) && norm_is(pass, i + 2, "s"));
}

/* A unit behind a number. */
size_t en_rule_unit(struct norm_pass *pass, size_t i)
{
    size_t n = is_behind_number(pass, i) ? en_unit_length(pass, i) : 0, taken;
    unsigned power;
    const bool direction = n && norm_is_name(pass, i) && !norm_touches(pass, i) &&
                           norm_abbreviation(pass, i, &taken); /* "5 W. Main St." */
    if (!n || direction ||
        (norm_touching_symbol(pass, i + n, '-') && norm_is_kind(pass, i, NORM_WORD) && !norm_touches(pass, i) &&
         !norm_touching_kind(pass, i + n + 1, NORM_DIGITS)))
        return 0;
    const size_t inverse = say_inverses(pass, i); /* "5 s⁻¹" */
    if (inverse)
        return inverse;
    if (is_minute(pass, i)) {
        norm_say(pass, is_one_before(pass, i) ? "minute" : "minutes");
        return 1;
    }
    const struct unit *const unit = find_unit(pass, i, &n);
    const size_t raised = read_power(pass, i + n, &power);
    if (power)
        norm_say(pass, power == 2 ? "square" : "cubic");
    const bool attribute = i >= 2 && en_is_attribute(pass, norm_number_start(pass, i - 1), i + n);
    say_spelt(pass, attribute || is_one_before(pass, i) ? unit->one : unit->many);
    n += raised;
    n += say_per(pass, i + n);
    n += say_inverses(pass, i + n); /* "9.8 m s⁻²" */
    return n + (takes_dot(pass, i, n) ? 1 : 0);
}

static bool is_foot_mark(const struct norm_pass *pass, size_t i)
{
    return norm_touching_symbol(pass, i, '\'') || norm_touching_symbol(pass, i, 0x2032) ||
           norm_touching_symbol(pass, i, 0x2019);
}

/* "5-kg", "3-ft": a hyphen between number and unit. */
static size_t hyphen_unit(struct norm_pass *pass, size_t i)
{
    size_t n;
    if (!norm_touching_symbol(pass, i, '-') || !i || !norm_is_kind(pass, i - 1, NORM_DIGITS) ||
        !norm_touches(pass, i + 1) || !norm_is_kind(pass, i + 1, NORM_WORD) || norm_at(pass, i + 1)->length < 2)
        return 0;
    const struct unit *const unit = find_unit(pass, i + 1, &n);
    if (!unit ||
        (norm_touches(pass, i + 1 + n) && (!norm_is_kind(pass, i + 1 + n, NORM_SYMBOL) || en_is_dash(pass, i + 1 + n))))
        return 0;
    say_spelt(pass, unit->one);
    return 1 + n;
}

/* "3x4", "3 × 4 m", "1920x1080"; "times" where a result follows. Also a unit behind a hyphen. */
size_t en_rule_by(struct norm_pass *pass, size_t i)
{
    const bool sign = norm_is(pass, i, "x") || norm_is_symbol(pass, i, 0xD7);
    if (!sign)
        return hyphen_unit(pass, i);
    if (!is_behind_number(pass, i) && !(i && (norm_is_symbol(pass, i - 1, '"') || is_foot_mark(pass, i - 1))) &&
        !(i > 1 && norm_is_symbol(pass, i - 1, '.') && en_unit_length(pass, i - 2)) &&
        !(i && norm_is_kind(pass, i - 1, NORM_WORD) && en_unit_length(pass, i - 1)))
        return 0;
    if (!norm_is_kind(pass, i + 1, NORM_DIGITS) || norm_touches(pass, i) != norm_touches(pass, i + 1))
        return 0;
    struct norm_number number;
    const size_t n = norm_read_number(pass, i + 1, false, &number);
    const bool power =
        norm_is(pass, i + 1, "10") && norm_touches(pass, i + 2) && norm_is_kind(pass, i + 2, NORM_SYMBOL);
    norm_say(pass, power || norm_is_symbol(pass, i + 1 + n, '=') ? "times" : "by");
    return 1;
}

/* ---- feet and inches, minutes of arc ---- */

static size_t inch_mark(const struct norm_pass *pass, size_t i)
{
    if (norm_touching_symbol(pass, i, '"') || norm_touching_symbol(pass, i, 0x2033) ||
        norm_touching_symbol(pass, i, 0x201D))
        return 1;
    return norm_touching_symbol(pass, i, '\'') && norm_touching_symbol(pass, i + 1, '\'') ? 2 : 0;
}

static size_t arc(struct norm_pass *pass, size_t i)
{
    const bool minutes = norm_touching_symbol(pass, i + 1, 0x2032) || norm_touching_symbol(pass, i + 1, '\'');
    const bool seconds = inch_mark(pass, i + 1) > 0;
    if (!minutes && !seconds)
        return 0;
    en_cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length);
    const bool one = norm_is(pass, i, "1");
    norm_say(pass, minutes ? one ? "minute" : "minutes" : one ? "second" : "seconds");
    return 1 + (minutes ? 1 : inch_mark(pass, i + 1));
}

/* "5'11\"", "6' tall", "12\" pipe", and the minutes in 51°30′. */
size_t en_rule_feet(struct norm_pass *pass, size_t i)
{
    const long feet = norm_value(pass, i, 5);
    if (feet < 0)
        return 0;
    if (i && norm_touches(pass, i) && (norm_is_symbol(pass, i - 1, 0xB0) || norm_is_symbol(pass, i - 1, 0x2032)))
        return arc(pass, i);
    if (i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(') && !norm_is_symbol(pass, i - 1, '"') &&
        !norm_is(pass, i - 1, "x"))
        return 0;
    const size_t only_inches = inch_mark(pass, i + 1);
    const bool behind_by = i && norm_in_list(pass, i - 1, "x|by");
    static const char sizes[] = "tall|high|long|wide|deep|thick|x|by|and|or|in|of|is|was|to|from|at|on";
    if (only_inches) {
        if (!behind_by && norm_is_symbol(pass, i + 1, '"') && in_quotes(pass, i + 1))
            return 0;
        const bool noun = (norm_is_kind(pass, i + 1 + only_inches, NORM_WORD) ||
                           norm_is_kind(pass, i + 1 + only_inches, NORM_DIGITS)) && /* "27\" 4K monitor" */
                          !norm_touches(pass, i + 1 + only_inches);
        if (!noun && !norm_is_symbol(pass, i + 1, 0x2033) && !behind_by)
            return 0;
        norm_say_number(pass, (unsigned long)feet);
        norm_say(pass, feet == 1 || (noun && !norm_in_list(pass, i + 1 + only_inches, sizes)) ? "inch" : "inches");
        return 1 + only_inches;
    }
    if (!is_foot_mark(pass, i + 1))
        return 0;
    const bool apart = norm_value(pass, i + 2, 2) >= 0 && inch_mark(pass, i + 3); /* 5' 11" */
    const long inches = norm_touches(pass, i + 2) || apart ? norm_value(pass, i + 2, 2) : -1;
    if (inches < 0 && !norm_is_symbol(pass, i + 1, 0x2032) && !behind_by && !norm_in_list(pass, i + 2, sizes))
        return 0;
    if (inches > 12)
        return 0;
    norm_say_number(pass, (unsigned long)feet);
    norm_say(pass, feet == 1 ? "foot" : "feet");
    if (inches < 0)
        return 2;
    norm_say_number(pass, (unsigned long)inches);
    const size_t mark = inch_mark(pass, i + 3);
    norm_say(pass, inches == 1 ? "inch" : "inches");
    return 3 + mark;
}

/* ---- per ---- */

/* "€5", "$5.50", "5 €" stands before token i. */
static bool is_money_before(const struct norm_pass *pass, size_t i)
{
    static const uint32_t signs[] = {'$', 0xA3, 0xA5, 0x20AC};
    const size_t decimals = i >= 3 && norm_is_symbol(pass, i - 2, '.') ? 2 : 0;
    for (size_t k = 0; k < NORM_COUNT(signs); k++)
        if (norm_is_symbol(pass, i - 1, signs[k]) ||
            (i >= 2 + decimals && norm_is_symbol(pass, i - 2 - decimals, signs[k])))
            return true;
    return false;
}

/* "1080p", "720i": the lines of a picture. */
size_t en_rule_picture(struct norm_pass *pass, size_t i)
{
    static const char heights[] = "240|360|480|540|576|720|1080|1440|2160|4320";
    if (en_is_glued_before(pass, i) || !norm_in_list(pass, i, heights) || !norm_touching_kind(pass, i + 1, NORM_WORD) ||
        !norm_in_list(pass, i + 1, "p|i"))
        return 0;
    const unsigned long value = (unsigned long)norm_value(pass, i, 4);
    norm_say_number(pass, value / 100);
    en_pair(pass, value % 100);
    norm_border(pass, i + 1);
    norm_say(pass, norm_is_word(pass, i + 1, "p") ? "P" : "I");
    return 2;
}

/* "$5/month", "3/day": a slash behind a number or unit, before a word for what is counted. */
size_t en_rule_per(struct norm_pass *pass, size_t i)
{
    static const struct norm_entry nouns[] = {{"day", "day"},         {"week", "week"},
                                              {"month", "month"},     {"year", "year"},
                                              {"hour", "hour"},       {"night", "night"},
                                              {"minute", "minute"},   {"second", "second"},
                                              {"person", "person"},   {"user", "user"},
                                              {"unit", "unit"},       {"mo", "month"},
                                              {"yr", "year"},         {"hr", "hour"},
                                              {"h", "hour"},          {"min", "minute"},
                                              {"sec", "second"},      {"s", "second"},
                                              {"kg", "kilogram"},     {"lb", "pound"},
                                              {"km", "kilometer"},    {"wk", "week"},
                                              {"pp", "person"},       {"gal", "gallon"},
                                              {"capita", "capita"},   {"mile", "mile"},
                                              {"seat", "seat"},       {"share", "share"},
                                              {"serving", "serving"}, {"page", "page"},
                                              {"game", "game"},       {"item", "item"},
                                              {"piece", "piece"},     {"barrel", "barrel"},
                                              {"ounce", "ounce"},     {"acre", "acre"},
                                              {"head", "head"},       {"kwh", "kilowatt hour"},
                                              {"bbl", "barrel"},      {"oz", "ounce"},
                                              {"g", "gram"},          {"t", "ton"},
                                              {"ton", "ton"},         {"tonne", "tonne"},
                                              {"l", "liter"}};
    if (!norm_is_symbol(pass, i, '/') || !i || !norm_touches(pass, i) || !norm_touches(pass, i + 1))
        return 0;
    const bool number = norm_is_kind(pass, i - 1, NORM_DIGITS) || norm_is_symbol(pass, i - 1, 0x20AC) ||
                        (i >= 2 && norm_is_kind(pass, i - 1, NORM_WORD) && norm_is_kind(pass, i - 2, NORM_DIGITS));
    const struct norm_entry *const entry = number ? norm_find_lower(pass, i + 1, nouns, NORM_COUNT(nouns)) : NULL;
    if (!entry && is_money_before(pass, i))
        return say_per(pass, i);
    if (!entry || norm_touching_kind(pass, i + 2, NORM_DIGITS))
        return 0;
    norm_say(pass, "per");
    say_spelt(pass, entry->spoken);
    return 2;
}

/* ---- points of the compass ---- */

/* "40° N", "74°0′22″W". */
size_t en_rule_compass(struct norm_pass *pass, size_t i)
{
    static const struct norm_entry points[] = {{"N", "north"}, {"S", "south"}, {"E", "east"}, {"W", "west"}};
    const struct norm_entry *const point = norm_find(pass, i, points, NORM_COUNT(points));
    const uint32_t sign = i >= 2 && norm_is_kind(pass, i - 1, NORM_SYMBOL) ? norm_at(pass, i - 1)->codepoint : 0;
    const bool arc_sign = sign == 0xB0 || sign == 0x2032 || sign == 0x2033;
    if (!point || !arc_sign || !norm_touching_symbol(pass, i - 1, sign) || !norm_is_kind(pass, i - 2, NORM_DIGITS) ||
        norm_touching_kind(pass, i + 1, NORM_DIGITS))
        return 0;
    norm_say(pass, point->spoken);
    return 1;
}
