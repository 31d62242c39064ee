/* What a batch has to do: items from a manifest or a folder. */
#ifndef LINNET_BT_ITEMS_H
#define LINNET_BT_ITEMS_H

#include "batch/bt_item.h"

struct bt_items {
    struct bt_item *items; /* [n] in the manifest's order */
    size_t n, capacity;
    char *base; /* folder that files of the manifest are relative to, with a '/' at its end; "" the current one */
};

/* Reads a folder (every *.txt and *.ssml in it, by name), JSON lines (*.jsonl, *.ndjson), a table (*.tsv: tabs, the
 * first line names the columns) or plain text (a text a line). `format` is the ending of outputs that aren't given
 * ("wav"). Items that are wrong carry an error; a manifest that can't be read at all is one: LINNET_ERR_IO,
 * LINNET_ERR_MEMORY, LINNET_ERR_SYNTAX. */
BASE_MUST_USE int bt_items_read(struct bt_items *out, const char *path, const char *format, struct base_error *err);
void bt_items_free(struct bt_items *items);

/* Keeps shard `shard` (1 ... n_shards): every n_shards-th item. */
void bt_items_shard(struct bt_items *items, size_t shard, size_t n_shards);

#endif
