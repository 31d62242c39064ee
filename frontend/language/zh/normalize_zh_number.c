/* Chinese numbers: 万 and 亿, 零 between, 两 before measure words. */
#include "normalize_zh.h"

#include "base/utf8.h"
#include <string.h>

#define MOST_DIGITS 16 /* below 10^16; longer ones are read digit by digit */
#define LONG_DIGITS 9  /* numbers of so many digits without separators are codes, unless something is counted */

static const char *const digit_words[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

/* ---- looking ---- */

bool zh_follows(const struct norm_pass *pass, size_t i, const char *list)
{
    const struct norm_token *const token = norm_at(pass, i);
    for (size_t at = 0; norm_touches(pass, i) && token->kind != NORM_DIGITS && list[at];) {
        const size_t length = base_utf8_next(list + at, strlen(list + at)).length;
        if (token->length == length && memcmp(norm_text(pass, i), list + at, length) == 0)
            return true;
        at += length;
    }
    return false;
}

/* One of the characters of a list stands directly before token i. */
static bool precedes(const struct norm_pass *pass, size_t i, const char *list)
{
    const struct norm_token *const token = norm_at(pass, i - 1);
    for (size_t at = 0; i > 0 && norm_touches(pass, i) && token->kind != NORM_DIGITS && list[at];) {
        const size_t length = base_utf8_next(list + at, strlen(list + at)).length;
        if (token->length == length && memcmp(norm_text(pass, i - 1), list + at, length) == 0)
            return true;
        at += length;
    }
    return false;
}

bool zh_is_free(const struct norm_pass *pass, size_t i)
{
    if (!i || !norm_touches(pass, i) || norm_is_ideograph(pass, i - 1))
        return true;
    return norm_is_kind(pass, i - 1, NORM_SYMBOL) && !norm_is_symbol(pass, i - 1, ')') &&
           !norm_is_symbol(pass, i - 1, 0xFF09) && !norm_is_symbol(pass, i - 1, '%');
}

size_t zh_range_mark(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    if (!norm_is_kind(pass, i, NORM_SYMBOL) || !norm_touches(pass, i))
        return 0;
    if (c != '-' && c != '~' && c != 0x2013 && c != 0x2014 && c != 0xFF5E && c != 0x2212 && c != 0xFF0D && c != 0x301C)
        return 0;
    const size_t n = c == 0x2014 && norm_touching_symbol(pass, i + 1, 0x2014) ? 2 : 1;
    return norm_touching_kind(pass, i + n, NORM_DIGITS) ? n : 0;
}

size_t zh_measure(const struct norm_pass *pass, size_t i)
{
    static const char *const longer[] = {"小时", "公里", "分钟", "公斤", "平方", "立方", "厘米", "毫米", "毫升",
                                         "千克", "千米", "公顷", "英里", "英尺", "英寸", "海里", "光年", "周年",
                                         "秒钟", "公分", "公尺", "礼拜", "星期", "世纪", "人次", "车次", "小時",
                                         "公裡", "分鐘", "週年", "秒鐘", "釐米", "毫升", "禮拜", "世紀"};
    for (size_t k = 0; norm_touches(pass, i) && k < NORM_COUNT(longer); k++)
        if (norm_match(pass, i, longer[k]))
            return 2;
    if (zh_follows(pass, i, "年") && zh_follows(pass, i + 1, "级級"))
        return 0;
    return zh_follows(pass, i,
                      "个個年倍只隻条條张張本件辆輛台臺部间間位名人次遍天周週年秒块塊元斤米吨噸升倍层層岁歲点點种種项項"
                      "家所座把支双雙套份篇首句页頁行列"
                      "门門课課节節场場口匹头頭棵颗顆粒滴杯瓶碗盘盤包箱袋桶克亩畝国國省市县縣方边邊手者则則笔筆群批组組"
                      "队隊排串朵片根棍幅扇面艘架"
                      "顶頂枚封段幕卷册冊期局轮輪盏盞万萬亿億千百股趟番顿頓艺户戶道题題声聲字")
               ? 1
               : 0;
}

static void join_token(struct norm_pass *pass, size_t i)
{
    norm_join_bytes(pass, norm_text(pass, i), norm_at(pass, i)->length);
}

void zh_join_tokens(struct norm_pass *pass, size_t i, size_t n)
{
    for (size_t k = 0; k < n; k++)
        join_token(pass, i + k);
}

/* ---- saying ---- */

void zh_join_digits(struct norm_pass *pass, const char *digits, size_t n, bool phone)
{
    for (size_t i = 0; i < n; i++)
        norm_join(pass, phone && digits[i] == '1' ? "幺" : digit_words[digits[i] - '0']);
}

/* Four digits or fewer, not all zero. `inside`: something greater stands before, so that 10 is 一十. */
static void join_group(struct norm_pass *pass, const char *digits, size_t n, bool inside)
{
    static const char *const places[] = {"", "十", "百", "千"};
    bool zero = false, begun = false;
    for (size_t i = 0; i < n; i++) {
        const size_t place = n - 1 - i;
        if (digits[i] == '0') {
            zero = true;
            continue;
        }
        if (zero && (begun || inside))
            norm_join(pass, "零");
        const bool ten = digits[i] == '1' && place == 1 && !begun && !inside;
        const bool two = digits[i] == '2' && place == 3 && !inside;
        if (!ten)
            norm_join(pass, two ? "两" : digit_words[digits[i] - '0']);
        norm_join(pass, places[place]);
        zero = false;
        begun = true;
    }
}

static bool is_zero(const char *digits, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (digits[i] != '0')
            return false;
    return true;
}

void zh_join_cardinal(struct norm_pass *pass, const char *digits, size_t n, bool pair)
{
    static const char *const scales[] = {"", "万", "亿", "万亿"};
    while (n > 1 && *digits == '0') {
        digits++;
        n--;
    }
    if (n > MOST_DIGITS || n == 0) {
        zh_join_digits(pass, digits, n, false);
        return;
    }
    if (n == 1) {
        norm_join(pass, pair && *digits == '2' ? "两" : digit_words[*digits - '0']);
        return;
    }
    bool gap = false, begun = false;
    for (size_t i = 0; i < n;) {
        const size_t scale = (n - i - 1) / 4, length = n - i - 4 * scale;
        if (is_zero(digits + i, length)) {
            gap = true;
        } else {
            if (begun && gap && digits[i] != '0')
                norm_join(pass, "零");
            const bool two = length == 1 && digits[i] == '2' && scale > 0;
            if (two)
                norm_join(pass, "两");
            else
                join_group(pass, digits + i, length, begun);
            norm_join(pass, scales[scale]);
            begun = true;
            gap = false;
        }
        i += length;
    }
}

void zh_join_value(struct norm_pass *pass, unsigned long value, bool pair)
{
    char digits[NORM_VALUE_DIGITS];
    const size_t n = norm_digits(digits, value);
    zh_join_cardinal(pass, digits, n, pair);
}

void zh_cardinal(struct norm_pass *pass, const char *digits, size_t n)
{
    norm_say(pass, "");
    zh_join_cardinal(pass, digits, n, false);
}

size_t zh_read_number(const struct norm_pass *pass, size_t i, struct norm_number *number)
{
    if (!norm_is_kind(pass, i, NORM_DIGITS))
        return 0;
    const size_t n = norm_read_number(pass, i, false, number);
    /* "3.5.1": a version, or an address */
    return n && number->n_fraction && norm_touching_symbol(pass, i + n, '.') &&
                   norm_touching_kind(pass, i + n + 1, NORM_DIGITS)
               ? 0
               : n;
}

void zh_join_number(struct norm_pass *pass, const struct norm_number *number, bool pair)
{
    if (number->negative)
        norm_join(pass, "负");
    if (number->n_whole)
        zh_join_cardinal(pass, number->whole, number->n_whole, pair && !number->n_fraction);
    else
        norm_join(pass, "零");
    if (number->n_fraction) {
        norm_join(pass, "点");
        zh_join_digits(pass, number->fraction, number->n_fraction, false);
    }
}

/* ---- rules ---- */

/* "3/4", "1½". */
size_t zh_rule_fraction(struct norm_pass *pass, size_t i)
{
    static const struct {
        uint32_t c;
        const char *words;
    } signs[] = {
        {0xBD, "二分之一"}, {0xBC, "四分之一"}, {0xBE, "四分之三"}, {0x2153, "三分之一"}, {0x2154, "三分之二"}};
    for (size_t k = 0; k < NORM_COUNT(signs); k++) {
        if (norm_is_symbol(pass, i, signs[k].c)) {
            norm_say(pass, signs[k].words);
            return 1;
        }
        if (norm_is_kind(pass, i, NORM_DIGITS) && norm_touching_symbol(pass, i + 1, signs[k].c)) {
            zh_join_cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length, false);
            norm_join(pass, "又");
            norm_join(pass, signs[k].words);
            return 2;
        }
    }
    const long above = norm_value(pass, i, 4), below = norm_value(pass, i + 2, 4);
    if (above < 0 || below < 2 || !norm_touching_symbol(pass, i + 1, '/') || !norm_touches(pass, i + 2) ||
        norm_touching_symbol(pass, i + 3, '/') || (i > 0 && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '/')))
        return 0;
    zh_join_value(pass, (unsigned long)below, false);
    norm_join(pass, "分之");
    zh_join_value(pass, (unsigned long)above, false);
    return 3;
}

