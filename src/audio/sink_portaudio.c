/* Samples to a sound card. The only file that includes portaudio.h.
 *
 * sink_write() puts samples into a ring and waits while that is full; PortAudio's callback, on its own real-time
 * thread, drains it. The callback takes no lock, allocates nothing and calls nothing that might wait. A card that
 * refuses the voice's rate gets its own, resampled before the ring; one that refuses mono gets both channels. */
#include "audio/sink_classes.h"
#include "audio/library.h"
#include "audio/resample.h"
#include "base/ring.h"

#include <fcntl.h>
#include <portaudio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>
#include <unistd.h>

#define RING_FRAMES 65536     /* 2.7 s at 24 kHz */
#define PREBUFFER_SECONDS 0.1 /* in the ring before the card starts */
#define LEAD_SECONDS 0.03     /* of silence first: sound servers swallow up to 20 ms of a new stream */
#define WAIT_MS 5
#define BLOCK_FRAMES 1024 /* resampled at a time */

/* What is called of PortAudio. */
#define FUNCTIONS(F)                                                                                                   \
    F(Pa_, AbortStream)                                                                                                \
    F(Pa_, CloseStream)                                                                                                \
    F(Pa_, GetDefaultOutputDevice) F(Pa_, GetDeviceCount) F(Pa_, GetDeviceInfo) F(Pa_, GetErrorText)                   \
        F(Pa_, GetHostApiInfo) F(Pa_, GetLastHostErrorInfo) F(Pa_, GetStreamInfo) F(Pa_, Initialize)                   \
            F(Pa_, IsStreamActive) F(Pa_, OpenStream) F(Pa_, StartStream) F(Pa_, StopStream) F(Pa_, Terminate)
static struct {
    FUNCTIONS(LIBRARY_POINTER)
} pa;
static const char *const names[] = {FUNCTIONS(LIBRARY_NAME)};

static int load(struct base_error *err)
{
    return LIBRARY_LOAD(&pa, names, "libportaudio.so.2", err);
}

struct card_sink {
    struct sink base;
    PaStream *stream;
    int channels;                /* 1, or 2 with the same in both */
    double rate;                 /* Hz, of the card */
    struct base_ring *ring;      /* mono, at the card's rate */
    struct resampler *resampler; /* NULL: same rate */
    const atomic_bool *stop;
    atomic_bool ended; /* nothing more comes into the ring */
    long tail_frames;  /* callback's: silence left to send, so that the last sample leaves the card */
    int saved_stderr;  /* from hush() */
    bool initialised, led_in, started;
};

/* ---- quiet libraries --------------------------------------------------------------------------------------------- */

/* PortAudio, ALSA and JACK print on standard error what they fail to find, and from their own threads when they run
 * late. Between these two calls it goes nowhere. */
static int hush(void)
{
    const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    const int saved = nowhere >= 0 ? fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, STDERR_FILENO + 1) : -1;
    if (saved >= 0)
        dup2(nowhere, STDERR_FILENO);
    if (nowhere >= 0)
        close(nowhere);
    return saved;
}

static void unhush(int saved)
{
    if (saved < 0)
        return;
    dup2(saved, STDERR_FILENO);
    close(saved);
}

static const char *why(PaError error)
{
    const PaHostErrorInfo *const host = error == paUnanticipatedHostError ? pa.GetLastHostErrorInfo() : NULL;
    return host && host->errorText && *host->errorText ? host->errorText : pa.GetErrorText(error);
}

static void sleep_ms(long ms)
{
    const struct timespec pause = {.tv_nsec = ms * 1000000};
    nanosleep(&pause, NULL);
}

/* ---- devices ----------------------------------------------------------------------------------------------------- */

static int list_devices(void (*callback)(void *user, const struct sink_device *device), void *user,
                        struct base_error *err)
{
    const int loaded = load(err);
    if (loaded != LINNET_OK)
        return loaded;
    const PaError error = pa.Initialize();
    if (error != paNoError)
        return base_fail(err, LINNET_ERR_IO, "playback devices: %s", why(error));
    const PaDeviceIndex standard = pa.GetDefaultOutputDevice();
    for (PaDeviceIndex i = 0; i < pa.GetDeviceCount(); i++) {
        const PaDeviceInfo *const info = pa.GetDeviceInfo(i);
        if (info->maxOutputChannels < 1)
            continue;
        const struct sink_device device = {.index = i,
                                           .name = info->name,
                                           .system = pa.GetHostApiInfo(info->hostApi)->name,
                                           .channels = info->maxOutputChannels,
                                           .sample_rate = info->defaultSampleRate,
                                           .is_default = i == standard};
        callback(user, &device);
    }
    pa.Terminate();
    return LINNET_OK;
}

static int portaudio_devices(void (*callback)(void *user, const struct sink_device *device), void *user,
                             struct base_error *err)
{
    const int saved = hush();
    const int status = list_devices(callback, user, err);
    unhush(saved);
    return status;
}

