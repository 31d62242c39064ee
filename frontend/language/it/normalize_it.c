/* The Italian normaliser: the data of its rules, which are those of the Romance languages, and times of day. */
#include "normalize_it.h"

static const struct norm_entry short_weekdays[] = {{"lun", "lunedì"},  {"mar", "martedì"}, {"mer", "mercoledì"},
                                                   {"gio", "giovedì"}, {"ven", "venerdì"}, {"sab", "sabato"},
                                                   {"dom", "domenica"}};

static const struct norm_entry short_months[] = {
    {"gen", "gennaio"}, {"feb", "febbraio"}, {"mar", "marzo"},    {"apr", "aprile"},    {"mag", "maggio"},
    {"giu", "giugno"},  {"lug", "luglio"},   {"ago", "agosto"},   {"set", "settembre"}, {"sett", "settembre"},
    {"ott", "ottobre"}, {"nov", "novembre"}, {"dic", "dicembre"},
};

/* ---- times ---- */

static void say_hours(struct norm_pass *pass, unsigned hour)
{
    if (hour == 1) {
        norm_say(pass, "un'ora");
        return;
    }
    ro_say_value(pass, hour, RO_ALONE);
    norm_say(pass, "ore");
}

/* "quattordici e trenta", "nove", "otto ore", "due ore e quindici minuti". */
static void say_time(struct norm_pass *pass, size_t i, const struct ro_time *time)
{
    (void)i;
    if (time->has_second || time->letter) {
        say_hours(pass, time->hour);
        if (!time->minute && !time->has_second)
            return;
        if (!time->has_second)
            norm_say(pass, "e");
        ro_say_value(pass, time->minute, RO_MASCULINE);
        norm_say(pass, time->minute == 1 ? "minuto" : "minuti");
        if (!time->has_second)
            return;
        norm_say(pass, "e");
        ro_say_value(pass, time->second, RO_MASCULINE);
        norm_say(pass, time->second == 1 ? "secondo" : "secondi");
        return;
    }
    if (time->hour == 1)
        norm_say(pass, "una");
    else
        ro_say_value(pass, time->hour, RO_ALONE);
    if (time->minute) {
        norm_say(pass, "e");
        ro_say_value(pass, time->minute, RO_ALONE);
    }
}

/* ---- money and units ---- */

#define CENTESIMI "centesimo", "centesimi"

static const struct ro_noun currencies[] = {
    {"€", "euro", "euro", false, CENTESIMI},
    {"EUR", "euro", "euro", false, CENTESIMI},
    {"euro", "euro", "euro", false, CENTESIMI},
    {"US$", "dollaro", "dollari", false, CENTESIMI},
    {"USD", "dollaro", "dollari", false, CENTESIMI},
    {"$", "dollaro", "dollari", false, CENTESIMI},
    {"dollari", "dollaro", "dollari", false, CENTESIMI},
    {"dollaro", "dollaro", "dollari", false, CENTESIMI},
    {"£", "sterlina", "sterline", true, "penny", "pence"},
    {"GBP", "sterlina", "sterline", true, "penny", "pence"},
    {"CHF", "franco svizzero", "franchi svizzeri", false, CENTESIMI},
    {"lire", "lira", "lire", true, NULL, NULL},
    {"¥", "yen", "yen", false, NULL, NULL},
    {"JPY", "yen", "yen", false, NULL, NULL},
    {"₽", "rublo", "rubli", false, NULL, NULL},
    {"₹", "rupia", "rupie", true, NULL, NULL},
    {"R$", "real", "real", false, NULL, NULL},
    {"₿", "bitcoin", "bitcoin", false, NULL, NULL},
    {"BTC", "bitcoin", "bitcoin", false, NULL, NULL},
};

