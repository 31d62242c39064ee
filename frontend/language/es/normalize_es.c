/* The Spanish normalisers: the data of their rules, which are those of the Romance languages, and times of day. */
#include "normalize_es.h"

static const struct norm_entry short_weekdays[] = {{"lun", "lunes"},  {"mar", "martes"},  {"mié", "miércoles"},
                                                   {"jue", "jueves"}, {"vie", "viernes"}, {"sáb", "sábado"},
                                                   {"dom", "domingo"}};

static const struct norm_entry short_months[] = {
    {"ene", "enero"},      {"feb", "febrero"}, {"mar", "marzo"},     {"abr", "abril"},      {"may", "mayo"},
    {"jun", "junio"},      {"jul", "julio"},   {"ago", "agosto"},    {"sep", "septiembre"}, {"sept", "septiembre"},
    {"set", "septiembre"}, {"oct", "octubre"}, {"nov", "noviembre"}, {"dic", "diciembre"},
};

/* ---- times ---- */

static void say_hours(struct norm_pass *pass, unsigned hour)
{
    ro_say_value(pass, hour, RO_FEMININE);
    norm_say(pass, hour == 1 ? "hora" : "horas");
}

/* "catorce treinta", "nueve cero cinco", "ocho horas", "dos horas y quince minutos". */
static void say_time(struct norm_pass *pass, size_t i, const struct ro_time *time)
{
    const bool article = i && norm_in_list(pass, i - 1, "las|la");
    if (time->has_second || (time->letter && time->minute)) {
        say_hours(pass, time->hour);
        norm_say(pass, time->has_second ? "" : "y");
        ro_cut(pass, time->has_second);
        ro_say_value(pass, time->minute, RO_MASCULINE);
        norm_say(pass, time->minute == 1 ? "minuto" : "minutos");
        if (!time->has_second)
            return;
        norm_say(pass, "y");
        ro_say_value(pass, time->second, RO_MASCULINE);
        norm_say(pass, time->second == 1 ? "segundo" : "segundos");
    } else if (!time->minute) {
        ro_say_value(pass, time->hour, RO_FEMININE);
        if (!article || time->mark || time->letter || time->hour > 12)
            norm_say(pass, time->hour == 1 ? "hora" : "horas");
    } else {
        ro_say_value(pass, time->hour, RO_FEMININE);
        if (time->minute < 10)
            norm_say(pass, "cero");
        ro_say_value(pass, time->minute, RO_ALONE);
        if (time->mark)
            norm_say(pass, "horas");
    }
}

/* "p. m.", "a.m.", "PM": tokens; *evening: which. */
static size_t read_half(const struct norm_pass *pass, size_t i, bool *evening)
{
    *evening = norm_at(pass, i)->codepoint == 'p' || norm_at(pass, i)->codepoint == 'P';
    if (norm_in_list(pass, i, "am|pm"))
        return 1;
    if (!norm_in_list(pass, i, "a|p") || !norm_touching_symbol(pass, i + 1, '.') || !norm_in_list(pass, i + 2, "m"))
        return 0;
    return 3 + norm_touching_symbol(pass, i + 3, '.');
}

/* "10:30 p. m.", "8 am". */
static size_t rule_half_day(struct norm_pass *pass, size_t i)
{
    const long hour = norm_value(pass, i, 2);
    const bool minutes = (norm_touching_symbol(pass, i + 1, ':') || norm_touching_symbol(pass, i + 1, '.')) &&
                         norm_touches(pass, i + 2) && norm_at(pass, i + 2)->length == 2 &&
                         norm_value(pass, i + 2, 2) >= 0 && norm_value(pass, i + 2, 2) < 60;
    const size_t n = minutes ? 3 : 1;
    bool evening;
    const size_t half = read_half(pass, i + n, &evening);
    if (hour < 0 || hour > 12 || !half || !ro_is_free(pass, i))
        return 0;
    ro_say_value(pass, (unsigned)hour, RO_FEMININE);
    const long minute = minutes ? norm_value(pass, i + 2, 2) : 0;
    if (minute) {
        norm_say(pass, minute < 10 ? "cero" : "");
        ro_cut(pass, minute >= 10);
        ro_say_value(pass, (unsigned)minute, RO_ALONE);
    }
    norm_border(pass, i + n);
    if (evening)
        norm_say(pass, hour == 12 ? "del mediodía" : hour < 8 ? "de la tarde" : "de la noche");
    else
        norm_say(pass, hour == 12 ? "de la noche" : hour < 6 ? "de la madrugada" : "de la mañana");
    if (norm_is_symbol(pass, i + n + half - 1, '.'))
        norm_keep_stop(pass, i + n + half);
    return n + half;
}

