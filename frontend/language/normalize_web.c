/* Addresses, paths, handles and identifiers: rules that work in any language, with its names for dots and slashes. They
 * start at the head of a run without white space, so each run is looked at once. */
#include "normalize_lang.h"

#include "base/chars.h"
#include <string.h>

/* ---- letters ---- */

static bool is_small(char c)
{
    return base_is_letter_byte(c) && !base_is_ascii_upper(c);
}

bool norm_is_unspeakable(const char *letters, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strchr("aeiouyAEIOUY", letters[i]) || (unsigned char)letters[i] >= 0x80)
            return false;
    return n > 0;
}

/* ---- identifiers ---- */

static void say_part(struct norm_pass *pass, const char *part, size_t n)
{
    if (n > 1 && n <= 6 && norm_is_unspeakable(part, n))
        norm_spell(pass, part, n);
    else
        norm_say_bytes(pass, part, n);
}

/* Length of the first part of a run of letters: "camel" of "camelCase", "HTML" of "HTMLParser". */
static size_t part_length(const char *bytes, size_t n)
{
    size_t i = 1;
    while (i < n && base_is_ascii_upper(bytes[i - 1]) && base_is_ascii_upper(bytes[i]) &&
           !(i + 1 < n && is_small(bytes[i + 1])))
        i++;
    while (i < n && !base_is_ascii_upper(bytes[i]))
        i++;
    return i;
}

static const char *symbol_name(const struct norm_pass *pass, char c)
{
    for (size_t k = 0; k < pass->lang->normaliser->n_symbols; k++)
        if (pass->lang->normaliser->symbols[k].codepoint == (unsigned char)c)
            return pass->lang->normaliser->symbols[k].spoken;
    return NULL;
}

static void say_digit_run(struct norm_pass *pass, const char *digits, size_t n)
{
    if (n > 4 || (n > 1 && digits[0] == '0'))
        norm_say_digits(pass, digits, n);
    else
        pass->lang->normaliser->cardinal(pass, digits, n);
}

/* Says a part of an address or identifier: words, camelCase split, unspeakable ones spelled. */
static void say_identifier(struct norm_pass *pass, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i;
        while (end < n && base_is_digit((unsigned char)bytes[end]))
            end++;
        if (end > i) {
            say_digit_run(pass, bytes + i, end - i);
            i = end;
            continue;
        }
        while (end < n && (base_is_ascii_upper(bytes[end]) || is_small(bytes[end]) || (bytes[end] == '\'' && end > i)))
            end++;
        if (end > i) {
            const size_t length = part_length(bytes + i, end - i);
            say_part(pass, bytes + i, length);
            i += length;
            continue;
        }
        const char *const name = symbol_name(pass, bytes[i]);
        if (name)
            norm_say(pass, name);
        i++;
    }
}

/* ---- runs ---- */

/* Token i is the first of its run, or stands behind an opening bracket or quote there. */
static bool is_head(const struct norm_pass *pass, size_t i)
{
    if (!i || !norm_touches(pass, i) || norm_is_ideograph(pass, i - 1))
        return true;
    const uint32_t before = norm_at(pass, i - 1)->codepoint;
    return norm_is_kind(pass, i - 1, NORM_SYMBOL) &&
           (before == '(' || before == '<' || before == '[' || before == '"' || before == '\'' || before == 0x201C ||
            before == 0x2018 || before == 0x201E || before == '*');
}

/* End of the run without the punctuation that closes a sentence. */
static size_t trimmed_end(const struct norm_pass *pass, size_t i)
{
    size_t end = norm_chunk_end(pass, i);
    for (size_t k = i; k < end; k++) {
        const uint32_t c = pass->tokens[k].codepoint;
        if ((pass->tokens[k].kind == NORM_SYMBOL && (c == '"' || c == '<' || c == '>' || c >= 0x2010)) ||
            norm_is_ideograph(pass, k))
            end = k;
    }
    bool bracket = false;
    for (size_t k = i; k < end; k++)
        bracket = bracket || norm_is_symbol(pass, k, '(');
    while (end > i && pass->tokens[end - 1].kind == NORM_SYMBOL) {
        const uint32_t c = pass->tokens[end - 1].codepoint;
        if (!(c < 0x80 && strchr(".,;:!?'*]}", (int)c)) && !(c == ')' && !bracket))
            break;
        end--;
    }
    return end;
}

static size_t token_end(const struct norm_pass *pass, size_t i)
{
    return pass->tokens[i].offset + pass->tokens[i].length;
}

