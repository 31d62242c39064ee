/* The search path of voices, on a tree of empty files in a temporary folder. */
#include "voice/voice_choose.h"
#include "voice/voice_find.h"

#include "base/alloc.h"
#include "tests/support/voice_builder.h"
#include "linnet.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct tree {
    char root[32];
    char back[1024];
};

static const char *const folders[] = {"one", "two", "voices", "xdg", "xdg/linnet", "xdg/linnet/voices"};
static const char *const files[] = {
    "two/b.gguf",    "one/c.gguf", "two/c.gguf",           "voices/d.gguf", "xdg/linnet/voices/e.gguf",
    "two/notes.txt", "two/.gguf",  "voices/linnet-en.gguf"};

static int make_tree(void **state)
{
    static struct tree tree; /* one group, one tree */
    strcpy(tree.root, "/tmp/linnet-test-XXXXXX");
    if (!getcwd(tree.back, sizeof tree.back) || !mkdtemp(tree.root) || chdir(tree.root) != 0)
        return -1;
    for (size_t i = 0; i < sizeof folders / sizeof folders[0]; i++)
        if (mkdir(folders[i], 0700) != 0)
            return -1;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        const int fd = open(files[i], O_CREAT | O_WRONLY, 0600);
        if (fd < 0)
            return -1;
        close(fd);
    }
    char xdg[64];
    snprintf(xdg, sizeof xdg, "%s/xdg", tree.root);
    setenv("XDG_DATA_HOME", xdg, 1);
    setenv("LINNET_VOICE_PATH", ":missing:one::two", 1);
    *state = &tree;
    return 0;
}

static int remove_tree(void **state)
{
    const struct tree *const tree = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        unlink(files[i]);
    for (size_t i = sizeof folders / sizeof folders[0]; i-- > 0;)
        rmdir(folders[i]);
    return chdir(tree->back) != 0 || rmdir(tree->root) != 0;
}

static void finds_in_order(void **state)
{
    (void)state;
    static const struct {
        const char *voice, *path; /* path: the end of it */
    } cases[] = {
        {"c", "one/c.gguf"},
        {"b", "two/b.gguf"},
        {"d", "./voices/d.gguf"},
        {"e", "/xdg/linnet/voices/e.gguf"},
        {NULL, "/voices/linnet-en.gguf"},
        {"any/where", "any/where"},
        {"here.gguf", "here.gguf"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char path[256];
        assert_int_equal(voice_find(path, sizeof path, cases[i].voice, NULL), LINNET_OK);
        assert_true(strlen(path) >= strlen(cases[i].path));
        assert_string_equal(path + strlen(path) - strlen(cases[i].path), cases[i].path);
    }
}

static void says_where_it_looked(void **state)
{
    (void)state;
    char path[256];
    struct base_error err = {""};
    assert_int_equal(voice_find(path, sizeof path, "nobody", &err), LINNET_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "no nobody.gguf in missing, one, two, "));
    assert_non_null(strstr(err.text, "/xdg/linnet/voices, "));
    const char *const last = strstr(err.text, ", ./voices");
    assert_true(last && !last[strlen(", ./voices")]); /* what lies in the current folder comes last */
    setenv("LINNET_VOICE_PATH", "one:-:two", 1);
    assert_int_equal(voice_find(path, sizeof path, "b", &err), LINNET_ERR_NOT_FOUND);
    assert_non_null(strstr(err.text, "no b.gguf in one"));
    assert_null(strstr(err.text, "voices"));
    assert_int_equal(voice_choose(path, sizeof path, NULL, &err), LINNET_ERR_NOT_FOUND);
    setenv("LINNET_VOICE_PATH", ":missing:one::two", 1);
    assert_int_equal(voice_find(path, sizeof path, "", &err), LINNET_ERR_ARGUMENT);
    assert_int_equal(voice_find(path, 8, "long/path", &err), LINNET_ERR_ARGUMENT);
    char name[1000];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    assert_int_equal(voice_find(path, sizeof path, name, &err), LINNET_ERR_NOT_FOUND);
}

static void lists_each_once(void **state)
{
    (void)state;
    static const char *const expected[] = {"b", "c", "d", "e", "linnet-en"};
    struct voice_list list;
    assert_int_equal(voice_list_all(&list, NULL), LINNET_OK);
    size_t seen = 0;
    for (size_t i = 0; i < list.count; i++) { /* a system-wide folder may have more */
        assert_true(i == 0 || strcmp(list.entries[i - 1].name, list.entries[i].name) < 0);
        if (seen < 5 && strcmp(list.entries[i].name, expected[seen]) == 0)
            seen++;
        if (strcmp(list.entries[i].name, "c") == 0)
            assert_string_equal(list.entries[i].path, "one/c.gguf");
    }
    assert_int_equal(seen, 5);
    voice_list_free(&list);
    assert_int_equal(list.count, 0);
}

