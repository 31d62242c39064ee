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
    char tag[MAX_TAG];  /* "": any language */
    const char *gender; /* NULL: any */
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
                      : !base_is_ascii_letter((unsigned char)tag[i]) && !base_is_digit((unsigned char)tag[i]) &&
                            !is_separator(tag[i]))
            return false;
    return true;
}

/* By its own code, which espeak-ng uses; voices have the one of Chinese. */
static bool is_mandarin(const char *text)
{
    return !strncasecmp(text, "cmn", 3) && strchr("-_+.@", text[3]);
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
    const size_t skipped = is_mandarin(text) ? 3 : 0;
    snprintf(wish->tag, sizeof wish->tag, "%s%.*s", skipped ? "zh" : "", (int)(length - skipped), text + skipped);
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

/* "voices/linnet-en.gguf" is called "linnet-en". */
static bool file_is_called(const char *path, const char *name)
{
    const char *const slash = strrchr(path, '/'), *const file = slash ? slash + 1 : path;
    const size_t length = strlen(name);
    return !strncasecmp(file, name, length) && !strcmp(file + length, ".gguf");
}

int voice_fits(const struct voice_traits *voice, const char *text)
{
    struct wish wish;
    if (!text || !*text)
        return 1;
    if (!strcasecmp(voice->name, text) || !strcmp(voice->path, text) || file_is_called(voice->path, text))
        return LINNET_FITS_BY_NAME;
    if (!read_wish(&wish, text))
        return 0;
    const int parts = wish.tag[0] ? agreement(voice->language, wish.tag) : 0;
    const bool has_gender = wish.gender && !strcasecmp(voice->gender, wish.gender);
    return wish.tag[0] && !parts ? 0 : 2 * parts + has_gender;
}

/* Of an installed voice: the default one is before its equals; 0: it doesn't fit. */
static int fit(const char *wish, const struct voice_entry *entry)
{
    struct voice_file *file;
    if (voice_file_open(&file, entry->path, NULL) != LINNET_OK)
        return 0;
    const struct voice_meta *const meta = voice_file_meta(file);
    const struct voice_traits traits = {entry->path, meta->name, meta->language, meta->gender};
    const int fits = voice_fits(&traits, wish);
    voice_file_close(&file);
    return fits ? 2 * fits + !strcmp(entry->name, VOICE_DEFAULT_NAME) : 0;
}

int voice_choose(char *path, size_t size, const char *text, struct base_error *err)
{
    struct voice_list list;
    const struct voice_entry *best = NULL;
    int most = 0;
    int status = voice_find(path, size, text, err);
    if (status != LINNET_ERR_NOT_FOUND || !text)
        return status;
    if (voice_list_all(&list, err) != LINNET_OK) {
        voice_list_free(&list);
        return LINNET_ERR_MEMORY;
    }
    for (size_t i = 0; i < list.count; i++) {
        const int fits = fit(text, &list.entries[i]);
        if (fits > most) {
            best = &list.entries[i];
            most = fits;
        }
    }
    if (best && snprintf(path, size, "%s", best->path) < (int)size)
        status = LINNET_OK;
    voice_list_free(&list);
    return status == LINNET_OK ? status
                               : base_fail(err, status,
                                           "cannot find voice: %.64s: no voice of this name, language or "
                                           "gender is installed",
                                           text);
}
