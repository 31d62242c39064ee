/* Reading and cutting the text. One buffer of CHUNK_BYTES: filled behind, spoken from the front, what is left moves
 * down. */
#include "base/chars.h"
#include "cli/input.h"
#include "cli/interrupt.h"
#include "cli/options.h"
#include "cli/recode.h"
#include "cli/report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES 65536
#define LEAST_READ 64 /* bytes; with less room the buffer is full */
#define GRACE_MS 20   /* for the rest of a paragraph whose lines come one by one, though at once */

struct input {
    struct input_source source;
    const char *name;
    size_t n_opened; /* of source.paths */
    int fd;          /* -1: the text is in the buffer as a whole */
    bool own_fd, ended;
    bool waits;             /* a pipe or terminal: what has come is given out when no more of it is waiting */
    bool by_lines;          /* and that by lines, not by paragraphs */
    bool inside;            /* a unit (source.unit) whose start was given out */
    uint64_t total;         /* 0: unknown */
    uint64_t offset, start; /* in the whole: of buffer[0], and of this file */
    size_t taken;           /* bytes at the front of the buffer that the caller has had */
    size_t n_bytes, capacity;
    size_t whole; /* this file is one chunk of at most so many bytes; 0: it comes in chunks */
    char *buffer;
    struct recoder recoder; /* of this file */
};

/* ---- opening ----------------------------------------------------------------------------------------------------- */

/* The arguments, joined by spaces, are the buffer. */
static int join_words(struct input *input)
{
    const struct input_source *const source = &input->source;
    size_t size = 0;
    for (int i = 0; i < source->n_words; i++)
        size += strlen(source->words[i]) + 1;
    input->name = "text";
    input->buffer = malloc(size);
    if (!input->buffer)
        return report_failure("%s: out of memory", input->name);
    for (int i = 0; i < source->n_words; i++) {
        const size_t length = strlen(source->words[i]);
        memcpy(input->buffer + input->n_bytes, source->words[i], length);
        input->n_bytes += length;
        if (i + 1 < source->n_words)
            input->buffer[input->n_bytes++] = ' ';
    }
    input->total = input->n_bytes;
    input->ended = true;
    return 0;
}

static bool is_stdin(const char *path)
{
    return !path || !strcmp(path, "-");
}

static const char *name_of(const char *path)
{
    return is_stdin(path) ? "standard input" : path;
}

static void close_file(struct input *input)
{
    if (input->own_fd && input->fd >= 0)
        close(input->fd);
    input->fd = -1;
}

/* Opens the next file, behind what was read. */
static int open_next(struct input *input)
{
    const char *const path = input->source.n_paths ? input->source.paths[input->n_opened] : NULL;
    struct stat info;
    close_file(input);
    input->n_opened++;
    input->name = name_of(path);
    input->fd = is_stdin(path) ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    input->own_fd = !is_stdin(path);
    input->ended = false;
    input->whole = input->source.whole;
    input->recoder.kind = input->source.encoding;
    input->recoder.n = 0;
    input->start = input->offset + input->taken;
    if (input->fd < 0 || fstat(input->fd, &info) != 0)
        return report_failure("%s: can't read: %s", input->name, strerror(errno));
    input->waits = !S_ISREG(info.st_mode);
    input->by_lines = input->source.live || isatty(input->fd);
    return 0;
}

/* Looks at all files before the first is spoken, so that a wrong name isn't told after an hour. */
static int look_at_files(struct input *input)
{
    bool known = true;
    for (size_t i = 0; i < (input->source.n_paths ? input->source.n_paths : 1); i++) {
        const char *const path = input->source.n_paths ? input->source.paths[i] : NULL;
        struct stat info;
        if (is_stdin(path) ? fstat(STDIN_FILENO, &info) != 0 : stat(path, &info) != 0 || access(path, R_OK) != 0)
            return report_failure("%s: can't read: %s", name_of(path), strerror(errno));
        known = known && S_ISREG(info.st_mode);
        input->total += known && info.st_size > 0 ? (uint64_t)info.st_size : 0;
    }
    if (!known)
        input->total = 0;
    input->capacity = CHUNK_BYTES;
    input->buffer = malloc(input->capacity);
    return input->buffer ? open_next(input) : report_failure("input: out of memory");
}

