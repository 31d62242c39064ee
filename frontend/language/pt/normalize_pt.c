/* The Portuguese normaliser, as in Brazil: the data of its rules, which are those of the Romance languages, and times
 * of day. */
#include "normalize_pt.h"

static const struct norm_entry short_weekdays[] = {{"seg", "segunda"}, {"ter", "terça"}, {"qua", "quarta"},
                                                   {"qui", "quinta"},  {"sex", "sexta"}, {"sáb", "sábado"},
                                                   {"dom", "domingo"}};

static const struct norm_entry short_months[] = {
    {"jan", "janeiro"},  {"fev", "fevereiro"}, {"mar", "março"},    {"abr", "abril"},
    {"mai", "maio"},     {"jun", "junho"},     {"jul", "julho"},    {"ago", "agosto"},
    {"set", "setembro"}, {"out", "outubro"},   {"nov", "novembro"}, {"dez", "dezembro"},
};

/* ---- times ---- */

/* "quatorze horas e trinta minutos", "uma hora", "zero hora e cinco minutos". */
static void say_time(struct norm_pass *pass, size_t i, const struct ro_time *time)
{
    (void)i;
    ro_say_value(pass, time->hour, RO_FEMININE);
    norm_say(pass, time->hour < 2 ? "hora" : "horas");
    if (time->minute || time->has_second) {
        if (!time->has_second)
            norm_say(pass, "e");
        ro_say_value(pass, time->minute, RO_MASCULINE);
        norm_say(pass, time->minute < 2 ? "minuto" : "minutos");
    }
    if (!time->has_second)
        return;
    norm_say(pass, "e");
    ro_say_value(pass, time->second, RO_MASCULINE);
    norm_say(pass, time->second < 2 ? "segundo" : "segundos");
}

/* ---- money and units ---- */

#define CENTAVOS "centavo", "centavos"

static const struct ro_noun currencies[] = {
    {"R$", "real", "reais", false, CENTAVOS},
    {"BRL", "real", "reais", false, CENTAVOS},
    {"reais", "real", "reais", false, CENTAVOS},
    {"real", "real", "reais", false, CENTAVOS},
    {"€", "euro", "euros", false, CENTAVOS},
    {"EUR", "euro", "euros", false, CENTAVOS},
    {"euros", "euro", "euros", false, CENTAVOS},
    {"euro", "euro", "euros", false, CENTAVOS},
    {"US$", "dólar", "dólares", false, CENTAVOS},
    {"U$", "dólar", "dólares", false, CENTAVOS},
    {"USD", "dólar", "dólares", false, CENTAVOS},
    {"$", "dólar", "dólares", false, CENTAVOS},
    {"dólares", "dólar", "dólares", false, CENTAVOS},
    {"dólar", "dólar", "dólares", false, CENTAVOS},
    {"£", "libra", "libras", true, CENTAVOS},
    {"GBP", "libra esterlina", "libras esterlinas", true, CENTAVOS},
    {"CHF", "franco suíço", "francos suíços", false, CENTAVOS},
    {"¥", "iene", "ienes", false, NULL, NULL},
    {"JPY", "iene", "ienes", false, NULL, NULL},
    {"₽", "rublo", "rublos", false, NULL, NULL},
    {"₹", "rupia", "rupias", true, NULL, NULL},
    {"₿", "bitcoin", "bitcoins", false, NULL, NULL},
    {"BTC", "bitcoin", "bitcoins", false, NULL, NULL},
};

