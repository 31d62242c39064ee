/* Words of mixed scripts, taken apart for espeak-ng.
 *
 * espeak-ng 1.51 reads a word of another script with that script's language, and a character that this language lacks
 * with yet another one, for which it deletes the first while it is in use (SetAlternateTranslator). AddressSanitizer
 * shows reads of freed memory, and random text crashes. A word that needs one language at a time is safe:
 *   - letters of a foreign script stand apart from everything else;
 *   - characters that crash it alone, or spoil what comes after, are left out;
 *   - for voices other than en-us, whose letters' names come from English, they also stand one by one, and so do
 * symbols. */
#include "scripts.h"

#include "base/utf8.h"
#include <string.h>

/* Scripts that no table entry names are told apart by their block of 128 code points, from SCRIPT_BLOCKS on. */
enum script {
    SCRIPT_PLAIN, /* ASCII and Latin: in the rules of every voice */
    SCRIPT_SYMBOL,
    SCRIPT_JOINER, /* belongs to the character before it */
    SCRIPT_GREEK,
    SCRIPT_CYRILLIC,
    SCRIPT_ARMENIAN,
    SCRIPT_HEBREW,
    SCRIPT_ARABIC,
    SCRIPT_GEORGIAN,
    SCRIPT_HANGUL,
    SCRIPT_ETHIOPIC,
    SCRIPT_CJK, /* Han, kana, bopomofo */
    SCRIPT_BLOCKS
};

struct range {
    uint32_t first, last;
    unsigned script;
};

/* Sorted. */
static const struct range ranges[] = {
    {0x0, 0xA9, SCRIPT_PLAIN},         {0xAA, 0xBF, SCRIPT_SYMBOL},       {0xC0, 0xD6, SCRIPT_PLAIN},
    {0xD7, 0xD7, SCRIPT_SYMBOL},       {0xD8, 0xF6, SCRIPT_PLAIN},        {0xF7, 0xF7, SCRIPT_SYMBOL},
    {0xF8, 0x2AF, SCRIPT_PLAIN},       {0x2B0, 0x2FF, SCRIPT_SYMBOL},     {0x300, 0x36F, SCRIPT_JOINER},
    {0x370, 0x3FF, SCRIPT_GREEK},      {0x400, 0x52F, SCRIPT_CYRILLIC},   {0x530, 0x58F, SCRIPT_ARMENIAN},
    {0x590, 0x5FF, SCRIPT_HEBREW},     {0x600, 0x6FF, SCRIPT_ARABIC},     {0x750, 0x77F, SCRIPT_ARABIC},
    {0x8A0, 0x8FF, SCRIPT_ARABIC},     {0x10A0, 0x10FF, SCRIPT_GEORGIAN}, {0x1100, 0x11FF, SCRIPT_HANGUL},
    {0x1200, 0x139F, SCRIPT_ETHIOPIC}, {0x1E00, 0x1EFF, SCRIPT_PLAIN},    {0x1F00, 0x1FFF, SCRIPT_GREEK},
    {0x200D, 0x200D, SCRIPT_JOINER},   {0x2000, 0x20CF, SCRIPT_SYMBOL},   {0x20D0, 0x20FF, SCRIPT_JOINER},
    {0x2100, 0x2BFF, SCRIPT_SYMBOL},   {0x2E80, 0x2FFF, SCRIPT_CJK},      {0x3000, 0x303F, SCRIPT_SYMBOL},
    {0x3040, 0x312F, SCRIPT_CJK},      {0x3130, 0x318F, SCRIPT_HANGUL},   {0x3190, 0x9FFF, SCRIPT_CJK},
    {0xAC00, 0xD7FF, SCRIPT_HANGUL},   {0xF900, 0xFAFF, SCRIPT_CJK},      {0xFB50, 0xFDFF, SCRIPT_ARABIC},
    {0xFE00, 0xFE0F, SCRIPT_JOINER},   {0xFE70, 0xFEFF, SCRIPT_ARABIC},   {0xFF00, 0xFFFF, SCRIPT_SYMBOL},
    {0x1F1E6, 0x1F1FF, SCRIPT_JOINER}, {0x1F3FB, 0x1F3FF, SCRIPT_JOINER}, {0x1F000, 0x1FAFF, SCRIPT_SYMBOL},
    {0x20000, 0x323AF, SCRIPT_CJK},    {0xE0000, 0xE01EF, SCRIPT_JOINER},
};

static unsigned script_of(uint32_t c)
{
    if (c < 0x80)
        return SCRIPT_PLAIN;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i].first && c <= ranges[i].last)
            return ranges[i].script;
    return SCRIPT_BLOCKS + c / 128;
}

