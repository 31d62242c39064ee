/* A linear classifier over the words around. The features are those of voices/train/homographs_en.py, which says what
 * they are and learns their weights; a feature and what it speaks for, a reading or its class (noun, verb, participle),
 * are hashed into one table. All whole numbers: the same on every machine. */
#include "homographs_en.h"

#include "base/chars.h"
#include <string.h>

#define BITS 17
#define AROUND 11 /* tokens looked at on each side */
#define MAX_READINGS 4
#define MAX_FEATURES 64
#define SHORT 32       /* bytes of a word that count */
#define RARE_MARGIN 35 /* a rare reading must be ahead by so much */
#define CENTRE AROUND

/* The words around, the homograph at [CENTRE]; "^" before the first, "$" behind the last. */
struct context {
    struct {
        char word[SHORT + 1]; /* in lower case; "#" is a number */
        char tag[5];          /* part of speech, or the mark */
    } at[2 * AROUND + 1];
    bool first; /* no word before it */
    char shape; /* 'c' lower case, 'C' a capital, 'S' capitals */
};

struct reading {
    const char *name, *ipa;
    size_t name_length, ipa_length;
    char kind, mark;
    int score;
};

/* A feature as hashed, and as told to people. */
struct feature {
    uint32_t hash;
    char text[2 * SHORT + 8];
    bool own; /* for readings alone, not for classes */
};

/* ---- tables of rows ---- */

static size_t row_start(const char *rows, size_t at)
{
    while (at > 0 && rows[at - 1] != '\n')
        at--;
    return at;
}

/* The first row that starts with word[n] and a space; NULL: none. */
static const char *find_row(const char *rows, size_t size, const char *word, size_t n)
{
    size_t low = 0, high = size;
    while (low < high) {
        const size_t row = row_start(rows, low + (high - low) / 2);
        int order = strncmp(word, rows + row, n);
        if (!order && rows[row + n] != ' ')
            order = -1;
        if (order > 0)
            low = (size_t)(strchr(rows + row, '\n') - rows) + 1;
        else
            high = row;
    }
    return low < size && strncmp(rows + low, word, n) == 0 && rows[low + n] == ' ' ? rows + low : NULL;
}

/* ---- the words around ---- */

static bool is_number_word(const char *word)
{
    static const char list[] =
        " zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen "
        "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion ";
    char spaced[SHORT + 3] = " ";
    strcat(strcat(spaced, word), " ");
    return strstr(list, spaced) != NULL;
}

static bool ends_with(const char *word, size_t n, const char *end)
{
    const size_t k = strlen(end);
    return n > k + 2 && strcmp(word + n - k, end) == 0;
}

/* What a word that the lexicon lacks is, by its looks. */
static char guess(const char *word, bool capital)
{
    static const struct {
        const char *end;
        char tag;
    } ends[] = {{"ing", 'G'},  {"ed", 'E'}, {"ly", 'R'},  {"ous", 'J'}, {"ful", 'J'}, {"able", 'J'}, {"ible", 'J'},
                {"less", 'J'}, {"ic", 'J'}, {"ive", 'J'}, {"al", 'J'},  {"ss", 'N'},  {"us", 'N'},   {"s", 'K'}};
    if (capital)
        return 'X';
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (ends_with(word, strlen(word), ends[i].end))
            return ends[i].tag;
    return 'N';
}

static void copy_lower(char *out, const char *text, size_t n)
{
    n = n < SHORT ? n : SHORT;
    for (size_t i = 0; i < n; i++)
        out[i] = base_ascii_lower(text[i]);
    out[n] = '\0';
}

static void set_token(struct context *context, size_t slot, const struct sentence_token *token)
{
    const char *const text = token->text;
    char *const word = context->at[slot].word, *const tag = context->at[slot].tag;
    copy_lower(word, text, token->length);
    if (!base_is_letter_byte(*word)) {
        if (base_is_digit((unsigned char)*word))
            strcpy(word, "#");
    } else if (token->word && is_number_word(word)) {
        strcpy(word, "#");
    }
    if (*word == '#') {
        strcpy(tag, "0");
        return;
    }
    if (!token->word) {
        memcpy(tag, word, 4);
        tag[4] = '\0';
        return;
    }
    const char *const row = find_row(en_parts, en_parts_size, word, strlen(word));
    tag[0] = row ? row[strlen(word) + 1] : guess(word, base_is_ascii_upper(text[0]));
    tag[1] = '\0';
}

