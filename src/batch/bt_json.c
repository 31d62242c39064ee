/* JSON of the batch: items, and the summary. The only file of it that includes jansson. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "batch/bt_item.h"
#include "batch/bt_summary.h"

#include "linnet.h"
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static int set_field(struct bt_item *item, const char *name, json_t *value, struct base_error *err)
{
    if (json_is_null(value))
        return LINNET_OK;
    if (json_is_string(value))
        return bt_item_set(item, name, json_string_value(value), err);
    if (!json_is_number(value) && !json_is_boolean(value))
        return base_fail(err, LINNET_ERR_SYNTAX, "%s: is no string or number", name);
    char *const text = json_dumps(value, JSON_ENCODE_ANY);
    const int status = text ? bt_item_set(item, name, text, err) : base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    free(text);
    return status;
}

int bt_json_item(struct bt_item *item, const char *line, size_t size, struct base_error *err)
{
    json_error_t why;
    json_t *const object = json_loadb(line, size, JSON_REJECT_DUPLICATES, &why);
    const char *name;
    json_t *value;
    int status = LINNET_OK;
    if (!json_is_object(object))
        status = base_fail(err, LINNET_ERR_SYNTAX, "no JSON object: %s", object ? "something else" : why.text);
    else
        json_object_foreach(object, name, value) if (status == LINNET_OK) status = set_field(item, name, value, err);
    json_decref(object);
    return status;
}

/* A string of JSON is UTF-8; what a manifest says may be none: '?' for each byte beyond ASCII, then. */
static json_t *string_of(const char *text)
{
    json_t *const whole = json_string(text);
    char *const ascii = whole || !text ? NULL : strdup(text);
    for (char *c = ascii; c && *c; c++)
        if (*c & 0x80)
            *c = '?';
    json_t *const out = whole ? whole : json_string(ascii ? ascii : "");
    free(ascii);
    return out;
}

int bt_summary_write(const struct bt_summary *summary, const char *path, struct base_error *err)
{
    json_t *const failures = json_array();
    for (size_t i = 0; i < summary->n_failures; i++) {
        const struct bt_failure *const f = &summary->failures[i];
        json_array_append_new(failures, json_pack("{s:o, s:I, s:o}", "id", string_of(f->id), "line",
                                                  (json_int_t)f->line, "error", string_of(f->why)));
    }
    json_t *const all =
        json_pack("{s:I, s:I, s:I, s:I, s:I, s:f, s:f, s:f, s:b, s:o}", "items", (json_int_t)summary->n_items, "done",
                  (json_int_t)summary->n_done, "skipped", (json_int_t)summary->n_skipped, "failed",
                  (json_int_t)summary->n_failures, "workers", (json_int_t)summary->n_workers, "speech_seconds",
                  summary->speech_seconds, "wall_seconds", summary->wall_seconds, "times_real_time",
                  summary->wall_seconds > 0 ? summary->speech_seconds / summary->wall_seconds : 0.0, "complete",
                  summary->is_complete, "failures", failures);
    int status = LINNET_OK;
    if (!all)
        status = base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    else if (json_dump_file(all, path, JSON_INDENT(2)) != 0)
        status = base_fail(err, LINNET_ERR_IO, "%s: can't write the summary", path);
    json_decref(all);
    return status;
}