/* Characters that espeak-ng 1.51 can't bear in voices of another script, found by trying all of them with
 * AddressSanitizer. Most crash it even alone, as it reads their script by a language that lacks them; they are
 * unassigned or rare (all of the Georgian capitals, and of the Hangul letters that aren't syllables). Cherokee and
 * U+A700 ... U+ABFF leave it with a wrong phoneme table that garbles all later text
 * (https://github.com/espeak-ng/espeak-ng/issues/915). */
static const struct {
    uint32_t first, last;
} unspeakable[] = {
    {0x380, 0x385},   {0x387, 0x387},   {0x38B, 0x38B},   {0x38D, 0x38D},   {0x3A2, 0x3A2},   {0x3F6, 0x3F6},
    {0x970, 0x970},   {0x9E4, 0x9EF},   {0x9F2, 0x9FB},   {0x9FD, 0x9FF},   {0xA64, 0xA6F},   {0xA76, 0xA7F},
    {0xAE4, 0xAF8},   {0xAFD, 0xAFF},   {0xB80, 0xB80},   {0xB84, 0xB84},   {0xB8B, 0xB8C},   {0xB96, 0xB98},
    {0xB9B, 0xB9B},   {0xB9D, 0xB9D},   {0xBA0, 0xBA2},   {0xBA6, 0xBA7},   {0xBAB, 0xBAD},   {0xBBA, 0xBBC},
    {0xBC4, 0xBC4},   {0xBD3, 0xBD4},   {0xBDA, 0xBFF},   {0xC80, 0xC80},   {0xC84, 0xC84},   {0xCC5, 0xCC5},
    {0xCCE, 0xCD2},   {0xCE6, 0xCEF},   {0xCFD, 0xD01},   {0xD04, 0xD04},   {0xD0D, 0xD0D},   {0xD45, 0xD45},
    {0xD49, 0xD49},   {0xD52, 0xD52},   {0xD55, 0xD56},   {0xD5B, 0xD5F},   {0xD62, 0xD62},   {0xD66, 0xD6F},
    {0xDC7, 0xDC9},   {0xDCB, 0xDCD},   {0xDD5, 0xDD5},   {0xDD7, 0xDD7},   {0xDE2, 0xDF1},   {0xDF5, 0xDFF},
    {0x10A0, 0x10CF}, {0x10FB, 0x10FB}, {0x1100, 0x11FF}, {0x13A0, 0x13FF}, {0x1C90, 0x1CBF}, {0xA700, 0xABFF},
    {0xD7B0, 0xD7FF},
};

static bool is_unspeakable(uint32_t c)
{
    for (size_t i = 0; i < sizeof unspeakable / sizeof *unspeakable; i++)
        if (c >= unspeakable[i].first && c <= unspeakable[i].last)
            return true;
    return false;
}

/* The script of languages that aren't written in Latin; `sample` is a character of it. */
static const struct {
    const char *language;
    uint32_t sample;
} own_scripts[] = {
    {"am", 0x1200}, {"ar", 0x600},   {"as", 0x980},   {"ba", 0x400},  {"be", 0x400},   {"bg", 0x400},  {"bn", 0x980},
    {"bpy", 0x980}, {"chr", 0x13A0}, {"cmn", 0x4E00}, {"cv", 0x400},  {"el", 0x370},   {"fa", 0x600},  {"grc", 0x370},
    {"gu", 0xA80},  {"hak", 0x4E00}, {"he", 0x590},   {"hi", 0x900},  {"hy", 0x530},   {"hyw", 0x530}, {"ja", 0x4E00},
    {"ka", 0x10A0}, {"kk", 0x400},   {"kn", 0xC80},   {"ko", 0xAC00}, {"kok", 0x900},  {"ky", 0x400},  {"mk", 0x400},
    {"ml", 0xD00},  {"mr", 0x900},   {"my", 0x1000},  {"ne", 0x900},  {"or", 0xB00},   {"pa", 0xA00},  {"ru", 0x400},
    {"sd", 0x600},  {"shn", 0x1000}, {"si", 0xD80},   {"sr", 0x400},  {"ta", 0xB80},   {"te", 0xC00},  {"th", 0xE00},
    {"tt", 0x400},  {"ug", 0x600},   {"uk", 0x400},   {"ur", 0x600},  {"yue", 0x4E00},
};