/* ---- hosts ---- */

/* Top domains that aren't words which might follow a forgotten space ("this.is"). */
static const char top_domains[] =
    "com|org|net|edu|gov|mil|int|io|uk|de|fr|ca|au|jp|nl|ch|eu|ru|cn|br|pl|se|dk|fi|cz|nz|za|"
    "info|biz|dev|app|ai|tv|xyz|ie|gg|tech|museum|onion|local|localhost|kr|mx|ly|fm";

/* A name of a host at token i, before `end`: labels with dots between; returns tokens. `loose`: any last label will
 * do. */
static size_t read_host(const struct norm_pass *pass, size_t i, size_t end, bool loose)
{
    size_t at = i, last = i, dots = 0;
    while (at < end) {
        size_t label = at;
        while (label < end && (norm_is_kind(pass, label, NORM_WORD) || norm_is_kind(pass, label, NORM_DIGITS) ||
                               (label > at && norm_is_symbol(pass, label, '-'))))
            label++;
        if (label == at)
            break;
        last = label - 1;
        at = label;
        if (at + 1 >= end || !norm_is_symbol(pass, at, '.'))
            break;
        dots++;
        at++;
    }
    if (norm_is_symbol(pass, at, '.'))
        at--;
    const char *const own = pass->lang->normaliser->own_domain;
    const bool top = norm_in_list(pass, last, top_domains) || (own && norm_is_word(pass, last, own));
    return dots && norm_is_kind(pass, last, NORM_WORD) && (loose || top) ? last + 1 - i : 0;
}

static void say_host(struct norm_pass *pass, size_t i, size_t n)
{
    for (size_t k = i; k < i + n; k++) {
        const struct norm_token *const token = norm_at(pass, k);
        const char *const own = pass->lang->normaliser->own_domain;
        const bool top = k + 1 == i + n && k > i && token->length == 2 && !(own && norm_is_word(pass, k, own));
        if (top || norm_is_word(pass, k, "www"))
            norm_spell(pass, norm_text(pass, k), token->length);
        else
            say_identifier(pass, norm_text(pass, k), token->length);
    }
}

/* ---- rules ---- */

/* "&amp;" and "&#38;" stay as they are. */
size_t norm_rule_entity(struct norm_pass *pass, size_t i)
{
    if (!norm_is_symbol(pass, i, '&') || !norm_touches(pass, i + 1))
        return 0;
    const size_t hash = norm_is_symbol(pass, i + 1, '#');
    size_t n = 2 + hash;
    if (!norm_touches(pass, i + 1 + hash) || norm_is_kind(pass, i + 1 + hash, NORM_SYMBOL))
        return 0;
    if (norm_touching_kind(pass, i + n, NORM_DIGITS) || (hash && norm_touching_kind(pass, i + n, NORM_WORD)))
        n++;
    if (!norm_touching_symbol(pass, i + n, ';'))
        return 0;
    const size_t start = norm_at(pass, i)->offset;
    norm_say_bytes(pass, pass->text + start, token_end(pass, i + n) - start);
    return n + 1;
}

/* "https://example.com/a?b=c", "www.example.com", "example.com/a". */
size_t norm_rule_url(struct norm_pass *pass, size_t i)
{
    if (!is_head(pass, i) || (!norm_touching_symbol(pass, i + 1, ':') && !norm_touching_symbol(pass, i + 1, '.') &&
                              !norm_touching_symbol(pass, i + 1, '-') && !norm_touches(pass, i + 1)))
        return 0;
    const size_t end = trimmed_end(pass, i);
    size_t host = i;
    const bool scheme = norm_is_kind(pass, i, NORM_WORD) && norm_touching_symbol(pass, i + 1, ':') &&
                        norm_touching_symbol(pass, i + 2, '/') && norm_touching_symbol(pass, i + 3, '/');
    if (scheme)
        host += 4;
    const bool www = norm_is_word(pass, host, "www");
    size_t n = host < end ? read_host(pass, host, end, scheme || www) : 0;
    if (!scheme && n == 0)
        return 0;
    if (norm_is_symbol(pass, host + n, '@'))
        return 0;
    if (!scheme && host + n < end && !norm_is_symbol(pass, host + n, '/') && !norm_is_symbol(pass, host + n, ':') &&
        !norm_is_symbol(pass, host + n, '?') && !norm_is_symbol(pass, host + n, '#') &&
        !norm_is_symbol(pass, host + n, '\''))
        return 0;
    if (norm_is_symbol(pass, host + n, '\''))
        return 0;
    if (scheme) {
        say_identifier(pass, norm_text(pass, i), norm_at(pass, i)->length);
        say_identifier(pass, "://", 3);
    }
    say_host(pass, host, n);
    if (host + n < end) {
        const size_t from = norm_at(pass, host + n)->offset;
        say_identifier(pass, pass->text + from, token_end(pass, end - 1) - from);
    }
    return end - i;
}