/* ---- money and units ---- */

#define CENTIMOS "céntimo", "céntimos"
#define CENTAVOS "centavo", "centavos"

/* The first is of Mexico and around alone. */
static const struct ro_noun currencies[] = {
    {"$", "peso", "pesos", false, CENTAVOS},
    {"€", "euro", "euros", false, CENTIMOS},
    {"EUR", "euro", "euros", false, CENTIMOS},
    {"euros", "euro", "euros", false, CENTIMOS},
    {"euro", "euro", "euros", false, CENTIMOS},
    {"US$", "dólar", "dólares", false, CENTAVOS},
    {"U$S", "dólar", "dólares", false, CENTAVOS},
    {"USD", "dólar", "dólares", false, CENTAVOS},
    {"MX$", "peso mexicano", "pesos mexicanos", false, CENTAVOS},
    {"MXN", "peso mexicano", "pesos mexicanos", false, CENTAVOS},
    {"AR$", "peso argentino", "pesos argentinos", false, CENTAVOS},
    {"ARS", "peso argentino", "pesos argentinos", false, CENTAVOS},
    {"COP", "peso colombiano", "pesos colombianos", false, CENTAVOS},
    {"CLP", "peso chileno", "pesos chilenos", false, CENTAVOS},
    {"S/", "sol", "soles", false, CENTIMOS},
    {"PEN", "sol", "soles", false, CENTIMOS},
    {"$", "dólar", "dólares", false, CENTAVOS},
    {"dólares", "dólar", "dólares", false, CENTAVOS},
    {"dólar", "dólar", "dólares", false, CENTAVOS},
    {"pesos", "peso", "pesos", false, CENTAVOS},
    {"peso", "peso", "pesos", false, CENTAVOS},
    {"£", "libra", "libras", true, "penique", "peniques"},
    {"GBP", "libra esterlina", "libras esterlinas", true, "penique", "peniques"},
    {"CHF", "franco suizo", "francos suizos", false, CENTIMOS},
    {"Pts", "peseta", "pesetas", true, CENTIMOS},
    {"pts", "peseta", "pesetas", true, CENTIMOS},
    {"ptas.", "peseta", "pesetas", true, CENTIMOS},
    {"ptas", "peseta", "pesetas", true, CENTIMOS},
    {"¥", "yen", "yenes", false, NULL, NULL},
    {"JPY", "yen", "yenes", false, NULL, NULL},
    {"₽", "rublo", "rublos", false, NULL, NULL},
    {"₹", "rupia", "rupias", true, NULL, NULL},
    {"R$", "real", "reales", false, CENTAVOS},
    {"₿", "bitcoin", "bitcoins", false, NULL, NULL},
    {"BTC", "bitcoin", "bitcoins", false, NULL, NULL},
};

