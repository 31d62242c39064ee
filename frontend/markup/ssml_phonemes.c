/* X-SAMPA (J. C. Wells, 1995) and espeak-ng's mnemonics -> IPA, by tables: the longest entry that fits comes first. */
#include "ssml_phonemes.h"

#include <string.h>

struct symbol {
    const char *typed, *ipa;
};

static const struct symbol x_sampa[] = {
    {"a", "a"},         {"b", "b"},        {"b_<", "\u0253"}, {"c", "c"},        {"d", "d"},        {"d`", "\u0256"},
    {"d_<", "\u0257"},  {"e", "e"},        {"f", "f"},        {"g", "\u0261"},   {"g_<", "\u0260"}, {"h", "h"},
    {"h\\", "\u0266"},  {"i", "i"},        {"j", "j"},        {"j\\", "\u029D"}, {"k", "k"},        {"l", "l"},
    {"l`", "\u026D"},   {"l\\", "\u027A"}, {"m", "m"},        {"n", "n"},        {"n`", "\u0273"},  {"o", "o"},
    {"p", "p"},         {"p\\", "\u0278"}, {"q", "q"},        {"r", "r"},        {"r`", "\u027D"},  {"r\\", "\u0279"},
    {"r\\`", "\u027B"}, {"s", "s"},        {"s`", "\u0282"},  {"s\\", "\u0255"}, {"t", "t"},        {"t`", "\u0288"},
    {"u", "u"},         {"v", "v"},        {"v\\", "\u028B"}, {"P", "\u028B"},   {"w", "w"},        {"x", "x"},
    {"x\\", "\u0267"},  {"y", "y"},        {"z", "z"},        {"z`", "\u0290"},  {"z\\", "\u0291"}, {"A", "\u0251"},
    {"B", "\u03B2"},    {"B\\", "\u0299"}, {"C", "\u00E7"},   {"D", "\u00F0"},   {"E", "\u025B"},   {"F", "\u0271"},
    {"G", "\u0263"},    {"G\\", "\u0262"}, {"H", "\u0265"},   {"H\\", "\u029C"}, {"I", "\u026A"},   {"I\\", "\u1D7B"},
    {"J", "\u0272"},    {"J\\", "\u025F"}, {"K", "\u026C"},   {"K\\", "\u026E"}, {"L", "\u028E"},   {"L\\", "\u029F"},
    {"M", "\u026F"},    {"M\\", "\u0270"}, {"N", "\u014B"},   {"N\\", "\u0274"}, {"O", "\u0254"},   {"Q", "\u0252"},
    {"R", "\u0281"},    {"R\\", "\u0280"}, {"S", "\u0283"},   {"T", "\u03B8"},   {"U", "\u028A"},   {"U\\", "\u1D7F"},
    {"V", "\u028C"},    {"W", "\u028D"},   {"X", "\u03C7"},   {"X\\", "\u0127"}, {"Y", "\u028F"},   {"Z", "\u0292"},
    {"\"", "\u02C8"},   {"%", "\u02CC"},   {":", "\u02D0"},   {":\\", "\u02D1"}, {"@", "\u0259"},   {"@`", "\u025A"},
    {"@\\", "\u0258"},  {"{", "\u00E6"},   {"}", "\u0289"},   {"1", "\u0268"},   {"2", "\u00F8"},   {"3", "\u025C"},
    {"3`", "\u025A"},   {"3\\", "\u025E"}, {"4", "\u027E"},   {"5", "\u026B"},   {"6", "\u0250"},   {"7", "\u0264"},
    {"8", "\u0275"},    {"9", "\u0153"},   {"&", "\u0276"},   {"?", "\u0294"},   {"?\\", "\u0295"}, {"=", "\u0329"},
    {"_=", "\u0329"},   {"~", "\u0303"},   {"_~", "\u0303"},  {"'", "\u02B2"},   {"_j", "\u02B2"},  {"_h", "\u02B0"},
    {"_w", "\u02B7"},   {"_0", ""},        {"_v", ""},        {"_d", ""},        {".", ""},         {"-", ""},
    {"|", ""},          {"_", ""},         {" ", " "},        {NULL, NULL},
};