static const struct ro_noun units[] = {
    {.written = "x", .one = "vez", .many = "vezes", .feminine = true}, /* "3x" */
    {.written = "%", .one = "por cento", .many = "por cento"},
    {.written = "‰", .one = "por mil", .many = "por mil"},
    {.written = "°C", .one = "grau Celsius", .many = "graus Celsius"},
    {.written = "ºC", .one = "grau Celsius", .many = "graus Celsius"},
    {.written = "°F", .one = "grau Fahrenheit", .many = "graus Fahrenheit"},
    {.written = "ºF", .one = "grau Fahrenheit", .many = "graus Fahrenheit"},
    {.written = "°", .one = "grau", .many = "graus"},
    {.written = "km", .one = "quilômetro", .many = "quilômetros"},
    {.written = "Km", .one = "quilômetro", .many = "quilômetros"},
    {.written = "hm", .one = "hectômetro", .many = "hectômetros"},
    {.written = "m", .one = "metro", .many = "metros"},
    {.written = "dm", .one = "decímetro", .many = "decímetros"},
    {.written = "cm", .one = "centímetro", .many = "centímetros"},
    {.written = "mm", .one = "milímetro", .many = "milímetros"},
    {.written = "µm", .one = "micrômetro", .many = "micrômetros"},
    {.written = "μm", .one = "micrômetro", .many = "micrômetros"},
    {.written = "nm", .one = "nanômetro", .many = "nanômetros"},
    {.written = "ha", .one = "hectare", .many = "hectares"},
    {.written = "t", .one = "tonelada", .many = "toneladas", .feminine = true},
    {.written = "kg", .one = "quilograma", .many = "quilogramas"},
    {.written = "Kg", .one = "quilograma", .many = "quilogramas"},
    {.written = "g", .one = "grama", .many = "gramas"},
    {.written = "gr", .one = "grama", .many = "gramas"},
    {.written = "mg", .one = "miligrama", .many = "miligramas"},
    {.written = "µg", .one = "micrograma", .many = "microgramas"},
    {.written = "μg", .one = "micrograma", .many = "microgramas"},
    {.written = "hl", .one = "hectolitro", .many = "hectolitros"},
    {.written = "l", .one = "litro", .many = "litros"},
    {.written = "L", .one = "litro", .many = "litros"},
    {.written = "dl", .one = "decilitro", .many = "decilitros"},
    {.written = "cl", .one = "centilitro", .many = "centilitros"},
    {.written = "ml", .one = "mililitro", .many = "mililitros"},
    {.written = "mL", .one = "mililitro", .many = "mililitros"},
    {.written = "d", .one = "dia", .many = "dias"},
    {.written = "h", .one = "hora", .many = "horas", .feminine = true},
    {.written = "min", .one = "minuto", .many = "minutos"},
    {.written = "s", .one = "segundo", .many = "segundos"},
    {.written = "seg", .one = "segundo", .many = "segundos"},
    {.written = "ms", .one = "milissegundo", .many = "milissegundos"},
    {.written = "µs", .one = "microssegundo", .many = "microssegundos"},
    {.written = "ns", .one = "nanossegundo", .many = "nanossegundos"},
    {.written = "Hz", .one = "hertz", .many = "hertz"},
    {.written = "kHz", .one = "quilohertz", .many = "quilohertz"},
    {.written = "MHz", .one = "megahertz", .many = "megahertz"},
    {.written = "GHz", .one = "gigahertz", .many = "gigahertz"},
    {.written = "kB", .one = "quilobyte", .many = "quilobytes"},
    {.written = "KB", .one = "quilobyte", .many = "quilobytes"},
    {.written = "MB", .one = "megabyte", .many = "megabytes"},
    {.written = "GB", .one = "gigabyte", .many = "gigabytes"},
    {.written = "TB", .one = "terabyte", .many = "terabytes"},
    {.written = "kbit", .one = "quilobit", .many = "quilobits"},
    {.written = "Mbit", .one = "megabit", .many = "megabits"},
    {.written = "Mb", .one = "megabit", .many = "megabits"},
    {.written = "Gbit", .one = "gigabit", .many = "gigabits"},
    {.written = "Gb", .one = "gigabit", .many = "gigabits"},
    {.written = "Mbps", .one = "megabit por segundo", .many = "megabits por segundo"},
    {.written = "V", .one = "volt", .many = "volts"},
    {.written = "mV", .one = "milivolt", .many = "milivolts"},
    {.written = "kV", .one = "quilovolt", .many = "quilovolts"},
    {.written = "A", .one = "ampere", .many = "amperes"},
    {.written = "mA", .one = "miliampere", .many = "miliamperes"},
    {.written = "mAh", .one = "miliampere-hora", .many = "miliamperes-hora"},
    {.written = "W", .one = "watt", .many = "watts"},
    {.written = "kW", .one = "quilowatt", .many = "quilowatts"},
    {.written = "MW", .one = "megawatt", .many = "megawatts"},
    {.written = "GW", .one = "gigawatt", .many = "gigawatts"},
    {.written = "Wh", .one = "watt-hora", .many = "watts-hora"},
    {.written = "kWh", .one = "quilowatt-hora", .many = "quilowatts-hora"},
    {.written = "MWh", .one = "megawatt-hora", .many = "megawatts-hora"},
    {.written = "GWh", .one = "gigawatt-hora", .many = "gigawatts-hora"},
    {.written = "TWh", .one = "terawatt-hora", .many = "terawatts-hora"},
    {.written = "cv", .one = "cavalo", .many = "cavalos"},
    {.written = "CV", .one = "cavalo", .many = "cavalos"},
    {.written = "J", .one = "joule", .many = "joules"},
    {.written = "kJ", .one = "quilojoule", .many = "quilojoules"},
    {.written = "kcal", .one = "quilocaloria", .many = "quilocalorias", .feminine = true},
    {.written = "cal", .one = "caloria", .many = "calorias", .feminine = true},
    {.written = "N", .one = "newton", .many = "newtons"},
    {.written = "Pa", .one = "pascal", .many = "pascals"},
    {.written = "hPa", .one = "hectopascal", .many = "hectopascals"},
    {.written = "kPa", .one = "quilopascal", .many = "quilopascals"},
    {.written = "bar", .one = "bar", .many = "bars"},
    {.written = "dB", .one = "decibel", .many = "decibéis"},
    {.written = "Ω", .one = "ohm", .many = "ohms"},
    {.written = "rpm", .one = "rotação por minuto", .many = "rotações por minuto", .feminine = true},
    {.written = "ppm", .one = "parte por milhão", .many = "partes por milhão", .feminine = true},
    {.written = "hab.", .one = "habitante", .many = "habitantes"},
    {.written = "hab", .one = "habitante", .many = "habitantes"},
    {.written = "px", .one = "pixel", .many = "pixels"},
};