static const struct ro_noun units[] = {
    {.written = "x", .one = "vez", .many = "veces", .feminine = true}, /* "3x" */
    {.written = "%", .one = "por ciento", .many = "por ciento"},
    {.written = "‰", .one = "por mil", .many = "por mil"},
    {.written = "°C", .one = "grado Celsius", .many = "grados Celsius"},
    {.written = "ºC", .one = "grado Celsius", .many = "grados Celsius"},
    {.written = "°F", .one = "grado Fahrenheit", .many = "grados Fahrenheit"},
    {.written = "ºF", .one = "grado Fahrenheit", .many = "grados Fahrenheit"},
    {.written = "°", .one = "grado", .many = "grados"},
    {.written = "km", .one = "kilómetro", .many = "kilómetros"},
    {.written = "Km", .one = "kilómetro", .many = "kilómetros"},
    {.written = "hm", .one = "hectómetro", .many = "hectómetros"},
    {.written = "m", .one = "metro", .many = "metros"},
    {.written = "dm", .one = "decímetro", .many = "decímetros"},
    {.written = "cm", .one = "centímetro", .many = "centímetros"},
    {.written = "mm", .one = "milímetro", .many = "milímetros"},
    {.written = "µm", .one = "micrómetro", .many = "micrómetros"},
    {.written = "μm", .one = "micrómetro", .many = "micrómetros"},
    {.written = "nm", .one = "nanómetro", .many = "nanómetros"},
    {.written = "ha", .one = "hectárea", .many = "hectáreas", .feminine = true},
    {.written = "mi", .one = "milla", .many = "millas", .feminine = true},
    {.written = "t", .one = "tonelada", .many = "toneladas", .feminine = true},
    {.written = "kg", .one = "kilogramo", .many = "kilogramos"},
    {.written = "Kg", .one = "kilogramo", .many = "kilogramos"},
    {.written = "g", .one = "gramo", .many = "gramos"},
    {.written = "gr", .one = "gramo", .many = "gramos"},
    {.written = "mg", .one = "miligramo", .many = "miligramos"},
    {.written = "µg", .one = "microgramo", .many = "microgramos"},
    {.written = "μg", .one = "microgramo", .many = "microgramos"},
    {.written = "lb", .one = "libra", .many = "libras", .feminine = true},
    {.written = "oz", .one = "onza", .many = "onzas", .feminine = true},
    {.written = "hl", .one = "hectolitro", .many = "hectolitros"},
    {.written = "l", .one = "litro", .many = "litros"},
    {.written = "L", .one = "litro", .many = "litros"},
    {.written = "dl", .one = "decilitro", .many = "decilitros"},
    {.written = "cl", .one = "centilitro", .many = "centilitros"},
    {.written = "ml", .one = "mililitro", .many = "mililitros"},
    {.written = "mL", .one = "mililitro", .many = "mililitros"},
    {.written = "d", .one = "día", .many = "días"},
    {.written = "h", .one = "hora", .many = "horas", .feminine = true},
    {.written = "min", .one = "minuto", .many = "minutos"},
    {.written = "s", .one = "segundo", .many = "segundos"},
    {.written = "seg", .one = "segundo", .many = "segundos"},
    {.written = "ms", .one = "milisegundo", .many = "milisegundos"},
    {.written = "µs", .one = "microsegundo", .many = "microsegundos"},
    {.written = "ns", .one = "nanosegundo", .many = "nanosegundos"},
    {.written = "Hz", .one = "hercio", .many = "hercios"},
    {.written = "kHz", .one = "kilohercio", .many = "kilohercios"},
    {.written = "MHz", .one = "megahercio", .many = "megahercios"},
    {.written = "GHz", .one = "gigahercio", .many = "gigahercios"},
    {.written = "kB", .one = "kilobyte", .many = "kilobytes"},
    {.written = "KB", .one = "kilobyte", .many = "kilobytes"},
    {.written = "MB", .one = "megabyte", .many = "megabytes"},
    {.written = "GB", .one = "gigabyte", .many = "gigabytes"},
    {.written = "TB", .one = "terabyte", .many = "terabytes"},
    {.written = "kbit", .one = "kilobit", .many = "kilobits"},
    {.written = "Mbit", .one = "megabit", .many = "megabits"},
    {.written = "Mb", .one = "megabit", .many = "megabits"},
    {.written = "Gbit", .one = "gigabit", .many = "gigabits"},
    {.written = "Gb", .one = "gigabit", .many = "gigabits"},
    {.written = "Mbps", .one = "megabit por segundo", .many = "megabits por segundo"},
    {.written = "V", .one = "voltio", .many = "voltios"},
    {.written = "mV", .one = "milivoltio", .many = "milivoltios"},
    {.written = "kV", .one = "kilovoltio", .many = "kilovoltios"},
    {.written = "A", .one = "amperio", .many = "amperios"},
    {.written = "mA", .one = "miliamperio", .many = "miliamperios"},
    {.written = "mAh", .one = "miliamperio hora", .many = "miliamperios hora"},
    {.written = "W", .one = "vatio", .many = "vatios"},
    {.written = "kW", .one = "kilovatio", .many = "kilovatios"},
    {.written = "MW", .one = "megavatio", .many = "megavatios"},
    {.written = "GW", .one = "gigavatio", .many = "gigavatios"},
    {.written = "Wh", .one = "vatio hora", .many = "vatios hora"},
    {.written = "kWh", .one = "kilovatio hora", .many = "kilovatios hora"},
    {.written = "MWh", .one = "megavatio hora", .many = "megavatios hora"},
    {.written = "GWh", .one = "gigavatio hora", .many = "gigavatios hora"},
    {.written = "TWh", .one = "teravatio hora", .many = "teravatios hora"},
    {.written = "CV", .one = "caballo", .many = "caballos"},
    {.written = "J", .one = "julio", .many = "julios"},
    {.written = "kJ", .one = "kilojulio", .many = "kilojulios"},
    {.written = "kcal", .one = "kilocaloría", .many = "kilocalorías", .feminine = true},
    {.written = "cal", .one = "caloría", .many = "calorías", .feminine = true},
    {.written = "N", .one = "newton", .many = "newtons"},
    {.written = "Pa", .one = "pascal", .many = "pascales"},
    {.written = "hPa", .one = "hectopascal", .many = "hectopascales"},
    {.written = "kPa", .one = "kilopascal", .many = "kilopascales"},
    {.written = "bar", .one = "bar", .many = "bares"},
    {.written = "dB", .one = "decibelio", .many = "decibelios"},
    {.written = "Ω", .one = "ohmio", .many = "ohmios"},
    {.written = "rpm", .one = "revolución por minuto", .many = "revoluciones por minuto", .feminine = true},
    {.written = "ppm", .one = "parte por millón", .many = "partes por millón", .feminine = true},
    {.written = "hab.", .one = "habitante", .many = "habitantes"},
    {.written = "hab", .one = "habitante", .many = "habitantes"},
    {.written = "px", .one = "píxel", .many = "píxeles"},
};