static const struct ro_noun units[] = {
    {.written = "x", .one = "volta", .many = "volte", .feminine = true}, /* "3x" */
    {.written = "%", .one = "per cento", .many = "per cento"},
    {.written = "‰", .one = "per mille", .many = "per mille"},
    {.written = "°C", .one = "grado Celsius", .many = "gradi Celsius"},
    {.written = "°F", .one = "grado Fahrenheit", .many = "gradi Fahrenheit"},
    {.written = "°", .one = "grado", .many = "gradi"},
    {.written = "km", .one = "chilometro", .many = "chilometri"},
    {.written = "Km", .one = "chilometro", .many = "chilometri"},
    {.written = "hm", .one = "ettometro", .many = "ettometri"},
    {.written = "m", .one = "metro", .many = "metri"},
    {.written = "mt", .one = "metro", .many = "metri"},
    {.written = "mq", .one = "metro quadrato", .many = "metri quadrati"},
    {.written = "mc", .one = "metro cubo", .many = "metri cubi"},
    {.written = "kmq", .one = "chilometro quadrato", .many = "chilometri quadrati"},
    {.written = "dm", .one = "decimetro", .many = "decimetri"},
    {.written = "cm", .one = "centimetro", .many = "centimetri"},
    {.written = "mm", .one = "millimetro", .many = "millimetri"},
    {.written = "µm", .one = "micrometro", .many = "micrometri"},
    {.written = "μm", .one = "micrometro", .many = "micrometri"},
    {.written = "nm", .one = "nanometro", .many = "nanometri"},
    {.written = "ha", .one = "ettaro", .many = "ettari"},
    {.written = "t", .one = "tonnellata", .many = "tonnellate", .feminine = true},
    {.written = "q", .one = "quintale", .many = "quintali"},
    {.written = "kg", .one = "chilogrammo", .many = "chilogrammi"},
    {.written = "Kg", .one = "chilogrammo", .many = "chilogrammi"},
    {.written = "hg", .one = "ettogrammo", .many = "ettogrammi"},
    {.written = "g", .one = "grammo", .many = "grammi"},
    {.written = "gr", .one = "grammo", .many = "grammi"},
    {.written = "mg", .one = "milligrammo", .many = "milligrammi"},
    {.written = "µg", .one = "microgrammo", .many = "microgrammi"},
    {.written = "μg", .one = "microgrammo", .many = "microgrammi"},
    {.written = "hl", .one = "ettolitro", .many = "ettolitri"},
    {.written = "l", .one = "litro", .many = "litri"},
    {.written = "L", .one = "litro", .many = "litri"},
    {.written = "dl", .one = "decilitro", .many = "decilitri"},
    {.written = "cl", .one = "centilitro", .many = "centilitri"},
    {.written = "ml", .one = "millilitro", .many = "millilitri"},
    {.written = "mL", .one = "millilitro", .many = "millilitri"},
    {.written = "gg", .one = "giorno", .many = "giorni"},
    {.written = "h", .one = "ora", .many = "ore", .feminine = true},
    {.written = "min", .one = "minuto", .many = "minuti"},
    {.written = "s", .one = "secondo", .many = "secondi"},
    {.written = "sec", .one = "secondo", .many = "secondi"},
    {.written = "ms", .one = "millisecondo", .many = "millisecondi"},
    {.written = "µs", .one = "microsecondo", .many = "microsecondi"},
    {.written = "ns", .one = "nanosecondo", .many = "nanosecondi"},
    {.written = "gg", .one = "giorno", .many = "giorni"},
    {.written = "Hz", .one = "hertz", .many = "hertz"},
    {.written = "kHz", .one = "chilohertz", .many = "chilohertz"},
    {.written = "MHz", .one = "megahertz", .many = "megahertz"},
    {.written = "GHz", .one = "gigahertz", .many = "gigahertz"},
    {.written = "kB", .one = "kilobyte", .many = "kilobyte"},
    {.written = "KB", .one = "kilobyte", .many = "kilobyte"},
    {.written = "MB", .one = "megabyte", .many = "megabyte"},
    {.written = "GB", .one = "gigabyte", .many = "gigabyte"},
    {.written = "TB", .one = "terabyte", .many = "terabyte"},
    {.written = "kbit", .one = "kilobit", .many = "kilobit"},
    {.written = "Mbit", .one = "megabit", .many = "megabit"},
    {.written = "Mb", .one = "megabit", .many = "megabit"},
    {.written = "Gbit", .one = "gigabit", .many = "gigabit"},
    {.written = "Gb", .one = "gigabit", .many = "gigabit"},
    {.written = "Mbps", .one = "megabit al secondo", .many = "megabit al secondo"},
    {.written = "V", .one = "volt", .many = "volt"},
    {.written = "mV", .one = "millivolt", .many = "millivolt"},
    {.written = "kV", .one = "chilovolt", .many = "chilovolt"},
    {.written = "A", .one = "ampere", .many = "ampere"},
    {.written = "mA", .one = "milliampere", .many = "milliampere"},
    {.written = "mAh", .one = "milliampere ora", .many = "milliampere ora"},
    {.written = "W", .one = "watt", .many = "watt"},
    {.written = "kW", .one = "chilowatt", .many = "chilowatt"},
    {.written = "MW", .one = "megawatt", .many = "megawatt"},
    {.written = "GW", .one = "gigawatt", .many = "gigawatt"},
    {.written = "Wh", .one = "wattora", .many = "wattora"},
    {.written = "kWh", .one = "chilowattora", .many = "chilowattora"},
    {.written = "MWh", .one = "megawattora", .many = "megawattora"},
    {.written = "GWh", .one = "gigawattora", .many = "gigawattora"},
    {.written = "TWh", .one = "terawattora", .many = "terawattora"},
    {.written = "CV", .one = "cavallo", .many = "cavalli"},
    {.written = "J", .one = "joule", .many = "joule"},
    {.written = "kJ", .one = "chilojoule", .many = "chilojoule"},
    {.written = "kcal", .one = "chilocaloria", .many = "chilocalorie", .feminine = true},
    {.written = "cal", .one = "caloria", .many = "calorie", .feminine = true},
    {.written = "N", .one = "newton", .many = "newton"},
    {.written = "Pa", .one = "pascal", .many = "pascal"},
    {.written = "hPa", .one = "ettopascal", .many = "ettopascal"},
    {.written = "kPa", .one = "chilopascal", .many = "chilopascal"},
    {.written = "bar", .one = "bar", .many = "bar"},
    {.written = "dB", .one = "decibel", .many = "decibel"},
    {.written = "Ω", .one = "ohm", .many = "ohm"},
    {.written = "giri", .one = "giro", .many = "giri"},
    {.written = "ppm", .one = "parte per milione", .many = "parti per milione", .feminine = true},
    {.written = "ab.", .one = "abitante", .many = "abitanti"},
    {.written = "px", .one = "pixel", .many = "pixel"},
};

