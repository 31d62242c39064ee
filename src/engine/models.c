/* Models by their voice file, counted. See models.h. */
#include "engine/models.h"

#include "base/alloc.h"
#include "base/thread.h"
#include "frontend/frontend.h"
#include "linnet.h"
#include <pthread.h>

/* Why globals: engines know nothing of each other. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards the list and n_users of all in it */
static struct models *first;

/* Takes the file over. */
static struct models *find(struct voice_file **voice)
{
    struct models *m = first;
    while (m && !voice_file_same(m->voice, *voice))
        m = m->next;
    if (m)
        voice_file_close(voice);
    return m;
}

static void release(struct models *m)
{
    voc_unbind(&m->vocoder);
    am_unbind(&m->acoustic);
    voice_file_close(&m->voice);
    base_free(m);
}

static void *prepare_front_end(void *meta)
{
    fe_prepare(meta);
    return NULL;
}

/* The weights of both networks, while espeak-ng starts on another thread: each takes milliseconds of a cold start. */
static int bind_networks(struct models *m, struct base_error *err)
{
    pthread_t beside;
    const bool is_beside = base_thread_start(&beside, prepare_front_end, (void *)voice_file_meta(m->voice));
    int status = am_bind(&m->acoustic, m->voice, err);
    if (status == LINNET_OK)
        status = voc_bind(&m->vocoder, m->voice, err);
    if (is_beside)
        pthread_join(beside, NULL);
    return status;
}

/* Takes the file over. */
static int bind(struct models **out, struct voice_file **voice, struct base_error *err)
{
    struct models *const m = base_alloc(1, sizeof *m);
    if (!m) {
        voice_file_close(voice);
        return base_fail(err, LINNET_ERR_MEMORY, "engine: out of memory");
    }
    m->voice = *voice;
    *voice = NULL;
    const int status = bind_networks(m, err);
    voice_file_leave(m->voice);
    if (status != LINNET_OK) {
        release(m);
        return status;
    }
    m->next = first;
    first = m;
    *out = m;
    return LINNET_OK;
}

int models_take(struct models **out, const char *path, struct base_error *err)
{
    struct voice_file *voice;
    int status = voice_file_open(&voice, path, err);
    *out = NULL;
    if (status != LINNET_OK)
        return status;
    pthread_mutex_lock(&lock);
    *out = find(&voice);
    if (!*out)
        status = bind(out, &voice, err);
    if (*out)
        (*out)->n_users++;
    pthread_mutex_unlock(&lock);
    return status;
}

void models_drop(struct models **models)
{
    struct models *const m = *models;
    if (!m)
        return;
    pthread_mutex_lock(&lock);
    const bool last = --m->n_users == 0;
    struct models **link = &first;
    while (last && *link != m)
        link = &(*link)->next;
    if (last)
        *link = m->next;
    pthread_mutex_unlock(&lock);
    if (last)
        release(m);
    *models = NULL;
}