/* "first.last+tag@example.co.uk". */
size_t norm_rule_email(struct norm_pass *pass, size_t i)
{
    if (!is_head(pass, i) || !norm_touches(pass, i + 1))
        return 0;
    const size_t end = trimmed_end(pass, i);
    size_t at = i;
    while (at < end && !norm_is_symbol(pass, at, '@'))
        at++;
    const size_t start = norm_is_word(pass, i, "mailto") && norm_is_symbol(pass, i + 1, ':') ? i + 2 : i;
    const size_t n = at > start && at + 1 < end ? read_host(pass, at + 1, end, true) : 0;
    if (!n || at + 1 + n != end)
        return 0;
    for (size_t k = start; k < at; k++)
        if (norm_is_kind(pass, k, NORM_SYMBOL) &&
            !(pass->tokens[k].codepoint < 0x80 && strchr("._+-%&=~#!$*/?^{|}'`", (int)pass->tokens[k].codepoint)))
            return 0;
    const size_t from = norm_at(pass, i)->offset;
    say_identifier(pass, pass->text + from, norm_at(pass, at)->offset - from);
    norm_say(pass, pass->lang->normaliser->at);
    say_host(pass, at + 1, n);
    return end - i;
}

static void say_address_part(struct norm_pass *pass, size_t i)
{
    const char *const bytes = norm_text(pass, i);
    for (size_t k = 0; k < norm_at(pass, i)->length; k++) {
        if (base_is_digit((unsigned char)bytes[k]))
            norm_say_digits(pass, bytes + k, 1);
        else
            norm_spell(pass, bytes + k, 1);
    }
}

/* "192.168.0.1", with port or prefix length. */
static size_t ipv4(struct norm_pass *pass, size_t i)
{
    size_t n = 0;
    for (int k = 0; k < 4; k++) {
        const long value = norm_value(pass, i + n, 3);
        const bool padded = norm_at(pass, i + n)->length > 1 && *norm_text(pass, i + n) == '0';
        if (value < 0 || value > 255 || padded || (n && !norm_touches(pass, i + n)) ||
            (k < 3 && !norm_touching_symbol(pass, i + n + 1, '.')))
            return 0;
        n += k < 3 ? 2 : 1;
    }
    if ((norm_touching_symbol(pass, i + n, '.') && norm_touching_kind(pass, i + n + 1, NORM_DIGITS)) ||
        norm_touching_kind(pass, i + n, NORM_WORD))
        return 0;
    if ((norm_touching_symbol(pass, i + n, ':') || norm_touching_symbol(pass, i + n, '/')) &&
        norm_touching_kind(pass, i + n + 1, NORM_DIGITS))
        n += 2;
    for (size_t k = i; k < i + n; k++) {
        const bool behind = k > i + 6;
        if (norm_is_kind(pass, k, NORM_SYMBOL))
            say_identifier(pass, norm_text(pass, k), 1);
        else if (behind)
            say_identifier(pass, norm_text(pass, k), norm_at(pass, k)->length);
        else
            say_address_part(pass, k);
    }
    return n;
}

static bool is_hex(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    for (size_t k = 0; k < token->length; k++) {
        const char c = (char)(norm_text(pass, i)[k] | 0x20);
        if (!base_is_digit((unsigned char)norm_text(pass, i)[k]) && !(c >= 'a' && c <= 'f'))
            return false;
    }
    return token->length <= 4 && (token->kind == NORM_WORD || token->kind == NORM_DIGITS);
}