int input_open(struct input **out, const struct input_source *source)
{
    struct input *const input = calloc(1, sizeof *input);
    *out = input;
    if (!input)
        return report_failure("input: out of memory");
    input->fd = -1;
    input->source = *source;
    const int status = source->n_words > 0 ? join_words(input) : look_at_files(input);
    if (status != 0)
        input_close(out);
    return status;
}

void input_close(struct input **input)
{
    if (*input) {
        close_file(*input);
        free((*input)->buffer);
        free(*input);
    }
    *input = NULL;
}

uint64_t input_total(const struct input *input)
{
    return input->total;
}

const char *input_name(const struct input *input)
{
    return input->name;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Waits for input at most `ms` (-1: for ever). 1: there is some, or the end; 0: none within the time, or a signal;
 * -1: error. */
static int wait_readable(const struct input *input, int ms)
{
    struct pollfd fds[2] = {{.fd = input->fd, .events = POLLIN}, {.fd = interrupt_fd(), .events = POLLIN}};
    int n;
    while ((n = poll(fds, 2, ms)) < 0 && errno == EINTR && !interrupt_pending())
        ;
    if (interrupt_pending() || n == 0)
        return 0;
    return n < 0 ? -1 : fds[0].revents != 0;
}

/* Makes the bytes from `from` on plain: see input.h. */
static void clean(struct input *input, size_t from)
{
    char *const text = input->buffer;
    for (size_t i = from; i < input->n_bytes; i++) {
        if (text[i] == '\0')
            text[i] = ' ';
        else if (text[i] == '\r') /* at the very end of what was read it is taken for the half of a CR LF */
            text[i] = i + 1 < input->n_bytes && text[i + 1] != '\n' ? '\n' : ' ';
    }
}

/* Files that are no text, by their first bytes, and what to do with them. */
static const struct {
    const char *start, *what;
} kinds_of_file[] = {
    {"PK\003\004", "a ZIP archive, as .docx, .odt and .epub are; take its text out, with pandoc -t plain for instance"},
    {"%PDF-", "a PDF file; take its text out with pdftotext"},
    {"\x1F\x8B", "compressed by gzip; give the output of zcat"},
    {"BZh", "compressed by bzip2; give the output of bzcat"},
    {"\xFD"
     "7zXZ",
     "compressed by xz; give the output of xzcat"},
    {"\x7F"
     "ELF",
     "a program, not a text"},
    {"\x89PNG", "a picture, not a text"},
    {"\xFF\xD8\xFF", "a picture, not a text"},
    {"{\\rtf", "an RTF file; take its text out, with pandoc -f rtf -t plain for instance"},
};

static int check_kind(const struct input *input)
{
    for (size_t i = 0; i < sizeof kinds_of_file / sizeof *kinds_of_file; i++) {
        const size_t n = strlen(kinds_of_file[i].start);
        if (input->recoder.n >= n && memcmp(input->recoder.bytes, kinds_of_file[i].start, n) == 0)
            return report_failure("%s: this is %s", input->name, kinds_of_file[i].what);
    }
    return 0;
}

/* The byte order mark of UTF-8 is skipped. */
static void skip_mark(struct input *input)
{
    if (input->offset + input->taken == input->start && input->n_bytes - input->taken >= 3 &&
        !memcmp(input->buffer + input->taken, "\xEF\xBB\xBF", 3))
        input->taken += 3;
}

/* Tags and scripts mustn't be cut: a file that is HTML is read as a whole. */
static void take_html(struct input *input)
{
    static const char *const heads[] = {"<!doctype html", "<html"};
    const char *text = input->buffer + input->taken;
    while (text < input->buffer + input->n_bytes && base_is_blank(*text))
        text++;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        if ((size_t)(input->buffer + input->n_bytes - text) >= strlen(heads[i]) &&
            !strncasecmp(text, heads[i], strlen(heads[i])) && input->source.unit == INPUT_ANY && !input->whole)
            input->whole = LINNET_SSML_MAX_BYTES;
}

/* Bytes that may be read at once: what they become must fit into the buffer's free end. */
static size_t room(const struct input *input)
{
    const size_t most = (input->capacity - input->n_bytes) / RECODE_GROWTH,
                 limit = most < RECODE_BYTES ? most : RECODE_BYTES;
    return limit > input->recoder.n ? limit - input->recoder.n : 0;
}

static bool is_full(const struct input *input)
{
    return room(input) < LEAST_READ;
}

/* Reads once into the buffer's free end. */
static int read_more(struct input *input)
{
    struct recoder *const recoder = &input->recoder;
    const ssize_t n = read(input->fd, recoder->bytes + recoder->n, room(input));
    if (n < 0 && errno == EINTR)
        return 0;
    if (n < 0)
        return report_failure("%s: can't read: %s", input->name, strerror(errno));
    const bool first = recoder->kind == RECODE_UNKNOWN;
    const size_t from = input->n_bytes;
    recoder->n += (size_t)n;
    input->ended = n == 0;
    const int status = first ? check_kind(input) : 0;
    if (status != 0)
        return status;
    input->n_bytes += recode(recoder, input->ended, input->buffer + from);
    if (first && recoder->kind > RECODE_UTF8)
        input->total = 0; /* it will have another size */
    if (first) {
        skip_mark(input);
        take_html(input);
    }
    clean(input, from);
    return 0;
}

/* ---- cutting ----------------------------------------------------------------------------------------------------- */

/* Just behind a line that is followed by an empty one. */
static bool ends_paragraph(const char *text, size_t at)
{
    size_t i = at - 1;
    if (text[i] != '\n')
        return false;
    while (i > 0 && (text[i - 1] == ' ' || text[i - 1] == '\t'))
        i--;
    return i > 0 && text[i - 1] == '\n';
}

/* Just behind a space that follows a full stop, question or exclamation mark, closing quotes between. */
static bool ends_sentence(const char *text, size_t at)
{
    size_t i = at - 1;
    if (!base_is_ascii_space(text[i]))
        return false;
    while (i > 0 && strchr("\"')]", text[i - 1]))
        i--;
    return i > 0 && strchr(".?!", text[i - 1]);
}

static bool ends_line(const char *text, size_t at)
{
    return text[at - 1] == '\n';
}

static bool ends_word(const char *text, size_t at)
{
    return base_is_ascii_space(text[at - 1]);
}

/* Not inside a UTF-8 sequence. */
static bool ends_character(const char *text, size_t at)
{
    return ((unsigned char)text[at] & 0xC0) != 0x80;
}

/* Where to cut a full buffer: the best kind of border that its second half has, a word border anywhere, or a
 * character's. */
static size_t find_cut(const char *text, size_t size)
{
    static const struct {
        bool (*is_border)(const char *text, size_t at);
        unsigned divisor; /* looked for from size / divisor on; 0: from the start */
    } kinds[] = {{ends_paragraph, 2}, {ends_sentence, 2}, {ends_line, 2}, {ends_word, 0}, {ends_character, 2}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        const size_t low = kinds[k].divisor ? size / kinds[k].divisor : 0;
        for (size_t at = size - 1; at > low; at--)
            if (kinds[k].is_border(text, at))
                return at;
    }
    return size;
}

/* Bytes up to and with the last border of this kind, the text's end counted; 0: there is none. */
static size_t last_border(bool (*is_border)(const char *text, size_t at), const char *text, size_t size)
{
    while (size > 0 && !is_border(text, size))
        size--;
    return size;
}

/* The same, the first one behind `from`. */
static size_t first_border(bool (*is_border)(const char *text, size_t at), const char *text, size_t from, size_t size)
{
    for (size_t at = from + 1; at <= size; at++)
        if (is_border(text, at))
            return at;
    return 0;
}

static bool is_blank(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!base_is_ascii_space(text[i]))
            return false;
    return true;
}

