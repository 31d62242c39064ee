/* The German normaliser: its rules in order, and what characters are called in addresses. Smaller than the English
 * one. */
#include "normalize_de.h"

static const struct norm_rule rules[] = {
    NORM_WEB_RULES,
    {NORM_DIGITS | NORM_WORD, norm_rule_verse},
    {NORM_DIGITS | NORM_SYMBOL, de_rule_phone},
    {NORM_DIGITS, de_rule_date},
    {NORM_DIGITS, de_rule_duration},
    {NORM_DIGITS, de_rule_time},
    {NORM_DIGITS, de_rule_score},
    {NORM_DIGITS, de_rule_years},
    {NORM_DIGITS, de_rule_days},
    {NORM_DIGITS, de_rule_ordinal},
    {NORM_DIGITS, de_rule_code},
    {NORM_WORD, de_rule_version},
    {NORM_WORD, de_rule_weekday},
    {NORM_WORD, de_rule_times},
    {NORM_DIGITS, de_rule_fold},
    {NORM_DIGITS, de_rule_decade},
    {NORM_DIGITS | NORM_SYMBOL, de_rule_fraction},
    {NORM_WORD | NORM_SYMBOL, de_rule_money},
    {NORM_DIGITS, de_rule_one},
    {NORM_DIGITS | NORM_SYMBOL, de_rule_quantity},
    {NORM_SYMBOL, de_rule_per},
    {NORM_SYMBOL | NORM_WORD, de_rule_sign},
    {NORM_SYMBOL, de_rule_power},
    {NORM_DIGITS, de_rule_digits},
    {NORM_WORD, norm_rule_abbreviation},
    {NORM_WORD, de_rule_street},
    {NORM_WORD, de_rule_roman},
    {NORM_WORD | NORM_SYMBOL, norm_rule_identifier},
    {NORM_SYMBOL, de_rule_symbol},
    {NORM_SYMBOL, norm_rule_sign},
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
    .bible = &de_bible,
    .cardinal = de_cardinal,
    .ordinal = de_ordinal,
    .to = "bis",
    .number = "Nummer",
    .hashtag = "Hashtag",
    .at = "at",
};