/* Whether `part` occurs in `name`, upper and lower case alike. */
static bool contains(const char *name, const char *part)
{
    const size_t n = strlen(part);
    for (; strlen(name) >= n; name++)
        if (!strncasecmp(name, part, n))
            return true;
    return false;
}

static bool can_play(PaDeviceIndex i)
{
    return i >= 0 && i < pa.GetDeviceCount() && pa.GetDeviceInfo(i)->maxOutputChannels > 0;
}

/* By index, else by whole name, else by part of a name; paNoDevice when nothing fits. */
static PaDeviceIndex find_device(const char *wanted)
{
    if (!wanted)
        return pa.GetDefaultOutputDevice();
    char *end;
    const long index = strtol(wanted, &end, 10);
    if (end != wanted && !*end)
        return index < 100000 && can_play((PaDeviceIndex)index) ? (PaDeviceIndex)index : paNoDevice;
    for (PaDeviceIndex i = 0; i < pa.GetDeviceCount(); i++)
        if (can_play(i) && !strcmp(pa.GetDeviceInfo(i)->name, wanted))
            return i;
    for (PaDeviceIndex i = 0; i < pa.GetDeviceCount(); i++)
        if (can_play(i) && contains(pa.GetDeviceInfo(i)->name, wanted))
            return i;
    return paNoDevice;
}

/* ---- the callback ------------------------------------------------------------------------------------------------ */

/* Mono at the front of out[2 n] becomes stereo, from the back, so that nothing is overwritten before it is read. */
static void widen(float *out, size_t n)
{
    while (n-- > 0)
        out[2 * n] = out[2 * n + 1] = out[n];
}

/* Real time: no lock, no allocation, no system call. The whole of out is filled, always. */
static int play(const void *in, void *out_block, unsigned long n_frames, const PaStreamCallbackTimeInfo *times,
                PaStreamCallbackFlags flags, void *user)
{
    struct card_sink *const sink = user;
    float *const out = out_block;
    (void)in;
    (void)times;
    (void)flags;
    const bool ended = atomic_load_explicit(&sink->ended, memory_order_acquire); /* before looking into the ring */
    const size_t n = base_ring_read(sink->ring, out, n_frames);
    memset(out + n, 0, (n_frames - n) * sizeof *out);
    if (sink->channels == 2)
        widen(out, n_frames);
    if (ended)
        sink->tail_frames -= (long)(n_frames - n);
    return sink->tail_frames < 0 ? paComplete : paContinue;
}

/* ---- opening and closing ----------------------------------------------------------------------------------------- */

static void release(struct card_sink *sink)
{
    if (sink->stream)
        pa.CloseStream(sink->stream);
    if (sink->initialised)
        pa.Terminate();
    unhush(sink->saved_stderr);
    base_ring_close(&sink->ring);
    resample_close(sink->resampler);
    free(sink);
}

static PaError try_open(struct card_sink *sink, PaDeviceIndex device, int channels, double rate)
{
    const PaStreamParameters output = {.device = device,
                                       .channelCount = channels,
                                       .sampleFormat = paFloat32,
                                       .suggestedLatency = pa.GetDeviceInfo(device)->defaultHighOutputLatency};
    const PaError error =
        pa.OpenStream(&sink->stream, NULL, &output, rate, paFramesPerBufferUnspecified, paNoFlag, play, sink);
    sink->channels = channels;
    sink->rate = rate;
    if (error != paNoError)
        sink->stream = NULL;
    return error;
}

/* The voice's rate if the card takes it, else the card's; mono if it takes that, else stereo. */
static PaError open_stream(struct card_sink *sink, PaDeviceIndex device, double rate)
{
    const double rates[2] = {rate, pa.GetDeviceInfo(device)->defaultSampleRate};
    PaError error = paNoError;
    for (int i = 0; i < 4 && !sink->stream; i++) {
        const PaError result = try_open(sink, device, 1 + i % 2, rates[i / 2]);
        error = i == 0 || result == paNoError ? result : error; /* the first failure tells most */
    }
    return error;
}

static int start_card(struct card_sink *sink, const struct sink_options *options, struct base_error *err)
{
    const int loaded = load(err);
    if (loaded != LINNET_OK)
        return loaded;
    PaError error = pa.Initialize();
    if (error != paNoError)
        return base_fail(err, LINNET_ERR_IO, "sound card: %s", why(error));
    sink->initialised = true;
    const PaDeviceIndex device = find_device(options->device);
    if (device == paNoDevice && options->device)
        return base_fail(err, LINNET_ERR_IO, "%s: no such playback device; see linnet --list-devices", options->device);
    if (device == paNoDevice)
        return base_fail(err, LINNET_ERR_IO, "sound card: there is none; -o FILE writes a file");
    error = open_stream(sink, device, options->sample_rate);
    if (error != paNoError)
        return base_fail(err, LINNET_ERR_IO, "%s: can't play: %s", pa.GetDeviceInfo(device)->name, why(error));
    const PaStreamInfo *const info = pa.GetStreamInfo(sink->stream);
    sink->tail_frames = (long)((info ? info->outputLatency : 0) * sink->rate);
    if ((int)sink->rate != options->sample_rate) {
        sink->resampler = resample_open(options->sample_rate, (int)sink->rate);
        if (!sink->resampler)
            return base_fail(err, LINNET_ERR_MEMORY, "sound card: out of memory");
    }
    return LINNET_OK;
}

