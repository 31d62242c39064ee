/* The French normaliser: the data of its rules, which are those of the Romance languages, and times of day. */
#include "normalize_fr.h"

/* ---- dates and times ---- */

static const struct norm_entry short_weekdays[] = {{"lun", "lundi"},   {"mar", "mardi"},    {"mer", "mercredi"},
                                                   {"jeu", "jeudi"},   {"ven", "vendredi"}, {"sam", "samedi"},
                                                   {"dim", "dimanche"}};

static const struct norm_entry short_months[] = {
    {"janv", "janvier"}, {"jan", "janvier"},  {"févr", "février"},   {"fév", "février"},
    {"avr", "avril"},    {"juil", "juillet"}, {"sept", "septembre"}, {"sep", "septembre"},
    {"oct", "octobre"},  {"nov", "novembre"}, {"déc", "décembre"},
};

/* "quatorze heures trente", "une heure", "zéro heure cinq". */
static void say_time(struct norm_pass *pass, size_t i, const struct ro_time *time)
{
    (void)i;
    ro_say_value(pass, time->hour, RO_FEMININE);
    norm_say(pass, time->hour < 2 ? "heure" : "heures");
    if (time->minute || time->has_second)
        ro_say_value(pass, time->minute, RO_FEMININE);
    if (!time->has_second)
        return;
    norm_say(pass, time->minute < 2 ? "minute et" : "minutes et");
    ro_say_value(pass, time->second, RO_FEMININE);
    norm_say(pass, time->second < 2 ? "seconde" : "secondes");
}

/* ---- money and units ---- */

#define CENTIMES "centime", "centimes"
#define CENTS "cent", "cents"

static const struct ro_noun currencies[] = {
    {"€", "euro", "euros", false, CENTIMES},
    {"EUR", "euro", "euros", false, CENTIMES},
    {"euros", "euro", "euros", false, CENTIMES},
    {"euro", "euro", "euros", false, CENTIMES},
    {"$ US", "dollar américain", "dollars américains", false, CENTS},
    {"US$", "dollar américain", "dollars américains", false, CENTS},
    {"USD", "dollar américain", "dollars américains", false, CENTS},
    {"$ CA", "dollar canadien", "dollars canadiens", false, CENTS},
    {"CAD", "dollar canadien", "dollars canadiens", false, CENTS},
    {"$", "dollar", "dollars", false, CENTS},
    {"dollars", "dollar", "dollars", false, CENTS},
    {"dollar", "dollar", "dollars", false, CENTS},
    {"£", "livre", "livres", true, "penny", "pence"},
    {"GBP", "livre sterling", "livres sterling", true, "penny", "pence"},
    {"CHF", "franc suisse", "francs suisses", false, CENTIMES},
    {"FCFA", "franc C.F.A", "francs C.F.A", false, NULL, NULL},
    {"francs", "franc", "francs", false, CENTIMES},
    {"franc", "franc", "francs", false, CENTIMES},
    {"FF", "franc", "francs", false, CENTIMES},
    {"F", "franc", "francs", false, CENTIMES},
    {"¥", "yen", "yens", false, NULL, NULL},
    {"JPY", "yen", "yens", false, NULL, NULL},
    {"₽", "rouble", "roubles", false, NULL, NULL},
    {"₹", "roupie", "roupies", true, NULL, NULL},
    {"₩", "won", "wons", false, NULL, NULL},
    {"₺", "livre turque", "livres turques", true, NULL, NULL},
    {"zł", "zloty", "zlotys", false, NULL, NULL},
    {"MAD", "dirham", "dirhams", false, CENTIMES},
    {"₿", "bitcoin", "bitcoins", false, NULL, NULL},
    {"BTC", "bitcoin", "bitcoins", false, NULL, NULL},
};

