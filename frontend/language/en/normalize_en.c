/* The English normaliser: its rules in order. The rules are in normalize_en_*.c; what is
 * recognised earlier in the list wins. */
#include "normalize_en.h"

static const struct norm_rule rules[] = {
    /* addresses, before their parts look like something else */
    {"entity", NORM_SYMBOL, norm_rule_entity},
    {"emoji", NORM_SYMBOL | NORM_DIGITS, norm_rule_emoji},
    {"e-mail", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_email},
    {"url", NORM_WORD | NORM_DIGITS, norm_rule_url},
    {"ip", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_ip},
    {"path", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_path},
    {"handle", NORM_SYMBOL, norm_rule_handle},
    /* numbers with a shape of their own */
    {"hexadecimal", NORM_DIGITS | NORM_WORD, en_rule_hex},
    {"date", NORM_DIGITS, en_rule_date},
    {"money", NORM_DIGITS | NORM_WORD | NORM_SYMBOL, en_rule_money},
    {"phone", NORM_DIGITS | NORM_SYMBOL, en_rule_phone},
    {"version", NORM_DIGITS | NORM_WORD, en_rule_version},
    {"feet", NORM_DIGITS, en_rule_feet},
    {"day and month", NORM_DIGITS, en_rule_day_month},
    {"time", NORM_DIGITS, en_rule_time},
    {"decade", NORM_DIGITS | NORM_SYMBOL, en_rule_decade},
    {"ordinal", NORM_DIGITS, en_rule_ordinal},
    {"fraction", NORM_DIGITS | NORM_SYMBOL, en_rule_fraction},
    {"range", NORM_DIGITS | NORM_SYMBOL, en_rule_range},
    /* what stands behind numbers */
    {"half of the day", NORM_WORD, en_rule_half},
    {"by", NORM_WORD | NORM_SYMBOL, en_rule_by},
    {"unit", NORM_WORD | NORM_SYMBOL | NORM_PLAIN, en_rule_unit},
    {"per", NORM_SYMBOL, en_rule_per},
    /* words */
    {"month", NORM_WORD, en_rule_month},
    {"weekday", NORM_WORD, en_rule_weekday},
    {"slash", NORM_WORD | NORM_SYMBOL, en_rule_slash},
    {"letter", NORM_WORD, en_rule_letter},
    {"state", NORM_WORD, en_rule_state},
    {"compass", NORM_WORD, en_rule_compass},
    {"dotted", NORM_WORD, en_rule_dotted},
    {"abbreviation", NORM_WORD | NORM_PLAIN, norm_rule_abbreviation},
    {"roman", NORM_WORD, en_rule_roman},
    {"formula", NORM_WORD, en_rule_formula},
    {"serial", NORM_WORD | NORM_DIGITS, en_rule_serial},
    {"acronym", NORM_WORD, en_rule_acronym},
    {"identifier", NORM_WORD | NORM_SYMBOL | NORM_DIGITS, norm_rule_identifier},
    /* the rest */
    {"power", NORM_SYMBOL, en_rule_power},
    {"operator", NORM_SYMBOL, en_rule_operator},
    {"number", NORM_DIGITS | NORM_SYMBOL, en_rule_number},
    {"symbol", NORM_SYMBOL, en_rule_symbol},
    {"sign", NORM_SYMBOL, norm_rule_sign},
};

static const struct norm_symbol_name symbols[] = {
    {'.', "dot"},
    {'/', "slash"},
    {':', "colon"},
    {'-', "dash"},
    {'_', "underscore"},
    {'@', "at"},
    {'?', "question mark"},
    {'=', "equals"},
    {'&', "and"},
    {'#', "hash"},
    {'%', "percent"},
    {'+', "plus"},
    {'~', "tilde"},
    {'\\', "backslash"},
    {',', "comma"},
    {';', "semicolon"},
    {'!', "exclamation mark"},
    {'*', "star"},
    {'(', "left paren"},
    {')', "right paren"},
    {'$', "dollar"},
};

const struct normaliser en_normaliser = {
    .rules = rules,
    .n_rules = NORM_COUNT(rules),
    .symbols = symbols,
    .n_symbols = NORM_COUNT(symbols),
    .emoji = &en_emoji,
    .cardinal = en_cardinal,
    .ordinal = en_ordinal,
    .hashtag = "hashtag",
    .at = "at",
};