static int card_open(struct sink **out, const struct sink_options *options, struct base_error *err)
{
    struct card_sink *const sink = calloc(1, sizeof *sink);
    if (!sink)
        return base_fail(err, LINNET_ERR_MEMORY, "sound card: out of memory");
    sink->base.type = &sink_portaudio_class;
    sink->stop = options->stop;
    sink->saved_stderr = hush();
    atomic_init(&sink->ended, false);
    int status = base_ring_open(&sink->ring, RING_FRAMES);
    if (status != LINNET_OK)
        base_fail(err, status, "sound card: %s", linnet_status_text(status));
    else
        status = start_card(sink, options, err);
    if (status == LINNET_OK)
        *out = &sink->base;
    else
        release(sink);
    return status;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static bool stopped(const struct card_sink *sink)
{
    return sink->stop && atomic_load(sink->stop);
}

static int start_stream(struct card_sink *sink, struct base_error *err)
{
    if (sink->started)
        return LINNET_OK;
    const PaError error = pa.StartStream(sink->stream);
    if (error != paNoError)
        return base_fail(err, LINNET_ERR_IO, "sound card: can't start: %s", why(error));
    sink->started = true;
    return LINNET_OK;
}

/* Silence at the head of the ring, which is empty and large enough. */
static void lead_in(struct card_sink *sink)
{
    static const float silence[64];
    for (size_t left = (size_t)(LEAD_SECONDS * sink->rate) / 64; left > 0 && !sink->led_in; left--)
        base_ring_write(sink->ring, silence, 64);
    sink->led_in = true;
}

static size_t queued(const struct card_sink *sink)
{
    return base_ring_capacity(sink->ring) - base_ring_room(sink->ring);
}

/* Into the ring, at the card's rate; waits while it is full. */
static int push(struct card_sink *sink, const float *samples, size_t n, struct base_error *err)
{
    lead_in(sink);
    while (n > 0) {
        const size_t done = base_ring_write(sink->ring, samples, n);
        samples += done;
        n -= done;
        if (!sink->started && (double)queued(sink) >= PREBUFFER_SECONDS * sink->rate) {
            const int status = start_stream(sink, err);
            if (status != LINNET_OK)
                return status;
        }
        if (stopped(sink))
            return LINNET_CANCELLED;
        if (n > 0 && sink->started && pa.IsStreamActive(sink->stream) != 1)
            return base_fail(err, LINNET_ERR_IO, "sound card: it has stopped playing");
        if (n > 0)
            sleep_ms(WAIT_MS);
    }
    return LINNET_OK;
}

/* samples[n] at the card's rate; NULL: what the resampler still holds. */
static int convert(struct card_sink *sink, const float *samples, size_t n_samples, struct base_error *err)
{
    float block[BLOCK_FRAMES];
    size_t taken, made;
    int status = LINNET_OK;
    do {
        made = resample(sink->resampler, block, BLOCK_FRAMES, samples, n_samples, &taken);
        status = push(sink, block, made, err);
        samples = samples ? samples + taken : NULL;
        n_samples -= taken;
    } while (status == LINNET_OK && (n_samples > 0 || made > 0));
    return status;
}

static int card_write(struct sink *base, const float *samples, size_t n_samples, struct base_error *err)
{
    struct card_sink *const sink = (struct card_sink *)base;
    return sink->resampler ? convert(sink, samples, n_samples, err) : push(sink, samples, n_samples, err);
}

static void card_cancel(struct sink *base)
{
    struct card_sink *const sink = (struct card_sink *)base;
    if (sink->started)
        pa.AbortStream(sink->stream); /* drops what the card still holds */
    release(sink);
}

/* Until the last sample has been heard. */
static int card_finish(struct sink *base, struct base_error *err)
{
    struct card_sink *const sink = (struct card_sink *)base;
    int status = sink->resampler ? convert(sink, NULL, 0, err) : LINNET_OK;
    if (status == LINNET_OK && queued(sink) > 0)
        status = start_stream(sink, err);
    atomic_store_explicit(&sink->ended, true, memory_order_release);
    while (status == LINNET_OK && sink->started && pa.IsStreamActive(sink->stream) == 1) {
        sleep_ms(WAIT_MS);
        if (stopped(sink))
            status = LINNET_CANCELLED;
    }
    if (status == LINNET_OK && sink->started)
        pa.StopStream(sink->stream);
    if (status == LINNET_OK)
        release(sink);
    else
        card_cancel(base);
    return status;
}

const struct sink_class sink_portaudio_class = {.name = "portaudio",
                                                .open = card_open,
                                                .write = card_write,
                                                .finish = card_finish,
                                                .cancel = card_cancel,
                                                .devices = portaudio_devices};
