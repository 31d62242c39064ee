/* Expressions on PCRE2; the only file that includes its header. See expression.h.
 *
 * The translation knows every construct that it lets through, so nothing of Perl's syntax is reachable: characters are
 * written out by number, brackets are taken apart and put together again. As with glibc, \w \W \s \S \b \B \< \> are
 * known; \d and \D are added; '.' and [^a] match line ends, and ^ and $ only the ends of the text. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "expression.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "linnet.h"
#include "frontend/utterance.h"
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

/* For one place of the text; `effort` bounds them all. */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 10000
#define HEAP_LIMIT 2048 /* kilobytes */
#define REPEAT_BYTES 48 /* of "{low,high}" */
#define WORKSPACE 1000  /* ints of the search for the longest */
#define MAX_NESTING 50
#define MAX_REPEAT 32767 /* POSIX's RE_DUP_MAX of glibc */
#define MAX_CLASS_NAME 12

struct fe_expression {
    pcre2_code *code;
    pcre2_match_data *match, *longest;
    pcre2_match_context *limits;
};

/* ---- translation ---- */

struct translation {
    const char *at, *end; /* of the pattern, what is left */
    struct base_buffer *out;
    size_t groups[MAX_NESTING]; /* where each open group began in *out */
    size_t depth;
    size_t atom;                           /* where the last atom begins in *out */
    enum { NOTHING, ATOM, REPEATED } last; /* what a repeat would stand behind */
    const char *why;                       /* it can't be translated; NULL: out of memory */
};

static bool give_up(struct translation *t, const char *why)
{
    t->why = why;
    return false;
}

static bool put(struct translation *t, const char *text)
{
    return base_buffer_add(t->out, text, strlen(text));
}

static bool put_character(struct translation *t, uint32_t codepoint)
{
    char text[16];
    snprintf(text, sizeof text, "\\x{%x}", (unsigned)codepoint);
    return put(t, text);
}

/* The next character of the pattern; there is one. */
static uint32_t take(struct translation *t)
{
    const struct base_codepoint c = base_utf8_next(t->at, (size_t)(t->end - t->at));
    t->at += c.length;
    return c.value;
}

static bool next_is(const struct translation *t, const char *text)
{
    const size_t n = strlen(text);
    return (size_t)(t->end - t->at) >= n && memcmp(t->at, text, n) == 0;
}

/* An atom begins here. */
static void begin_atom(struct translation *t)
{
    t->atom = t->out->length;
    t->last = ATOM;
}

/* The name within "[:alpha:]", "[=a=]" or "[.a.]", whose first two characters are in hand already. */
static bool take_named(struct translation *t, char kind, char name[MAX_CLASS_NAME + 1])
{
    const char close[] = {kind, ']', '\0'};
    size_t n = 0;
    while (t->at < t->end && !next_is(t, close) && n < MAX_CLASS_NAME)
        name[n++] = *t->at++;
    name[n] = '\0';
    if (!next_is(t, close))
        return give_up(t, "a class without its end");
    t->at += 2;
    return true;
}

static bool put_class(struct translation *t)
{
    static const char *const known[] = {"alpha", "digit", "alnum", "upper", "lower", "space",
                                        "blank", "punct", "print", "graph", "cntrl", "xdigit"};
    char name[MAX_CLASS_NAME + 1];
    if (!take_named(t, ':', name))
        return false;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(name, known[i]) == 0)
            return strcmp(name, "digit") == 0 ? put(t, "0-9") : put(t, "[:") && put(t, name) && put(t, ":]");
    return give_up(t, "an unknown class");
}

/* A character of a bracket, itself or as "[=a=]" or "[.a.]". */
static bool take_member(struct translation *t, uint32_t *member)
{
    const char kind = next_is(t, "[=") ? '=' : next_is(t, "[.") ? '.' : '\0';
    if (!kind) {
        *member = take(t);
        return true;
    }
    char name[MAX_CLASS_NAME + 1];
    t->at += 2;
    if (!take_named(t, kind, name))
        return false;
    const struct base_codepoint c = base_utf8_next(name, strlen(name));
    *member = c.value;
    return (*name && c.length == strlen(name)) || give_up(t, "a collating element of several characters");
}

