/* Abbreviations in Chinese text are English ones; their dots don't end sentences. */
#include "normalize_zh.h"

static const struct abbreviation rows[] = {
    {"mr", "mister", ABBR_BEFORE_NAME, DOT_GOES_ON},  {"mrs", "missus", ABBR_BEFORE_NAME, DOT_GOES_ON},
    {"dr", "doctor", ABBR_BEFORE_NAME, DOT_GOES_ON},  {"vs", "对", ABBR_ALWAYS | ABBR_BARE, DOT_GOES_ON},
    {"no", "number", ABBR_BEFORE_NUMBER, DOT_NUMBER}, {"ms|prof|st|fig|vol|p|pp", NULL, 0, DOT_GOES_ON},
    {"inc|ltd|co|etc", NULL, 0, DOT_EITHER},
};

const struct abbreviations zh_abbreviations = {.rows = rows, .n_rows = NORM_COUNT(rows)};

const struct sentence_words zh_sentences = {
    .starters = "",
    .unfinished = "dr|mr|mrs",
    .time_words = "",
    .joints = "和|而|但|但是|因为|所以|并且|或者|如果|然后",
    .no_names = "",
    .letters = "",
    .lines = true,
};