static unsigned own_script(const char *voice)
{
    const size_t length = strcspn(voice, "-+_");
    for (size_t i = 0; i < sizeof own_scripts / sizeof *own_scripts; i++)
        if (*own_scripts[i].language == *voice && strlen(own_scripts[i].language) == length &&
            memcmp(own_scripts[i].language, voice, length) == 0)
            return script_of(own_scripts[i].sample);
    return SCRIPT_PLAIN;
}

/* Digits of other scripts have the value of ASCII ones, which every voice reads; 0: not a digit. */
static char ascii_digit(uint32_t c)
{
    static const uint32_t zeros[] = {
        0x660,  0x6F0,  0x7C0,  0x966,  0x9E6,  0xA66,  0xAE6,  0xB66,  0xBE6,  0xC66,  0xCE6,  0xD66,
        0xDE6,  0xE50,  0xED0,  0xF20,  0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90,
        0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    };
    for (size_t i = 0; i < sizeof zeros / sizeof *zeros && zeros[i] <= c; i++)
        if (c - zeros[i] < 10)
            return (char)('0' + (c - zeros[i]));
    return 0;
}

/* Whether a space is needed between two characters of these scripts. */
static bool apart(unsigned before, unsigned here, bool english)
{
    if (before == here && here == SCRIPT_PLAIN)
        return false;
    if (!english)
        return true;
    const bool foreign_before = before > SCRIPT_JOINER, foreign = here > SCRIPT_JOINER;
    return foreign_before != foreign || (foreign && before != here);
}

bool fe_part_scripts(const char *voice, const char *text, size_t size, struct base_buffer *out)
{
    const bool english = strncmp(voice, "en-us", 5) == 0;
    const unsigned own = own_script(voice);
    unsigned before = SCRIPT_PLAIN;
    bool joined = true; /* nothing before, a space, or a joiner that holds the next character too */
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        unsigned script = script_of(c.value);
        const char digit = script == own ? 0 : ascii_digit(c.value);
        if (script == own || digit)
            script = SCRIPT_PLAIN;
        i += c.length;
        if (script != SCRIPT_PLAIN && is_unspeakable(c.value))
            continue;
        if (c.value != ' ' && script != SCRIPT_JOINER) {
            if (!joined && apart(before, script, english) && !base_buffer_add(out, " ", 1))
                return false;
            before = script;
        }
        const size_t start = i - c.length;
        while (c.value < 0x80 && i < size && (unsigned char)text[i] < 0x80) /* they are never apart */
            before = text[i++] == ' ' ? before : SCRIPT_PLAIN;
        if (!base_buffer_add(out, digit ? &digit : text + start, digit ? 1 : i - start))
            return false;
        joined = text[i - 1] == ' ' || c.value == 0x200D;
    }
    return true;
}

/* The language that most words of a script are of, where a voice of another one would spell them. */
static const struct {
    uint32_t first, last;
    const char *voice;
} script_voices[] = {
    {0x370, 0x3FF, "el"},   {0x400, 0x52F, "ru"},   {0x531, 0x58F, "hy"},   {0x5D0, 0x5EA, "he"},
    {0x620, 0x6FF, "ar"},   {0x900, 0x963, "hi"},   {0x980, 0x9FF, "bn"},   {0xE01, 0xE4F, "th"},
    {0x10D0, 0x10FF, "ka"}, {0x1F00, 0x1FFF, "el"}, {0x3041, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "cmn"},
    {0xAC00, 0xD7AF, "ko"},
};

const char *fe_script_letter(uint32_t letter)
{
    for (size_t i = 0; i < sizeof script_voices / sizeof *script_voices; i++)
        if (letter >= script_voices[i].first && letter <= script_voices[i].last)
            return script_voices[i].voice;
    return NULL;
}

const char *fe_script_voice(const char *voice, const char *text, size_t size)
{
    const unsigned own = own_script(voice);
    const char *found = NULL;
    size_t letters = 0;
    for (size_t i = 0; i < size;) {
        const struct base_codepoint c = base_utf8_next(text + i, size - i);
        const unsigned script = script_of(c.value);
        const char *const one = fe_script_letter(c.value);
        i += c.length;
        if (script == SCRIPT_JOINER)
            continue;
        if (!one || script == own)
            return NULL;
        const bool japanese =
            found && ((!strcmp(found, "ja") && !strcmp(one, "cmn")) || (!strcmp(found, "cmn") && !strcmp(one, "ja")));
        if (found && strcmp(found, one) != 0 && !japanese)
            return NULL;
        found = japanese ? "ja" : one;
        letters++;
    }
    const bool known = found && strncmp(voice, found, strlen(found)) == 0;
    return letters > 1 && !known ? found : NULL;
}