/* ---- chunks ------------------------------------------------------------------------------------------------------ */

/* Forgets what the caller has had. */
static void drop_taken(struct input *input)
{
    input->n_bytes -= input->taken;
    memmove(input->buffer, input->buffer + input->taken, input->n_bytes);
    input->offset += input->taken;
    input->taken = 0;
}

/* Makes the buffer larger when it is full and the text must be in it as a whole. */
static int grow(struct input *input)
{
    const size_t whole = input->whole;
    if (!whole || !is_full(input))
        return 0;
    if (input->capacity > whole)
        return report_failure("%s: over %zu bytes, which is too much for one piece", input->name, whole);
    char *const grown = realloc(input->buffer, 2 * input->capacity);
    if (!grown)
        return report_failure("%s: out of memory", input->name);
    input->buffer = grown;
    input->capacity *= 2;
    return 0;
}

/* What of the buffer can be given out before more comes: whole lines, or whole paragraphs. */
static size_t complete(const struct input *input)
{
    if (!input->waits || input->whole)
        return 0;
    const size_t end = last_border(input->by_lines ? ends_line : ends_paragraph, input->buffer, input->n_bytes);
    return end > input->taken ? end : 0;
}

/* Fills the buffer until it is full, the text ends, or its source has complete parts and nothing more to say for now.
 * *end gets the size of these parts, else 0. */
