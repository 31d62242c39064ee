/* Text -> IPA by espeak-ng; the only file that includes its headers.
 *
 * espeak-ng 1.51 has one translator in globals. So one mutex, one lazy start, and the voice is set again whenever the
 * caller before had another one. The program around us may use espeak-ng too: what it has started isn't started again,
 * and the voice that it has chosen is there again after each call. The espeak_ng_ functions are used where the espeak_
 * ones print to stderr or exit. */
#include "phonemize.h"

#include "base/chars.h"
#include "espeak_dictionary.h"
#include "espeak_voice.h"
#include <espeak-ng/espeak_ng.h>
#include <espeak-ng/speak_lib.h>
#include <fcntl.h>
#include <locale.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* espeak_TextToPhonemes: 0x02 IPA, 0x80 a tie within phonemes of several letters, bits 8... the tie */
#define PHONEME_MODE (0x02 | 0x80 | ('^' << 8))

/* Why globals: espeak-ng's own state is one per process; these mirror it. */
static pthread_mutex_t espeak_lock = PTHREAD_MUTEX_INITIALIZER;
#define MAX_PATH 1024
#define MAX_KNOWN 32
static struct {
    bool started, failed;
    char voice[FE_ESPEAK_NAME];            /* that we have chosen last; empty: none */
    char identifier[FE_ESPEAK_IDENTIFIER]; /* espeak-ng's own name of it */
    char host[FE_ESPEAK_IDENTIFIER];       /* what the program had chosen when we chose ours; empty: nothing */
    struct known {
        char voice[FE_ESPEAK_NAME];
        char file[FE_ESPEAK_IDENTIFIER]; /* fe_espeak_voice_file(), empty: none */
    } known[MAX_KNOWN];                  /* voices whose dictionaries are whole */
    size_t n_known;
} espeak;

static int fail(struct base_error *err, espeak_ng_STATUS status, const char *what)
{
    char why[256] = "";
    espeak_ng_GetStatusCodeMessage(status, why, sizeof why);
    return base_fail(err, LINNET_ERR_ESPEAK, "espeak-ng: %s: %s", what, why);
}

/* espeak-ng sets the program's LC_CTYPE; put back what the host had, since 1.51 classifies characters by its own
 * tables. */
static int start(struct base_error *err)
{
    espeak.started = espeak.started || (!espeak.failed && espeak_ng_GetSampleRate() > 0); /* by the program */
    if (espeak.started)
        return LINNET_OK;
    char locale[128] = "";
    const char *const current = setlocale(LC_CTYPE, NULL);
    const bool restore = current && strlen(current) < sizeof locale;
    if (restore)
        memcpy(locale, current, strlen(current) + 1);

    espeak_ng_ERROR_CONTEXT context = NULL;
    espeak_ng_InitializePath(NULL);
    const espeak_ng_STATUS status = espeak_ng_Initialize(&context);
    espeak_ng_ClearErrorContext(&context);
    if (restore)
        setlocale(LC_CTYPE, locale);
    espeak.failed = status != ENS_OK;
    if (espeak.failed)
        return fail(err, status, "cannot start (is the package espeak-ng-data installed?)");
    espeak.started = true;
    return LINNET_OK;
}

/* espeak-ng takes a voice's name for a path below its data too, and voice files come from anywhere. */
static bool name_is_safe(const char *voice)
{
    size_t length = 0;
    for (; voice[length]; length++) {
        const unsigned char c = (unsigned char)voice[length];
        if (length + 1 >= FE_ESPEAK_NAME ||
            (!base_is_ascii_letter(c) && !base_is_digit(c) && c != '-' && c != '_' && c != '+'))
            return false;
    }
    return length > 0;
}

/* espeak-ng's name of the voice that is chosen; empty: none is. */
static void current_identifier(char identifier[FE_ESPEAK_IDENTIFIER])
{
    const espeak_VOICE *const voice = espeak_GetCurrentVoice();
    const char *const name = voice && voice->identifier ? voice->identifier : "";
    const size_t length = strlen(name);
    identifier[0] = '\0';
    if (length < FE_ESPEAK_IDENTIFIER)
        memcpy(identifier, name, length + 1);
}

/* The program's voice again. */
static void give_back(void)
{
    if (!espeak.host[0])
        return;
    espeak_ng_SetVoiceByName(espeak.host);
    espeak.host[0] = espeak.voice[0] = espeak.identifier[0] = '\0';
}

/* espeak-ng's name of a voice: it knows Chinese as Mandarin alone. */
static const char *own_name(const char *voice)
{
    return strncmp(voice, "zh", 2) == 0 && (!voice[2] || strchr("-_+", voice[2])) ? "cmn" : voice;
}

/* Chooses a voice by its file, home/lang/file. espeak-ng does that too, but makes the path lower case, and when there is
 * no such file, reads all 400 voices to find the one: 5 ms of a cold start. So it gets a path without letters of its
 * own. */
static bool choose_file(const char *home, const char *file)
{
    char path[MAX_PATH];
    const int fd = snprintf(path, sizeof path, "%s/lang/%s", home, file) < (int)sizeof path
                       ? open(path, O_RDONLY | O_CLOEXEC)
                       : -1;
    if (fd < 0)
        return false;
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    const bool chosen = espeak_ng_SetVoiceByFile(path) == ENS_OK;
    close(fd);
    return chosen;
}

static int choose(const char *home, const struct known *voice, struct base_error *err)
{
    if (voice->file[0] && choose_file(home, voice->file))
        return LINNET_OK;
    const espeak_ng_STATUS set = espeak_ng_SetVoiceByName(own_name(voice->voice));
    return set == ENS_OK ? LINNET_OK : fail(err, set, voice->voice);
}