static const struct norm_entry per[] = {
    {"h", "all'ora"},
    {"s", "al secondo"},
    {"s²", "al secondo quadrato"},
    {"min", "al minuto"},
    {"giorno", "al giorno"},
    {"mese", "al mese"},
    {"anno", "all'anno"},
    {"km", "al chilometro"},
    {"km²", "per chilometro quadrato"},
    {"kmq", "per chilometro quadrato"},
    {"m²", "al metro quadrato"},
    {"mq", "al metro quadrato"},
    {"m2", "al metro quadrato"},
    {"m³", "al metro cubo"},
    {"mc", "al metro cubo"},
    {"m3", "al metro cubo"},
    {"m", "al metro"},
    {"kg", "al chilo"},
    {"g", "al grammo"},
    {"l", "al litro"},
    {"L", "al litro"},
    {"dl", "per decilitro"},
    {"ml", "per millilitro"},
    {"t", "alla tonnellata"},
    {"ha", "per ettaro"},
    {"kWh", "al chilowattora"},
    {"MWh", "al megawattora"},
    {"notte", "a notte"},
    {"settimana", "alla settimana"},
    {"persona", "a persona"},
    {"ora", "all'ora"},
    {"100 km", "per cento chilometri"},
};

static const struct ro_magnitude magnitudes[] = {
    {"k", "mila", "mila", true, false},
    {"K", "mila", "mila", true, false},
    {"M", "milione", "milioni", true, true},
    {"mln", "milione", "milioni", false, true},
    {"mld", "miliardo", "miliardi", false, true},
    {"Mld", "miliardo", "miliardi", false, true},
    {"Mln", "milione", "milioni", false, true},
    {"milione", "milione", "milioni", false, true},
    {"milioni", "milione", "milioni", false, true},
    {"miliardo", "miliardo", "miliardi", false, true},
    {"miliardi", "miliardo", "miliardi", false, true},
    {"mila", "mila", "mila", false, false},
};

