/* Chinese as it is spoken in Mandarin: what it is made of. */
#include "normalize_zh.h"
#include "readings_zh.h"

static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

static const struct language_words words = {
    .months = {"一月", "二月", "三月", "四月", "五月", "六月", "七月", "八月", "九月", "十月", "十一月", "十二月"},
    .minute = "分钟",
    .minutes = "分钟",
    .second = "秒",
    .seconds = "秒",
    .plus = "加",
    .bleep = "哔",
};

const struct language language_zh = {
    .tags = "zh|cmn",
    .digits = digits,
    .letter_a = "A",
    .decimal = '.',
    .group = ',',
    .normaliser = &zh_normaliser,
    .abbreviations = &zh_abbreviations,
    .sentences = &zh_sentences,
    .names = &zh_names,
    .words = &words,
    .say = zh_say,
    .latin_voice = "en-us",
};