static void listing_survives_failing_allocations(void **state)
{
    (void)state;
    int status = LINNET_ERR_MEMORY;
    for (long n = 1; status != LINNET_OK; n++) {
        struct voice_list list;
        base_alloc_fail_at(n);
        status = voice_list_all(&list, NULL);
        base_alloc_fail_at(0);
        assert_true(status == LINNET_OK ? n > 15 : status == LINNET_ERR_MEMORY);
        voice_list_free(&list);
    }
}

/* ---- by what a voice is ------------------------------------------------------------------------------------------ */

/* Writes a voice of this language and gender. */
static void write_voice(const char *path, const char *language, const char *gender)
{
    static const uint64_t dims[] = {1};
    static const float one = 1;
    struct voice_builder b;
    size_t size;
    vb_init(&b);
    vb_valid_keys(&b, "linnet.language linnet.gender");
    vb_string(&b, "linnet.language", language);
    vb_string(&b, "linnet.gender", gender);
    vb_tensor(&b, "a", 0, dims, 1, &one, sizeof one);
    uint8_t *const data = vb_finish(&b, &size);
    FILE *const file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(data, 1, size, file), size);
    fclose(file);
    free(data);
    vb_free(&b);
}

static void chooses_by_language_and_gender(void **state)
{
    (void)state;
    static const char *const voices[][3] = {{"a-gb", "en-GB", "male"},        {"a-us", "en-US", "male"},
                                            {"linnet-en", "en-US", "female"}, {"x-de", "de-DE", "female"},
                                            {"x-pt", "pt-BR", "male"},        {"y-de", "de-AT", "male"},
                                            {"z-zh", "zh-CN", "female"}};
    static const char *const cases[][2] = {
        {"en", "linnet-en"},
        {"EN", "linnet-en"},
        {"en-US", "linnet-en"},
        {"en_us.UTF-8", "linnet-en"},
        {"en-GB", "a-gb"},
        {"en-AU", "linnet-en"},
        {"en+m1", "a-gb"},
        {"en-US+m3", "a-us"},
        {"en+f2", "linnet-en"},
        {"de", "x-de"},
        {"de-at", "y-de"},
        {"de+m1", "y-de"},
        {"de-CH", "x-de"},
        {"pt", "x-pt"},
        {"pt_PT", "x-pt"},
        {"male", "a-gb"},
        {"Female", "linnet-en"},
        {"x-pt", "x-pt"},
        {"zh", "z-zh"},
        {"cmn", "z-zh"},
        {"cmn-Hans", "z-zh"},
        {"CMN_CN.UTF-8", "z-zh"},
        {"cmnx", NULL},
        {"fr", NULL},
        {"deutsch", NULL},
        {"q", NULL},
        {"de fr", NULL},
        {"en+", "linnet-en"},
        {"+m", NULL},
    };
    char path[256], wanted[64];
    assert_int_equal(mkdir("choice", 0700), 0);
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++) {
        snprintf(path, sizeof path, "choice/%s.gguf", voices[i][0]);
        write_voice(path, voices[i][1], voices[i][2]);
    }
    setenv("LINNET_VOICE_PATH", "choice:-", 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const int status = voice_choose(path, sizeof path, cases[i][0], NULL);
        assert_int_equal(status, cases[i][1] ? LINNET_OK : LINNET_ERR_NOT_FOUND);
        if (!cases[i][1])
            continue;
        snprintf(wanted, sizeof wanted, "choice/%s.gguf", cases[i][1]);
        assert_string_equal(path, wanted);
    }
    setenv("LINNET_VOICE_PATH", ":missing:one::two", 1);
    for (size_t i = 0; i < sizeof voices / sizeof voices[0]; i++) {
        snprintf(path, sizeof path, "choice/%s.gguf", voices[i][0]);
        unlink(path);
    }
    assert_int_equal(rmdir("choice"), 0);
    /* No wish at all is the default voice, or that there is none. */
    assert_int_equal(voice_choose(path, sizeof path, NULL, NULL), voice_find(path, sizeof path, NULL, NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_in_order),
        cmocka_unit_test(says_where_it_looked),
        cmocka_unit_test(lists_each_once),
        cmocka_unit_test(chooses_by_language_and_gender),
        cmocka_unit_test(listing_survives_failing_allocations),
    };
    return cmocka_run_group_tests(tests, make_tree, remove_tree);
}
