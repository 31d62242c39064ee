/* Expressions of dictionaries: what they match, compared with glibc's regcomp() too, and that nothing takes long. */
#include "frontend/dictionary/expression.h"

#include "base/alloc.h"
#include "linnet.h"
#include <regex.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include <cmocka.h>

#define ENOUGH ((size_t)1 << 20)

static struct fe_expression *compile(const char *pattern, bool any_case)
{
    struct fe_expression *e;
    struct base_error err = {""};
    if (fe_expression_compile(&e, pattern, strlen(pattern), any_case, &err) != LINNET_OK)
        fail_msg("/%s/: %s", pattern, err.text);
    return e;
}

/* "start-end" of the match and of each group that took part, or "-". */
static const char *matched(const char *pattern, const char *text, bool any_case)
{
    static char shown[256];
    struct fe_expression *const e = compile(pattern, any_case);
    struct fe_span groups[FE_GROUPS];
    size_t effort = ENOUGH, used = 0;
    strcpy(shown, "-");
    if (fe_expression_find(e, text, strlen(text), 0, groups, &effort))
        for (size_t i = 0; i <= fe_expression_groups(e) && i < FE_GROUPS; i++)
            if (groups[i].start <= groups[i].end)
                used += (size_t)snprintf(shown + used, sizeof shown - used, "%s%zu-%zu", used ? " " : "",
                                         groups[i].start, groups[i].end);
    fe_expression_free(e);
    return shown;
}

static void matches(void **state)
{
    (void)state;
    static const struct {
        const char *pattern, *text, *expected;
    } cases[] = {
        {"a|ab", "xab", "1-3"},
        {"(a|ab)(c|bcd)(d*)", "abcd", "0-4 0-1 1-4 4-4"}, /* the longest; which group has what is Perl's */
        {"x*", "abxx", "2-4"},
        {"[]a]+", "]a]b", "0-3"},
        {"[^]a]", "]ab", "2-3"},
        {"[\\d]+", "x\\d1", "1-3"},
        {"[a-]+", "b-a-", "1-4"},
        {"[[:alpha:]]+",
         "1\xC3\xA9"
         "a",
         "1-4"},
        {"[[:digit:]]+",
         "\xD9\xA3"
         "12",
         "2-4"},
        {"[[.-.][=a=]]+", "xa-a", "1-4"},
        {"[\xC3\xA0-\xC3\xBC]", "a\xC3\xA9", "1-3"},
        {"\\<cat\\>", "concat cat", "7-10"},
        {"\\bcat\\B", "cat cats", "4-7"},
        {"a{2,3}", "aaaa", "0-3"},
        {"a{,2}b", "aaab", "1-4"},
        {"(ab){2}", "ababab", "0-4 2-4"},
        {"a+?", "aaa", "0-3"},
        {"a++b", "aab", "0-3"},
        {"(ab*)+", "abab", "0-4 2-4"},
        {"ba+*c", "baac bc", "0-4"},
        {"^b|a$", "aba", "2-3"},
        {"a$", "a\n", "-"},
        {".", "\n", "0-1"},
        {"[^a]", "\n", "0-1"},
        {"\\.\\/\\x", "./x", "0-3"},
        {"a}]", "a}]", "0-3"},
        {"()a(|b)", "ab", "0-2 0-0 1-2"},
        {"\\w+\\s\\W", "ab  c", "0-4"},
        {"\\d+px", "a12px", "1-5"},
        {"(\\?)", "a?", "1-2 1-2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const found = matched(cases[i].pattern, cases[i].text, false);
        if (strcmp(found, cases[i].expected) != 0)
            fail_msg("/%s/ in '%s': %s, expected %s", cases[i].pattern, cases[i].text, found, cases[i].expected);
    }
    assert_string_equal(matched("\xC3\xA9T\xC3\x89", "\xC3\x89t\xC3\xA9", true), "0-5");
    assert_string_equal(matched("[a-c]+", "xABC", true), "1-4");
}

static void refuses(void **state)
{
    (void)state;
    static const char *const patterns[] = {
        "(",
        ")",
        "a(b",
        "[",
        "[a",
        "[[:alpha:]",
        "[[:nothing:]]",
        "[[.ab.]]",
        "[b-a]",
        "[a-[:alpha:]]",
        "*a",
        "a|*",
        "(?:a)",
        "(*UTF)",
        "a{",
        "a{x}",
        "a{2,1}",
        "a{99999}",
        "a{2",
        "a\\",
        "(a)\\1",
        "a{,}",
        "x{32767}{32767}{32767}",
        "((((((((x{9}){9}){9}){9}){9}){9}){9}){9})",
    };
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        struct fe_expression *e;
        struct base_error err = {""};
        if (fe_expression_compile(&e, patterns[i], strlen(patterns[i]), false, &err) != LINNET_ERR_SYNTAX || e ||
            !err.text[0])
            fail_msg("/%s/ isn't refused", patterns[i]);
    }
}

/* Random expressions and texts over three letters: glibc finds the same place. (Of a repeated group with an
 * anchor in it, it finds more than there is.) */