static const struct ro_noun units[] = {
    {.written = "x", .one = "fois", .many = "fois", .feminine = true}, /* "3x" */
    {.written = "%", .one = "pour cent", .many = "pour cent"},
    {.written = "‰", .one = "pour mille", .many = "pour mille"},
    {.written = "°C", .one = "degré Celsius", .many = "degrés Celsius"},
    {.written = "°F", .one = "degré Fahrenheit", .many = "degrés Fahrenheit"},
    {.written = "°", .one = "degré", .many = "degrés"},
    {.written = "km", .one = "kilomètre", .many = "kilomètres"},
    {.written = "hm", .one = "hectomètre", .many = "hectomètres"},
    {.written = "m", .one = "mètre", .many = "mètres"},
    {.written = "dm", .one = "décimètre", .many = "décimètres"},
    {.written = "cm", .one = "centimètre", .many = "centimètres"},
    {.written = "mm", .one = "millimètre", .many = "millimètres"},
    {.written = "µm", .one = "micromètre", .many = "micromètres"},
    {.written = "μm", .one = "micromètre", .many = "micromètres"},
    {.written = "nm", .one = "nanomètre", .many = "nanomètres"},
    {.written = "ha", .one = "hectare", .many = "hectares"},
    {.written = "t", .one = "tonne", .many = "tonnes", .feminine = true},
    {.written = "kg", .one = "kilogramme", .many = "kilogrammes"},
    {.written = "Kg", .one = "kilogramme", .many = "kilogrammes"},
    {.written = "hg", .one = "hectogramme", .many = "hectogrammes"},
    {.written = "g", .one = "gramme", .many = "grammes"},
    {.written = "gr", .one = "gramme", .many = "grammes"},
    {.written = "mg", .one = "milligramme", .many = "milligrammes"},
    {.written = "µg", .one = "microgramme", .many = "microgrammes"},
    {.written = "μg", .one = "microgramme", .many = "microgrammes"},
    {.written = "hl", .one = "hectolitre", .many = "hectolitres"},
    {.written = "l", .one = "litre", .many = "litres"},
    {.written = "L", .one = "litre", .many = "litres"},
    {.written = "dl", .one = "décilitre", .many = "décilitres"},
    {.written = "cl", .one = "centilitre", .many = "centilitres"},
    {.written = "cL", .one = "centilitre", .many = "centilitres"},
    {.written = "ml", .one = "millilitre", .many = "millilitres"},
    {.written = "mL", .one = "millilitre", .many = "millilitres"},
    {.written = "h", .one = "heure", .many = "heures", .feminine = true},
    {.written = "mn", .one = "minute", .many = "minutes", .feminine = true},
    {.written = "min", .one = "minute", .many = "minutes", .feminine = true},
    {.written = "s", .one = "seconde", .many = "secondes", .feminine = true},
    {.written = "sec", .one = "seconde", .many = "secondes", .feminine = true},
    {.written = "ms", .one = "milliseconde", .many = "millisecondes", .feminine = true},
    {.written = "µs", .one = "microseconde", .many = "microsecondes", .feminine = true},
    {.written = "ns", .one = "nanoseconde", .many = "nanosecondes", .feminine = true},
    {.written = "j", .one = "jour", .many = "jours"},
    {.written = "Hz", .one = "hertz", .many = "hertz"},
    {.written = "kHz", .one = "kilohertz", .many = "kilohertz"},
    {.written = "MHz", .one = "mégahertz", .many = "mégahertz"},
    {.written = "GHz", .one = "gigahertz", .many = "gigahertz"},
    {.written = "octets", .one = "octet", .many = "octets"},
    {.written = "ko", .one = "kilooctet", .many = "kilooctets"},
    {.written = "Ko", .one = "kilooctet", .many = "kilooctets"},
    {.written = "Mo", .one = "mégaoctet", .many = "mégaoctets"},
    {.written = "Go", .one = "gigaoctet", .many = "gigaoctets"},
    {.written = "To", .one = "téraoctet", .many = "téraoctets"},
    {.written = "kB", .one = "kilooctet", .many = "kilooctets"},
    {.written = "KB", .one = "kilooctet", .many = "kilooctets"},
    {.written = "MB", .one = "mégaoctet", .many = "mégaoctets"},
    {.written = "GB", .one = "gigaoctet", .many = "gigaoctets"},
    {.written = "TB", .one = "téraoctet", .many = "téraoctets"},
    {.written = "kbit", .one = "kilobit", .many = "kilobits"},
    {.written = "Mbit", .one = "mégabit", .many = "mégabits"},
    {.written = "Mb", .one = "mégabit", .many = "mégabits"},
    {.written = "Gbit", .one = "gigabit", .many = "gigabits"},
    {.written = "Gb", .one = "gigabit", .many = "gigabits"},
    {.written = "V", .one = "volt", .many = "volts"},
    {.written = "mV", .one = "millivolt", .many = "millivolts"},
    {.written = "kV", .one = "kilovolt", .many = "kilovolts"},
    {.written = "A", .one = "ampère", .many = "ampères"},
    {.written = "mA", .one = "milliampère", .many = "milliampères"},
    {.written = "mAh", .one = "milliampère-heure", .many = "milliampères-heures"},
    {.written = "W", .one = "watt", .many = "watts"},
    {.written = "kW", .one = "kilowatt", .many = "kilowatts"},
    {.written = "MW", .one = "mégawatt", .many = "mégawatts"},
    {.written = "GW", .one = "gigawatt", .many = "gigawatts"},
    {.written = "Wh", .one = "wattheure", .many = "wattheures"},
    {.written = "kWh", .one = "kilowattheure", .many = "kilowattheures"},
    {.written = "MWh", .one = "mégawattheure", .many = "mégawattheures"},
    {.written = "GWh", .one = "gigawattheure", .many = "gigawattheures"},
    {.written = "TWh", .one = "térawattheure", .many = "térawattheures"},
    {.written = "J", .one = "joule", .many = "joules"},
    {.written = "kJ", .one = "kilojoule", .many = "kilojoules"},
    {.written = "kcal", .one = "kilocalorie", .many = "kilocalories", .feminine = true},
    {.written = "cal", .one = "calorie", .many = "calories", .feminine = true},
    {.written = "N", .one = "newton", .many = "newtons"},
    {.written = "Pa", .one = "pascal", .many = "pascals"},
    {.written = "hPa", .one = "hectopascal", .many = "hectopascals"},
    {.written = "kPa", .one = "kilopascal", .many = "kilopascals"},
    {.written = "bar", .one = "bar", .many = "bars"},
    {.written = "dB", .one = "décibel", .many = "décibels"},
    {.written = "Ω", .one = "ohm", .many = "ohms"},
    {.written = "ch", .one = "cheval", .many = "chevaux"},
    {.written = "CV", .one = "cheval", .many = "chevaux"},
    {.written = "tr", .one = "tour", .many = "tours"},
    {.written = "hab.", .one = "habitant", .many = "habitants"},
    {.written = "hab", .one = "habitant", .many = "habitants"},
    {.written = "px", .one = "pixel", .many = "pixels"},
    {.written = "pt", .one = "point", .many = "points"},
    {.written = "pts", .one = "point", .many = "points"},
    {.written = "c. à s.", .one = "cuillère à soupe", .many = "cuillères à soupe", .feminine = true},
    {.written = "c. à c.", .one = "cuillère à café", .many = "cuillères à café", .feminine = true},
    {.written = "ppm", .one = "partie par million", .many = "parties par million", .feminine = true},
    {.written = "kbps", .one = "kilobit par seconde", .many = "kilobits par seconde"},
    {.written = "Mbps", .one = "mégabit par seconde", .many = "mégabits par seconde"},
};