/* One member, range or class of a bracket. */
static bool put_member(struct translation *t)
{
    uint32_t first, last;
    if (next_is(t, "[:")) {
        t->at += 2;
        return put_class(t);
    }
    if (!take_member(t, &first))
        return false;
    const bool range = next_is(t, "-") && t->at + 1 < t->end && t->at[1] != ']';
    if (!range)
        return put_character(t, first);
    t->at++;
    if (next_is(t, "[:"))
        return give_up(t, "a range that ends with a class");
    if (!take_member(t, &last))
        return false;
    if (last < first)
        return give_up(t, "a range that ends before it begins");
    return put_character(t, first) && put(t, "-") && put_character(t, last);
}

/* Behind its '['. A ']' that comes first is a member; '\' is one anywhere. */
static bool put_bracket(struct translation *t)
{
    begin_atom(t);
    if (!put(t, "["))
        return false;
    if (next_is(t, "^")) {
        t->at++;
        if (!put(t, "^"))
            return false;
    }
    bool empty = true;
    while (t->at < t->end && (empty || *t->at != ']')) {
        empty = false;
        if (!put_member(t))
            return false;
    }
    if (t->at == t->end)
        return give_up(t, "a '[' without its ']'");
    t->at++;
    return put(t, "]");
}

/* Behind its '\'. */
static bool put_escape(struct translation *t)
{
    static const struct {
        char name;
        const char *translated;
        bool empty; /* it matches between characters */
    } known[] = {{'w', "\\w", false},       {'W', "\\W", false},        {'s', "\\s", false}, {'S', "\\S", false},
                 {'d', "[0-9]", false},     {'D', "[^0-9]", false},     {'b', "\\b", true},  {'B', "\\B", true},
                 {'<', "\\b(?=\\w)", true}, {'>', "\\b(?<=\\w)", true}, {'`', "\\A", true},  {'\'', "\\z", true}};
    if (t->at == t->end)
        return give_up(t, "a '\\' at the end");
    if (*t->at >= '1' && *t->at <= '9')
        return give_up(t, "\\1 is only for replacements");
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (*t->at == known[i].name) {
            t->at++;
            begin_atom(t);
            t->last = known[i].empty ? NOTHING : ATOM;
            return put(t, known[i].translated);
        }
    begin_atom(t);
    return put_character(t, take(t));
}

/* Digits, if there are any. */
static bool take_number(struct translation *t, long *number)
{
    const char *const start = t->at;
    for (*number = 0; t->at < t->end && *t->at >= '0' && *t->at <= '9'; t->at++)
        *number = *number > MAX_REPEAT ? *number : 10 * *number + (*t->at - '0');
    return t->at > start;
}

/* "*", "+", "?" or "{2,3}", the first character of which is in hand, as PCRE2 writes it; false: it is wrong. */
static bool take_repeat(struct translation *t, uint32_t sign, char repeat[REPEAT_BYTES])
{
    if (sign != '{') {
        snprintf(repeat, REPEAT_BYTES, "%c", (int)sign);
        return true;
    }
    long low = 0, high = 0;
    const bool has_low = take_number(t, &low);
    const bool comma = next_is(t, ",");
    t->at += comma;
    const bool has_high = comma && take_number(t, &high);
    if (!next_is(t, "}") || (!has_low && !has_high))
        return give_up(t, "a '{' that isn't {2}, {2,}, {,3} or {2,3}");
    t->at++;
    if (low > MAX_REPEAT || (has_high && (high > MAX_REPEAT || high < low)))
        return give_up(t, "a repeat that can't be");
    if (has_high)
        snprintf(repeat, REPEAT_BYTES, "{%ld,%ld}", low, high);
    else
        snprintf(repeat, REPEAT_BYTES, comma ? "{%ld,}" : "{%ld}", low);
    return true;
}

