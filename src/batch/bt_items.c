/* Manifests. */
#define _XOPEN_SOURCE 700 /* strdup(), scandir() */

#include "batch/bt_items.h"

#include "linnet.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define MAX_MANIFEST ((size_t)1 << 31)
#define MAX_ID 200 /* bytes: it becomes a file's name */
#define MAX_COLUMNS 32

/* ---- items ------------------------------------------------------------------------------------------------------- */

static void free_item(struct bt_item *item)
{
    free(item->id);
    free(item->text);
    free(item->file);
    free(item->output);
    free(item->voice);
    free(item->error);
}

void bt_items_free(struct bt_items *items)
{
    for (size_t i = 0; i < items->n; i++)
        free_item(&items->items[i]);
    free(items->items);
    free(items->base);
    *items = (struct bt_items){.n = 0};
}

/* NULL: out of memory. */
static struct bt_item *add(struct bt_items *items, size_t line)
{
    linnet_settings usual;
    linnet_settings_init(&usual);
    if (items->n == items->capacity) {
        const size_t capacity = items->capacity ? 2 * items->capacity : 256;
        struct bt_item *const grown = realloc(items->items, capacity * sizeof *grown);
        if (!grown)
            return NULL;
        items->items = grown;
        items->capacity = capacity;
    }
    struct bt_item *const item = &items->items[items->n++];
    *item = (struct bt_item){.line = line,
                             .rate = usual.rate,
                             .pitch = usual.pitch_semitones,
                             .pitch_range = usual.pitch_range,
                             .volume = usual.volume};
    return item;
}

static void set_error(struct bt_item *item, const char *text)
{
    if (!item->error)
        item->error = strdup(text);
}

/* Below the batch's folder, whoever wrote the manifest. */
static bool stays_below(const char *path)
{
    if (path[0] == '/')
        return false;
    for (const char *part = path; part; part = strchr(part, '/') ? strchr(part, '/') + 1 : NULL)
        if (!strncmp(part, "..", 2) && (part[2] == '/' || !part[2]))
            return false;
    return true;
}

static bool has_control(const char *text)
{
    for (; *text; text++)
        if (iscntrl((unsigned char)*text))
            return true;
    return false;
}

static bool is_name(const char *id)
{
    return strlen(id) <= MAX_ID && id[0] != '.' && !strchr(id, '/') && !has_control(id);
}

/* "./a//b" -> "a/b", in place: one file has one name. */
static void make_plain(char *path)
{
    char *out = path;
    const char *in = path;
    while (*in) {
        const bool starts = out == path || out[-1] == '/';
        if (starts && in[0] == '.' && in[1] == '/')
            in += 2;
        else if (in[0] == '/' && in != path && starts)
            in++;
        else
            *out++ = *in++;
    }
    *out = '\0';
}

/* What follows from the fields that were given. LINNET_ERR_MEMORY. */
static int complete(struct bt_item *item, const char *format)
{
    char line[32];
    snprintf(line, sizeof line, "%06zu", item->line);
    if (!item->id)
        item->id = strdup(line);
    if (!item->id)
        return LINNET_ERR_MEMORY;
    if (!is_name(item->id))
        set_error(item, "id: can't be a file's name");
    for (char *c = item->id; *c; c++) /* it is told in one line */
        if (iscntrl((unsigned char)*c))
            *c = '?';
    if (!item->output) {
        const size_t size = strlen(item->id) + strlen(format) + 2;
        item->output = malloc(size);
        if (!item->output)
            return LINNET_ERR_MEMORY;
        snprintf(item->output, size, "%s.%s", item->id, format);
    }
    make_plain(item->output);
    if (has_control(item->output))
        set_error(item, "output: can't be a file's name");
    if (!stays_below(item->output))
        set_error(item, "output: leaves the folder of the batch");
    if (!item->text == !item->file)
        set_error(item, item->text ? "has both a text and a file" : "has neither a text nor a file");
    return LINNET_OK;
}

/* ---- kinds of manifests ------------------------------------------------------------------------------------------ */

struct reader {
    struct bt_items *items;
    const char *format;
    char *names[MAX_COLUMNS]; /* of a table; inside `head` */
    size_t n_names;
};

