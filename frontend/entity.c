/* Reads character references. See entity.h. */
#include "entity.h"

#include "given.h"
#include <stdlib.h>
#include <string.h>

#define LONGEST 12 /* bytes of a reference */

static const struct {
    const char *name;
    uint32_t codepoint;
} entities[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},    {"nbsp", ' '},
    {"ndash", 0x2013}, {"mdash", 0x2014}, {"hellip", 0x2026}, {"lsquo", 0x2018}, {"rsquo", 0x2019}, {"sbquo", 0x201A},
    {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"bdquo", 0x201E},  {"laquo", 0xAB},   {"raquo", 0xBB},   {"copy", 0xA9},
    {"reg", 0xAE},     {"trade", 0x2122}, {"euro", 0x20AC},   {"pound", 0xA3},   {"yen", 0xA5},     {"cent", 0xA2},
    {"deg", 0xB0},     {"times", 0xD7},   {"frac12", 0xBD},   {"sect", 0xA7},    {"bull", 0x2022},  {"middot", 0xB7},
    {"shy", 0xAD},     {"auml", 0xE4},    {"ouml", 0xF6},     {"uuml", 0xFC},    {"Auml", 0xC4},    {"Ouml", 0xD6},
    {"Uuml", 0xDC},    {"szlig", 0xDF},   {"eacute", 0xE9},   {"egrave", 0xE8},  {"agrave", 0xE0},  {"aacute", 0xE1},
    {"ccedil", 0xE7},  {"ntilde", 0xF1},  {"oacute", 0xF3},   {"iacute", 0xED},  {"uacute", 0xFA},  {"acirc", 0xE2},
    {"ecirc", 0xEA},   {"ocirc", 0xF4},   {"atilde", 0xE3},   {"otilde", 0xF5}};

/* Characters of private use may stand for words with phonemes, and nobody may forge one. */
static bool is_given(uint32_t codepoint)
{
    return given_is(GIVEN_BY_DICTIONARY, codepoint) || given_is(GIVEN_BY_MARKUP, codepoint);
}

size_t fe_entity(const char *text, size_t size, uint32_t *codepoint)
{
    const char *const end = memchr(text, ';', size < LONGEST ? size : LONGEST);
    const size_t n = end ? (size_t)(end - text) : 0;
    *codepoint = 0;
    if (n > 2 && text[1] == '#') {
        const bool hex = (text[2] | 0x20) == 'x';
        char *rest;
        *codepoint = (uint32_t)strtoul(text + 2 + hex, &rest, hex ? 16 : 10);
        *codepoint = rest == end && *codepoint <= 0x10FFFF && !is_given(*codepoint) ? *codepoint : 0;
    }
    for (size_t i = 0; n > 2 && i < sizeof entities / sizeof *entities && !*codepoint; i++)
        if (strlen(entities[i].name) == n - 1 && memcmp(entities[i].name, text + 1, n - 1) == 0)
            *codepoint = entities[i].codepoint;
    return *codepoint ? n + 1 : 0;
}
