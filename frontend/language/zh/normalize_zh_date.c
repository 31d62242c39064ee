/* Chinese dates, years, times of day, scores, telephone numbers. */
#include "normalize_zh.h"

#include <string.h>

/* One of the words of a list "a|b" stands in the `reach` tokens before token i or behind token `end`. */
static bool is_near(const struct norm_pass *pass, size_t i, size_t end, size_t reach, const char *list)
{
    char word[16];
    for (; *list; list += strlen(word), list += *list == '|') {
        const size_t n = strcspn(list, "|");
        memcpy(word, list, n);
        word[n] = '\0';
        for (size_t k = 1; k <= reach; k++)
            if ((k <= i && norm_match(pass, i - k, word)) || norm_match(pass, end + k - 1, word))
                return true;
    }
    return false;
}

/* ---- telephone ---- */

/* "13800138000", "010-12345678", "+86 138 0013 8000", "拨打110". */
size_t zh_rule_phone(struct norm_pass *pass, size_t i)
{
    const bool plus = norm_is_symbol(pass, i, '+');
    const size_t start = i + plus;
    size_t end = start, digits = 0;
    if (!norm_is_kind(pass, start, NORM_DIGITS) || (plus && !norm_touches(pass, start)) ||
        (i > 0 && norm_touching_symbol(pass, i, '.')))
        return 0;
    while (norm_is_kind(pass, end, NORM_DIGITS) && end < start + 12) {
        digits += norm_at(pass, end)->length;
        end++;
        const bool hyphen = norm_touching_symbol(pass, end, '-') && norm_touching_kind(pass, end + 1, NORM_DIGITS);
        const bool space = norm_is_kind(pass, end, NORM_DIGITS) && !norm_touches(pass, end);
        if (!hyphen && !space)
            break;
        end += hyphen;
    }
    const char *const first = norm_text(pass, start);
    const size_t length = norm_at(pass, start)->length;
    const bool parts = end > start + 1;
    const bool mobile =
        digits == 11 && first[0] == '1' && first[1] >= '3' && (length == 11 || length == 3) && !zh_measure(pass, end);
    const bool local = parts && first[0] == '0' && length >= 3 && length <= 4 && digits >= 10 && digits <= 12;
    const bool service =
        parts && digits == 10 && length == 3 && (memcmp(first, "400", 3) == 0 || memcmp(first, "800", 3) == 0);
    const bool foreign = plus && digits >= 8 && digits <= 15;
    const bool asked = !norm_touching_symbol(pass, end, '.') && digits >= 3 && digits <= 12 && !zh_measure(pass, end) &&
                       is_near(pass, i, end, 4, "电话|電話|拨打|撥打|热线|熱線|手机号|致电|致電|传真|拨") &&
                       !norm_touching_symbol(pass, end, ':');
    if (!mobile && !local && !service && !foreign && !asked)
        return 0;
    if (plus)
        norm_join(pass, "加");
    for (size_t k = start; k < end; k++) {
        if (!norm_is_kind(pass, k, NORM_DIGITS))
            continue;
        if (k > start)
            norm_join(pass, " ");
        zh_join_digits(pass, norm_text(pass, k), norm_at(pass, k)->length, true);
    }
    return end - i;
}

/* ---- dates ---- */

static void join_month_and_day(struct norm_pass *pass, long month, long day)
{
    zh_join_value(pass, (unsigned long)month, false);
    norm_join(pass, "月");
    zh_join_value(pass, (unsigned long)day, false);
    norm_join(pass, "日");
}

/* "2024-03-05", "2024/3/5", "2024.3.5". */
size_t zh_rule_date(struct norm_pass *pass, size_t i)
{
    const uint32_t mark = norm_at(pass, i + 1)->codepoint;
    const long year = norm_value(pass, i, 4), month = norm_value(pass, i + 2, 2), day = norm_value(pass, i + 4, 2);
    if ((mark != '-' && mark != '/' && mark != '.') || !norm_touching_symbol(pass, i + 1, mark) ||
        !norm_touches(pass, i + 2) || !norm_touching_symbol(pass, i + 3, mark) || !norm_touches(pass, i + 4) ||
        norm_at(pass, i)->length != 4 || year < 1000 || month < 1 || month > 12 || day < 1 || day > 31 ||
        (norm_touching_symbol(pass, i + 5, mark) && norm_touches(pass, i + 6)))
        return 0;
    zh_join_digits(pass, norm_text(pass, i), 4, false);
    norm_join(pass, "年");
    join_month_and_day(pass, month, day);
    return 5;
}

