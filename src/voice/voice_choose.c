/* Choice of a voice by what it is, see voice_choose.h. */
#include "voice/voice_choose.h"

#include "base/chars.h"
#include "linnet.h"
#include "voice/voice_file.h"
#include "voice/voice_find.h"
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define MAX_TAG 32

struct wish {
    char tag[MAX_TAG];   /* "": any language */
    const char *gender;  /* NULL: any */
};

static bool is_separator(char c)
{
    return c == '-' || c == '_';
}

/* Two or three letters, then nothing or parts of letters and digits. */
static bool is_tag(const char *tag)
{
    const size_t first = strcspn(tag, "-_");
    if (first < 2 || first > 3)
        return false;
    for (size_t i = 0; tag[i]; i++)
        if (i < first ? !base_is_ascii_letter((unsigned char)tag[i])
                      : !base_is_ascii_letter((unsigned char)tag[i]) && !base_is_digit((unsigned char)tag[i]) && !is_separator(tag[i]))
            return false;
    return true;
}

/* false: it is no such wish. */
static bool read_wish(struct wish *wish, const char *text)
{
    const size_t length = strcspn(text, "+.@"); /* a variant; the encoding of a locale */
    *wish = (struct wish){.tag = ""};
    if (!strcasecmp(text, "male") || !strcasecmp(text, "female")) {
        wish->gender = base_ascii_lower(text[0]) == 'm' ? "male" : "female";
        return true;
    }
    if (length >= MAX_TAG)
        return false;
    snprintf(wish->tag, sizeof wish->tag, "%.*s", (int)length, text);
    if (text[length] == '+')
        wish->gender = text[length + 1] == 'f' ? "female" : text[length + 1] == 'm' ? "male" : NULL;
    return is_tag(wish->tag);
}

/* How many parts two tags share from their start on. */
static int agreement(const char *a, const char *b)
{
    for (int parts = 0;; parts++) {
        const size_t n = strcspn(a, "-_"), m = strcspn(b, "-_");
        if (n != m || strncasecmp(a, b, n))
            return parts;
        if (!a[n] || !b[m])
            return parts + 1;
        a += n + 1;
        b += m + 1;
    }
}

/* 0: it doesn't fit. */
static int fit(const struct wish *wish, const struct voice_entry *entry)
{
    struct voice_file *file;
    if (voice_file_open(&file, entry->path, NULL) != LINNET_OK)
        return 0;
    const struct voice_meta *const meta = voice_file_meta(file);
    const int parts = wish->tag[0] ? agreement(meta->language, wish->tag) : 1;
    const bool has_gender = wish->gender && meta->gender && !strcasecmp(meta->gender, wish->gender);
    const bool is_default = !strcmp(entry->name, VOICE_DEFAULT_NAME);
    voice_file_close(&file);
    if (parts == 0 || (!wish->tag[0] && !has_gender))
        return 0;
    return 4 * parts + 2 * has_gender + is_default;
}

int voice_choose(char *path, size_t size, const char *text, struct base_error *err)
{
    struct wish wish;
    struct voice_list list;
    const struct voice_entry *best = NULL;
    int most = 0;
    int status = voice_find(path, size, text, err);
    if (status != LINNET_ERR_NOT_FOUND || !text || !read_wish(&wish, text))
        return status;
    if (voice_list_all(&list, err) != LINNET_OK) {
        voice_list_free(&list);
        return LINNET_ERR_MEMORY;
    }
    for (size_t i = 0; i < list.count; i++) {
        const int fits = fit(&wish, &list.entries[i]);
        if (fits > most) {
            best = &list.entries[i];
            most = fits;
        }
    }
    if (best && snprintf(path, size, "%s", best->path) < (int)size)
        status = LINNET_OK;
    voice_list_free(&list);
    return status == LINNET_OK ? status : base_fail(err, status, "cannot find voice: %.64s: no voice of this name, language or "
                                                    "gender is installed", text);
}