/* A voice that is chosen for the first time. espeak-ng speaks on without a dictionary, or with half of one: nothing, or
 * letter by letter. */
static int meet_voice(const char *home, const char *name, struct base_error *err)
{
    struct known voice = {"", ""};
    memcpy(voice.voice, name, strlen(name) + 1);
    if (!fe_espeak_voice_file(home, own_name(name), voice.file))
        voice.file[0] = '\0';
    int status = voice.file[0] ? fe_espeak_dictionary_check(home, voice.file, err)
                               : fe_espeak_dictionary_guess(home, own_name(name), err);
    if (status == LINNET_OK)
        status = choose(home, &voice, err);
    if (status == LINNET_OK && !voice.file[0]) {
        char identifier[FE_ESPEAK_IDENTIFIER];
        current_identifier(identifier);
        status = fe_espeak_dictionary_check(home, identifier, err);
    }
    if (status == LINNET_OK && espeak.n_known < MAX_KNOWN)
        espeak.known[espeak.n_known++] = voice;
    return status;
}

static const struct known *find_known(const char *name)
{
    for (size_t i = 0; i < espeak.n_known; i++)
        if (strcmp(espeak.known[i].voice, name) == 0)
            return &espeak.known[i];
    return NULL;
}

static int set_voice(const char *name, struct base_error *err)
{
    const char *home = NULL;
    const struct known *const known = find_known(name);
    espeak_Info(&home);
    const int status = known ? choose(home, known, err) : meet_voice(home, name, err);
    if (status == LINNET_OK)
        current_identifier(espeak.identifier);
    return status;
}

static int select_voice(const char *voice, struct base_error *err)
{
    char now[FE_ESPEAK_IDENTIFIER];
    if (!name_is_safe(voice))
        return base_fail(err, LINNET_ERR_ESPEAK, "espeak-ng: voice name: not letters, digits, '-', '_', '+' only");
    const int started = start(err);
    if (started != LINNET_OK)
        return started;
    current_identifier(now);
    const bool ours = strcmp(now, espeak.identifier) == 0;
    if (ours && strcmp(espeak.voice, voice) == 0)
        return LINNET_OK;
    if (!ours)
        memcpy(espeak.host, now, sizeof now);
    espeak.voice[0] = espeak.identifier[0] = '\0';
    const int status = set_voice(voice, err);
    if (status == LINNET_OK)
        memcpy(espeak.voice, voice, strlen(voice) + 1);
    return status;
}

/* A voice that was chosen before needn't be again: espeak-ng reads its file each time, and keeps 1.3 kB for good. */
int fe_espeak_check(const char *voice, struct base_error *err)
{
    pthread_mutex_lock(&espeak_lock);
    const int status = find_known(voice) ? LINNET_OK : select_voice(voice, err);
    give_back();
    pthread_mutex_unlock(&espeak_lock);
    return status;
}

bool fe_espeak_find(const char *tag, char *voice)
{
    size_t n = 0;
    for (; tag[n] && tag[n] != '.' && tag[n] != '@'; n++) {
        if (n + 1 == FE_ESPEAK_NAME)
            return false;
        voice[n] = (char)(tag[n] >= 'A' && tag[n] <= 'Z' ? tag[n] | 0x20 : tag[n] == '_' ? '-' : tag[n]);
    }
    voice[n] = '\0';
    for (;;) {
        if (fe_espeak_check(voice, NULL) == LINNET_OK)
            return true;
        char *const dash = strrchr(voice, '-');
        if (!dash)
            return false;
        *dash = '\0';
    }
}

/* Where versions of espeak-ng write the same German phonemes differently, what voices have learnt: short "\u00FC" as 1.51
 * writes it, and for the vowel of "durch", which has no IPA in 1.51's tables, what stands here. 1.52 writes the others. */
static const struct {
    const char *written, *learnt;
} german[] = {{"??", "\u028A\u027E"}, {"\u028A^\u0250", "\u028A\u027E"}, {"\u028F", "y"}};

static bool append_german(const char *part, struct base_buffer *ipa)
{
    for (size_t taken; *part; part += taken) {
        size_t i = 0;
        while (i < sizeof german / sizeof *german && strncmp(part, german[i].written, strlen(german[i].written)) != 0)
            i++;
        const bool known = i < sizeof german / sizeof *german;
        taken = known ? strlen(german[i].written) : 1;
        const char *const learnt = known ? german[i].learnt : part;
        if (!base_buffer_add(ipa, learnt, known ? strlen(learnt) : 1))
            return false;
    }
    return true;
}

/* espeak-ng answers one of its own clauses a call, and may see several in what we call a clause ("No. 5"). */
static bool append_clauses(const char *voice, const char *text, struct base_buffer *ipa)
{
    const bool is_german = strncmp(voice, "de", 2) == 0;
    const void *rest = text;
    size_t parts = 0;
    while (rest) {
        const char *const part = espeak_TextToPhonemes(&rest, espeakCHARS_UTF8, PHONEME_MODE);
        if (!part || !*part)
            continue;
        if (parts++ && !base_buffer_add(ipa, " ", 1))
            return false;
        if (!(is_german ? append_german(part, ipa) : base_buffer_add(ipa, part, strlen(part))))
            return false;
    }
    return true;
}

int fe_espeak_ipa(const char *voice, const char *text, struct base_buffer *ipa, struct base_error *err)
{
    pthread_mutex_lock(&espeak_lock);
    int status = select_voice(voice, err);
    if (status == LINNET_OK && !append_clauses(voice, text, ipa))
        status = base_fail(err, LINNET_ERR_MEMORY, "front end: out of memory");
    give_back();
    pthread_mutex_unlock(&espeak_lock);
    return status;
}