/* Those of English and the common ones of other languages; "#", "2" and the like only tell variants apart. */
static const struct symbol espeak[] = {
    {"'", "\u02C8"},
    {",", "\u02CC"},
    {":", "\u02D0"},
    {"%", ""},
    {"=", ""},
    {"_", ""},
    {"|", ""},
    {"||", " "},
    {" ", " "},
    {"@", "\u0259"},
    {"@2", "\u0259"},
    {"@5", "\u0259"},
    {"@L", "\u0259l"},
    {"3", "\u025A"},
    {"3:", "\u025C\u02D0"},
    {"a", "\u00E6"},
    {"aa", "\u00E6"},
    {"a#", "\u0250"},
    {"A", "\u0251"},
    {"A:", "\u0251\u02D0"},
    {"A@", "\u0251\u02D0\u0279"},
    {"aI", "a\u026A"},
    {"aI@", "a\u026A\u0259"},
    {"aI3", "a\u026A\u025A"},
    {"aU", "a\u028A"},
    {"aU@", "a\u028A\u0259"},
    {"0", "\u0252"},
    {"E", "\u025B"},
    {"e", "e"},
    {"e@", "\u025B\u0279"},
    {"eI", "e\u026A"},
    {"I", "\u026A"},
    {"I2", "\u026A"},
    {"I#", "\u1D7B"},
    {"i", "i"},
    {"i:", "i\u02D0"},
    {"i@", "i\u0259"},
    {"i@3", "\u026A\u0279"},
    {"O", "\u0254"},
    {"O:", "\u0254\u02D0"},
    {"O@", "\u0254\u02D0\u0279"},
    {"o@", "\u0254\u02D0\u0279"},
    {"OI", "\u0254\u026A"},
    {"o", "o"},
    {"oU", "o\u028A"},
    {"U", "\u028A"},
    {"U@", "\u028A\u0279"},
    {"u", "u"},
    {"u:", "u\u02D0"},
    {"V", "\u028C"},
    {"y", "y"},
    {"Y", "\u00F8"},
    {"W", "\u0153"},
    {"b", "b"},
    {"d", "d"},
    {"dZ", "d\u0292"},
    {"D", "\u00F0"},
    {"f", "f"},
    {"g", "\u0261"},
    {"h", "h"},
    {"j", "j"},
    {"k", "k"},
    {"l", "l"},
    {"l-", "l\u0329"},
    {"m", "m"},
    {"m-", "m\u0329"},
    {"n", "n"},
    {"n-", "n\u0329"},
    {"N", "\u014B"},
    {"p", "p"},
    {"r", "\u0279"},
    {"r-", "\u0279"},
    {"R", "r"},
    {"s", "s"},
    {"S", "\u0283"},
    {"t", "t"},
    {"t2", "t"},
    {"t#", "\u027E"},
    {"*", "\u027E"},
    {"tS", "t\u0283"},
    {"T", "\u03B8"},
    {"v", "v"},
    {"w", "w"},
    {"x", "x"},
    {"C", "\u00E7"},
    {"z", "z"},
    {"Z", "\u0292"},
    {"?", "\u0294"},
    {"n^", "\u0272"},
    {"l^", "\u028E"},
    {"Q", "\u0263"},
    {"B", "\u03B2"},
    {"ts", "ts"},
    {"pF", "pf"},
    {NULL, NULL},
};

static const struct symbol *find_longest(const struct symbol *symbols, const char *text, size_t *length)
{
    const struct symbol *found = NULL;
    *length = 0;
    for (; symbols->typed; symbols++) {
        const size_t n = strlen(symbols->typed);
        if (n > *length && strncmp(text, symbols->typed, n) == 0) {
            found = symbols;
            *length = n;
        }
    }
    return found;
}

bool ssml_alphabet(const char *name, enum ssml_alphabet *alphabet)
{
    static const struct {
        const char *name;
        enum ssml_alphabet alphabet;
    } names[] = {{"ipa", SSML_IPA},           {"x-sampa", SSML_X_SAMPA}, {"X-SAMPA", SSML_X_SAMPA},
                 {"xsampa", SSML_X_SAMPA},    {"espeak", SSML_ESPEAK},   {"x-espeak", SSML_ESPEAK},
                 {"x-espeak-ng", SSML_ESPEAK}};
    *alphabet = SSML_IPA;
    for (size_t i = 0; name && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0) {
            *alphabet = names[i].alphabet;
            return true;
        }
    }
    return !name;
}

bool ssml_to_ipa(enum ssml_alphabet alphabet, const char *phonemes, struct base_buffer *ipa, bool *known)
{
    base_buffer_cut(ipa, 0);
    *known = true;
    if (alphabet == SSML_IPA)
        return base_buffer_add(ipa, phonemes, strlen(phonemes));
    while (*phonemes) {
        size_t length;
        const struct symbol *const symbol =
            find_longest(alphabet == SSML_X_SAMPA ? x_sampa : espeak, phonemes, &length);
        if (!symbol) {
            *known = false;
            return true;
        }
        if (!base_buffer_add(ipa, symbol->ipa, strlen(symbol->ipa)))
            return false;
        phonemes += length;
    }
    return base_buffer_add(ipa, "", 0);
}