static const struct norm_entry per[] = {
    {"h", "por hora"},
    {"s", "por segundo"},
    {"s²", "por segundo ao quadrado"},
    {"min", "por minuto"},
    {"dia", "por dia"},
    {"mês", "por mês"},
    {"ano", "por ano"},
    {"km", "por quilômetro"},
    {"km²", "por quilômetro quadrado"},
    {"km2", "por quilômetro quadrado"},
    {"m²", "por metro quadrado"},
    {"m2", "por metro quadrado"},
    {"m³", "por metro cúbico"},
    {"m3", "por metro cúbico"},
    {"m", "por metro"},
    {"kg", "por quilo"},
    {"g", "por grama"},
    {"l", "por litro"},
    {"L", "por litro"},
    {"dl", "por decilitro"},
    {"dL", "por decilitro"},
    {"ml", "por mililitro"},
    {"t", "por tonelada"},
    {"ha", "por hectare"},
    {"kWh", "por quilowatt-hora"},
    {"MWh", "por megawatt-hora"},
    {"noite", "por noite"},
    {"semana", "por semana"},
    {"pessoa", "por pessoa"},
    {"hora", "por hora"},
    {"hab.", "por habitante"},
    {"hab", "por habitante"},
    {"100 km", "a cada cem quilômetros"},
    {"un.", "por unidade"},
};