/* ---- words ---- */

static const struct norm_symbol_name signs[] = {
    {'&', "e"},
    {0xA7, "paragrafo"},
    {0xA9, "copyright"},
    {0xAE, "marchio registrato"},
    {0xB1, "più o meno"},
    {0xF7, "diviso"},
    {0x2264, "minore o uguale a"},
    {0x2265, "maggiore o uguale a"},
    {0x2260, "diverso da"},
    {0x2248, "circa uguale a"},
    {0x221E, "infinito"},
    {0x221A, "radice quadrata di"},
    {0x20AC, "euro"},
    {'%', "per cento"},
    {0xB0, "gradi"},
};

static const struct norm_symbol_name between[] = {
    {'+', "più"},         {'=', "uguale"}, {'*', "per"},    {'<', "minore di"},
    {'>', "maggiore di"}, {'~', "circa"},  {':', "diviso"},
};

static const char *const phones[] = {
    "0d dddd dddd", "0d ddddddd",  "0d dddddddd",    "0d ddd dddd",  "0dd ddddddd", "0dd dddddd",
    "0dd ddd dddd", "0ddd dddddd", "3dd ddddddd",    "3dd ddd dddd", "3dd dddddd",  "3dd dd dd ddd",
    "800 dddddd",   "800 ddd ddd", "0d ddd ddd ddd", "3ddddddddd",   "?dddddd",     "?ddddddd",
    "?dddddddd",    "?ddd",        "?dddd",          "?0ddddddddd",  "?0dddddddd",  "0ddddddddd",
};

static const struct norm_symbol_name symbols[] = {
    {'.', "punto"},
    {'/', "barra"},
    {':', "due punti"},
    {'-', "trattino"},
    {'_', "trattino basso"},
    {'@', "chiocciola"},
    {'?', "punto interrogativo"},
    {'=', "uguale"},
    {'&', "e"},
    {'#', "cancelletto"},
    {'%', "per cento"},
    {'+', "più"},
    {'~', "tilde"},
    {'\\', "barra inversa"},
};

static const char labels[] = "capitolo|capitoli|tomo|atto|scena|libro|parte|volume|articolo|titolo|allegato|fase|tipo|"
                             "livello|lezione|sezione|classe|"
                             "gruppo|figura|tabella|pagina|cap|vol|art|canto|girone|paragrafo|concilio";

static const char kings[] =
    "luigi|carlo|enrico|francesco|filippo|napoleone|giovanni|paolo|pio|benedetto|giorgio|edoardo|guglielmo|federico|"
    "alessandro|nicola|pietro|leopoldo|alberto|baldovino|vittorio|emanuele|umberto|amedeo|ferdinando|gioacchino|leone|"
    "gregorio|innocenzo|clemente|sisto|giulio|urbano|bonifacio|celestino|martino|eugenio|callisto|adriano|marcello|"
    "alfonso|felipe|luigi|jean|roberto|riccardo|ottone|corrado|rodolfo|massimiliano|cosimo|lorenzo|gustavo|cristiano|"
    "ivan|ramses|tolomeo|dario|serse|teodosio|costantino|giustiniano|ranieri|giacomo|amedeo";

