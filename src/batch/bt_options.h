/* The command line of linnet-batch. */
#ifndef LINNET_BT_OPTIONS_H
#define LINNET_BT_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

struct bt_options {
    const char *manifest;
    const char *folder;  /* of outputs */
    const char *format;  /* ending of outputs that the manifest doesn't name */
    const char *voice;   /* of items that name none; NULL: the default one */
    const char *journal; /* NULL: MANIFEST.journal, FOLDER/.journal */
    const char *summary; /* NULL: none is written */
    size_t workers, shard, n_shards;
    bool quiet;
};

/* -1: go on; else the program's exit status. */
int bt_options_read(struct bt_options *out, int argc, char **argv);

#endif