/* IPv6 and MAC addresses: groups of hexadecimal digits with colons. */
static size_t ipv6(struct norm_pass *pass, size_t i)
{
    size_t colons = 0, n = 0, width = 0, widest = 0;
    bool twice = false;
    while (n < 48 && (n == 0 || norm_touches(pass, i + n))) {
        if (norm_is_symbol(pass, i + n, ':')) {
            twice = twice || (n && norm_is_symbol(pass, i + n - 1, ':'));
            colons++;
            width = 0;
        } else if (is_hex(pass, i + n)) {
            width += norm_at(pass, i + n)->length;
            widest = width > widest ? width : widest;
        } else {
            break;
        }
        n++;
    }
    if (n && norm_is_symbol(pass, i + n - 1, ':') && !(n > 1 && norm_is_symbol(pass, i + n - 2, ':'))) {
        n--;
        colons--;
    }
    if (widest > 4 || colons > 7 || !(twice ? colons >= 2 && n > 2 : colons == 7 || (colons == 5 && widest == 2)) ||
        norm_touching_kind(pass, i + n, NORM_WORD))
        return 0;
    for (size_t k = i; k < i + n; k++) {
        if (norm_is_kind(pass, k, NORM_SYMBOL))
            say_identifier(pass, ":", 1);
        else
            say_address_part(pass, k);
    }
    return n;
}

size_t norm_rule_ip(struct norm_pass *pass, size_t i)
{
    if (!is_head(pass, i) && !norm_is_symbol(pass, i - 1, '@')) /* "root@10.0.0.1" */
        return 0;
    const size_t n = norm_is_kind(pass, i, NORM_DIGITS) ? ipv4(pass, i) : 0;
    return n ? n : ipv6(pass, i);
}

/* Endings of names of files. */
static const char file_types[] =
    "pdf|txt|doc|docx|xls|xlsx|ppt|pptx|odt|jpg|jpeg|png|gif|svg|bmp|webp|mp3|mp4|wav|ogg|flac|avi|"
    "mkv|mov|zip|tar|gz|xz|rar|exe|dll|iso|html|htm|css|js|ts|json|xml|yaml|yml|toml|csv|tsv|md|py|cpp|"
    "hpp|java|rb|rs|sh|bat|log|ini|cfg|conf|bak|tmp|epub|tex|sql|php|c|h|so|deb|rpm|apk|gguf|onnx";

/* "report_2024.pdf": names with a known ending. */
static size_t file_name(struct norm_pass *pass, size_t i, size_t end)
{
    if (end < i + 3 || !norm_is_symbol(pass, end - 2, '.') || !norm_in_list(pass, end - 1, file_types) ||
        !norm_at(pass, end - 1)->lower || norm_at(pass, i)->length == 0)
        return 0;
    if (norm_at(pass, end - 1)->length == 1 && end == i + 3 && norm_at(pass, i)->length == 1)
        return 0; /* "p.s" */
    for (size_t k = i; k < end; k++)
        if (norm_is_kind(pass, k, NORM_SYMBOL) &&
            !(pass->tokens[k].codepoint < 0x80 && strchr("._-/\\~", (int)pass->tokens[k].codepoint)))
            return 0;
    const size_t start = norm_at(pass, i)->offset, last = norm_at(pass, end - 1)->offset;
    say_identifier(pass, pass->text + start, last - start);
    if (norm_at(pass, end - 1)->length <= 2)
        norm_spell(pass, norm_text(pass, end - 1), norm_at(pass, end - 1)->length);
    else
        say_identifier(pass, pass->text + last, norm_at(pass, end - 1)->length);
    return end - i;
}

/* "/usr/bin", "~/notes", "../x", "C:\Users", names of files. */
size_t norm_rule_path(struct norm_pass *pass, size_t i)
{
    if (!is_head(pass, i) || !norm_touches(pass, i + 1))
        return 0;
    size_t root = i;
    while (root < i + 2 && norm_is_symbol(pass, root, '.'))
        root++;
    if (norm_is_symbol(pass, root, '~'))
        root++;
    const bool closing_tag = i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '<');
    const bool slash = !closing_tag && norm_is_symbol(pass, root, '/') &&
                       (norm_touching_kind(pass, root + 1, NORM_WORD) ||
                        (norm_touching_symbol(pass, root + 1, '.') && norm_touching_kind(pass, root + 2, NORM_WORD)));
    const bool drive = norm_at(pass, i)->length == 1 && norm_touching_symbol(pass, i + 1, ':') &&
                       norm_touching_symbol(pass, i + 2, '\\');
    const size_t end = trimmed_end(pass, i);
    if (!slash && !drive)
        return norm_is_kind(pass, i, NORM_SYMBOL) ? 0 : file_name(pass, i, end);
    const size_t name = norm_is_symbol(pass, end - 2, '.') ? file_name(pass, i, end) : 0;
    if (name)
        return name;
    const size_t start = norm_at(pass, i)->offset;
    say_identifier(pass, pass->text + start, token_end(pass, end - 1) - start);
    return end - i;
}

