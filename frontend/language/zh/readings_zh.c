/* Words of Chinese characters -> syllables with tones. A word's readings are the table's; a character that is a word
 * of its own, and has several, is read by its neighbours; 一 and 不 by what follows. Other changes of tone are the
 * voice's. */
#include "readings_zh.h"

#include "base/utf8.h"
#include "words_zh.h"
#include <string.h>

#define BEFORE 4    /* characters looked at before the word */
#define AFTER 6     /* and behind it */
#define BORDER 0    /* no character: a mark, a pause, the sentence's end */
#define FOREIGN 'A' /* a word of another script, or a number in digits */

/* A word and what stands around it, in simplified characters. */
struct place {
    uint32_t written[ZH_MAX_RUN], chars[ZH_MAX_RUN]; /* [n] */
    size_t n;
    uint32_t before[BEFORE]; /* nearest first */
    size_t before_length;    /* characters of the word before it */
    uint32_t after[AFTER];   /* nearest first */
    size_t after_length;     /* characters of the word behind it; at most AFTER */
};

/* ---- looking ---- */

static bool is_beside(const struct sentence *sentence, size_t left, size_t right)
{
    if (right >= sentence->n_tokens)
        return false;
    const struct sentence_token last = sentence_at(sentence, right);
    return sentence_at(sentence, left).word && last.word && !last.rest;
}

/* Characters of a token; false: it has others than Chinese ones, or too many. */
static bool read_token(const struct sentence *sentence, size_t token, uint32_t *chars, size_t *n)
{
    const struct sentence_token t = sentence_at(sentence, token);
    *n = 0;
    for (size_t i = 0; t.word && i < t.length;) {
        const struct base_codepoint c = base_utf8_next(t.text + i, t.length - i);
        if (!zh_is_char(c.value) || *n == ZH_MAX_RUN)
            return false;
        chars[(*n)++] = c.value;
        i += c.length;
    }
    return *n > 0;
}

static void look_before(const struct sentence *sentence, size_t token, struct place *place)
{
    uint32_t chars[ZH_MAX_RUN];
    size_t n = 0, found = 0;
    memset(place->before, 0, sizeof place->before);
    place->before_length = 0;
    for (; found < BEFORE && token > 0 && is_beside(sentence, token - 1, token); token--) {
        if (!read_token(sentence, token - 1, chars, &n)) {
            place->before[found] = FOREIGN;
            return;
        }
        if (!found)
            place->before_length = n;
        while (n > 0 && found < BEFORE)
            place->before[found++] = zh_simplified(chars[--n]);
    }
}

static void look_after(const struct sentence *sentence, size_t token, struct place *place)
{
    uint32_t chars[ZH_MAX_RUN];
    size_t n, found = 0;
    memset(place->after, 0, sizeof place->after);
    place->after_length = 0;
    for (; found < AFTER && is_beside(sentence, token, token + 1); token++) {
        if (!read_token(sentence, token + 1, chars, &n)) {
            place->after[found] = FOREIGN;
            return;
        }
        if (!found)
            place->after_length = n < AFTER ? n : AFTER;
        for (size_t i = 0; i < n && found < AFTER; i++)
            place->after[found++] = zh_simplified(chars[i]);
    }
}

static uint32_t char_at(const struct place *place, size_t i)
{
    return i < place->n ? place->chars[i] : i - place->n < AFTER ? place->after[i - place->n] : BORDER;
}

static uint32_t char_before(const struct place *place, size_t i)
{
    return i ? place->chars[i - 1] : place->before[0];
}

static bool is_in(const char *list, uint32_t c)
{
    size_t left = strlen(list);
    while (left) {
        const struct base_codepoint one = base_utf8_next(list, left);
        if (one.value == c)
            return true;
        list += one.length;
        left -= one.length;
    }
    return false;
}

static const char numerals[] = "〇零一二三四五六七八九十百千万亿两几半";

/* ---- characters with several readings ---- */

/* Tried in order. A list of characters, of which one must stand there; NULL: any. '^': none stands there; '#': a
 * numeral; '+': any character; '2', before: a word of two characters or more. */
