/* The server's command line. */
#ifndef LINNET_SV_OPTIONS_H
#define LINNET_SV_OPTIONS_H

#include <stdbool.h>

struct sv_options {
    const char *host, *port;  /* of HTTP */
    const char *wyoming_port; /* NULL: not served */
    const char *voice;        /* NULL: the default one */
    char *api_key;            /* owned; NULL: none is asked for */
    unsigned workers, queue, connections;
    unsigned max_body; /* bytes of a request */
    unsigned job_seconds, stall_seconds;
    bool verbose;
};

/* -1: go on; else the program's exit status. */
int sv_options_read(struct sv_options *out, int argc, char **argv);
void sv_options_free(struct sv_options *options);

#endif
