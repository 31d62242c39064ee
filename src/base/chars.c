/* Characters by their categories. See chars.h; ASCII, which most text is, goes without tables. */
#include "base/chars.h"

#include <utf8proc.h>

static utf8proc_category_t category(uint32_t c)
{
    return utf8proc_category((utf8proc_int32_t)c);
}

bool base_is_space(uint32_t c)
{
    if (c < 0x80)
        return c <= ' ' || c == 0x7F;
    if (c == 0x200B || c == 0xFEFF) /* without width */
        return true;
    const utf8proc_category_t is = category(c);
    return is == UTF8PROC_CATEGORY_ZS || is == UTF8PROC_CATEGORY_ZL || is == UTF8PROC_CATEGORY_ZP ||
           is == UTF8PROC_CATEGORY_CC;
}

bool base_is_letter(uint32_t c)
{
    if (c < 0x80)
        return base_is_ascii_letter(c);
    switch (category(c)) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MC:
    case UTF8PROC_CATEGORY_ND: return true;
    case UTF8PROC_CATEGORY_MN:
        return !(c >= 0xFE00 && c <= 0xFE0F) && !(c >= 0xE0100 && c <= 0xE01EF); /* they choose a look */
    default: return false;
    }
}

bool base_is_upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z';
    const utf8proc_category_t is = category(c);
    return is == UTF8PROC_CATEGORY_LU || is == UTF8PROC_CATEGORY_LT;
}

bool base_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : category(c) == UTF8PROC_CATEGORY_LL;
}

uint32_t base_lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

unsigned base_columns(uint32_t c)
{
    const int width = utf8proc_charwidth((utf8proc_int32_t)c);
    return width > 0 ? (unsigned)width : 0;
}