static const struct reading_rule {
    const char *character, *before, *after, *reading;
} reading_rules[] = {
    {"得", NULL, "了到过奖病知益以出名分胜势罪逞志", "de2"},
    {"得", "我你他她它们您咱谁都也还就总又可才必非便却^", NULL, "dei3"},
    {"得", "+", NULL, "de5"},
    {"地", "块片的这那亩本此该", NULL, "di4"},
    {"地", "2", "+", "de5"},
    {"地", "快慢轻猛狠偷暗", "+", "de5"},
    {"长", NULL, "着了得出满大高胖成在过叶芽草毛牙肉虫霉", "zhang3"},
    {"长", "越", "越", "zhang3"},
    {"长", NULL, NULL, "chang2"},
    {"还", NULL, "书钱款债账贷给你您清了", "huan2"},
    {"还", "来去要没该快得能会请", "^了我他她它", "huan2"},
    {"教", "真", "人", "jiao4"},
    {"教", NULL, NULL, "jiao1"},
    {"种", "#这那各某哪每此该多", NULL, "zhong3"},
    {"种", NULL, "树花草菜地田瓜豆粮稻麦果茶棉菌玉了着下满过在什", "zhong4"},
    {"种", "去来会爱里上", NULL, "zhong4"},
    {"数", NULL, "了着到一二三不清钱完过", "shu3"},
    {"数", "来去能我你他她要", NULL, "shu3"},
    {"只", "这那", "是有能要会不想好", "zhi3"},
    {"只", "#这那每某哪数少", NULL, "zhi1"},
    {"为", NULL, "我你他她它您咱谁自大人民孩学祖国社家客群用了此何儿父母", "wei4"},
    {"为", "^是就都专能会要愿在并而们我您请", NULL, "wei4"},
    {"中", "打击射猜投抽考说选切看", NULL, "zhong4"},
    {"中", NULL, "了过奖彩标", "zhong4"},
    {"行", "#这那每哪首末下上换整单", "^文字诗代里中的", "hang2"},
    {"行", "^", "#", "hang2"},
    {"重", NULL, "新来做写建组复返读考看说拍装排", "chong2"},
    {"背", NULL, "着起了包", "bei1"},
    {"量", NULL, "体血身了一尺出过着", "liang2"},
    {"藏", NULL, NULL, "cang2"},
    {"弹", "#枚颗发", NULL, "dan4"},
    {"弹", NULL, NULL, "tan2"},
    {"调", NULL, "一高低大小好成节到整快慢", "tiao2"},
    {"挑", NULL, NULL, "tiao1"},
    {"累", NULL, NULL, "lei4"},
    {"盛", NULL, "饭汤着了满菜水粥", "cheng2"},
    {"系", NULL, "着上好领鞋安围紧带", "ji4"},
    {"咽", NULL, NULL, "yan4"},
    {"缝", NULL, "^里中", "feng4"},
    {"缝", NULL, NULL, "feng2"},
    {"薄", NULL, NULL, "bao2"},
    {"剥", NULL, NULL, "bao1"},
    {"削", NULL, NULL, "xiao1"},
    {"卷", NULL, "起成着了发", "juan3"},
    {"钉", NULL, "在了上着住", "ding4"},
    {"塞", NULL, NULL, "sai1"},
    {"倒", NULL, "水茶酒车着数计掉垃一杯", "dao4"},
    {"好", "爱喜", NULL, "hao4"},
    {"干", "#想能会要来去在敢肯多少^你我他她们", "活什吗嘛了得完过着^好", "gan4"},
    {"干", "能会要来去在敢肯", NULL, "gan4"},
    {"干", "是还都", "活点什", "gan4"},
    {"当", NULL, "真天作成做铺", "dang4"},
    {"称", NULL, "职心", "chen4"},
    {"处", "#这那各何此每别到一四", NULL, "chu4"},
    {"处", NULL, "在", "chu3"},
    {"尽", NULL, "管快量早可", "jin3"},
    {"难", "遭受逃避有", "^", "nan4"},
    {"差", "很太最更还真", NULL, "cha4"},
    {"差", NULL, "了一点不得到^", "cha4"},
    {"散", NULL, "了去开会步", "san4"},
    {"扇", NULL, "着了风动", "shan1"},
    {"折", NULL, "了^", "zhe2"},
    {"转", NULL, "着圈动来", "zhuan4"},
    {"朝", "今明", NULL, "zhao1"},
    {"露", NULL, "出了着", "lu4"},
    {"应", NULL, "了声邀^我你您他她", "ying4"},
    {"应", NULL, NULL, "ying1"},
    {"兴", NULL, "起建办", "xing1"},
    {"相", "照长真洋", NULL, "xiang4"},
    {"晃", NULL, "来了着动", "huang4"},
    {"冲", NULL, "着我你他她", "chong4"},
    {"奔", NULL, "向着^", "ben4"},
    {"曲", "首支这一", NULL, "qu3"},
    {"空", "有没抽得闲", "^", "kong4"},
    {"空", NULL, "着出", "kong4"},
    {"间", "夜瞬", NULL, "jian1"},
    {"发", "头白黑长短理卷金秀", "^型色", "fa4"},
    {"着", NULL, "火凉急迷", "zhao2"},
    {"着", "火灯烟", "了^", "zhao2"},
    {"着", "睡猜找买点够", "了^", "zhao2"},
    {"没", "淹沉埋出隐吞", NULL, "mo4"},
    {"和", NULL, "面泥", "huo2"},
    {"率", NULL, "领队军先", "shuai4"},
    {"率", "2", NULL, "lv4"},
    {"参", "2", "^", "shen1"},
    {"佛", "^", NULL, "fo2"},
    {"校", NULL, "对正稿", "jiao4"},
    {"炸", NULL, "鸡鱼薯油丸肉串虾", "zha2"},
    {"划", NULL, "船桨水算着", "hua2"},
    {"吐", NULL, "了得血^", "tu4"},
    {"血", "流出了的", "^", "xie3"},
    {"撒", NULL, "在了种上满", "sa3"},
    {"扎", NULL, "辫了着在针", "zha1"},
    {"担", "#", NULL, "dan4"},
    {"论", "^", "语", "lun2"},
    {"呢", NULL, "子绒", "ni2"},
    {"哪", NULL, "吒", "ne2"},
    {"啦", NULL, NULL, "la5"},
    {"呗", NULL, NULL, "bei5"},
};