static void set_context(struct context *context, const struct sentence *sentence, size_t token)
{
    for (size_t slot = 0; slot < 2 * AROUND + 1; slot++) {
        const bool before = slot + token < CENTRE, behind = slot + token - CENTRE >= sentence->n_tokens;
        if (!before && !behind) {
            const struct sentence_token at = sentence_at(sentence, slot + token - CENTRE);
            set_token(context, slot, &at);
            continue;
        }
        strcpy(context->at[slot].word, before ? "^" : "$");
        strcpy(context->at[slot].tag, before ? "^" : "$");
    }
    const struct sentence_token itself = sentence_at(sentence, token);
    const char *const text = itself.text;
    const size_t n = itself.length;
    size_t capitals = 0;
    for (size_t i = 0; i < n; i++)
        capitals += base_is_ascii_upper(text[i]);
    context->shape = !base_is_ascii_upper(text[0]) ? 'c' : n > 1 && capitals == n ? 'S' : 'C';
    context->first = true;
    for (size_t i = 0; i < token && context->first; i++)
        context->first = !sentence_at(sentence, i).word;
    const char *const last = context->at[CENTRE - 1].word;
    context->first = context->first && (!strcmp(last, "^") || !strcmp(last, "\"") || !strcmp(last, "\u201C") ||
                                        !strcmp(last, "'") || !strcmp(last, "("));
}

/* ---- features ---- */

static uint32_t hash(uint32_t value, const char *text, size_t n)
{
    for (size_t i = 0; i < n; i++)
        value = (value ^ (unsigned char)text[i]) * 16777619u;
    return value;
}

struct features {
    struct feature list[MAX_FEATURES];
    size_t n;
};

static void add(struct features *features, char name, const char *a, const char *b, const char *c)
{
    if (features->n == MAX_FEATURES)
        return;
    struct feature *const f = &features->list[features->n++];
    size_t n = 0;
    f->text[n++] = name;
    const char *const parts[] = {a, b, c};
    for (size_t i = 0; i < 3; i++)
        for (const char *p = parts[i]; p && *p && n + 1 < sizeof f->text; p++)
            f->text[n++] = *p;
    f->text[n] = '\0';
    f->hash = hash(2166136261u, f->text, n);
    f->own = name == 'B';
}

/* The nearest tag on one side that isn't one of these. */
static const char *skip(const struct context *context, int step, const char *passed)
{
    size_t i = (size_t)(CENTRE + step);
    while (i > 0 && i < 2 * AROUND && context->at[i].tag[0] && !context->at[i].tag[1] &&
           strchr(passed, context->at[i].tag[0]))
        i += (size_t)step;
    return context->at[i].tag;
}

/* The nearest verb, or end of the sentence, on one side within ten words. */
static const char *verb(const struct context *context, int step)
{
    for (int n = 1; n <= 10; n++) {
        const char *const tag = context->at[CENTRE + n * step].tag;
        if (!tag[1] && strchr("VZEM^$", tag[0]))
            return tag;
    }
    return "-";
}

static const char *tail(const char *word)
{
    const size_t n = strlen(word);
    return word + (n > 3 ? n - 3 : 0);
}

static void add_near(struct features *features, const struct context *context)
{
    for (size_t i = CENTRE - 8; i <= CENTRE + 8; i++) {
        const char *const word = context->at[i].word;
        bool known = i == CENTRE || strlen(word) < 3 || !base_is_letter_byte(word[0]);
        for (size_t k = CENTRE - 8; k < i && !known; k++)
            known = k != CENTRE && strcmp(context->at[k].word, word) == 0;
        if (!known)
            add(features, 'B', word, NULL, NULL);
    }
}

static void set_features(struct features *features, const struct context *context)
{
#define W(n) context->at[CENTRE + (n)].word
#define T(n) context->at[CENTRE + (n)].tag
    const char shape[] = {context->shape, context->first ? '1' : '0', '\0'};
    char two[10];
    features->n = 0;
    add(features, 'a', W(-1), NULL, NULL);
    add(features, 'b', W(1), NULL, NULL);
    add(features, 'c', W(-2), NULL, NULL);
    add(features, 'd', W(2), NULL, NULL);
    add(features, 'e', T(-1), NULL, NULL);
    add(features, 'f', T(1), NULL, NULL);
    add(features, 'g', T(-2), T(-1), NULL);
    add(features, 'h', T(-1), T(1), NULL);
    add(features, 'i', T(1), T(2), NULL);
    add(features, 'j', T(-1), T(1), T(2));
    add(features, 'k', T(-3), T(-2), T(-1));
    add(features, 'l', T(-2), T(-1), T(1));
    add(features, 'm', W(-1), " ", W(1));
    add(features, 'n', W(-2), " ", W(-1));
    add(features, 'o', W(1), " ", W(2));
    add(features, 'p', W(-1), T(1), NULL);
    add(features, 'q', T(-1), W(1), NULL);
    add(features, 'r', shape, NULL, NULL);
    add(features, 's', shape, T(1), NULL);
    add(features, 't', shape, T(-1), NULL);
    add(features, 'u', skip(context, -1, "R"), NULL, NULL);
    add(features, 'v', skip(context, -1, "RJ"), NULL, NULL);
    add(features, 'w', skip(context, 1, "RJ"), NULL, NULL);
    strcpy(two, skip(context, -1, "RJNX"));
    add(features, 'x', two, skip(context, 1, "RJ"), NULL);
    add(features, 'y', tail(W(1)), NULL, NULL);
    add(features, 'z', tail(W(-1)), NULL, NULL);
    add(features, 'A', NULL, NULL, NULL);
    add(features, 'D', verb(context, -1), verb(context, 1), NULL);
    add_near(features, context);
#undef W
#undef T
}

