/* Emoji and signs by the names of Unicode's CLDR (emoji/make.py). Sequences are looked up whole, without variation
 * selectors; skin tones that a name doesn't have are added to it as UTS #35 has it ("thumbs up: dark skin tone"). A
 * sequence without a name is spoken by its parts. */
#include "normalize_lang.h"

#include "base/utf8.h"
#include <string.h>

#define MAX_KEY 96 /* bytes of a sequence that is looked up */
#define MAX_TONES 4
#define MAX_NAME 256

enum {
    TEXT_STYLE = 0xFE0E,
    EMOJI_STYLE = 0xFE0F,
    JOINER = 0x200D,
    KEYCAP = 0x20E3,
    TAG_FIRST = 0xE0020, /* tags of flags of regions */
    TAG_LAST = 0xE007F,
    LETTER_A = 0x1F1E6, /* regional indicators, two of which are a flag */
    LETTER_Z = 0x1F1FF,
    TONE_FIRST = 0x1F3FB,
    TONE_LAST = 0x1F3FF
};

static bool is_emoji(uint32_t c)
{
    return (c >= 0x1F000 && c < 0x1FC00) || (c >= 0x2300 && c < 0x2400) || (c >= 0x2600 && c < 0x27C0) ||
           (c >= 0x2B50 && c < 0x2C00) || c == 0x203C || c == 0x2049;
}

static bool is_style(uint32_t c)
{
    return c == TEXT_STYLE || c == EMOJI_STYLE;
}

static bool is_tone(uint32_t c)
{
    return c >= TONE_FIRST && c <= TONE_LAST;
}

static bool is_tag(uint32_t c)
{
    return c >= TAG_FIRST && c <= TAG_LAST;
}

static bool is_flag_letter(uint32_t c)
{
    return c >= LETTER_A && c <= LETTER_Z;
}

/* First token behind the whole sequence that starts at token i: joined characters, styles, tones, tags, both letters of
 * a flag. */
static size_t sequence_end(const struct norm_pass *pass, size_t i)
{
    size_t end = i + 1;
    if (is_flag_letter(norm_at(pass, i)->codepoint) && norm_touches(pass, end) &&
        is_flag_letter(norm_at(pass, end)->codepoint))
        end++;
    while (end < i + NORM_LOOK_AHEAD && norm_touching_kind(pass, end, NORM_SYMBOL)) {
        const uint32_t c = norm_at(pass, end)->codepoint;
        if (c == JOINER && norm_touching_kind(pass, end + 1, NORM_SYMBOL))
            end += 2;
        else if (is_style(c) || is_tone(c) || is_tag(c) || c == KEYCAP)
            end++;
        else
            break;
    }
    return end;
}

/* ---- names ---- */

