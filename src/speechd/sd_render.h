/* One message: words in, packets out. The library's blocks of samples become 705 packets, cut at the marks; silence
 * ahead of the first sound is left out. */
#ifndef LINNET_SD_RENDER_H
#define LINNET_SD_RENDER_H

#include "linnet.h"
#include "speechd/sd_protocol.h"

/* Takes a packet; false: nobody wants more. */
typedef bool (*sd_send)(void *user, const struct sd_packet *packet);

struct sd_render_job {
    const char *text; /* [size] */
    size_t size;
    const struct sd_packet *icon; /* what plays the sound of a capital letter; NULL: a short tone does */
    sd_send send;
    void (*hold)(void *user); /* called once all sound has been sent, before the marks behind it */
    void *user;
};

/* Speaks the text with the engine as it is set. Any status of the library; LINNET_CANCELLED too when `send` has
 * returned false. */
int sd_render(linnet_engine *engine, const struct sd_render_job *job);

#endif
