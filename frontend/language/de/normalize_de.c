/* The German normaliser: its rules in order, and what characters are called in addresses. Smaller than the English one. */
#include "normalize_de.h"

static const struct norm_rule rules[] = {
    {"entity", NORM_SYMBOL, norm_rule_entity},
    {"emoji", NORM_SYMBOL | NORM_DIGITS, norm_rule_emoji},
    {"e-mail", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_email},
    {"url", NORM_WORD | NORM_DIGITS, norm_rule_url},
    {"ip", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_ip},
    {"path", NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_path},
    {"handle", NORM_SYMBOL, norm_rule_handle},
    {"phone", NORM_DIGITS | NORM_SYMBOL, de_rule_phone},
    {"date", NORM_DIGITS, de_rule_date},
    {"time", NORM_DIGITS, de_rule_time},
    {"score", NORM_DIGITS, de_rule_score},
    {"years", NORM_DIGITS, de_rule_years},
    {"days", NORM_DIGITS, de_rule_days},
    {"ordinal", NORM_DIGITS, de_rule_ordinal},
    {"code", NORM_DIGITS, de_rule_code},
    {"version", NORM_WORD, de_rule_version},
    {"weekday", NORM_WORD, de_rule_weekday},
    {"times", NORM_WORD, de_rule_times},
    {"fold", NORM_DIGITS, de_rule_fold},
    {"decade", NORM_DIGITS, de_rule_decade},
    {"fraction", NORM_DIGITS | NORM_SYMBOL, de_rule_fraction},
    {"money", NORM_WORD | NORM_SYMBOL, de_rule_money},
    {"one", NORM_DIGITS, de_rule_one},
    {"quantity", NORM_DIGITS | NORM_SYMBOL, de_rule_quantity},
    {"sign", NORM_SYMBOL | NORM_WORD, de_rule_sign},
    {"power", NORM_SYMBOL, de_rule_power},
    {"digits", NORM_DIGITS, de_rule_digits},
    {"abbreviation", NORM_WORD, norm_rule_abbreviation},
    {"street", NORM_WORD, de_rule_street},
    {"roman", NORM_WORD, de_rule_roman},
    {"identifier", NORM_WORD | NORM_SYMBOL, norm_rule_identifier},
    {"symbol", NORM_SYMBOL, de_rule_symbol},
    {"sign", NORM_SYMBOL, norm_rule_sign},
};

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