/* "3-5天", "10～20". Three numbers in a row are none. */
size_t zh_rule_range(struct norm_pass *pass, size_t i)
{
    struct norm_number from, to;
    const size_t n = zh_read_number(pass, i, &from), mark = n ? zh_range_mark(pass, i + n) : 0;
    const size_t m = mark ? zh_read_number(pass, i + n + mark, &to) : 0, end = i + n + mark + m;
    if (!m || zh_range_mark(pass, end) || (i > 0 && norm_touches(pass, i) && zh_range_mark(pass, i - 1)) ||
        norm_touching_symbol(pass, end, '='))
        return 0;
    if ((from.whole[0] == '0' && from.n_whole > 1) || (to.whole[0] == '0' && to.n_whole > 1))
        return 0;
    const size_t measure = zh_measure(pass, end);
    zh_join_number(pass, &from, measure > 0);
    norm_join(pass, "到");
    zh_join_number(pass, &to, measure > 0);
    zh_join_tokens(pass, end, measure);
    return end + measure - i;
}

/* A number among English words. */
size_t zh_rule_english(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const before = norm_at(pass, i - 1), *const after = norm_at(pass, i + 1);
    if (!i || before->kind != NORM_WORD || after->kind != NORM_WORD || before->codepoint >= 0x250 ||
        after->codepoint >= 0x250 || !norm_at(pass, i)->space_before || !after->space_before ||
        norm_at(pass, i)->length > 9)
        return 0;
    language_en_us.normaliser->cardinal(pass, norm_text(pass, i), norm_at(pass, i)->length);
    return 1;
}

