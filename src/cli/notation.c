/* IPA, cut into phonemes. See notation.h. */
#include "cli/notation.h"

#include "base/utf8.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* IPA and espeak-ng's mnemonics for it. What begins alike stands the longest first. */
static const struct {
    const char *ipa, *mnemonic;
} letters[] = {
    {"ɜː", "3:"}, {"ɜɹ", "3:"}, {"ɜ", "3:"}, {"ə", "@"},  {"ɚ", "3"},  {"ɝ", "3:"}, {"ɪ", "I"},  {"ʊ", "U"},
    {"ɛ", "E"},   {"æ", "a"},   {"ʌ", "V"},  {"ɒ", "0"},  {"ɔ", "O"},  {"ɑ", "A"},  {"ɐ", "a#"}, {"ᵻ", "I2"},
    {"ɨ", "i\""}, {"ʉ", "u\""}, {"ø", "Y"},  {"œ", "W"},  {"ɤ", "o-"}, {"ɯ", "u-"}, {"θ", "T"},  {"ð", "D"},
    {"ʃ", "S"},   {"ʒ", "Z"},   {"ŋ", "N"},  {"ɹ", "r"},  {"ɾ", "t#"}, {"ɡ", "g"},  {"ʁ", "R"},  {"ʔ", "?"},
    {"ɲ", "n^"},  {"ʎ", "l^"},  {"ç", "C"},  {"β", "B"},  {"ɣ", "Q"},  {"χ", "X"},  {"ɫ", "l"},  {"ɥ", "w"},
    {"ʂ", "s."},  {"ʐ", "z."},  {"ɕ", "S;"}, {"ʑ", "Z;"}, {"ɸ", "F"},  {"ʋ", "v#"}, {"ɟ", "J"},  {"ː", ":"},
    {"ˈ", "'"},   {"ˌ", ","},   {"̃", "~"},   {"̩", "-"},   {"ʲ", ";"},  {"ʰ", "h"},
};

/* What is one phoneme though it has two letters. */
static const char *const pairs[] = {"tʃ", "dʒ", "ts", "dz", "pf", "aɪ", "aʊ", "eɪ", "oʊ", "əʊ", "ɔɪ", "ɔʏ",
                                    "ɔø", "ɪə", "iə", "eə", "ɛə", "ʊə", "ei", "ai", "oi", "au", "eu", "ɐ̯"};

static size_t character_bytes(const char *text)
{
    size_t n = *text != '\0';
    while (n && ((unsigned char)text[n] & 0xC0) == 0x80)
        n++;
    return n;
}

bool notation_is_stress(const char *text)
{
    return !strncmp(text, "ˈ", 2) || !strncmp(text, "ˌ", 2);
}

bool notation_is_modifier(const char *text)
{
    const uint32_t c = *text ? base_utf8_next(text, strnlen(text, 4)).value : 0;
    return !notation_is_stress(text) && ((c >= 0x2B0 && c <= 0x36F) || (c >= 0x2190 && c <= 0x2199));
}

/* Bytes of the letter at text[0] with its modifiers. */
static size_t letter_bytes(const char *text)
{
    size_t n = character_bytes(text);
    while (notation_is_modifier(text + n))
        n += character_bytes(text + n);
    return n;
}

/* Bytes of the phoneme's second letter, behind its first one; 0: it has none. */
static size_t second_bytes(const char *text, size_t first)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (!strncmp(pairs[i], text, strlen(pairs[i])) && strlen(pairs[i]) > first)
            return letter_bytes(text + first);
    return 0;
}

static void put(const char *text, size_t size, const struct notation *notation)
{
    for (size_t i = 0, taken; i < size; i += taken) {
        const char *name = NULL;
        taken = character_bytes(text + i);
        for (size_t k = 0; notation->mnemonics && k < sizeof letters / sizeof *letters && !name; k++)
            if (!strncmp(text + i, letters[k].ipa, strlen(letters[k].ipa))) {
                name = letters[k].mnemonic;
                taken = strlen(letters[k].ipa);
            }
        printf("%.*s", name ? (int)strlen(name) : (int)taken, name ? name : text + i);
    }
}

/* The phoneme at text[0], its stress before it; how many bytes. */
static size_t put_phoneme(const char *text, const struct notation *notation)
{
    size_t stress = 0;
    while (notation_is_stress(text + stress))
        stress += character_bytes(text + stress);
    put(text, stress, notation);
    text += stress;
    const size_t first = letter_bytes(text), second = first ? second_bytes(text, first) : 0;
    put(text, first, notation);
    if (second && notation->tie)
        fputs(notation->tie, stdout);
    put(text + first, second, notation);
    return stress + first + second;
}

static bool is_mark(const char *text)
{
    return *text && (strchr(",;:.?!\"()[]-", *text) || !strncmp(text, "—", 3) || !strncmp(text, "…", 3) ||
                     !strncmp(text, "“", 3) || !strncmp(text, "”", 3));
}

void notation_print(const char *ipa, const struct notation *notation)
{
    bool in_line = false, in_word = false;
    while (*ipa) {
        if (*ipa == ' ') {
            in_word = false;
            ipa++;
        } else if (is_mark(ipa)) { /* the end of a clause */
            if (in_line && *ipa != '-')
                putchar('\n');
            in_line = in_line && *ipa == '-';
            in_word = false;
            ipa += character_bytes(ipa);
        } else {
            fputs(in_word ? (notation->separator ? notation->separator : "") : in_line ? " " : "", stdout);
            ipa += put_phoneme(ipa, notation);
            in_line = in_word = true;
        }
    }
    if (in_line)
        putchar('\n');
}
