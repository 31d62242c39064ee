/* Fuzz target of timing files: the first byte chooses the format, events follow, and then, behind a byte 255, the
 * text. */
#define _DEFAULT_SOURCE
#include "tests/fuzz/scratch.h"

#include "cli/timing.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[64], path[96];

static void remove_folder(void)
{
    rmdir(folder);
}

static const char *choose_path(uint8_t format)
{
    static const char *const endings[] = {".json", ".srt", ".vtt", ".TextGrid"};
    if (!*folder) {
        snprintf(folder, sizeof folder, "%s/linnet-fuzz-XXXXXX", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
        require(mkdtemp(folder) && atexit(remove_folder) == 0);
    }
    snprintf(path, sizeof path, "%s/x%s", folder, endings[format % 4]);
    return path;
}

/* Bytes that follow one another inside text[size]. */
struct reading {
    size_t at, size;
};

static void choose_bytes(struct reading *r, linnet_event *event, const uint8_t *from)
{
    const size_t skipped = from[0] % 8, length = from[1];
    r->at = r->at + skipped < r->size ? r->at + skipped : r->size;
    event->byte_offset = r->at;
    event->byte_length = length < r->size - r->at ? length : r->size - r->at;
    if (event->type == LINNET_EVENT_WORD)
        r->at += event->byte_length;
}

/* "-->" in a subtitle is a line with times, and there are no others. */
static void check_subtitles(void)
{
    char line[4096];
    FILE *const file = fopen(path, "r");
    require(file != NULL);
    while (fgets(line, sizeof line, file)) {
        unsigned h;
        if (strstr(line, "-->"))
            require(sscanf(line, "%u:%u:%u%*c%u --> %u", &h, &h, &h, &h, &h) == 5);
    }
    fclose(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int types[] = {LINNET_EVENT_SENTENCE, LINNET_EVENT_WORD, LINNET_EVENT_WORD, LINNET_EVENT_PHONEME,
                                LINNET_EVENT_MARK};
    const uint8_t *const end = size > 1 ? memchr(data + 1, 255, size - 1) : NULL;
    if (!end)
        return 0;
    const struct input_chunk chunk = {.text = (const char *)end + 1, .size = (size_t)(data + size - end) - 1};
    struct reading r = {.size = chunk.size};
    struct timing *timing;
    struct base_error err;
    uint64_t time = 0;
    require(timing_open(&timing, choose_path(data[0]), NULL, 24000, &err) == LINNET_OK);
    for (const uint8_t *p = data + 1; end - p >= 4; p += 4) {
        linnet_event event = {.type = types[p[0] % 5], .time = time, .n_samples = p[1] * 100u, .name = "m\n\"<->-->"};
        choose_bytes(&r, &event, p + 2);
        if (event.type == LINNET_EVENT_SENTENCE)
            event.byte_length = r.size - event.byte_offset;
        time += event.type == LINNET_EVENT_WORD ? event.n_samples : 0;
        require(timing_event(timing, &event, &chunk, 0));
    }
    require(timing_finish(&timing, time, &err) == LINNET_OK);
    if (data[0] % 4 == 1)
        check_subtitles();
    require(unlink(path) == 0);
    return 0;
}
