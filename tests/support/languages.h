/* The languages that the front end knows, for tests that run their tables. */
#ifndef LINNET_TEST_LANGUAGES_H
#define LINNET_TEST_LANGUAGES_H

#include "frontend/language/language.h"
#include <stdio.h>
#include <string.h>

/* A row of the table of languages. Tables of tests lie in folders or files that are named after the language alone,
 * "en", and are for the first of its rows, "en-us". */
struct test_language {
    const struct language *language;
    char tag[16], name[16]; /* "en-us", "en" */
};

#define TEST_LANGUAGE_ADDRESS(name) &language_##name,
static const struct language *const language_rows[] = {LANGUAGES(TEST_LANGUAGE_ADDRESS)};
#undef TEST_LANGUAGE_ADDRESS
#define LANGUAGE_ROWS (sizeof language_rows / sizeof *language_rows)

/* Fills in row `i`; false: an earlier one is of the same language. */
static inline bool test_language(size_t i, struct test_language *one)
{
    const char *const tags = language_rows[i]->tags;
    one->language = language_rows[i];
    snprintf(one->tag, sizeof one->tag, "%.*s", (int)strcspn(tags, "|"), tags);
    snprintf(one->name, sizeof one->name, "%.*s", (int)strcspn(tags, "|-"), tags);
    for (size_t k = 0; k < i; k++)
        if (language_same(language_rows[k]->tags, one->name))
            return false;
    return true;
}

#endif
