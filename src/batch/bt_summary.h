/* How a batch went. */
#ifndef LINNET_BT_SUMMARY_H
#define LINNET_BT_SUMMARY_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

struct bt_failure {
    const char *id; /* borrowed from the item */
    size_t line;
    char *why;
};

struct bt_summary {
    size_t n_items, n_done, n_skipped, n_workers;
    struct bt_failure *failures; /* [n_failures] */
    size_t n_failures;
    double speech_seconds, wall_seconds;
    bool is_complete; /* nothing failed, nothing was left */
};

/* As JSON. LINNET_ERR_IO, LINNET_ERR_MEMORY. */
BASE_MUST_USE int bt_summary_write(const struct bt_summary *summary, const char *path, struct base_error *err);

#endif
