/* linnet-batch: many texts into as many sound files. */
#define _XOPEN_SOURCE 700 /* strdup() */

#include "batch/bt_items.h"
#include "batch/bt_journal.h"
#include "batch/bt_options.h"
#include "batch/bt_work.h"
#include "cli/endings.h"
#include "linnet.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static volatile sig_atomic_t ended_by;

static void on_signal(int number)
{
    ended_by = number;
    bt_work_stop();
}

/* MANIFEST.journal, or FOLDER.journal beside a folder. */
static char *journal_name(const char *manifest)
{
    size_t n = strlen(manifest);
    while (n > 1 && manifest[n - 1] == '/')
        n--;
    char *const name = malloc(n + 16);
    if (name)
        snprintf(name, n + 16, "%.*s.journal", (int)n, manifest);
    return name;
}

static int fail(const struct base_error *err)
{
    fprintf(stderr, "linnet-batch: %s\n", err->text);
    return EXIT_FAILURE;
}

static void print(const struct bt_summary *s)
{
    printf("%zu done, %zu were done before, %zu failed, %zu left; %.1f s of speech in %.1f s, %.0f times real time\n",
           s->n_done, s->n_skipped, s->n_failures, s->n_items - s->n_done - s->n_skipped - s->n_failures,
           s->speech_seconds, s->wall_seconds, s->wall_seconds > 0 ? s->speech_seconds / s->wall_seconds : 0);
}

static void free_summary(struct bt_summary *s)
{
    for (size_t i = 0; i < s->n_failures; i++)
        free(s->failures[i].why);
    free(s->failures);
}

static int run(const struct bt_options *options, struct bt_journal *journal, const struct bt_items *items)
{
    struct bt_summary summary = {.n_items = 0};
    struct base_error err = {.text = ""};
    int status = bt_work(&summary, options, items, journal, &err);
    if (status == LINNET_OK && options->summary)
        status = bt_summary_write(&summary, options->summary, &err);
    if (status == LINNET_OK)
        print(&summary);
    else
        fail(&err);
    const bool complete = status == LINNET_OK && summary.is_complete;
    free_summary(&summary);
    return ended_by ? 128 + ended_by : complete ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    struct bt_options options;
    struct bt_items items = {.n = 0};
    struct bt_journal *journal = NULL;
    struct base_error err = {.text = ""};
    const int usage = bt_options_read(&options, argc, argv);
    if (usage >= 0)
        return usage;
    endings_catch(on_signal, 0);
    if (mkdir(options.folder, 0777) != 0 && errno != EEXIST) {
        base_fail(&err, LINNET_ERR_IO, "%s: can't make the folder: %s", options.folder, strerror(errno));
        return fail(&err);
    }
    char *const name = options.journal ? strdup(options.journal) : journal_name(options.manifest);
    if (!name || bt_items_read(&items, options.manifest, options.format, &err) != LINNET_OK ||
        bt_journal_open(&journal, name, options.shard, options.n_shards, &err) != LINNET_OK) {
        free(name);
        bt_items_free(&items);
        return fail(&err);
    }
    bt_items_shard(&items, options.shard, options.n_shards);
    const int status = run(&options, journal, &items);
    bt_journal_close(&journal);
    bt_items_free(&items);
    free(name);
    return status;
}
