/* Fuzz target of what the server reads of its clients. The first byte says what follows: a body of OpenAI's or of
 * piper's interface, or a whole Wyoming connection. Texts aren't spoken: each gets two samples, and of an open one half
 * is taken for complete. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

static const uint8_t *input; /* what recv() still has [input_size] */
static size_t input_size;

static ssize_t fuzz_recv(int fd, void *out, size_t size, int flags)
{
    (void)fd;
    (void)flags;
    size_t n = input_size > 0 ? 1 + *input % 64u : 0; /* in pieces, as a network has them */
    n = n < input_size ? n : input_size;
    n = n < size ? n : size;
    if (n > 0)
        memcpy(out, input, n);
    input += n;
    input_size -= n;
    return (ssize_t)n;
}

static ssize_t fuzz_send(int fd, const void *data, size_t size, int flags)
{
    (void)fd;
    (void)data;
    (void)flags;
    return (ssize_t)size;
}

struct sv_pool;
struct sv_job;
#include <stdbool.h>
static bool fuzz_add(struct sv_pool *pool, struct sv_job *job);

#include "server/sv_pool.h"
#define recv fuzz_recv
#define send fuzz_send
#define sv_pool_add fuzz_add
#include "server/sv_wyoming.c"
#undef recv
#undef send
#undef sv_pool_add

#define require(condition) ((condition) ? (void)0 : abort())

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool fuzz_add(struct sv_pool *pool, struct sv_job *job)
{
    (void)pool;
    require(job->text && job->voice);
    job->n_consumed = job->is_open ? job->size / 2 : job->size;
    require(sv_pipe_put(&job->pipe, "abcd", 4, 1));
    sv_pipe_end(&job->pipe, LINNET_OK, "");
    return true;
}

static void try_body(const char *body, size_t size,
                     bool (*read)(struct sv_speech *, const char *, size_t, struct sv_json_error *))
{
    struct sv_speech speech;
    struct sv_json_error why;
    if (read(&speech, body, size, &why)) {
        require(speech.text && strlen(speech.voice) < sizeof speech.voice && speech.rate >= 0.1 && speech.rate <= 10);
        sv_speech_free(&speech);
    } else {
        require(why.text[0]);
        char *const reply = sv_json_failure("x", &why);
        require(reply);
        free(reply);
    }
}

static void try_wyoming(void)
{
    static char id[] = "one", empty[] = "";
    static struct sv_voice voice = {id, empty, empty, id, empty, empty, empty, 24000};
    static const struct sv_catalogue catalogue = {&voice, 1};
    static const struct sv_options options = {.max_body = 4096};
    static struct sv_metrics metrics;
    static char line[MAX_LINE];
    struct sv_wyoming server = {.with = {.options = &options, .catalogue = &catalogue, .metrics = &metrics}};
    struct client client = {.server = &server, .line = line};
    struct sv_wyoming_header header;
    while (read_event(&client, &header) && answer(&client, &header))
        require(client.text_size <= options.max_body);
    free(client.data);
    free(client.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *const copy = malloc(size); /* its own block: what is read beyond it is found */
    if (size == 0 || !copy) {
        free(copy);
        return 0;
    }
    memcpy(copy, data + 1, size - 1);
    switch (data[0] % 3) {
    case 0: try_body(copy, size - 1, sv_json_openai); break;
    case 1: try_body(copy, size - 1, sv_json_piper); break;
    default:
        input = data + 1;
        input_size = size - 1;
        try_wyoming();
    }
    free(copy);
    return 0;
}
