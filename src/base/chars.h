/* What characters are: spaces, digits, letters and their case, by Unicode's general categories (utf8proc has the
 * tables). The C library knows them too, but only in a UTF-8 locale, which needn't be installed, and says as letters
 * what isn't; so what is spoken would depend on the system. */
#ifndef LINNET_BASE_CHARS_H
#define LINNET_BASE_CHARS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

static inline bool base_is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline bool base_is_ascii_letter(uint32_t c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static inline bool base_is_ascii_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static inline bool base_is_ascii_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* A byte of a word, for those who look at bytes: every character beyond ASCII counts as a letter. */
static inline bool base_is_letter_byte(char c)
{
    return base_is_ascii_letter((unsigned char)c) || (unsigned char)c >= 0x80;
}

static inline bool base_is_word_byte(char c)
{
    return base_is_letter_byte(c) || base_is_digit((unsigned char)c);
}

static inline bool base_is_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The white space of markup and of files with settings. */
static inline bool base_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static inline char base_ascii_lower(char c)
{
    return (char)(base_is_ascii_upper(c) ? c | 0x20 : c);
}

static inline bool base_is_apostrophe(uint32_t c)
{
    return c == '\'' || c == 0x2019;
}

/* Parts words and says nothing: white space of all widths, and controls. */
bool base_is_space(uint32_t c);
/* What words are made of: letters with their marks, and digits of other scripts than Latin. */
bool base_is_letter(uint32_t c);
static inline bool base_is_word(uint32_t c)
{
    return base_is_digit(c) || base_is_letter(c);
}

/* A character of a script that is written without spaces: Chinese, and kana. */
static inline bool base_is_ideograph(uint32_t c)
{
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) ||
           (c >= 0x20000 && c <= 0x323AF);
}

/* Capital or small; scripts without case have neither. */
bool base_is_upper(uint32_t c);
bool base_is_lower(uint32_t c);
uint32_t base_lower(uint32_t c);
/* How many columns of a terminal or a subtitle it takes: none (marks), one, or two (Chinese and the like). */
unsigned base_columns(uint32_t c);
/* Both are one letter, whatever their case. */
static inline bool base_same_letter(uint32_t a, uint32_t b)
{
    return a == b || base_lower(a) == base_lower(b);
}

#endif
