/* The workers of a batch: each has an engine of its own and takes the next item that nobody has. */
#ifndef LINNET_BT_WORK_H
#define LINNET_BT_WORK_H

#include "batch/bt_items.h"
#include "batch/bt_journal.h"
#include "batch/bt_options.h"
#include "batch/bt_summary.h"

/* Speaks all items that aren't done; fills the summary, whose failures the caller frees. Ends early after
 * bt_work_stop(). What fails is said on standard error. LINNET_OK also when items failed; else nothing could be spoken
 * at all. */
BASE_MUST_USE int bt_work(struct bt_summary *summary, const struct bt_options *options, const struct bt_items *items,
                          struct bt_journal *journal, struct base_error *err);
/* Makes bt_work() end soon, with what is half done thrown away. Safe in a signal handler. */
void bt_work_stop(void);

#endif