static const struct norm_entry per[] = {
    {"h", "por hora"},
    {"s", "por segundo"},
    {"s²", "por segundo al cuadrado"},
    {"min", "por minuto"},
    {"día", "por día"},
    {"mes", "al mes"},
    {"año", "al año"},
    {"km", "por kilómetro"},
    {"km²", "por kilómetro cuadrado"},
    {"km2", "por kilómetro cuadrado"},
    {"m²", "por metro cuadrado"},
    {"m2", "por metro cuadrado"},
    {"m³", "por metro cúbico"},
    {"m3", "por metro cúbico"},
    {"m", "por metro"},
    {"kg", "por kilo"},
    {"g", "por gramo"},
    {"l", "por litro"},
    {"L", "por litro"},
    {"dl", "por decilitro"},
    {"dL", "por decilitro"},
    {"ml", "por mililitro"},
    {"t", "por tonelada"},
    {"ha", "por hectárea"},
    {"kWh", "por kilovatio hora"},
    {"MWh", "por megavatio hora"},
    {"noche", "por noche"},
    {"semana", "a la semana"},
    {"persona", "por persona"},
    {"hora", "por hora"},
    {"hab.", "por habitante"},
    {"hab", "por habitante"},
    {"100 km", "cada cien kilómetros"},
    {"ud.", "por unidad"},
    {"ud", "por unidad"},
};

