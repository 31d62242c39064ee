/* What a batch has to do: items from a manifest or a folder. */
#ifndef LINNET_BT_ITEMS_H
#define LINNET_BT_ITEMS_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* One text and the sound file that it becomes. Strings are owned; NULL: not given. */
struct bt_item {
    char *id;      /* never NULL: the line's number if the manifest has none */
    char *text;    /* or */
    char *file;    /* that holds it */
    char *output;  /* relative to the batch's folder; never NULL */
    char *voice;
    float rate, pitch, pitch_range, volume; /* as in linnet_settings */
    bool is_ssml;
    size_t line;   /* of the manifest, from 1 */
    char *error;   /* what is wrong with it; NULL: nothing */
};

struct bt_items {
    struct bt_item *items; /* [n] in the manifest's order */
    size_t n, capacity;
    char *base; /* folder that files of the manifest are relative to, with a '/' at its end; "" the current one */
};

/* Reads a folder (every *.txt and *.ssml in it, by name), JSON lines (*.jsonl, *.ndjson), a table (*.tsv: tabs, the first line names the
 * columns) or plain text (a text a line). `format` is the ending of outputs that aren't given ("wav"). Items that are wrong carry an error;
 * a manifest that can't be read at all is one: LINNET_ERR_IO, LINNET_ERR_MEMORY, LINNET_ERR_SYNTAX. */
BASE_MUST_USE int bt_items_read(struct bt_items *out, const char *path, const char *format, struct base_error *err);
void bt_items_free(struct bt_items *items);

/* Keeps shard `shard` (1 ... n_shards): every n_shards-th item. */
void bt_items_shard(struct bt_items *items, size_t shard, size_t n_shards);

/* Sets a field by the name of its column. LINNET_ERR_SYNTAX: there is no such column, or the value is none of it. */
BASE_MUST_USE int bt_item_set(struct bt_item *item, const char *name, const char *value, struct base_error *err);
/* Reads an object of such fields. */
BASE_MUST_USE int bt_json_item(struct bt_item *item, const char *line, size_t size, struct base_error *err);

#endif
