/* The Chinese normaliser: its rules in order. Text has no spaces between words; the last rules cut it into words, and
 * digits among them are read in Chinese. */
#include "normalize_zh.h"

#include "base/utf8.h"
#include <string.h>

static bool is_numeral(uint32_t c)
{
    static const uint32_t numerals[] = {0x3007, 0x96F6, 0x4E00, 0x4E8C, 0x4E09, 0x56DB,
                                        0x4E94, 0x516D, 0x4E03, 0x516B, 0x4E5D};
    for (size_t k = 0; k < NORM_COUNT(numerals); k++)
        if (numerals[k] == c)
            return true;
    return false;
}

/* Numerals in a row, each said alone, with 年 behind them. */
static size_t count_digits(const struct norm_pass *pass, size_t i)
{
    size_t n = 0;
    while (n < ZH_MAX_RUN && (!n || norm_touches(pass, i + n)) && is_numeral(norm_at(pass, i + n)->codepoint))
        n++;
    return n > 2 ? n + zh_follows(pass, i + n, "年") : n;
}

/* A run of characters, cut into words. Characters without a reading are a word together. */
static size_t rule_words(struct norm_pass *pass, size_t i)
{
    uint32_t chars[ZH_MAX_RUN];
    uint8_t lengths[ZH_MAX_RUN];
    size_t n = 0;
    while (n < ZH_MAX_RUN && norm_is_ideograph(pass, i + n) && zh_is_char(norm_at(pass, i + n)->codepoint) &&
           (!n || norm_touches(pass, i + n))) {
        chars[n] = zh_simplified(norm_at(pass, i + n)->codepoint);
        n++;
        if (count_digits(pass, i + n) > 2)
            break;
    }
    if (!n)
        return 0;
    const size_t digits = count_digits(pass, i);
    if (digits > 2) { /* "一九九八年" */
        zh_join_tokens(pass, i, digits);
        return digits;
    }
    const size_t words = zh_segment(chars, n, lengths);
    for (size_t w = 0, at = 0; w < words; w++) {
        const bool unread = !zh_char_reading(norm_at(pass, i + at)->codepoint) && !zh_char_reading(chars[at]);
        const bool before =
            at > 0 && !zh_char_reading(norm_at(pass, i + at - 1)->codepoint) && !zh_char_reading(chars[at - 1]);
        if (at && !(unread && before))
            norm_border(pass, i + at);
        zh_join_tokens(pass, i + at, lengths[w]);
        at += lengths[w];
    }
    return n;
}

/* Abbreviations in capitals are spelled: "GDP". What can be said as a word is left to English. */
static size_t rule_capitals(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (!token->all_caps || token->length > 6 || norm_in_list(pass, i, "ok|vs"))
        return 0;
    if (token->length > 3 && !norm_is_unspeakable(norm_text(pass, i), token->length))
        return 0;
    norm_spell(pass, norm_text(pass, i), token->length);
    return 1;
}

static const struct norm_symbol_name signs[] = {
    {'&', "和"},        {'@', "at"},        {'+', "加"},        {'=', "等于"},        {0xD7, "乘以"},
    {0xF7, "除以"},     {'<', "小于"},      {'>', "大于"},      {0x2264, "小于等于"}, {0x2265, "大于等于"},
    {0x2260, "不等于"}, {0x2248, "约等于"}, {0x221E, "无穷大"}, {0x221A, "根号"},     {0xB0, "度"},
    {0xB1, "正负"},     {'%', "百分号"},    {0xA7, "节"},       {0xA9, "版权所有"},   {0xAE, "注册商标"},
    {0x2122, "商标"},   {0x2192, "到"},     {0xFF0B, "加"},     {0xFF1D, "等于"},     {0x2103, "摄氏度"},
    {'$', "美元"},      {0xA5, "元"},       {0xFFE5, "元"},     {0x20AC, "欧元"},     {0xA3, "英镑"},
};