static const struct ro_magnitude magnitudes[] = {
    {"k", "mil", "mil", true, false},
    {"K", "mil", "mil", true, false},
    {"M", "millón", "millones", true, true},
    {"MM", "millón", "millones", true, true},
    {"mill.", "millón", "millones", false, true},
    {"mil millones", "mil millones", "mil millones", false, true},
    {"millón", "millón", "millones", false, true},
    {"millones", "millón", "millones", false, true},
    {"billón", "billón", "billones", false, true},
    {"billones", "billón", "billones", false, true},
    {"mil", "mil", "mil", false, false},
};

/* ---- words ---- */

static const struct norm_symbol_name signs[] = {
    {'&', "y"},
    {0xA7, "párrafo"},
    {0xA9, "copyright"},
    {0xAE, "marca registrada"},
    {0xB1, "más menos"},
    {0xF7, "entre"},
    {0x2264, "menor o igual que"},
    {0x2265, "mayor o igual que"},
    {0x2260, "distinto de"},
    {0x2248, "aproximadamente igual a"},
    {0x221E, "infinito"},
    {0x221A, "raíz cuadrada de"},
    {0x20AC, "euro"},
    {'%', "por ciento"},
    {0xB0, "grados"},
};

static const struct norm_symbol_name between[] = {
    {'+', "más"},       {'=', "igual a"},         {'*', "por"},   {'<', "menor que"},
    {'>', "mayor que"}, {'~', "aproximadamente"}, {':', "entre"},
};

static const char *const phones[] = {
    "~9dd ddd ddd",  "~6dd ddd ddd",   "~7dd ddd ddd",   "~8dd ddd ddd",  "9dd dd dd dd",
    "6dd dd dd dd",  "7dd dd dd dd",   "8dd dd dd dd",   "9d ddd dd dd",  "~ddd ddd dddd",
    "~dd dddd dddd", "(ddd) ddd dddd", "(dd) dddd dddd", "0dd dddd dddd", "?ddddddddd",
    "?dddd dddd",    "?ddd dddd",      "?dddddddddd",    "?ddd",          "?dddd",
};

static const struct norm_symbol_name symbols[] = {
    {'.', "punto"},
    {'/', "barra"},
    {':', "dos puntos"},
    {'-', "guion"},
    {'_', "guion bajo"},
    {'@', "arroba"},
    {'?', "interrogación"},
    {'=', "igual"},
    {'&', "y"},
    {'#', "almohadilla"},
    {'%', "por ciento"},
    {'+', "más"},
    {'~', "virgulilla"},
    {'\\', "barra invertida"},
};

/* ---- the languages ---- */

/* clang-format off */
static const struct norm_rule rules[] = {
    {NORM_WORD | NORM_PLAIN, ro_rule_weekdays},
    {NORM_DIGITS | NORM_WORD, norm_rule_verse},
    NORM_WEB_RULES,
    {NORM_DIGITS, ro_rule_ordinal},
    {NORM_DIGITS, es_rule_ordinal},
    {NORM_DIGITS, rule_half_day},
    RO_NUMBER_RULES,
    {NORM_WORD, ro_rule_roman},
    RO_WORD_RULES,
    {NORM_SYMBOL, norm_rule_sign},
};
/* clang-format on */

#define BASE                                                                                                           \
    .base = {                                                                                                          \
        .rules = rules,                                                                                                \
        .n_rules = NORM_COUNT(rules),                                                                                  \
        .symbols = symbols,                                                                                            \
        .n_symbols = NORM_COUNT(symbols),                                                                              \
        .emoji = &es_emoji,                                                                                            \
        .bible = &es_bible,                                                                                            \
        .cardinal = ro_cardinal,                                                                                       \
        .ordinal = ro_ordinal,                                                                                         \
        .to = "a",                                                                                                     \
        .number = "número",                                                                                            \
        .hashtag = "hashtag",                                                                                          \
        .at = "arroba",                                                                                                \
        .own_domain = "es",                                                                                            \
    }

