/* One item of a batch. */
#ifndef LINNET_BT_ITEM_H
#define LINNET_BT_ITEM_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

/* One text and the sound file that it becomes. Strings are owned; NULL: not given. */
struct bt_item {
    char *id;     /* never NULL: the line's number if the manifest has none */
    char *text;   /* or */
    char *file;   /* that holds it */
    char *output; /* relative to the batch's folder; never NULL */
    char *voice;
    float rate, pitch, pitch_range, volume; /* as in linnet_settings */
    bool is_ssml;
    size_t line; /* of the manifest, from 1 */
    char *error; /* what is wrong with it; NULL: nothing */
};

/* Whether there is a column of this name. */
bool bt_item_has(const char *name);
/* Sets a field by the name of its column. LINNET_ERR_SYNTAX: there is no such column, or the value is none of it. */
BASE_MUST_USE int bt_item_set(struct bt_item *item, const char *name, const char *value, struct base_error *err);
/* Reads an object of such fields (bt_json.c). */
BASE_MUST_USE int bt_json_item(struct bt_item *item, const char *line, size_t size, struct base_error *err);

#endif