static int fill(struct input *input, size_t *end)
{
    *end = 0;
    while (!input->ended && !interrupt_pending()) {
        const int grown = grow(input);
        if (grown != 0)
            return grown;
        if (is_full(input))
            return 0;
        const size_t parts = complete(input);
        const int ready = wait_readable(input, parts ? GRACE_MS : -1);
        if (ready < 0)
            return report_failure("%s: can't read: %s", input->name, strerror(errno));
        if (!ready && parts) {
            *end = parts;
            return 0;
        }
        const int status = ready ? read_more(input) : 0;
        if (status != 0)
            return status;
    }
    return 0;
}

/* Where the first short line of buffer[taken .. end) ends; 0: there is none. */
static size_t short_line_end(const struct input *input, size_t end)
{
    for (size_t start = input->taken, at; start < end; start = at) {
        at = first_border(ends_line, input->buffer, start, end);
        if (!at || at - start <= input->source.short_line)
            return at;
    }
    return 0;
}

/* The first unit of buffer[taken .. end), at most that: where it ends; `whole` tells whether it ends there. */
static size_t cut_unit(const struct input *input, size_t end, bool *whole)
{
    const enum input_unit unit = input->source.unit;
    const size_t border = input->source.short_line ? short_line_end(input, end)
                          : unit == INPUT_ANY      ? 0
                                                   : first_border(unit == INPUT_LINE ? ends_line : ends_paragraph,
                                                             input->buffer, input->taken, end);
    *whole = unit == INPUT_ANY || border || (input->ended && end == input->n_bytes);
    return border ? border : end;
}

/* A chunk of this file; size 0 at its end. */
static int next_of_file(struct input *input, struct input_chunk *chunk)
{
    size_t end = 0;
    if (input->fd >= 0 || input->taken > 0) {
        drop_taken(input);
        const int status = fill(input, &end);
        if (status != 0)
            return status;
    }
    if (interrupt_pending())
        return 0;
    if (end == 0)
        end = input->ended ? input->n_bytes : find_cut(input->buffer, input->n_bytes);
    bool whole;
    end = cut_unit(input, end, &whole);
    chunk->text = input->buffer + input->taken; /* behind a byte order mark */
    chunk->size = end - input->taken;
    chunk->offset = input->offset + input->taken;
    chunk->path = input->own_fd ? input->name : NULL;
    chunk->begins = !input->inside;
    input->inside = !whole;
    input->taken = end;
    return 0;
}

/* Blank lines and paragraphs are no units. */
static bool is_skipped(const struct input *input, const struct input_chunk *chunk)
{
    return input->source.unit != INPUT_ANY && chunk->begins && is_blank(chunk->text, chunk->size);
}

int input_next(struct input *input, struct input_chunk *chunk)
{
    for (;;) {
        *chunk = (struct input_chunk){0};
        int status = next_of_file(input, chunk);
        if (status != 0 || interrupt_pending())
            return status;
        if (chunk->size > 0 && is_skipped(input, chunk)) {
            input->inside = false;
            continue;
        }
        if (chunk->size > 0 || input->n_opened >= input->source.n_paths)
            return 0;
        input->inside = false;
        status = open_next(input);
        if (status != 0)
            return status;
    }
}

void input_warn(const struct input *input, size_t invalid)
{
    if (input->recoder.n_foreign)
        report_warning("%s: %zu bytes that aren't UTF-8 were read as Windows-1252", input->name,
                       input->recoder.n_foreign);
    if (invalid)
        report_warning("%s: %zu bytes that aren't UTF-8 were skipped", input->name, invalid);
}
