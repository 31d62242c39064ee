/* Looks names of characters and keys up. */
#include "names.h"

const struct fe_char_name *fe_names_char(const struct fe_names *names, uint32_t codepoint)
{
    for (size_t i = 0; names && i < names->n_chars; i++)
        if (names->chars[i].codepoint == codepoint)
            return &names->chars[i];
    return NULL;
}

const char *fe_names_key(const struct fe_names *names, const char *key, size_t length)
{
    for (size_t i = 0; names && i < names->n_keys; i++) {
        const char *const entry = names->keys[i].key;
        size_t k = 0;
        while (k < length && entry[k] && (key[k] >= 'A' && key[k] <= 'Z' ? key[k] | 0x20 : key[k]) == entry[k])
            k++;
        if (k == length && !entry[k])
            return names->keys[i].name;
    }
    return NULL;
}
