/* Lists of what there is. */
#include "cli/catalogue.h"
#include "audio/sink.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/report.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

size_t catalogue_name(const char *path, const char **name)
{
    const char *const slash = strrchr(path, '/');
    *name = slash ? slash + 1 : path;
    const size_t length = strlen(*name);
    return length > 5 && !strcmp(*name + length - 5, ".gguf") ? length - 5 : length;
}

struct listing {
    const char *language; /* NULL: all voices */
    unsigned long count;
};

bool catalogue_speaks(const linnet_voice_info *info, const char *tag)
{
    size_t i = 0;
    while (tag[i] && (tolower((unsigned char)info->language[i]) == tolower((unsigned char)tag[i]) ||
                      (tag[i] == '_' && info->language[i] == '-')))
        i++;
    return !tag[i] && (!info->language[i] || info->language[i] == '-');
}

/* "6.9 MB" */
static const char *file_size(const char *path, char *out, size_t size)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return "-";
    snprintf(out, size, "%.1f MB", (double)file.st_size / 1e6);
    return out;
}

/* What its maker measured with DistillMOS, "4.64". */
static const char *quality_of(const linnet_voice_info *info, char *out, size_t size)
{
    static const char measure[] = "DistillMOS ";
    const char *const found = info->scores ? strstr(info->scores, measure) : NULL;
    const char *const figure = found ? found + sizeof measure - 1 : "";
    const size_t length = strspn(figure, "0123456789.");
    if (!length || length >= size)
        return "-";
    snprintf(out, size, "%.*s", (int)length, figure);
    return out;
}

static int print_voice(void *user, const char *path, const linnet_voice_info *info, const char *error)
{
    struct listing *const listing = user;
    if (listing->language && (!info || !catalogue_speaks(info, listing->language)))
        return 0;
    if (listing->count++ == 0)
        printf("%-20s %-9s %-8s %6s %7s %7s  %s\n", "Voice", "Language", "Gender", "Hz", "Size", "Quality", "File");
    const char *name;
    const int length = (int)catalogue_name(path, &name);
    printf("%-20.*s", length, name);
    if (info) {
        char size[16], quality[16];
        printf(" %-9s %-8s %6d %7s %7s  %s\n", info->language, info->gender, info->sample_rate,
               file_size(path, size, sizeof size), quality_of(info, quality, sizeof quality), path);
    } else {
        printf(" can't be used: %s\n", error ? error : "unknown reason");
    }
    return 0;
}

int catalogue_voices(const char *language)
{
    struct listing listing = {.language = language};
    const int status = linnet_list_voices(print_voice, &listing);
    if (status != LINNET_OK)
        return report_failure("list of voices: %s", linnet_status_text(status));
    if (listing.count == 0 && language)
        return report_failure("list of voices: none speaks \"%s\"; languages are named as in de or en-GB", language);
    if (listing.count == 0)
        return report_failure("list of voices: none found; LINNET_VOICE_PATH names folders with .gguf files");
    return report_stdout();
}

/* Keys without a value aren't shown. */
static void print_text(const char *key, const char *value)
{
    if (value && *value)
        printf("%-14s %s\n", key, value);
}

int catalogue_voice(const linnet_engine *engine)
{
    linnet_voice_info info;
    const int status = linnet_voice(engine, &info);
    if (status != LINNET_OK)
        return report_failure("voice: %s", linnet_status_text(status));
    print_text("Name", info.name);
    print_text("File", info.path);
    print_text("Language", info.language);
    print_text("Speaker", info.speaker);
    print_text("Gender", info.gender);
    print_text("Description", info.description);
    print_text("Licence", info.license);
    print_text("Teacher", info.teacher);
    print_text("Data licence", info.data_license);
    if (info.data_hours > 0)
        printf("%-14s %.1f hours\n", "Trained on", (double)info.data_hours);
    print_text("Scores", info.scores);
    printf("%-14s %d Hz\n", "Sample rate", info.sample_rate);
    printf("%-14s %d samples, %.2f ms\n", "Mel frame", info.hop_samples, 1000.0 * info.hop_samples / info.sample_rate);
    printf("%-14s %d\n", "Mel bins", info.n_mels);
    printf("%-14s %d\n", "Phonemes", info.n_phonemes);
    printf("%-14s %s\n", "Vocoder", info.has_vocoder ? "neural" : "none (Griffin-Lim)");
    printf("%-14s %d frames\n", "Look-ahead", info.lookahead_frames);
    printf("%-14s %" PRIu64 "\n", "Parameters", info.n_parameters);
    return report_stdout();
}

static void print_device(void *user, const struct sink_device *device)
{
    unsigned long *const count = user;
    if ((*count)++ == 0)
        printf("  %3s %-44s %-8s %8s %8s\n", "#", "Device", "System", "Channels", "Hz");
    printf("%c %3d %-44s %-8s %8d %8.0f\n", device->is_default ? '*' : ' ', device->index, device->name, device->system,
           device->channels, device->sample_rate);
}

int catalogue_devices(void)
{
    struct base_error err;
    unsigned long count = 0;
    const struct sink_class *const sink = sink_by_name("portaudio");
    interrupt_end_at_once(true);
    const int status = sink->devices(print_device, &count, &err);
    interrupt_end_at_once(false);
    if (status != LINNET_OK)
        return report_failure("%s", err.text);
    if (count == 0)
        return report_failure("playback devices: there is none");
    return report_stdout();
}