/* A repeat of a repeat has its atom in a group: Perl's a+? and a++ are something else. */
static bool put_repeat(struct translation *t, uint32_t sign)
{
    char repeat[REPEAT_BYTES];
    if (t->last == NOTHING)
        return give_up(t, "nothing to repeat");
    if (!take_repeat(t, sign, repeat))
        return false;
    if (t->last == REPEATED) {
        if (!put(t, "(?:)"))
            return false;
        char *const atom = t->out->data + t->atom;
        memmove(atom + 3, atom, t->out->length - t->atom - 4);
        memcpy(atom, "(?:", 3);
        t->out->data[t->out->length - 1] = ')';
    }
    t->last = REPEATED;
    return put(t, repeat);
}

static bool open_group(struct translation *t)
{
    if (t->depth == MAX_NESTING)
        return give_up(t, "groups nested too deep");
    t->groups[t->depth++] = t->out->length;
    t->last = NOTHING;
    return put(t, "(");
}

static bool close_group(struct translation *t)
{
    if (t->depth == 0)
        return give_up(t, "a ')' without its '('");
    t->atom = t->groups[--t->depth];
    t->last = ATOM;
    return put(t, ")");
}

static bool put_next(struct translation *t)
{
    const char *const start = t->at;
    const uint32_t c = take(t);
    switch (c) {
    case '\\': return put_escape(t);
    case '[': return put_bracket(t);
    case '(': return open_group(t);
    case ')': return close_group(t);
    case '*':
    case '+':
    case '?':
    case '{': return put_repeat(t, c);
    case '|':
    case '^':
    case '$': t->last = NOTHING; return base_buffer_add(t->out, start, 1);
    case '.': begin_atom(t); return put(t, ".");
    default: begin_atom(t); return put_character(t, c);
    }
}

static int translate(struct base_buffer *out, const char *pattern, size_t length, struct base_error *err)
{
    struct translation t = {.at = pattern, .end = pattern + length, .out = out};
    bool fine = put(&t, "");
    while (fine && t.at < t.end)
        fine = put_next(&t);
    if (fine && t.depth > 0)
        fine = give_up(&t, "a '(' without its ')'");
    if (fine)
        return LINNET_OK;
    return t.why ? base_fail(err, LINNET_ERR_SYNTAX, "%s", t.why)
                 : base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory");
}

/* ---- compiling ---- */

/* A step of a match: `data` is the effort that is left. */
static int on_step(pcre2_callout_block *block, void *data)
{
    (void)block;
    size_t *const effort = data;
    if (*effort == 0)
        return PCRE2_ERROR_CALLOUT;
    --*effort;
    return 0;
}

static void *allocate(size_t size, void *data)
{
    (void)data;
    return base_alloc(size, 1);
}

static void release(void *block, void *data)
{
    (void)data;
    base_free(block);
}

static int compile(struct fe_expression *e, const struct base_buffer *translated, bool any_case,
                   pcre2_general_context *memory, pcre2_compile_context *context, struct base_error *err)
{
    int number;
    PCRE2_SIZE offset;
    const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_DOTALL | PCRE2_DOLLAR_ENDONLY | PCRE2_AUTO_CALLOUT |
                             PCRE2_NEVER_BACKSLASH_C | (any_case ? PCRE2_CASELESS : 0);
    e->code = pcre2_compile((PCRE2_SPTR)translated->data, translated->length, options, &number, &offset, context);
    if (!e->code) {
        PCRE2_UCHAR why[128];
        pcre2_get_error_message(number, why, sizeof why);
        return number == PCRE2_ERROR_HEAP_FAILED ? base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory")
                                                 : base_fail(err, LINNET_ERR_SYNTAX, "%s", (const char *)why);
    }
    e->match = pcre2_match_data_create(FE_GROUPS, memory);
    e->longest = pcre2_match_data_create(1, memory);
    e->limits = pcre2_match_context_create(memory);
    if (!e->match || !e->longest || !e->limits)
        return base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory");
    pcre2_set_match_limit(e->limits, MATCH_LIMIT);
    pcre2_set_depth_limit(e->limits, DEPTH_LIMIT);
    pcre2_set_heap_limit(e->limits, HEAP_LIMIT);
    return LINNET_OK;
}