/* Between numbers a hyphen is a minus, when something equals something. */
static size_t rule_symbol(struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    const bool numbers = i > 0 && norm_is_kind(pass, i - 1, NORM_DIGITS) && norm_is_kind(pass, i + 1, NORM_DIGITS);
    if ((c == '-' || c == 0x2212) && numbers) {
        norm_say(pass, "减");
        return 1;
    }
    if (c == '*' && numbers) {
        norm_say(pass, "乘以");
        return 1;
    }
    for (size_t k = 0; k < NORM_COUNT(signs); k++)
        if (signs[k].codepoint == c) {
            norm_say(pass, signs[k].spoken);
            return 1;
        }
    return 0;
}

/* Between a word's middle: "约翰·史密斯". */
static size_t rule_dot(struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    if (c != 0xB7 && c != 0x30FB && c != 0x2022)
        return 0;
    if (!i || !norm_is_ideograph(pass, i - 1) || !norm_is_ideograph(pass, i + 1) || !norm_touches(pass, i) ||
        !norm_touches(pass, i + 1))
        return 0;
    const size_t n = rule_words(pass, i + 1);
    return n ? n + 1 : 0;
}

static const struct norm_rule rules[] = {
    {NORM_SYMBOL, norm_rule_entity},
    {NORM_SYMBOL | NORM_DIGITS, norm_rule_emoji},
    {NORM_WORD | NORM_PLAIN | NORM_DIGITS | NORM_SYMBOL, norm_rule_email},
    {NORM_WORD | NORM_DIGITS, norm_rule_url},
    {NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_ip},
    {NORM_WORD | NORM_DIGITS | NORM_SYMBOL, norm_rule_path},
    {NORM_WORD, norm_rule_iban},
    {NORM_SYMBOL, norm_rule_handle},
    {NORM_DIGITS, zh_rule_date},
    {NORM_DIGITS, zh_rule_year},
    {NORM_DIGITS | NORM_SYMBOL, zh_rule_phone},
    {NORM_DIGITS, zh_rule_time},
    {NORM_DIGITS, zh_rule_score},
    {NORM_DIGITS | NORM_SYMBOL, zh_rule_percent},
    {NORM_DIGITS | NORM_SYMBOL | NORM_WORD, zh_rule_money},
    {NORM_DIGITS | NORM_SYMBOL, zh_rule_unit},
    {NORM_DIGITS | NORM_SYMBOL, zh_rule_fraction},
    {NORM_DIGITS, zh_rule_range},
    {NORM_DIGITS, zh_rule_english},
    {NORM_DIGITS | NORM_SYMBOL, zh_rule_number},
    {NORM_WORD, norm_rule_abbreviation},
    {NORM_WORD, rule_capitals},
    {NORM_WORD | NORM_SYMBOL, norm_rule_identifier},
    {NORM_SYMBOL, rule_dot},
    {NORM_SYMBOL, rule_symbol},
    {NORM_SYMBOL, norm_rule_sign},
    {NORM_WORD, rule_words},
};

static const struct norm_symbol_name symbols[] = {
    {'.', "点"},   {'/', "斜杠"}, {':', "冒号"}, {'-', "杠"},     {'_', "下划线"}, {'@', "at"},     {'?', "问号"},
    {'=', "等于"}, {'&', "和"},   {'#', "井号"}, {'%', "百分号"}, {'+', "加"},     {'~', "波浪号"}, {'\\', "反斜杠"},
};

static void ordinal(struct norm_pass *pass, const char *digits, size_t n)
{
    norm_say(pass, "第");
    zh_join_cardinal(pass, digits, n, false);
}

const struct normaliser zh_normaliser = {
    .rules = rules,
    .n_rules = NORM_COUNT(rules),
    .symbols = symbols,
    .n_symbols = NORM_COUNT(symbols),
    .emoji = &zh_emoji,
    .cardinal = zh_cardinal,
    .ordinal = ordinal,
    .hashtag = "话题",
    .at = "at",
    .ideographs = true,
};