/* What all of them have. */
#define SHARED                                                                                                         \
    .below_million = es_below_million, .ordinal = es_ordinal, .scales = es_scales, .scale_digits = 6,                  \
    .minus = "menos", .plus = "más", .point = "punto", .of = "de", .is_feminine = es_is_feminine,                      \
    .is_noun = es_is_noun, .units = units, .n_units = NORM_COUNT(units), .verbs = "ha|mi", .per = per,                 \
    .n_per = NORM_COUNT(per), .square = {"cuadrado", "cuadrados"}, .cube = {"cúbico", "cúbicos"},                      \
    .magnitudes = magnitudes, .n_magnitudes = NORM_COUNT(magnitudes), .cents_and = "con", .over = "sobre",             \
    .times = "por", .by = "por", .squared = "al cuadrado", .cubed = "al cubo", .power = "elevado a",                   \
    .fraction = es_fraction, .and_fraction = "y", .and_half = "y medio", .and_half_feminine = "y media",               \
    .short_months = short_months, .n_short_months = NORM_COUNT(short_months), .short_weekdays = short_weekdays,        \
    .n_short_weekdays = NORM_COUNT(short_weekdays), .date_of = "de", .date_cues = "el|del|al|día|desde|hasta",         \
    .time = say_time, .time_cues = "las|la", .hour_marks = "h|hs|hrs", .articles = "la|el|los|las|del|al|un|una",      \
    .and = "y|al|a|e|o", .century_before = "siglo|siglos|s|ss", .century_after = "", .labels = LABELS, .kings = KINGS, \
    .queens = "isabel|juana|maría|catalina|cristina|victoria|margarita", .king_ordinals = 10, .label_ordinals = 0,     \
    .spelled = SPELLED, .signs = signs, .n_signs = NORM_COUNT(signs), .between = between,                              \
    .n_between = NORM_COUNT(between), .phones = phones, .n_phones = NORM_COUNT(phones),                                \
    .phone_cues = "tel|tfno|teléfono|teléfonos|tlf|llame|llamar|llama|fax|móvil|celular|whatsapp|número",              \
    .version = "versión"

#define LABELS                                                                                                         \
    "capítulo|capítulos|tomo|acto|escena|libro|parte|volumen|artículo|título|anexo|fase|tipo|nivel|"               \
    "lección|sección|clase|grupo|figura|tabla|página|páginas|etapa|cap|vol|art|nivel|división|"                   \
    "cuadro|apartado|apéndice|canto"

#define KINGS                                                                                                          \
    "felipe|carlos|alfonso|fernando|juan|luis|enrique|jaime|pedro|sancho|ramiro|garcía|ordoño|pablo|"                \
    "pío|benedicto|jorge|eduardo|guillermo|federico|alejandro|nicolás|napoleón|francisco|ricardo|"                  \
    "ramón|berenguer|gregorio|león|inocencio|clemente|sixto|julio|urbano|bonifacio|harald|gustavo|"                  \
    "balduino|leopoldo|alberto|humberto|víctor|manuel|maximiliano|rodolfo|otón|iván|mohamed|hasán|"                \
    "abderramán|ramsés|tolomeo|darío|jerjes|teodosio|constantino|justiniano|filipo|rainiero"

#define SPELLED                                                                                                        \
    "UE|OMS|PIB|ADN|ARN|IA|IRPF|USB|URL|IP|API|AM|ITV|IVG|UGT|UHF|EPO|EGB|ISO|OEA|OIT|IU|EH|ERC|VIH|ETS|"              \
    "ELA|IMC|IES|UAM|UCM|OCU|IPC|IPO|UVI|URSS|IBM|UNAM|IMSS|EPS"

const struct romance es_normaliser = {
    BASE, SHARED, .comma = "coma", .currencies = currencies + 1, .n_currencies = NORM_COUNT(currencies) - 1,
};

const struct romance es_419_normaliser = {
    BASE, SHARED, .comma = "punto", .currencies = currencies, .n_currencies = NORM_COUNT(currencies),
};