static const struct ro_magnitude magnitudes[] = {
    {"k", "mil", "mil", true, false},
    {"K", "mil", "mil", true, false},
    {"M", "milhão", "milhões", true, true},
    {"mi", "milhão", "milhões", false, true},
    {"mi.", "milhão", "milhões", false, true},
    {"bi", "bilhão", "bilhões", false, true},
    {"bi.", "bilhão", "bilhões", false, true},
    {"tri", "trilhão", "trilhões", false, true},
    {"milhão", "milhão", "milhões", false, true},
    {"milhões", "milhão", "milhões", false, true},
    {"bilhão", "bilhão", "bilhões", false, true},
    {"bilhões", "bilhão", "bilhões", false, true},
    {"trilhão", "trilhão", "trilhões", false, true},
    {"trilhões", "trilhão", "trilhões", false, true},
    {"mil", "mil", "mil", false, false},
};

/* ---- words ---- */

static const struct norm_symbol_name signs[] = {
    {'&', "e"},
    {0xA7, "parágrafo"},
    {0xA9, "copyright"},
    {0xAE, "marca registrada"},
    {0xB1, "mais ou menos"},
    {0xF7, "dividido por"},
    {0x2264, "menor ou igual a"},
    {0x2265, "maior ou igual a"},
    {0x2260, "diferente de"},
    {0x2248, "aproximadamente igual a"},
    {0x221E, "infinito"},
    {0x221A, "raiz quadrada de"},
    {0x20AC, "euro"},
    {'%', "por cento"},
    {0xB0, "graus"},
};

static const struct norm_symbol_name between[] = {
    {'+', "mais"},      {'=', "igual a"},         {'*', "vezes"},        {'<', "menor que"},
    {'>', "maior que"}, {'~', "aproximadamente"}, {':', "dividido por"},
};

static const char *const phones[] = {
    "ddddd-ddd",     "ddd.ddd.ddd-dd", "dd.ddd.ddd/dddd-dd", "(dd) 9dddd dddd", "(dd) dddd dddd", "(0dd) dddd dddd",
    "dd 9dddd dddd", "9dddd dddd",     "0800 ddd dddd",      "0800 dddddd",     "0300 ddd dddd",  "~3ddd dddd",
    "~4ddd dddd",    "?dddd dddd",     "?ddddd dddd",        "?dd ddddddddd",   "?dd dddd dddd",  "?ddddddddd",
    "?dddddddd",     "?ddd",           "?ddddd ddd",
};

static const struct norm_symbol_name symbols[] = {
    {'.', "ponto"},
    {'/', "barra"},
    {':', "dois pontos"},
    {'-', "hífen"},
    {'_', "sublinhado"},
    {'@', "arroba"},
    {'?', "interrogação"},
    {'=', "igual"},
    {'&', "e"},
    {'#', "cerquilha"},
    {'%', "por cento"},
    {'+', "mais"},
    {'~', "til"},
    {'\\', "barra invertida"},
};

static const char labels[] = "capítulo|capítulos|tomo|ato|cena|livro|parte|volume|artigo|título|anexo|fase|tipo|nível|"
                             "lição|seção|classe|grupo|figura|"
                             "tabela|página|páginas|etapa|cap|vol|art|inciso|módulo|quadro";

static const char kings[] =
    "pedro|joão|paulo|carlos|afonso|fernando|filipe|felipe|luís|luiz|henrique|manuel|sancho|dinis|duarte|sebastião|"
    "josé|miguel|pio|bento|jorge|eduardo|guilherme|frederico|alexandre|nicolau|napoleão|francisco|ricardo|gregório|"
    "leão|inocêncio|clemente|sisto|júlio|urbano|bonifácio|vítor|emanuel|leopoldo|alberto|balduíno|humberto|"
    "maximiliano|rodolfo|ivan|ramsés|ptolomeu|dario|xerxes|teodósio|constantino|justiniano|charles|william";