static int read_json_line(struct reader *r, struct bt_item *item, char *line, struct base_error *err)
{
    (void)r;
    return bt_json_item(item, line, strlen(line), err);
}

static int read_plain_line(struct reader *r, struct bt_item *item, char *line, struct base_error *err)
{
    (void)r;
    return bt_item_set(item, "text", line, err);
}

/* Cuts at tabs, in place. */
static size_t cut(char *line, char **cells, size_t limit)
{
    size_t n = 0;
    while (line && n < limit) {
        cells[n++] = line;
        line = strchr(line, '\t');
        if (line)
            *line++ = '\0';
    }
    return line ? limit + 1 : n;
}

static int read_table_line(struct reader *r, struct bt_item *item, char *line, struct base_error *err)
{
    char *cells[MAX_COLUMNS];
    const size_t n = cut(line, cells, MAX_COLUMNS);
    int status = LINNET_OK;
    if (n > r->n_names)
        return base_fail(err, LINNET_ERR_SYNTAX, "more cells than the first line has names (%zu)", r->n_names);
    for (size_t i = 0; i < n && status == LINNET_OK; i++)
        status = bt_item_set(item, r->names[i], cells[i], err);
    return status;
}

typedef int line_reader(struct reader *r, struct bt_item *item, char *line, struct base_error *err);

static int read_head(struct reader *r, char *line, const char *path, struct base_error *err)
{
    r->n_names = cut(line, r->names, MAX_COLUMNS);
    for (size_t i = 0; i < r->n_names; i++)
        if (r->n_names > MAX_COLUMNS || !bt_item_has(r->names[i]))
            return base_fail(err, LINNET_ERR_SYNTAX,
                             "%s: line 1: there is no column '%.40s'; there are id, text, file, output, voice, "
                             "rate, pitch, pitch_range, volume, ssml",
                             path, r->n_names > MAX_COLUMNS ? "" : r->names[i]);
    return LINNET_OK;
}

/* Reads one line into an item; what is wrong with it stays with it. */
static int read_item(struct reader *r, line_reader *read, char *line, size_t number)
{
    struct base_error why = {.text = ""};
    struct bt_item *const item = add(r->items, number);
    if (!item)
        return LINNET_ERR_MEMORY;
    const int status = read(r, item, line, &why);
    if (status == LINNET_ERR_MEMORY)
        return status;
    if (status != LINNET_OK)
        set_error(item, why.text);
    return complete(item, r->format);
}

/* `data` is cut into lines, in place. */
static int read_lines(struct reader *r, line_reader *read, char *data, const char *path, struct base_error *err)
{
    size_t number = 0;
    for (char *line = data, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        const size_t length = strlen(line);
        if (length > 0 && line[length - 1] == '\r')
            line[length - 1] = '\0';
        int status = LINNET_OK;
        if (++number == 1 && read == read_table_line)
            status = read_head(r, line, path, err);
        else if (line[strspn(line, " \t")])
            status = read_item(r, read, line, number);
        if (status != LINNET_OK)
            return status == LINNET_ERR_MEMORY ? base_fail(err, status, "%s: out of memory", path) : status;
    }
    return LINNET_OK;
}

static bool ends_in(const char *name, const char *ending)
{
    const size_t n = strlen(name), m = strlen(ending);
    return n > m && !strcasecmp(name + n - m, ending);
}

static int is_text(const struct dirent *entry)
{
    return entry->d_name[0] != '.' && (ends_in(entry->d_name, ".txt") || ends_in(entry->d_name, ".ssml"));
}

static int add_file(struct reader *r, const char *name, size_t number)
{
    struct bt_item *const item = add(r->items, number);
    if (!item)
        return LINNET_ERR_MEMORY;
    item->file = strdup(name);
    item->id = strdup(name);
    if (!item->file || !item->id)
        return LINNET_ERR_MEMORY;
    *strrchr(item->id, '.') = '\0';
    item->is_ssml = ends_in(name, ".ssml");
    return complete(item, r->format);
}

static int read_folder(struct reader *r, const char *path, struct base_error *err)
{
    struct dirent **entries;
    int status = LINNET_OK;
    const int n = scandir(path, &entries, is_text, alphasort);
    if (n < 0)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno));
    for (int i = 0; i < n; i++) {
        if (status == LINNET_OK)
            status = add_file(r, entries[i]->d_name, (size_t)i + 1);
        free(entries[i]);
    }
    free(entries);
    return status == LINNET_OK ? status : base_fail(err, status, "%s: out of memory", path);
}