static int compile_with_memory(struct fe_expression *e, const struct base_buffer *translated, bool any_case,
                               struct base_error *err)
{
    pcre2_general_context *const memory = pcre2_general_context_create(allocate, release, NULL);
    pcre2_compile_context *const context = memory ? pcre2_compile_context_create(memory) : NULL;
    const int status = context ? compile(e, translated, any_case, memory, context, err)
                               : base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory");
    pcre2_compile_context_free(context);
    pcre2_general_context_free(memory);
    return status;
}

int fe_expression_compile(struct fe_expression **out, const char *pattern, size_t length, bool any_case,
                          struct base_error *err)
{
    struct base_buffer translated = {0};
    struct fe_expression *const e = base_alloc(1, sizeof *e);
    *out = NULL;
    if (!e)
        return base_fail(err, LINNET_ERR_MEMORY, "dictionary: out of memory");
    int status = translate(&translated, pattern, length, err);
    if (status == LINNET_OK)
        status = compile_with_memory(e, &translated, any_case, err);
    base_buffer_free(&translated);
    if (status == LINNET_OK)
        *out = e;
    else
        fe_expression_free(e);
    return status;
}

void fe_expression_free(struct fe_expression *e)
{
    if (!e)
        return;
    pcre2_match_context_free(e->limits);
    pcre2_match_data_free(e->longest);
    pcre2_match_data_free(e->match);
    pcre2_code_free(e->code);
    base_free(e);
}

size_t fe_expression_groups(const struct fe_expression *e)
{
    uint32_t count = 0;
    pcre2_pattern_info(e->code, PCRE2_INFO_CAPTURECOUNT, &count);
    return count;
}

/* ---- matching ---- */

/* Where the longest match that begins at `start` ends; at least `end`, where Perl's first one does. */
static size_t longest_end(const struct fe_expression *e, const char *text, size_t size, size_t start, size_t end)
{
    int workspace[WORKSPACE];
    const int found = pcre2_dfa_match(e->code, (PCRE2_SPTR)text, size, start, PCRE2_ANCHORED | PCRE2_NO_UTF_CHECK,
                                      e->longest, e->limits, workspace, WORKSPACE);
    const size_t longest = found >= 0 ? pcre2_get_ovector_pointer(e->longest)[1] : end;
    return longest > end ? longest : end;
}

/* One search; the groups of the match in the expression's match data. */
static bool search(const struct fe_expression *e, const char *text, size_t size, size_t from, uint32_t options)
{
    return pcre2_match(e->code, (PCRE2_SPTR)text, size, from, options | PCRE2_NO_UTF_CHECK, e->match, e->limits) >= 0;
}

bool fe_expression_find(const struct fe_expression *e, const char *text, size_t size, size_t from,
                        struct fe_span groups[FE_GROUPS], size_t *effort)
{
    pcre2_set_callout(e->limits, on_step, effort);
    const PCRE2_SIZE *const found = pcre2_get_ovector_pointer(e->match);
    if (!search(e, text, size, from, PCRE2_NOTEMPTY))
        return false;
    const size_t start = found[0], end = found[1], longest = longest_end(e, text, size, start, end);
    const uint32_t whole = PCRE2_ANCHORED | PCRE2_ENDANCHORED | (longest < size ? PCRE2_NOTEOL : 0);
    if (longest > end && !search(e, text, longest, start, whole) &&
        !search(e, text, size, start, PCRE2_ANCHORED | PCRE2_NOTEMPTY)) /* its end depends on what follows */
        return false;
    for (size_t i = 0; i < FE_GROUPS; i++) {
        const bool took_part = i <= fe_expression_groups(e) && found[2 * i] != PCRE2_UNSET;
        groups[i] = took_part ? (struct fe_span){found[2 * i], found[2 * i + 1]} : (struct fe_span){1, 0};
    }
    return true;
}