static const char spelled[] = "BCE|FMI|OMS|DNA|RNA|ATM|IP|API|URL|CGIL|PNRR|IRPEF|IMU|ISO|IPO|IPC|IA|AI|SRL|SPA|USB|"
                              "IVG|HIV|TAR|ONG|CD|PIN|FBI|CIA|UEFA";

/* ---- the language ---- */

/* clang-format off */
static const struct norm_rule rules[] = {
    {NORM_WORD | NORM_PLAIN, ro_rule_weekdays},
    {NORM_WORD, norm_rule_abbreviation},
    {NORM_DIGITS | NORM_WORD, norm_rule_verse},
    NORM_WEB_RULES,
    {NORM_DIGITS, ro_rule_ordinal},
    RO_NUMBER_RULES,
    {NORM_WORD, ro_rule_roman},
    RO_WORD_RULES,
    {NORM_SYMBOL, norm_rule_sign},
};
/* clang-format on */

const struct romance it_normaliser = {
    .base =
        {
            .rules = rules,
            .n_rules = NORM_COUNT(rules),
            .symbols = symbols,
            .n_symbols = NORM_COUNT(symbols),
            .emoji = &it_emoji,
            .bible = &it_bible,
            .cardinal = ro_cardinal,
            .ordinal = ro_ordinal,
            .to = "a",
            .number = "numero",
            .hashtag = "hashtag",
            .at = "chiocciola",
            .own_domain = "it",
        },
    .below_million = it_below_million,
    .ordinal = it_ordinal,
    .scales = it_scales,
    .scale_digits = 3,
    .minus = "meno",
    .plus = "più",
    .comma = "virgola",
    .point = "punto",
    .of = "di",
    .one_before = it_one_before,
    .is_feminine = it_is_feminine,
    .is_noun = it_is_noun,
    .units = units,
    .n_units = NORM_COUNT(units),
    .currencies = currencies,
    .n_currencies = NORM_COUNT(currencies),
    .verbs = "ha",
    .per = per,
    .n_per = NORM_COUNT(per),
    .square = {"quadrato", "quadrati"},
    .cube = {"cubo", "cubi"},
    .magnitudes = magnitudes,
    .n_magnitudes = NORM_COUNT(magnitudes),
    .cents_and = "e",
    .over = "su",
    .times = "per",
    .by = "per",
    .squared = "al quadrato",
    .cubed = "al cubo",
    .power = "alla",
    .fraction = it_fraction,
    .and_fraction = "e",
    .and_half = "e mezzo",
    .and_half_feminine = "e mezza",
    .short_months = short_months,
    .n_short_months = NORM_COUNT(short_months),
    .short_weekdays = short_weekdays,
    .n_short_weekdays = NORM_COUNT(short_weekdays),
    .first_day = "primo",
    .date_cues = "il|del|al|dal|nel|entro",
    .time = say_time,
    .time_cues = "ore|alle|dalle|le|all|dall|ora|h|alla|delle",
    .hour_marks = "h",
    .degree_ordinals = true,
    .articles = "il|lo|la|i|gli|le|del|dello|della|al|alla|nel|nella|dal|dalla|un|una|sul|sulla",
    .and = "e|o|a|al",
    .century_before = "secolo|secoli|sec|secc",
    .century_after = "secolo|secoli|sec",
    .labels = labels,
    .kings = kings,
    .queens = "elisabetta|caterina|isabella|vittoria|cristina|maria|margherita|giovanna|beatrice",
    .king_ordinals = 3999,
    .label_ordinals = 3999,
    .spelled = spelled,
    .signs = signs,
    .n_signs = NORM_COUNT(signs),
    .between = between,
    .n_between = NORM_COUNT(between),
    .phones = phones,
    .n_phones = NORM_COUNT(phones),
    .phone_cues = "tel|telefono|telefoni|cell|cellulare|chiama|chiamare|chiami|fax|numero|fisso",
    .version = "versione",
};