static bool stands_there(const char *list, uint32_t c, size_t length)
{
    if (!list)
        return true;
    for (const char *flag = list; *flag; flag++)
        if ((*flag == '^' && c == BORDER) || (*flag == '+' && c != BORDER && c != FOREIGN) ||
            (*flag == '2' && length > 1) || (*flag == '#' && c != BORDER && (c == FOREIGN || is_in(numerals, c))))
            return true;
    return c != BORDER && c != FOREIGN && is_in(list, c);
}

/* Behind "中国的": as in that word. */
static zh_reading read_named(const struct place *place)
{
    const uint32_t c = place->chars[0], word[2] = {place->before[2], place->before[1]};
    zh_reading readings[2];
    if (place->before[0] != 0x7684 || (word[0] != c && word[1] != c)) /* 的 */
        return 0;
    return zh_word_readings(word, 2, readings) == ZH_OWN_READINGS ? readings[word[0] != c] : zh_char_reading(c);
}

/* Of a character that is a word of its own, at chars[i]. */
static zh_reading read_alone(const struct place *place, size_t i)
{
    const zh_reading named = place->n == 1 ? read_named(place) : 0;
    if (named)
        return named;
    const uint32_t before = char_before(place, i), after = char_at(place, i + 1);
    for (size_t r = 0; r < sizeof reading_rules / sizeof *reading_rules; r++) {
        const struct reading_rule *const rule = &reading_rules[r];
        if (base_utf8_next(rule->character, strlen(rule->character)).value == place->chars[i] &&
            stands_there(rule->before, before, i ? 1 : place->before_length) && stands_there(rule->after, after, 1))
            return zh_reading_find(rule->reading, strlen(rule->reading));
    }
    return 0;
}

/* Of the characters of a word; 0: it has none. A traditional character's own reading says more than the simplified
 * one's. */
static zh_reading read_char(uint32_t written, uint32_t simplified)
{
    const zh_reading own = zh_char_reading(written);
    return own ? own : zh_char_reading(simplified);
}

/* Fills readings[place->n]. */
static void read_words(const struct place *place, zh_reading *readings)
{
    uint8_t lengths[ZH_MAX_RUN];
    size_t words = 1, i = 0;
    lengths[0] = (uint8_t)place->n;
    if (place->n > 1 && zh_word_readings(place->chars, place->n, readings) == ZH_NO_WORD)
        words = zh_segment(place->chars, place->n, lengths);
    for (size_t w = 0; w < words; i += lengths[w++]) {
        const bool listed =
            lengths[w] > 1 && zh_word_readings(place->chars + i, lengths[w], readings + i) == ZH_OWN_READINGS;
        for (size_t k = i; !listed && k < i + lengths[w]; k++) {
            readings[k] = lengths[w] == 1 ? read_alone(place, k) : 0;
            if (!readings[k])
                readings[k] = read_char(place->written[k], place->chars[k]);
        }
    }
}