/* The name of key[n], NULL: it has none. */
static const char *find_name(const struct norm_pass *pass, const char *key, size_t n)
{
    size_t low = 0, high = norm_n_emoji_keys;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int order = strncmp(norm_emoji_keys[middle], key, n);
        if (order == 0 && !norm_emoji_keys[middle][n])
            return pass->lang->normaliser->emoji->names[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

static const char *name_of(const struct norm_pass *pass, uint32_t c)
{
    char key[4];
    return find_name(pass, key, base_utf8_put(key, c));
}

/* Part of a sequence as it is looked up. */
struct key {
    char text[MAX_KEY], plain[MAX_KEY]; /* without styles; without tones too */
    size_t size, plain_size;
    uint32_t tones[MAX_TONES]; /* each once */
    size_t n_tones;
    bool hair; /* CLDR puts tones before the colour of hair */
};

static bool has_tone(const struct key *key, uint32_t tone)
{
    for (size_t k = 0; k < key->n_tones; k++)
        if (key->tones[k] == tone)
            return true;
    return key->n_tones == MAX_TONES;
}

/* False: it is longer than anything that has a name. */
static bool read_key(const struct norm_pass *pass, size_t i, size_t end, struct key *key)
{
    key->size = key->plain_size = key->n_tones = 0;
    key->hair = false;
    for (; i < end; i++) {
        const struct norm_token *const token = norm_at(pass, i);
        if (is_style(token->codepoint))
            continue;
        if (key->size + token->length > MAX_KEY)
            return false;
        memcpy(key->text + key->size, norm_text(pass, i), token->length);
        key->size += token->length;
        key->hair =
            key->hair || (token->codepoint >= 0x1F9B0 && token->codepoint <= 0x1F9B3) || token->codepoint == 0x1F471;
        if (is_tone(token->codepoint)) {
            if (!has_tone(key, token->codepoint))
                key->tones[key->n_tones++] = token->codepoint;
            continue;
        }
        memcpy(key->plain + key->plain_size, norm_text(pass, i), token->length);
        key->plain_size += token->length;
    }
    return true;
}

/* ---- speaking ---- */

/* Names are text, with numbers, "&" and letters in them. */
static void say_text(struct norm_pass *pass, const char *name, size_t length)
{
    struct norm_output spoken = {0};
    if (norm_run(&spoken, pass->lang, name, length, NULL) == LINNET_OK)
        norm_say_bytes(pass, spoken.text.bytes.data, spoken.text.bytes.length);
    else
        pass->out_of_memory = true;
    norm_output_free(&spoken);
}

static size_t put(char *text, size_t at, const char *bytes, size_t n)
{
    if (n > MAX_NAME - at)
        return at;
    memcpy(text + at, bytes, n);
    return at + n;
}

/* "man: dark skin tone, red hair": `name` and the tones. */
static void say_with_tones(struct norm_pass *pass, const char *name, const struct key *key)
{
    const char *const between = pass->lang->normaliser->emoji->between, *const colon = strstr(name, ": ");
    const size_t head = colon && key->hair ? (size_t)(colon - name) : strlen(name);
    char text[MAX_NAME];
    size_t n = put(text, 0, name, head);
    n = put(text, n, colon && !key->hair ? ", " : ": ", 2);
    for (size_t k = 0; k < key->n_tones; k++) {
        const char *const tone = name_of(pass, key->tones[k]);
        if (k)
            n = put(text, n, between, strlen(between));
        if (tone)
            n = put(text, n, tone, strlen(tone));
    }
    if (name[head]) {
        n = put(text, n, between, strlen(between));
        n = put(text, n, colon + 2, strlen(colon + 2));
    }
    say_text(pass, text, n);
}

/* Says the tokens from i up to `end` when they have a name together. */
static bool say_named(struct norm_pass *pass, size_t i, size_t end)
{
    struct key key;
    if (!read_key(pass, i, end, &key))
        return false;
    const char *const whole = find_name(pass, key.text, key.size);
    const char *const plain = whole || !key.n_tones ? NULL : find_name(pass, key.plain, key.plain_size);
    if (whole)
        say_text(pass, whole, strlen(whole));
    else if (plain)
        say_with_tones(pass, plain, &key);
    return whole || plain;
}

/* Part by part, the longest that has a name each time. */
static void say_parts(struct norm_pass *pass, size_t i, size_t end)
{
    for (bool first = true; i < end; first = false) {
        size_t last = end - i > 12 ? i + 12 : end;
        const size_t start = pass->out->text.bytes.length;
        if (!first)
            norm_join(pass, ",");
        while (last > i && !say_named(pass, i, last))
            last--;
        if (last > i) {
            i = last;
            continue;
        }
        const uint32_t c = norm_at(pass, i++)->codepoint;
        if (is_flag_letter(c)) {
            const char letter = (char)('A' + (c - LETTER_A));
            norm_spell(pass, &letter, 1);
        } else if (is_emoji(c) && !is_tag(c)) {
            norm_say(pass, "emoji"); /* in any language */
        } else {
            base_buffer_cut(&pass->out->text.bytes, start);
        }
    }
}

/* ---- rules ---- */

/* "1" and a keycap around it. */
static size_t say_keycap(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const size_t style = norm_touches(pass, i + 1) && is_style(norm_at(pass, i + 1)->codepoint);
    if (token->length != 1 || !norm_touching_symbol(pass, i + 1 + style, KEYCAP))
        return 0;
    const char *const name = name_of(pass, KEYCAP);
    const struct fe_char_name *const sign = fe_names_char(pass->lang->names, token->codepoint);
    norm_say(pass, name ? name : "");
    norm_join(pass, ":");
    if (token->kind == NORM_DIGITS)
        pass->lang->normaliser->cardinal(pass, norm_text(pass, i), 1);
    else
        norm_say(pass, sign ? sign->name : "");
    return 2 + style;
}

size_t norm_rule_emoji(struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    if (norm_is_kind(pass, i, NORM_DIGITS) || c == '#' || c == '*')
        return say_keycap(pass, i);
    const bool styled = norm_touching_symbol(pass, i + 1, EMOJI_STYLE);
    if (!norm_is_kind(pass, i, NORM_SYMBOL) || (!is_emoji(c) && !(styled && name_of(pass, c))))
        return 0;
    const size_t end = sequence_end(pass, i);
    if (say_named(pass, i, end))
        return end - i;
    if (c < 0x1F000 && end == i + 1)
        return 0;
    say_parts(pass, i, end);
    return end - i;
}

size_t norm_rule_sign(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const char *const name = token->length > 1 ? find_name(pass, norm_text(pass, i), token->length) : NULL;
    if (!name)
        return 0;
    say_text(pass, name, strlen(name));
    return 1;
}