/* ---- readings ---- */

static int weight(uint32_t feature, const char *target, size_t n)
{
    const uint32_t value = hash(feature, target, n);
    return en_weights[(value ^ value >> BITS) & ((1u << BITS) - 1)] - 'P';
}

/* What a feature says for a reading. */
static int support(const struct feature *feature, const struct reading *reading)
{
    int sum = weight(feature->hash, reading->name, reading->name_length);
    if (reading->kind != '-' && !feature->own)
        sum += weight(feature->hash, &reading->kind, 1);
    return sum;
}

/* The readings in the rows from `row` on that are of word[n]. */
static size_t list_readings(const char *row, const char *word, size_t n, struct reading *readings)
{
    size_t count = 0;
    while (count < MAX_READINGS && strncmp(row, word, n) == 0 && row[n] == ' ') {
        struct reading *const r = &readings[count++];
        *r = (struct reading){.name = row + n + 1};
        r->name_length = strcspn(r->name, " ");
        r->kind = r->name[r->name_length + 1];
        r->ipa = r->name + r->name_length + 3;
        r->ipa_length = strcspn(r->ipa, " ");
        r->mark = r->ipa[r->ipa_length + 1];
        row = r->ipa + r->ipa_length + 3;
    }
    return count;
}

static bool is_alone(const struct sentence *sentence)
{
    size_t words = 0;
    for (size_t i = 0; i < sentence->n_tokens; i++)
        words += sentence_at(sentence, i).word;
    return words == 1;
}

static const char *told(char name)
{
    switch (name) {
    case 'a':
    case 'e':
    case 'z':
    case 'u':
    case 'v': return "before it";
    case 'c':
    case 'g':
    case 'k':
    case 'n': return "further before";
    case 'b':
    case 'f':
    case 'y':
    case 'w': return "behind it";
    case 'd':
    case 'i':
    case 'o': return "further behind";
    case 'r':
    case 's':
    case 't': return "its letters";
    case 'A': return "the commoner one";
    case 'B': return "around";
    case 'D': return "verbs";
    default: return "both sides";
    }
}

static bool add_text(struct base_buffer *why, const char *text)
{
    return base_buffer_add(why, text, strlen(text));
}

/* The two features that speak most for `best` against `other`. */
static bool tell_features(const struct features *features, const struct reading *best, const struct reading *other,
                          struct base_buffer *why)
{
    const struct feature *told_already = NULL;
    for (int round = 0; round < 2; round++) {
        const struct feature *most = NULL;
        int ahead = 0;
        for (size_t i = 0; i < features->n; i++) {
            const struct feature *const f = &features->list[i];
            const int by = support(f, best) - support(f, other);
            if (f != told_already && by > ahead && !(told_already && told(f->text[0]) == told(told_already->text[0]))) {
                ahead = by;
                most = f;
            }
        }
        if (!most)
            return true;
        if (!add_text(why, round ? "; " : ": ") || !add_text(why, told(most->text[0])) ||
            !add_text(why, most->text[1] ? " " : "") || !add_text(why, most->text + 1))
            return false;
        told_already = most;
    }
    return true;
}

static bool tell(const struct features *features, const struct reading *best, const struct reading *other,
                 struct base_buffer *why)
{
    if (!why)
        return true;
    if (!add_text(why, why->length ? ", " : "") || !base_buffer_add(why, best->name, best->name_length) ||
        !add_text(why, " ("))
        return false;
    const bool done =
        features ? add_text(why, "by the words") && tell_features(features, best, other, why) : add_text(why, "alone");
    return done && add_text(why, ")");
}

const char *en_reading(const struct sentence *sentence, size_t token, size_t *length, struct base_buffer *why)
{
    const struct sentence_token t = sentence_at(sentence, token);
    struct reading readings[MAX_READINGS];
    struct features features;
    struct context context;
    char word[SHORT + 1];
    if (t.length >= SHORT || !base_is_letter_byte(*t.text))
        return NULL;
    copy_lower(word, t.text, t.length);
    const char *const row = find_row(en_homographs, en_homographs_size, word, t.length);
    const size_t n = row ? list_readings(row, word, t.length, readings) : 0;
    if (n == 0)
        return NULL;
    const bool alone = is_alone(sentence);
    struct reading *best = &readings[0], *second = &readings[n - 1];
    if (alone) {
        for (size_t r = 0; r < n; r++)
            best = readings[r].mark == '*' ? &readings[r] : best;
    } else {
        set_context(&context, sentence, token);
        set_features(&features, &context);
        for (size_t r = 0; r < n; r++) {
            readings[r].score = readings[r].mark == '~' ? -RARE_MARGIN : 0;
            for (size_t f = 0; f < features.n; f++)
                readings[r].score += support(&features.list[f], &readings[r]);
            if (readings[r].score > best->score) {
                second = best;
                best = &readings[r];
            }
        }
        second = second == best ? &readings[0] : second;
    }
    *length = best->ipa_length;
    return tell(alone ? NULL : &features, best, second, why) ? best->ipa : NULL;
}