static const char spelled[] = "UE|OMS|PIB|DNA|RNA|IA|USB|URL|IP|API|IPI|IPTU|IPVA|ICMS|FMI|BCE|ISO|PF|SUV|IBGE|UPA|UTI|"
                              "CPI|CPF|HIV|AVC|IPC|IPO|ONG|EUA|INSS|"
                              "UOL|IRPF|CLT|FGTS|STF|OAB|OEA|USP|UFRJ|UNB";

/* ---- the language ---- */

/* clang-format off */
static const struct norm_rule rules[] = {
    {NORM_WORD | NORM_PLAIN, ro_rule_weekdays},
    {NORM_DIGITS | NORM_WORD, norm_rule_verse},
    NORM_WEB_RULES,
    {NORM_DIGITS, ro_rule_ordinal},
    RO_NUMBER_RULES,
    {NORM_WORD, ro_rule_roman},
    RO_WORD_RULES,
    {NORM_SYMBOL, norm_rule_sign},
};
/* clang-format on */

const struct romance pt_normaliser = {
    .base =
        {
            .rules = rules,
            .n_rules = NORM_COUNT(rules),
            .symbols = symbols,
            .n_symbols = NORM_COUNT(symbols),
            .emoji = &pt_emoji,
            .bible = &pt_bible,
            .cardinal = ro_cardinal,
            .ordinal = ro_ordinal,
            .to = "a",
            .number = "número",
            .hashtag = "hashtag",
            .at = "arroba",
        },
    .below_million = pt_below_million,
    .ordinal = pt_ordinal,
    .scales = pt_scales,
    .scale_digits = 3,
    .group_and = "e",
    .minus = "menos",
    .plus = "mais",
    .comma = "vírgula",
    .point = "ponto",
    .singular_below_two = true,
    .of = "de",
    .is_feminine = pt_is_feminine,
    .is_noun = pt_is_noun,
    .units = units,
    .n_units = NORM_COUNT(units),
    .currencies = currencies,
    .n_currencies = NORM_COUNT(currencies),
    .per = per,
    .n_per = NORM_COUNT(per),
    .square = {"quadrado", "quadrados"},
    .cube = {"cúbico", "cúbicos"},
    .magnitudes = magnitudes,
    .n_magnitudes = NORM_COUNT(magnitudes),
    .cents_and = "e",
    .over = "de",
    .times = "vezes",
    .by = "por",
    .squared = "ao quadrado",
    .cubed = "ao cubo",
    .power = "elevado a",
    .fraction = pt_fraction,
    .and_fraction = "e",
    .and_half = "e meio",
    .and_half_feminine = "e meia",
    .short_months = short_months,
    .n_short_months = NORM_COUNT(short_months),
    .short_weekdays = short_weekdays,
    .n_short_weekdays = NORM_COUNT(short_weekdays),
    .date_of = "de",
    .first_day = "primeiro",
    .date_cues = "dia|em|no|o|do|ao|até|desde|de",
    .time = say_time,
    .hour_marks = "h|hs|hrs",
    .degree_ordinals = true,
    .articles = "o|a|os|as|do|da|dos|das|no|na|ao|à|um|uma|pelo|pela",
    .and = "e|a|ou|ao",
    .century_before = "século|séculos|séc|sécs",
    .century_after = "",
    .labels = labels,
    .kings = kings,
    .queens = "elizabeth|elisabete|isabel|maria|catarina|vitória|cristina|joana|leopoldina",
    .king_ordinals = 10,
    .label_ordinals = 0,
    .spelled = spelled,
    .signs = signs,
    .n_signs = NORM_COUNT(signs),
    .between = between,
    .n_between = NORM_COUNT(between),
    .phones = phones,
    .n_phones = NORM_COUNT(phones),
    .phone_cues = "cep|tel|telefone|telefones|fone|ligue|ligar|liga|fax|celular|whatsapp|zap|número",
    .version = "versão",
};