static const struct norm_entry per[] = {
    {"h", "par heure"},
    {"s", "par seconde"},
    {"s²", "par seconde carrée"},
    {"min", "par minute"},
    {"mn", "par minute"},
    {"j", "par jour"},
    {"jour", "par jour"},
    {"mois", "par mois"},
    {"an", "par an"},
    {"km", "par kilomètre"},
    {"km²", "par kilomètre carré"},
    {"m²", "par mètre carré"},
    {"m2", "par mètre carré"},
    {"m³", "par mètre cube"},
    {"m3", "par mètre cube"},
    {"m", "par mètre"},
    {"kg", "par kilogramme"},
    {"g", "par gramme"},
    {"l", "par litre"},
    {"L", "par litre"},
    {"dl", "par décilitre"},
    {"ml", "par millilitre"},
    {"t", "par tonne"},
    {"ha", "par hectare"},
    {"kWh", "par kilowattheure"},
    {"MWh", "par mégawattheure"},
    {"nuit", "par nuit"},
    {"semaine", "par semaine"},
    {"personne", "par personne"},
    {"pers.", "par personne"},
    {"hab", "par habitant"},
    {"hab.", "par habitant"},
    {"heure", "par heure"},
    {"100 km", "aux cent kilomètres"},
};

static const struct ro_magnitude magnitudes[] = {
    {"k", "mille", "mille", true, false},
    {"K", "mille", "mille", true, false},
    {"M", "million", "millions", true, true},
    {"Md", "milliard", "milliards", false, true},
    {"Mds", "milliard", "milliards", false, true},
    {"Mrd", "milliard", "milliards", false, true},
    {"Mio", "million", "millions", false, true},
    {"million", "million", "millions", false, true},
    {"millions", "million", "millions", false, true},
    {"milliard", "milliard", "milliards", false, true},
    {"milliards", "milliard", "milliards", false, true},
    {"mille", "mille", "mille", false, false},
};

/* ---- words ---- */

static const struct norm_symbol_name signs[] = {
    {'&', "et"},
    {0xA7, "paragraphe"},
    {0xA9, "copyright"},
    {0xAE, "marque déposée"},
    {0x2122, "marque commerciale"},
    {0xB1, "plus ou moins"},
    {0xF7, "divisé par"},
    {0x2264, "inférieur ou égal à"},
    {0x2265, "supérieur ou égal à"},
    {0x2260, "différent de"},
    {0x2248, "environ égal à"},
    {0x221E, "infini"},
    {0x221A, "racine carrée de"},
    {0x20AC, "euro"},
    {'%', "pour cent"},
    {0xB0, "degré"},
};

static const struct norm_symbol_name between[] = {
    {'+', "plus"},        {'=', "égale"},   {'*', "fois"},       {'<', "inférieur à"},
    {'>', "supérieur à"}, {'~', "environ"}, {':', "divisé par"},
};

