/* Rewrite pairs read backwards. See phone_ipa.h. */
#include "phone_ipa.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include <string.h>

/* Letters of a pair's left side. */
static bool add_untied(struct base_buffer *ipa, const char *letters)
{
    for (; *letters; letters++)
        if (*letters != '^' && !base_buffer_add(ipa, letters, 1))
            return false;
    return true;
}

/* The left side of the pair that makes this character, `tied` letters or a single one; NULL: there is none. */
static const char *find_pair(const struct voice_meta *meta, const char *character, size_t length, bool tied)
{
    for (size_t i = 0; i < meta->n_rewrites; i++) {
        const char *const from = meta->rewrites[2 * i], *const to = meta->rewrites[2 * i + 1];
        const bool single = base_utf8_next(from, strlen(from)).length == strlen(from);
        if (strlen(to) == length && memcmp(to, character, length) == 0 && (tied ? strchr(from, '^') != NULL : single))
            return from;
    }
    return NULL;
}

/* The small schwa, which a consonant nearly swallows: as espeak-ng has it, a syllabic consonant, but "əl". */
static bool add_small_schwa(struct base_buffer *ipa, const char *behind, size_t *taken)
{
    const struct base_codepoint c = base_utf8_next(behind, strlen(behind) + 1);
    *taken = 0;
    if (c.value != 'n' && c.value != 'm' && c.value != 0x279)
        return base_buffer_put(ipa, 0x259);
    *taken = c.length;
    return base_buffer_add(ipa, behind, c.length) && base_buffer_put(ipa, 0x329);
}

/* One character of the voice. No letter of IPA is an ASCII capital. */
static bool add_character(const struct voice_meta *meta, struct base_buffer *ipa, const char *character,
                          struct base_codepoint c)
{
    const char *from = find_pair(meta, character, c.length, true);
    if (!from && c.value >= 'A' && c.value <= 'Z')
        from = find_pair(meta, character, c.length, false);
    return from ? add_untied(ipa, from) : base_buffer_add(ipa, character, c.length);
}

bool fe_phone_ipa(const struct voice_meta *meta, const char *phones, struct base_buffer *ipa)
{
    const size_t size = strlen(phones);
    for (size_t i = 0, taken; i < size; i += taken) {
        const struct base_codepoint c = base_utf8_next(phones + i, size - i);
        taken = 0;
        if (!(c.value == 0x1D4A ? add_small_schwa(ipa, phones + i + c.length, &taken)
                                : add_character(meta, ipa, phones + i, c)))
            return false;
        taken += c.length;
    }
    return base_buffer_add(ipa, "", 0);
}

bool fe_phone_ipa_table(const struct voice_meta *meta, struct base_buffer *text, const char ***out)
{
    const char **const table = base_alloc(meta->n_phonemes, sizeof *table);
    bool made = table != NULL;
    for (size_t i = 0; i < meta->n_phonemes && made; i++)
        made = fe_phone_ipa(meta, meta->phonemes[i], text) && base_buffer_add(text, "", 1); /* with its terminator */
    const char *next = text->data;
    for (size_t i = 0; i < meta->n_phonemes && made; i++) {
        table[i] = next;
        next += strlen(next) + 1;
    }
    *out = table;
    return made;
}