/* Digits that name something: behind letters, with zeros before, very long, or of a version. */
static bool is_code(const struct norm_pass *pass, size_t i, const struct norm_number *number, size_t n)
{
    const bool lettered =
        i > 0 && norm_touches(pass, i) && norm_is_kind(pass, i - 1, NORM_WORD) && !norm_is_ideograph(pass, i - 1);
    if (number->n_fraction || number->grouped)
        return false;
    if (lettered && number->n_whole > 2)
        return true;
    if (number->n_whole > 1 && number->whole[0] == '0')
        return true;
    return number->n_whole >= LONG_DIGITS && !zh_measure(pass, i + n) && !norm_touching_symbol(pass, i + n, '%');
}

/* What is left: "105", "-3.5", "第2", "v2.0.1". */
size_t zh_rule_number(struct norm_pass *pass, size_t i)
{
    struct norm_number number = {0};
    const bool minus =
        (norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212) || norm_is_symbol(pass, i, 0xFF0D)) &&
        zh_is_free(pass, i) && norm_touching_kind(pass, i + 1, NORM_DIGITS);
    /* "COVID-19" */
    const bool joint = !minus && norm_touching_symbol(pass, i, '-') && norm_touching_kind(pass, i + 1, NORM_DIGITS) &&
                       i > 0 && norm_is_kind(pass, i - 1, NORM_WORD);
    const size_t start = i + (minus || joint);
    if (!norm_is_kind(pass, start, NORM_DIGITS))
        return 0;
    if (norm_touching_symbol(pass, start + 1, 0xB7) && norm_touching_kind(pass, start + 2, NORM_DIGITS)) { /* "9·11" */
        zh_join_digits(pass, norm_text(pass, start), norm_at(pass, start)->length, false);
        zh_join_digits(pass, norm_text(pass, start + 2), norm_at(pass, start + 2)->length, false);
        return start - i + 3;
    }
    size_t n = zh_read_number(pass, start, &number);
    if (!n) { /* a version */
        const struct norm_token *const token = norm_at(pass, start);
        if (token->length > NORM_MAX_DIGITS)
            zh_join_digits(pass, norm_text(pass, start), token->length, false);
        else
            zh_join_cardinal(pass, norm_text(pass, start), token->length, false);
        for (n = 1; norm_touching_symbol(pass, start + n, '.') &&
                    norm_touching_kind(pass, start + n + 1, NORM_DIGITS) && n < 20;
             n += 2) {
            norm_join(pass, "点");
            zh_join_digits(pass, norm_text(pass, start + n + 1), norm_at(pass, start + n + 1)->length, false);
        }
        return start - i + n;
    }
    if (is_code(pass, start, &number, n)) {
        norm_join(pass, minus ? "负" : "");
        zh_join_digits(pass, number.whole, number.n_whole, false);
        return start - i + n;
    }
    const bool ordinal = precedes(pass, i, "第初");
    const size_t measure = zh_measure(pass, start + n);
    const size_t closed = !measure && zh_follows(pass, start + n, "月日号號分楼樓班室章届屆度毛角折后後时時级級");
    number.negative = minus;
    zh_join_number(pass, &number, measure > 0 && !ordinal);
    zh_join_tokens(pass, start + n, measure + closed);
    return start - i + n + measure + closed;
}