/* All of a file, with a NUL behind it. */
static int read_all(const char *path, char **out, struct base_error *err)
{
    char *data = NULL;
    size_t size = 0, capacity = 0;
    FILE *const file = fopen(path, "re");
    *out = NULL;
    if (!file)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno));
    while (!feof(file) && !ferror(file) && size < MAX_MANIFEST) {
        if (capacity - size < 65536) {
            capacity = 2 * capacity + 131072;
            char *const grown = realloc(data, capacity);
            if (!grown)
                break;
            data = grown;
        }
        size += fread(data + size, 1, 65536 - 1, file);
    }
    const bool whole = feof(file) && !ferror(file);
    fclose(file);
    if (!whole || memchr(data, '\0', size)) {
        free(data);
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path,
                         whole ? "it is no text" : "too large, or its disk fails");
    }
    data[size] = '\0';
    *out = data;
    return LINNET_OK;
}

/* The folder of a path, with its '/'; or "". */
static char *folder_of(const char *path, bool is_folder)
{
    const char *const slash = strrchr(path, '/');
    const size_t n = is_folder ? strlen(path) : slash ? (size_t)(slash - path) + 1 : 0;
    char *const folder = malloc(n + 2);
    if (folder)
        snprintf(folder, n + 2, "%.*s%s", (int)n, path, is_folder ? "/" : "");
    return folder;
}

/* Two items with one output: the second is an error. */
static int by_output(const void *a, const void *b)
{
    const struct bt_item *const x = *(struct bt_item *const *)a, *const y = *(struct bt_item *const *)b;
    const int order = strcmp(x->output, y->output);
    return order ? order : (x->line > y->line) - (x->line < y->line);
}

static int refuse_doubles(const struct bt_items *items, struct base_error *err)
{
    struct bt_item **const sorted = malloc((items->n + 1) * sizeof *sorted);
    if (!sorted)
        return base_fail(err, LINNET_ERR_MEMORY, "out of memory");
    for (size_t i = 0; i < items->n; i++)
        sorted[i] = &items->items[i];
    qsort(sorted, items->n, sizeof *sorted, by_output);
    for (size_t i = 1; i < items->n; i++)
        if (!strcmp(sorted[i]->output, sorted[i - 1]->output))
            set_error(sorted[i], "output: an earlier item has the same");
    free(sorted);
    return LINNET_OK;
}

int bt_items_read(struct bt_items *out, const char *path, const char *format, struct base_error *err)
{
    struct reader r = {.items = out, .format = format};
    struct stat info;
    char *data = NULL;
    *out = (struct bt_items){.n = 0};
    if (stat(path, &info) != 0)
        return base_fail(err, LINNET_ERR_IO, "%s: can't read: %s", path, strerror(errno));
    const bool is_folder = S_ISDIR(info.st_mode);
    out->base = folder_of(path, is_folder);
    if (!out->base)
        return base_fail(err, LINNET_ERR_MEMORY, "%s: out of memory", path);
    int status = is_folder ? read_folder(&r, path, err) : read_all(path, &data, err);
    if (status == LINNET_OK && data) /* some programs put a byte order mark before UTF-8 */
        status = read_lines(&r,
                            ends_in(path, ".jsonl") || ends_in(path, ".ndjson") ? read_json_line
                            : ends_in(path, ".tsv")                             ? read_table_line
                                                                                : read_plain_line,
                            data + (strncmp(data, "\xEF\xBB\xBF", 3) ? 0 : 3), path, err);
    free(data);
    if (status == LINNET_OK)
        status = refuse_doubles(out, err);
    if (status != LINNET_OK)
        bt_items_free(out);
    return status;
}

void bt_items_shard(struct bt_items *items, size_t shard, size_t n_shards)
{
    size_t kept = 0;
    for (size_t i = 0; i < items->n; i++) {
        if (i % n_shards == shard - 1)
            items->items[kept++] = items->items[i];
        else
            free_item(&items->items[i]);
    }
    items->n = kept;
}