static unsigned next_random(unsigned *seed, unsigned n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % n;
}

static void random_pattern(char *out, unsigned *seed, int depth)
{
    static const char *const atoms[] = {"a", "b", "c", ".", "[ab]", "[^b]", "^", "$"};
    static const char *const repeats[] = {"*", "+", "?", "{2}", "{1,2}", "{0,}"};
    const unsigned n = 1 + next_random(seed, 3);
    for (unsigned i = 0; i < n; i++) {
        const bool group = depth > 0 && next_random(seed, 3) == 0;
        if (i > 0 && next_random(seed, 4) == 0)
            strcat(out, "|");
        const unsigned atom = next_random(seed, depth == 2 ? 8 : 6);
        if (group) {
            strcat(out, "(");
            random_pattern(out, seed, depth - 1);
            strcat(out, ")");
        } else {
            strcat(out, atoms[atom]);
        }
        if ((group || atom < 6) && next_random(seed, 3) == 0)
            strcat(out, repeats[next_random(seed, sizeof repeats / sizeof *repeats)]);
    }
}

static void finds_what_glibc_finds(void **state)
{
    (void)state;
    unsigned seed = 7;
    size_t n_matches = 0;
    for (int i = 0; i < 20000; i++) {
        char pattern[512] = "", text[16];
        regex_t theirs;
        regmatch_t place;
        random_pattern(pattern, &seed, 2);
        const unsigned length = next_random(&seed, 12);
        for (unsigned k = 0; k < length; k++)
            text[k] = "abc "[next_random(&seed, 4)];
        text[length] = '\0';
        if (regcomp(&theirs, pattern, REG_EXTENDED) != 0)
            continue;
        const bool found = regexec(&theirs, text, 1, &place, 0) == 0;
        struct fe_expression *const ours = compile(pattern, false);
        struct fe_span groups[FE_GROUPS];
        size_t effort = ENOUGH;
        const bool same = fe_expression_find(ours, text, length, 0, groups, &effort);
        /* An empty match is none of ours, so it looks on. */
        if (found && place.rm_eo > place.rm_so) {
            n_matches++;
            if (!same || groups[0].start != (size_t)place.rm_so || groups[0].end != (size_t)place.rm_eo)
                fail_msg("/%s/ in '%s': %d-%d, ours %d %zu-%zu", pattern, text, (int)place.rm_so, (int)place.rm_eo,
                         same, groups[0].start, groups[0].end);
        } else if (!found && same) {
            fail_msg("/%s/ in '%s': none, ours %zu-%zu", pattern, text, groups[0].start, groups[0].end);
        }
        fe_expression_free(ours);
        regfree(&theirs);
    }
    assert_true(n_matches > 5000);
}

static double cpu_seconds(void)
{
    return (double)clock() / CLOCKS_PER_SEC;
}

/* What strangers write: in little time and memory compiled or refused, matched or given up. */
static void nothing_takes_long(void **state)
{
    (void)state;
    static const char *const patterns[] = {"(((((((((((((((((((x+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+)+y",
                                           "(x*)*y",
                                           "(x|x|x|x)*y",
                                           "(x{1,9}){1,9}y",
                                           "x{0000032767}",
                                           "(.*)(.*)(.*)(.*)(.*)(.*)y",
                                           "(x+x+)+y",
                                           "((x?){1,999}){1,99}y",
                                           "(a|b|.)*(c|d|.)*(e|.)*z"};
    char text[5001];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        const double start = cpu_seconds();
        struct fe_expression *e;
        struct base_error err;
        struct fe_span groups[FE_GROUPS];
        size_t effort = ENOUGH;
        if (fe_expression_compile(&e, patterns[i], strlen(patterns[i]), false, &err) != LINNET_OK)
            continue;
        assert_false(fe_expression_find(e, text, sizeof text - 1, 0, groups, &effort));
        fe_expression_free(e);
        if (cpu_seconds() - start > 2)
            fail_msg("/%s/: %g s", patterns[i], cpu_seconds() - start);
    }
    getrusage(RUSAGE_SELF, &after);
    assert_true(after.ru_maxrss - before.ru_maxrss < 65536); /* kilobytes */
}

static void survives_failing_allocations(void **state)
{
    (void)state;
    static const char pattern[] = "(a|b)+?[[:alpha:]]{1,3}+";
    int status = LINNET_ERR_MEMORY;
    long n = 1;
    for (; status == LINNET_ERR_MEMORY && n < 100; n++) {
        struct fe_expression *e;
        struct base_error err;
        base_alloc_fail_at(n);
        status = fe_expression_compile(&e, pattern, strlen(pattern), false, &err);
        base_alloc_fail_at(0);
        assert_true((status == LINNET_OK) == (e != NULL));
        fe_expression_free(e);
    }
    assert_int_equal(status, LINNET_OK);
    assert_true(n > 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches),
        cmocka_unit_test(refuses),
        cmocka_unit_test(finds_what_glibc_finds),
        cmocka_unit_test(nothing_takes_long),
        cmocka_unit_test(survives_failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
