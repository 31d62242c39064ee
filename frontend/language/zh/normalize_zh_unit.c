/* Chinese money, percentages, units. */
#include "normalize_zh.h"

#include <string.h>

/* ---- money ---- */

static const struct {
    const char *sign, *name;
    bool parts; /* 角 and 分 */
} currencies[] = {
    {"HK$", "港元", false}, {"US$", "美元", false}, {"NT$", "新台币", false}, {"A$", "澳元", false},
    {"$", "美元", false},   {"¥", "元", true},      {"￥", "元", true},       {"€", "欧元", false},
    {"£", "英镑", false},   {"₩", "韩元", false},   {"₽", "卢布", false},   {"RMB", "元", true},
    {"CNY", "元", true},    {"USD", "美元", false}, {"EUR", "欧元", false},   {"HKD", "港元", false},
};

/* 万, 亿 or 千 behind a number. */
static size_t scale(const struct norm_pass *pass, size_t i)
{
    size_t n = zh_follows(pass, i, "千百十") && zh_follows(pass, i + 1, "万萬亿億");
    n += zh_follows(pass, i + n, "万萬亿億");
    return n + (n && zh_follows(pass, i + n, "亿億"));
}

/* "三元五角" of 3.50. */
static void join_parts(struct norm_pass *pass, const struct norm_number *number)
{
    const char dime = number->fraction[0], cent = number->fraction[1];
    const bool whole = norm_number_value(number) > 0;
    if (whole) {
        zh_join_cardinal(pass, number->whole, number->n_whole, true);
        norm_join(pass, "元");
    }
    if (dime != '0') {
        zh_join_cardinal(pass, &dime, 1, false);
        norm_join(pass, "角");
    } else if (whole && cent != '0') {
        norm_join(pass, "零");
    }
    if (cent != '0') {
        zh_join_cardinal(pass, &cent, 1, false);
        norm_join(pass, "分");
    }
    if (!whole && dime == '0' && cent == '0')
        norm_join(pass, "零元");
}

/* Behind a sign of money, or before 元. */
size_t zh_rule_money(struct norm_pass *pass, size_t i)
{
    struct norm_number number;
    for (size_t k = 0; k < NORM_COUNT(currencies); k++) {
        size_t n = norm_match(pass, i, currencies[k].sign);
        const size_t taken = n ? zh_read_number(pass, i + n, &number) : 0;
        if (!taken || (n > 1 && !norm_touches(pass, i + 1)))
            continue;
        const size_t more = scale(pass, i + n + taken);
        if (currencies[k].parts && number.n_fraction == 2 && !more) {
            join_parts(pass, &number);
        } else {
            zh_join_number(pass, &number, true);
            zh_join_tokens(pass, i + n + taken, more);
            norm_join(pass, currencies[k].name);
        }
        n += taken + more;
        return n + (zh_follows(pass, i + n, "元") && currencies[k].parts);
    }
    const size_t n = zh_read_number(pass, i, &number);
    if (!n || number.n_fraction != 2 || !zh_follows(pass, i + n, "元") || number.n_whole > 9)
        return 0;
    join_parts(pass, &number);
    return n + 1;
}

/* ---- percentages ---- */

static const char *share(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    if (!norm_is_kind(pass, i, NORM_SYMBOL) || !norm_touches(pass, i))
        return NULL;
    return c == '%' || c == 0xFF05 ? "百分之" : c == 0x2030 ? "千分之" : NULL;
}

size_t zh_rule_percent(struct norm_pass *pass, size_t i)
{
    struct norm_number from, to;
    const bool minus = (norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212)) && zh_is_free(pass, i) &&
                       norm_touches(pass, i + 1);
    const size_t n = zh_read_number(pass, i + minus, &from);
    if (!n)
        return 0;
    const char *sign = share(pass, i + minus + n);
    const size_t end = i + minus + n + (sign != NULL), mark = zh_range_mark(pass, end);
    const size_t m = mark ? zh_read_number(pass, end + mark, &to) : 0;
    const char *const second = m ? share(pass, end + mark + m) : NULL;
    if (!sign && !second)
        return 0;
    norm_join(pass, minus ? "负" : "");
    norm_join(pass, sign ? sign : second);
    zh_join_number(pass, &from, false);
    if (!second)
        return end - i;
    norm_join(pass, "到");
    norm_join(pass, second);
    zh_join_number(pass, &to, false);
    return end + mark + m + 1 - i;
}

