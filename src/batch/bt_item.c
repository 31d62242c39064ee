/* The fields of an item, by the names of columns. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "batch/bt_item.h"

#include "linnet.h"
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum kind { STRING, NUMBER, YES_OR_NO };

static const struct column {
    const char *name;
    enum kind kind;
    size_t offset;
} columns[] = {
    {"id", STRING, offsetof(struct bt_item, id)},
    {"text", STRING, offsetof(struct bt_item, text)},
    {"file", STRING, offsetof(struct bt_item, file)},
    {"output", STRING, offsetof(struct bt_item, output)},
    {"voice", STRING, offsetof(struct bt_item, voice)},
    {"rate", NUMBER, offsetof(struct bt_item, rate)},
    {"pitch", NUMBER, offsetof(struct bt_item, pitch)},
    {"pitch_range", NUMBER, offsetof(struct bt_item, pitch_range)},
    {"volume", NUMBER, offsetof(struct bt_item, volume)},
    {"ssml", YES_OR_NO, offsetof(struct bt_item, is_ssml)},
};
#define N_COLUMNS (sizeof columns / sizeof *columns)

static const struct column *column_of(const char *name)
{
    for (size_t i = 0; i < N_COLUMNS; i++)
        if (!strcmp(columns[i].name, name))
            return &columns[i];
    return NULL;
}

bool bt_item_has(const char *name)
{
    return column_of(name) != NULL;
}

static int set_number(float *out, const char *name, const char *value, struct base_error *err)
{
    char *end;
    const float number = strtof(value, &end);
    if (end == value || *end || !isfinite(number))
        return base_fail(err, LINNET_ERR_SYNTAX, "%s: '%.40s' is no number", name, value);
    *out = number;
    return LINNET_OK;
}

static int set_flag(bool *out, const char *name, const char *value, struct base_error *err)
{
    *out = !strcmp(value, "true") || !strcmp(value, "1") || !strcmp(value, "yes");
    if (*out || !*value || !strcmp(value, "false") || !strcmp(value, "0") || !strcmp(value, "no"))
        return LINNET_OK;
    return base_fail(err, LINNET_ERR_SYNTAX, "%s: '%.40s' is neither yes nor no", name, value);
}

int bt_item_set(struct bt_item *item, const char *name, const char *value, struct base_error *err)
{
    const struct column *const column = column_of(name);
    if (!column)
        return base_fail(err, LINNET_ERR_SYNTAX, "there is no column '%.40s'", name);
    void *const field = (char *)item + column->offset;
    if (column->kind == YES_OR_NO)
        return set_flag(field, name, value, err);
    if (!*value) /* an empty cell of a table: not given */
        return LINNET_OK;
    if (column->kind == NUMBER)
        return set_number(field, name, value, err);
    char **const text = field;
    free(*text);
    *text = strdup(value);
    return *text ? LINNET_OK : base_fail(err, LINNET_ERR_MEMORY, "out of memory");
}