/* A year that is read digit by digit: of four digits, or of two if it isn't a span of time. */
static bool is_year(const struct norm_pass *pass, size_t i)
{
    const long value = norm_value(pass, i, 4);
    if (norm_at(pass, i)->length == 4)
        return value >= 1000 && value < 2200 && (value % 1000 || value == 2000);
    return norm_at(pass, i)->length == 2 && value > 80 && value % 10;
}

/* "2024年", "1998-2003年", "98级". */
size_t zh_rule_year(struct norm_pass *pass, size_t i)
{
    size_t n = 1;
    const size_t mark = norm_at(pass, i)->length == 4 ? zh_range_mark(pass, i + 1) : 0;
    if (mark && norm_at(pass, i + 1 + mark)->length == 4 && zh_follows(pass, i + 2 + mark, "年")) {
        zh_join_digits(pass, norm_text(pass, i), 4, false);
        norm_join(pass, "到");
        zh_join_digits(pass, norm_text(pass, i + 1 + mark), 4, false);
        norm_join(pass, "年");
        return 3 + mark;
    }
    if (zh_follows(pass, i + 1, "年") && !zh_follows(pass, i + 2, "级級"))
        n = 2;
    else if (!zh_follows(pass, i + 1, "级級届屆款") || norm_at(pass, i)->length != 4)
        return 0;
    if (!is_year(pass, i))
        return 0;
    zh_join_digits(pass, norm_text(pass, i), norm_at(pass, i)->length, false);
    zh_join_tokens(pass, i + 1, n - 1);
    return n;
}

/* ---- times and scores ---- */

static bool is_colon(const struct norm_pass *pass, size_t i)
{
    return norm_touching_symbol(pass, i, ':') || norm_touching_symbol(pass, i, 0xFF1A) ||
           norm_touching_symbol(pass, i, 0x2236);
}

static void join_part(struct norm_pass *pass, size_t i, const char *unit)
{
    const long value = norm_value(pass, i, 2);
    if (value < 10)
        norm_join(pass, "零");
    if (value > 0)
        zh_join_value(pass, (unsigned long)value, false);
    norm_join(pass, unit);
}

static const char score_words[] = "比分|战胜|戰勝|击败|擊敗|比赛|比賽|胜|勝|赢|贏|输|輸|负|負|平|比例";

/* "8:30", "14:05:09". */
size_t zh_rule_time(struct norm_pass *pass, size_t i)
{
    const long hour = norm_value(pass, i, 2), minute = norm_value(pass, i + 2, 2);
    if (hour < 0 || hour > 24 || minute < 0 || minute > 59 || !is_colon(pass, i + 1) ||
        !norm_touching_kind(pass, i + 2, NORM_DIGITS) || norm_at(pass, i + 2)->length != 2 ||
        (i > 0 && norm_touches(pass, i) && is_colon(pass, i - 1)))
        return 0;
    if (is_near(pass, i, i + 3, 3, score_words))
        return 0;
    const bool seconds =
        is_colon(pass, i + 3) && norm_touching_kind(pass, i + 4, NORM_DIGITS) && norm_at(pass, i + 4)->length == 2;
    zh_join_value(pass, (unsigned long)hour, true);
    norm_join(pass, "点");
    if (minute || seconds)
        join_part(pass, i + 2, "分");
    if (seconds)
        join_part(pass, i + 4, "秒");
    const size_t n = seconds ? 5 : 3;
    const size_t mark = zh_range_mark(pass, i + n);
    if (mark && is_colon(pass, i + n + mark + 1))
        norm_join(pass, "到");
    return mark && is_colon(pass, i + n + mark + 1) ? n + mark : n;
}

/* "3:2", "3-2" where somebody has won. */
size_t zh_rule_score(struct norm_pass *pass, size_t i)
{
    const long a = norm_value(pass, i, 4), b = norm_value(pass, i + 2, 4);
    const bool colon = is_colon(pass, i + 1), hyphen = norm_touching_symbol(pass, i + 1, '-');
    if (a < 0 || b < 0 || (!colon && !hyphen) || !norm_touches(pass, i + 2) || is_colon(pass, i + 3) ||
        norm_touching_symbol(pass, i + 3, '-') ||
        (i > 0 && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '-')) ||
        (hyphen && !is_near(pass, i, i + 3, 4, score_words)))
        return 0;
    zh_join_value(pass, (unsigned long)a, false);
    norm_join(pass, "比");
    zh_join_value(pass, (unsigned long)b, false);
    return 3;
}
