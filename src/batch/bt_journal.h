/* What of a batch is done, on disk: a line an item, appended when its file has its name. A run that was killed goes on
 * from it. */
#ifndef LINNET_BT_JOURNAL_H
#define LINNET_BT_JOURNAL_H

#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bt_journal;

/* Opens PATH, or PATH.I-of-N for shard I of N, for appending, and reads what it and all others of the batch (PATH and
 * PATH.*) say. LINNET_ERR_IO: also when another run has it; LINNET_ERR_MEMORY. */
BASE_MUST_USE int bt_journal_open(struct bt_journal **out, const char *path, size_t shard, size_t n_shards,
                                  struct base_error *err);
void bt_journal_close(struct bt_journal **journal);

/* Whether the last that was done for this output had this key: a file that was made of another text since is no longer
 * it. */
bool bt_journal_has(const struct bt_journal *journal, uint64_t key, const char *output);
/* One write(): whole lines survive a SIGKILL. Any thread. */
BASE_MUST_USE int bt_journal_add(struct bt_journal *journal, uint64_t key, uint64_t n_samples, const char *output,
                                 struct base_error *err);

#endif