/* ---- 一 and 不 ---- */

/* The tone of what follows chars[i]; 0: nothing does. */
static unsigned next_tone(const struct place *place, const zh_reading *readings, size_t i)
{
    zh_reading after[AFTER];
    if (i + 1 < place->n)
        return zh_tone(readings[i + 1]);
    if (place->after[0] == BORDER || place->after[0] == FOREIGN)
        return 0;
    if (place->after_length > 1 && zh_word_readings(place->after, place->after_length, after) == ZH_OWN_READINGS)
        return zh_tone(after[0]);
    return zh_tone(zh_char_reading(place->after[0]));
}

/* 一 is a number in a row, an ordinal, or the end of a word like 统一: it keeps its first tone. */
static bool is_first(const struct place *place, size_t i)
{
    const uint32_t before = char_before(place, i), after = char_at(place, i + 1);
    if (after == BORDER || after == FOREIGN || is_in("第初十百千万亿零〇二三四五六七八九期周拜点", before))
        return true;
    if (is_in("〇零一二三四五六七八九十月级等流楼号", after))
        return true;
    if (after == 0x65E5 && before == 0x6708) /* 月一日 */
        return true;
    return i > 0 && i + 1 == place->n && is_in("统唯单同专之归划逐合", before);
}

static void fit_tones(const struct place *place, zh_reading *readings)
{
    for (size_t i = place->n; i-- > 0;) {
        const unsigned tone = next_tone(place, readings, i);
        if (place->chars[i] == 0x4E00 && zh_tone(readings[i]) == 1) { /* 一 */
            if (char_before(place, i) == char_at(place, i + 1) && tone)
                readings[i] = zh_reading_find("yi5", 3);
            else if (!is_first(place, i))
                readings[i] = zh_reading_find(tone > 3 ? "yi2" : "yi4", 3);
        }
        if (place->chars[i] == 0x4E0D && zh_tone(readings[i]) == 4 && tone == 4) /* 不 */
            readings[i] = zh_reading_find("bu2", 3);
    }
}

/* ---- the whole ---- */

size_t zh_read(const struct sentence *sentence, size_t token, zh_reading readings[ZH_MAX_RUN])
{
    struct place place;
    if (!read_token(sentence, token, place.written, &place.n))
        return 0;
    for (size_t i = 0; i < place.n; i++)
        place.chars[i] = zh_simplified(place.written[i]);
    look_before(sentence, token, &place);
    look_after(sentence, token, &place);
    read_words(&place, readings);
    fit_tones(&place, readings);
    return place.n;
}

static bool add_ipa(struct base_buffer *ipa, zh_reading reading)
{
    static const char *const tones[] = {"\u02E5", "\u02E7\u02E5", "\u02E8\u02E9\u02E6", "\u02E5\u02E9", ""};
    const char *const syllable = zh_syllable_of(reading)->ipa, *const tone = tones[zh_tone(reading) - 1];
    return base_buffer_add(ipa, syllable, strlen(syllable)) && base_buffer_add(ipa, tone, strlen(tone));
}

/* wei4 zhi1 zi4 */
static bool add_unknown(struct base_buffer *ipa)
{
    static const char *const name[] = {"wei4", "zhi1", "zi4"};
    for (size_t i = 0; i < 3; i++)
        if (!add_ipa(ipa, zh_reading_find(name[i], strlen(name[i]))))
            return false;
    return true;
}

bool zh_say(const struct sentence *sentence, size_t token, struct base_buffer *ipa, size_t *unread, bool *failed)
{
    zh_reading readings[ZH_MAX_RUN];
    bool named = false;
    const size_t n = zh_read(sentence, token, readings);
    *failed = false;
    for (size_t i = 0; i < n && !*failed; i++) {
        if (readings[i]) {
            *failed = !add_ipa(ipa, readings[i]);
            continue;
        }
        *failed = !named && !add_unknown(ipa);
        named = true;
        ++*unread;
    }
    return n > 0;
}
