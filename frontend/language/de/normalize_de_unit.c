/* German units and currencies. */
#include "normalize_de.h"

static const struct de_unit currencies[] = {
    {"€", "ein", "Euro", "Euro"},
    {"EUR", "ein", "Euro", "Euro"},
    {"Euro", "ein", "Euro", "Euro"},
    {"Dollar", "ein", "Dollar", "Dollar"},
    {"US-Dollar", "ein", "US-Dollar", "US-Dollar"},
    {"Franken", "ein", "Franken", "Franken"},
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
    {"CZK", "eine", "Krone", "Kronen"},
};

static const struct de_unit units[] = {
    {"%", "ein", "Prozent", "Prozent"},
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
    {"cm³", "ein", "Kubikzentimeter", "Kubikzentimeter"},
    {"mm²", "ein", "Quadratmillimeter", "Quadratmillimeter"},
    {"mm³", "ein", "Kubikmillimeter", "Kubikmillimeter"},
    {"qm", "ein", "Quadratmeter", "Quadratmeter"},
    {"km", "ein", "Kilometer", "Kilometer"},
    {"m", "ein", "Meter", "Meter"},
    {"cm", "ein", "Zentimeter", "Zentimeter"},
    {"mm", "ein", "Millimeter", "Millimeter"},
    {"\u00B5m", "ein", "Mikrometer", "Mikrometer"},
    {"\u03BCm", "ein", "Mikrometer", "Mikrometer"},
    {"\u00B5g", "ein", "Mikrogramm", "Mikrogramm"},
    {"\u03BCg", "ein", "Mikrogramm", "Mikrogramm"},
    {"\u00B5l", "ein", "Mikroliter", "Mikroliter"},
    {"\u03BCl", "ein", "Mikroliter", "Mikroliter"},
    {"\u00B5s", "eine", "Mikrosekunde", "Mikrosekunden"},
    {"\u03BCs", "eine", "Mikrosekunde", "Mikrosekunden"},
    {"nm", "ein", "Nanometer", "Nanometer"},
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
    {"Std", "eine", "Stunde", "Stunden"},
    {"min", "eine", "Minute", "Minuten"},
    {"Min.", "eine", "Minute", "Minuten"},
    {"Min", "eine", "Minute", "Minuten"},
    {"s", "eine", "Sekunde", "Sekunden"},
    {"Sek.", "eine", "Sekunde", "Sekunden"},
    {"Sek", "eine", "Sekunde", "Sekunden"},
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
    {"px", "ein", "Pixel", "Pixel"},
};

static const struct de_unit *find(const struct norm_pass *pass, size_t i, const struct de_unit *table, size_t n,
                                  size_t *taken)
{
    for (size_t k = 0; k < n; k++)
        if ((*taken = norm_match(pass, i, table[k].written)) > 0 && !norm_touching_kind(pass, i + *taken, NORM_WORD) &&
            !norm_touching_kind(pass, i + *taken, NORM_DIGITS))
            return &table[k];
    *taken = 0;
    return NULL;
}

const struct de_unit *de_find_unit(const struct norm_pass *pass, size_t i, size_t *taken)
{
    return find(pass, i, units, NORM_COUNT(units), taken);
}

const struct de_unit *de_find_currency(const struct norm_pass *pass, size_t i, size_t *taken)
{
    return find(pass, i, currencies, NORM_COUNT(currencies), taken);
}

const struct de_unit *de_find_sign(const struct norm_pass *pass, size_t i, size_t *taken)
{
    for (size_t k = 0; k < NORM_COUNT(currencies); k++)
        if ((*taken = norm_match(pass, i, currencies[k].written)) > 0)
            return &currencies[k];
    return NULL;
}