static const char *const phones[] = {
    "0d dd dd dd dd", "0ddddddddd", "0ddd ddd ddd",  "0 8dd ddd ddd",  "0ddd dd dd dd", "0d dd dd dddd",
    "?dd dd dd dd",   "?dd dd",     "?ddd ddd dddd", "(ddd) ddd dddd", "ddd ddd dddd",  "?dddd",
};

static const struct norm_symbol_name symbols[] = {
    {'.', "point"},
    {'/', "slash"},
    {':', "deux points"},
    {'-', "tiret"},
    {'_', "tiret bas"},
    {'@', "arobase"},
    {'?', "point d'interrogation"},
    {'=', "égale"},
    {'&', "et"},
    {'#', "dièse"},
    {'%', "pour cent"},
    {'+', "plus"},
    {'~', "tilde"},
    {'\\', "antislash"},
};

/* ---- the language ---- */

/* clang-format off */
static const struct norm_rule rules[] = {
    {NORM_WORD | NORM_PLAIN, ro_rule_weekdays},
    {NORM_DIGITS | NORM_WORD, norm_rule_verse},
    NORM_WEB_RULES,
    {NORM_DIGITS, fr_rule_ordinal},
    RO_NUMBER_RULES,
    {NORM_WORD, fr_rule_roman},
    RO_WORD_RULES,
    {NORM_SYMBOL, norm_rule_sign},
};
/* clang-format on */

const struct romance fr_normaliser = {
    .base =
        {
            .rules = rules,
            .n_rules = NORM_COUNT(rules),
            .symbols = symbols,
            .n_symbols = NORM_COUNT(symbols),
            .emoji = &fr_emoji,
            .bible = &fr_bible,
            .cardinal = ro_cardinal,
            .ordinal = ro_ordinal,
            .to = "à",
            .number = "numéro",
            .hashtag = "hashtag",
            .at = "arobase",
        },
    .below_million = fr_below_million,
    .ordinal = fr_ordinal,
    .scales = fr_scales,
    .scale_digits = 3,
    .minus = "moins",
    .plus = "plus",
    .comma = "virgule",
    .point = "point",
    .singular_below_two = true,
    .and = "et|ou|à|au",
    .of = "de",
    .of_elided = "d'",
    .mute = "habit|homm|heur|histoire|hôpita|hôte|huile|huître|humain|herbe|hect|hiver|hebdo|hélicopt|héritage|horloge|"
            "hypoth|hydro",
    .is_feminine = fr_is_feminine,
    .is_noun = fr_is_noun,
    .units = units,
    .n_units = NORM_COUNT(units),
    .currencies = currencies,
    .n_currencies = NORM_COUNT(currencies),
    .per = per,
    .n_per = NORM_COUNT(per),
    .square = {"carré", "carrés"},
    .cube = {"cube", "cubes"},
    .magnitudes = magnitudes,
    .n_magnitudes = NORM_COUNT(magnitudes),
    .cents_and = "et",
    .bare_cents = true,
    .over = "sur",
    .times = "fois",
    .by = "sur",
    .squared = "au carré",
    .cubed = "au cube",
    .power = "puissance",
    .fraction = fr_fraction,
    .and_fraction = "et",
    .and_half = "et demi",
    .and_half_feminine = "et demie",
    .short_months = short_months,
    .n_short_months = NORM_COUNT(short_months),
    .short_weekdays = short_weekdays,
    .n_short_weekdays = NORM_COUNT(short_weekdays),
    .first_day = "premier",
    .date_cues = "le|du|au|dès",
    .time = say_time,
    .hour_marks = "h",
    .spelled =
        "UE|OMS|PME|PMI|FMI|BCE|RER|IA|OM|LFI|UMP|CEO|SUV|ARS|IRM|IVG|AG|PIB|AOC|AOP|IGP|TER|SAV|SAS|SA|SCI|VIP|VO|"
        "VOD|IUT|IEP|ISF|IGN|PEL|PEA|CAP|BEP|RSA|RMI|APL|CDI|CDD|FO|OPA|EPO|AFP|IP|URL|API|QI|PS|CIA|NSA|EAU|UDI|ULM|"
        "UV|OGM|ADN|ARN|IPO|IRL|UFC|UFR|ESA|IUFM|AMAP|AB|CE|EPS|ENS|ETA|RIC|SRU|OQTF|IDE|RH|AVC|EFS|ASE|AAH|UHT|PAO|"
        "PAC",
    .signs = signs,
    .n_signs = NORM_COUNT(signs),
    .between = between,
    .n_between = NORM_COUNT(between),
    .phones = phones,
    .n_phones = NORM_COUNT(phones),
    .phone_cues = "tél|tel|téléphone|appelez|appeler|fax|portable|mobile|fixe|standard|joindre",
    .phone_pairs = true,
    .version = "version",
};
