/* Somebody else's program: exit status 0 when a second of speech or so came out of the library. */
#include <linnet.h>
#include <stdio.h>
#include <string.h>

static int on_event(void *user, const linnet_event *event)
{
    if (event->type == LINNET_EVENT_AUDIO)
        *(size_t *)user += event->n_samples;
    return 0;
}

int main(void)
{
    static const char text[] = "Hello from another program.";
    linnet_engine *engine;
    size_t samples = 0;
    if (linnet_engine_open(&engine, NULL, NULL) != LINNET_OK) {
        fprintf(stderr, "%s\n", linnet_last_open_error());
        return 1;
    }
    const int status = linnet_speak(engine, text, strlen(text), on_event, &samples);
    linnet_engine_close(&engine);
    return status == LINNET_OK && samples > 20000 ? 0 : 1;
}
