/* What a voice is, and which there are. */
#include "engine/voices.h"

#include "base/status.h"
#include "voice/voice_choose.h"
#include "voice/voice_find.h"
#include <string.h>

void voices_describe(linnet_voice_info *info, const struct voice_file *file)
{
    const struct voice_meta *const m = voice_file_meta(file);
    *info = (linnet_voice_info){.path = voice_file_path(file),
                                .name = m->name,
                                .language = m->language,
                                .speaker = m->speaker,
                                .gender = m->gender,
                                .license = m->license,
                                .description = m->description,
                                .teacher = m->teacher,
                                .data_license = m->data_license,
                                .scores = m->scores,
                                .data_hours = m->data_hours,
                                .sample_rate = (int)m->sample_rate,
                                .hop_samples = (int)m->hop,
                                .n_mels = (int)m->n_mels,
                                .n_phonemes = (int)m->n_phonemes,
                                .has_vocoder = strcmp(m->vocoder_kind, "griffin-lim") != 0,
                                .n_parameters = voice_file_parameter_count(file)};
}

static const char *text_or_empty(const char *text)
{
    return text ? text : "";
}

int voices_fit(const linnet_voice_info *info, const char *wish)
{
    const struct voice_traits traits = {text_or_empty(info->path), text_or_empty(info->name),
                                        text_or_empty(info->language), text_or_empty(info->gender)};
    return voice_fits(&traits, wish);
}

/* One entry of the list; returns what the callback does. */
static int report_voice(const char *path, linnet_voice_callback callback, void *user)
{
    struct voice_file *file;
    struct base_error err = {""};
    if (voice_file_open(&file, path, &err) != LINNET_OK)
        return callback(user, path, NULL, err.text);
    linnet_voice_info info;
    voices_describe(&info, file);
    const int stop = callback(user, path, &info, NULL);
    voice_file_close(&file);
    return stop;
}

int voices_list(linnet_voice_callback callback, void *user)
{
    struct voice_list list = {0};
    int status = voice_list_all(&list, NULL);
    for (size_t i = 0; i < list.count && status == LINNET_OK; i++)
        if (report_voice(list.entries[i].path, callback, user) != 0)
            status = LINNET_CANCELLED;
    voice_list_free(&list);
    return status;
}