/* End of a name of letters, digits and '_' from token i. */
static size_t name_end(const struct norm_pass *pass, size_t i)
{
    size_t end = i;
    while (
        end < i + 60 && (end == i || norm_touches(pass, end)) &&
        (norm_is_kind(pass, end, NORM_WORD) || norm_is_kind(pass, end, NORM_DIGITS) || norm_is_symbol(pass, end, '_')))
        end++;
    return end;
}

/* "@some_name", "#SomeTag", "#1". */
size_t norm_rule_handle(struct norm_pass *pass, size_t i)
{
    const bool at = norm_is_symbol(pass, i, '@'), hash = norm_is_symbol(pass, i, '#');
    if ((!at && !hash) || !is_head(pass, i) || !norm_touches(pass, i + 1))
        return 0;
    const size_t end = name_end(pass, i + 1);
    bool word = false;
    for (size_t k = i + 1; k < end; k++)
        word = word || norm_is_kind(pass, k, NORM_WORD);
    if (hash && !word && end == i + 2 && pass->lang->normaliser->number) { /* "#1" */
        norm_say(pass, pass->lang->normaliser->number);
        return 1;
    }
    if (!word || (hash && norm_is_kind(pass, i + 1, NORM_DIGITS)))
        return 0;
    norm_say(pass, at ? pass->lang->normaliser->at : pass->lang->normaliser->hashtag);
    norm_border(pass, i + 1);
    const size_t start = norm_at(pass, i + 1)->offset;
    say_identifier(pass, pass->text + start, token_end(pass, end - 1) - start);
    return end - i;
}

/* Words with capitals inside which aren't camelCase: "McDonald", "iPhone", "DeVito". */
static bool is_camel(const char *bytes, size_t n)
{
    static const char *const prefixes[] = {"Mc", "Mac", "De", "Le", "La", "Di", "Fitz", "Van", "Du", "Da"};
    size_t borders = 0, first = 0, capitals = 0;
    while (capitals < n && base_is_ascii_upper(bytes[capitals]))
        capitals++;
    if (n > 2 && capitals + 1 == n && bytes[n - 1] == 's') /* "LKWs" */
        return false;
    for (size_t i = 1; i < n; i++) {
        if ((unsigned char)bytes[i] >= 0x80 || bytes[i] == '\'')
            return false;
        if ((base_is_ascii_upper(bytes[i]) && is_small(bytes[i - 1])) ||
            (i + 1 < n && base_is_ascii_upper(bytes[i - 1]) && base_is_ascii_upper(bytes[i]) &&
             is_small(bytes[i + 1]))) {
            first = borders++ ? first : i;
        }
    }
    if (!borders || (borders == 1 && (first < 2 || n - first < 2)))
        return false;
    for (size_t k = 0; k < NORM_COUNT(prefixes); k++)
        if (borders == 1 && first == strlen(prefixes[k]) && memcmp(bytes, prefixes[k], first) == 0)
            return false;
    return true;
}

/* snake_case, __dunder__, _emphasis_, camelCase. */
size_t norm_rule_identifier(struct norm_pass *pass, size_t i)
{
    if (norm_is_kind(pass, i, NORM_SYMBOL) && !norm_is_symbol(pass, i, '_'))
        return 0;
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind == NORM_DIGITS && !norm_touching_symbol(pass, i + 1, '_'))
        return 0;
    if (token->kind == NORM_WORD && !norm_touching_symbol(pass, i + 1, '_') && !norm_touches(pass, i + 1)) {
        if (!is_camel(norm_text(pass, i), token->length))
            return 0;
        say_identifier(pass, norm_text(pass, i), token->length);
        return 1;
    }
    const size_t end = name_end(pass, i);
    bool underscore = false, word = false;
    for (size_t k = i; k < end; k++) {
        underscore = underscore || norm_is_symbol(pass, k, '_');
        word = word || !norm_is_symbol(pass, k, '_');
    }
    if (!word || !underscore) {
        if (token->kind != NORM_WORD || !is_camel(norm_text(pass, i), token->length))
            return 0;
        say_identifier(pass, norm_text(pass, i), token->length);
        return 1;
    }
    for (size_t k = i; k < end; k++)
        if (!norm_is_symbol(pass, k, '_'))
            say_identifier(pass, norm_text(pass, k), norm_at(pass, k)->length);
    return end - i;
}