/* ---- units ---- */

/* Longer ones before those that they start with. */
static const struct norm_entry units[] = {
    {"km/h", "公里每小时"},
    {"m/s", "米每秒"},
    {"Mbps", "兆比特每秒"},
    {"kbps", "千比特每秒"},
    {"km²", "平方公里"},
    {"km2", "平方公里"},
    {"cm²", "平方厘米"},
    {"mm²", "平方毫米"},
    {"m²", "平方米"},
    {"m2", "平方米"},
    {"cm³", "立方厘米"},
    {"m³", "立方米"},
    {"m3", "立方米"},
    {"㎡", "平方米"},
    {"km", "公里"},
    {"cm", "厘米"},
    {"mm", "毫米"},
    {"μm", "微米"},
    {"nm", "纳米"},
    {"kg", "公斤"},
    {"mg", "毫克"},
    {"μg", "微克"},
    {"mL", "毫升"},
    {"ml", "毫升"},
    {"kWh", "千瓦时"},
    {"kW", "千瓦"},
    {"MW", "兆瓦"},
    {"mAh", "毫安时"},
    {"GHz", "吉赫"},
    {"MHz", "兆赫"},
    {"kHz", "千赫"},
    {"Hz", "赫兹"},
    {"dB", "分贝"},
    {"GB", "GB"},
    {"kcal", "千卡"},
    {"kPa", "千帕"},
    {"hPa", "百帕"},
    {"Pa", "帕"},
    {"ms", "毫秒"},
    {"min", "分钟"},
    {"°C", "摄氏度"},
    {"℃", "摄氏度"},
    {"°F", "华氏度"},
    {"℉", "华氏度"},
    {"ha", "公顷"},
    {"kV", "千伏"},
    {"kJ", "千焦"},
    {"°", "度"},
    {"㎞", "公里"},
    {"㎝", "厘米"},
    {"㎜", "毫米"},
    {"㎏", "公斤"},
    {"m", "米"},
    {"g", "克"},
    {"L", "升"},
    {"l", "升"},
    {"t", "吨"},
    {"V", "伏"},
    {"W", "瓦"},
    {"A", "安"},
    {"s", "秒"},
    {"h", "小时"},
    {"J", "焦耳"},
    {"x", "倍"},
    {"×", "乘"},
};

static size_t find_unit(const struct norm_pass *pass, size_t i, const char **name)
{
    for (size_t k = 0; k < NORM_COUNT(units); k++) {
        const size_t n = norm_match(pass, i, units[k].written);
        const bool goes_on = n && norm_touches(pass, i + n) && !norm_is_ideograph(pass, i + n) &&
                             !norm_is_kind(pass, i + n, NORM_SYMBOL);
        if (n && !goes_on && units[k].spoken[0] != 'G' && strcmp(units[k].spoken, "乘") != 0) {
            *name = units[k].spoken;
            return n;
        }
    }
    return 0;
}

/* A letter alone is a unit where it touches the number. */
size_t zh_rule_unit(struct norm_pass *pass, size_t i)
{
    struct norm_number from, to = {0};
    const char *name;
    const bool minus = (norm_is_symbol(pass, i, '-') || norm_is_symbol(pass, i, 0x2212)) && zh_is_free(pass, i) &&
                       norm_touches(pass, i + 1);
    const size_t n = zh_read_number(pass, i + minus, &from);
    if (!n)
        return 0;
    size_t end = i + minus + n;
    const size_t mark = zh_range_mark(pass, end), m = mark ? zh_read_number(pass, end + mark, &to) : 0;
    end += m ? mark + m : 0;
    const size_t more = scale(pass, end), unit = find_unit(pass, end + more, &name);
    if (!unit || (!norm_touches(pass, end + more) && norm_at(pass, end + more)->length < 2))
        return 0;
    const bool cold = minus && strstr(name, "度");
    norm_join(pass, cold ? "零下" : minus ? "负" : "");
    zh_join_number(pass, &from, true);
    if (m) {
        norm_join(pass, "到");
        zh_join_number(pass, &to, true);
    }
    zh_join_tokens(pass, end, more);
    norm_join(pass, name);
    const size_t on = zh_range_mark(pass, end + more + unit);
    norm_join(pass, on ? "到" : "");
    return end + more + unit + on - i;
}
