/* SSML into documents: tests/data/ssml (NAME.ssml beside NAME.expected; NAME.lenient.ssml is read leniently), and what
 * no table holds: sizes, memory that runs out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/utf8.h"
#include "tests/support/ssml_dump.h"
#include <dirent.h>

#define FOLDER "tests/data/ssml"
#define MAX_FILE 65536

/* The content of a file, NUL-terminated, to be freed; *size without the NUL. */
static char *read_file(const char *path, size_t *size)
{
    FILE *const file = fopen(path, "r");
    char *const content = malloc(MAX_FILE + 1);
    if (!file || !content)
        fail_msg("cannot open %s (run from the top folder)", path);
    *size = fread(content, 1, MAX_FILE, file);
    assert_true(*size < MAX_FILE);
    content[*size] = '\0';
    fclose(file);
    return content;
}

/* One NAME.ssml; 1 when it isn't as expected. */
static int check_case(const char *name, struct fe_document *doc)
{
    static struct dump found;
    char path[512];
    size_t size, expected_size;
    snprintf(path, sizeof path, FOLDER "/%s", name);
    char *const markup = read_file(path, &size);
    memcpy(strrchr(path, '.'), ".expected", sizeof ".expected");
    char *const expected = read_file(path, &expected_size);
    dump_markup(&found, doc, markup, size, strstr(name, ".lenient") != NULL);
    const int wrong = strcmp(found.text, expected) != 0;
    if (wrong)
        print_error("%s:\n%s  expected:\n%s  got:\n%s\n", name, markup, expected, found.text);
    free(markup);
    free(expected);
    return wrong;
}

static void documents_are_as_expected(void **state)
{
    DIR *const folder = opendir(FOLDER);
    struct fe_document doc = {0};
    int cases = 0, wrong = 0;
    (void)state;
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));) {
        const size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 5, ".ssml") != 0)
            continue;
        wrong += check_case(entry->d_name, &doc);
        cases++;
    }
    closedir(folder);
    fe_document_free(&doc);
    assert_int_equal(wrong, 0);
    assert_true(cases >= 80);
}

/* `head`, `body` until there are `size` bytes, `tail`; to be freed. */
static char *repeat(const char *head, const char *body, const char *tail, size_t size, size_t *length)
{
    const size_t n_body = strlen(body);
    char *const text = malloc(strlen(head) + size + n_body + strlen(tail) + 1);
    assert_non_null(text);
    size_t n = (size_t)sprintf(text, "%s", head);
    while (n < size) {
        memcpy(text + n, body, n_body);
        n += n_body;
    }
    n += (size_t)sprintf(text + n, "%s", tail);
    *length = n;
    return text;
}

/* The status that a large document ends with. */
static int parse_large(const char *head, const char *body, const char *tail, size_t size, bool lenient,
                       struct base_error *err)
{
    const struct voice_meta meta = test_meta("en-us");
    struct fe_document doc = {0};
    struct phone_map *map = NULL;
    size_t length;
    char *const text = repeat(head, body, tail, size, &length);
    err->text[0] = '\0';
    assert_int_equal(fe_map_open(&map, &meta, err), LINNET_OK);
    const struct ssml_settings settings = {
        .map = map, .espeak_voice = "en-us", .gender = "female", .pitch = {200, 12}, .lenient = lenient};
    const int status = ssml_parse(&doc, text, length, &settings, err);
    assert_true(doc.text.bytes.length <= FE_DOCUMENT_MAX_TEXT + LINNET_SSML_MAX_BYTES);
    fe_document_free(&doc);
    fe_map_close(&map);
    free(text);
    return status;
}

static void size_is_bounded(void **state)
{
    struct base_error err;
    (void)state;
    assert_int_equal(parse_large("<speak>", "word ", "</speak>", (size_t)15 << 20, false, &err), LINNET_OK);
    assert_int_equal(parse_large("<speak>", "word ", "</speak>", (size_t)17 << 20, false, &err), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(err.text, "at most 16777216"));
    assert_int_equal(parse_large("<speak>", "word ", "</speak>", (size_t)17 << 20, true, &err), LINNET_ERR_SYNTAX);
}

static void much_of_anything_ends(void **state)
{
    static const char *const bodies[] = {"<mark name='m'/>",
                                         "<break/>",
                                         "<p>",
                                         "<!--",
                                         "<![CDATA[",
                                         "&amp;",
                                         "&",
                                         "<a ",
                                         "<a b='",
                                         "<prosody rate='+1%'>x</prosody>",
                                         "<s/>",
                                         "]]>",
                                         "<!",
                                         "</p>",
                                         "<lang xml:lang='de'/>"};
    struct base_error err;
    (void)state;
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        const int strict = parse_large("<speak>", bodies[i], "</speak>", (size_t)1 << 20, false, &err);
        assert_true(strict == LINNET_OK || strict == LINNET_ERR_SYNTAX);
        assert_true(strict == LINNET_OK || strstr(err.text, "line 1, column "));
        assert_int_equal(parse_large("<speak>", bodies[i], "</speak>", (size_t)1 << 20, true, &err), LINNET_OK);
    }
}

static void say_as_cannot_grow_without_end(void **state)
{
    struct base_error err;
    char body[900];
    const char head[] = "<say-as interpret-as='characters'>", tail[] = "</say-as>";
    (void)state;
    memset(body, '\\', sizeof body);
    memcpy(body, head, sizeof head - 1);
    memcpy(body + sizeof body - sizeof tail, tail, sizeof tail);
    assert_int_equal(parse_large("<speak>", body, "</speak>", (size_t)15 << 20, false, &err), LINNET_ERR_SYNTAX);
    assert_non_null(strstr(err.text, "grows beyond"));
}

static void memory_may_run_out(void **state)
{
    static const char markup[] =
        "<speak xml:lang='en'>a <mark name='m'/><prosody contour='(0%,+2st)' rate='slow'>b <break/></prosody>"
        "<sub alias='c'>d</sub><say-as interpret-as='ordinal'>3</say-as><phoneme ph='e'>f</phoneme>"
        "<lang xml:lang='de'>g</lang>&amp;<say-as interpret-as='telephone'>555</say-as></speak>";
    (void)state;
    for (int lenient = 0; lenient < 2; lenient++) {
        int status = LINNET_ERR_MEMORY;
        for (long n = 1; status == LINNET_ERR_MEMORY; n++) {
            const struct voice_meta meta = test_meta("en-us");
            struct fe_document doc = {0};
            struct phone_map *map = NULL;
            struct base_error err = {""};
            assert_int_equal(fe_map_open(&map, &meta, &err), LINNET_OK);
            const struct ssml_settings settings = {
                .map = map, .espeak_voice = "en-us", .gender = "female", .pitch = {200, 12}, .lenient = lenient};
            base_alloc_fail_at(n);
            status = ssml_parse(&doc, markup, sizeof markup - 1, &settings, &err);
            base_alloc_fail_at(0);
            assert_true(status == LINNET_OK || status == LINNET_ERR_MEMORY);
            assert_true(status == LINNET_OK || strstr(err.text, "out of memory"));
            fe_document_free(&doc);
            fe_map_close(&map);
            assert_true(n < 1000);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_as_expected), cmocka_unit_test(size_is_bounded),
        cmocka_unit_test(much_of_anything_ends),     cmocka_unit_test(say_as_cannot_grow_without_end),
        cmocka_unit_test(memory_may_run_out),
    };
    return cmocka_run_group_tests_name("ssml", tests, NULL, NULL);
}
