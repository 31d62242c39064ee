/* English words of capitals: acronyms said and spelled, shouted words, letters and digits mixed, single letters. */
#include "normalize_en.h"

#include <string.h>

/* ---- acronyms ---- */

/* Words with capitals and letters that are said otherwise. */
static const struct norm_entry fixed[] = {
    {"PhD", "P.H.D"},         {"MSc", "M.S.C"},          {"BSc", "B.S.C"},          {"LLB", "L.L.B"},
    {"LLM", "L.L.M"},         {"EdD", "E.D.D"},          {"\xCF\x80", "pi"},        {"BEd", "B Ed"},
    {"MPhil", "M Phil"},      {"DPhil", "D Phil"},       {"kWh", "kilowatt hour"},  {"pH", "P.H"},
    {"WWI", "World War one"}, {"WWII", "World War two"}, {"YoY", "year over year"}, {"QoQ", "quarter over quarter"}};

/* Said as words, or spelled by espeak-ng itself; everything else of capitals that can hardly be a word is spelled. */
static const char said_as_words[] = "nasa|nato|unesco|unicef|opec|nafta|asean|laser|radar|scuba|sonar|aids|fifa|nasdaq|"
                                    "covid|gif|jpeg|ram|rom|pin|sim|led|lol|"
                                    "yolo|fomo|swat|fema|epcot|gulag|interpol|ikea|lego|nascar|norad|nimby|potus|"
                                    "scotus|flotus|wasp|zip|basic|cobol|fortran|"
                                    "ascii|unix|linux|posix|jason|json|yaml|captcha|cern|darpa|osha|hipaa|ansi|bios|"
                                    "cmos|dos|gnu|ibex|vat|moma|hud|imax|tesol|"
                                    "toefl|gmat|lsat|mcat|acas|defra|ofsted|ofcom|wifi|saas|paas|ajax|sars|mers|naacp'"
                                    "s|aapl|afk|omg|brca|ftse|isbn|caricom|mercosur|ecowas|isis|daesh";

/* Spelled although they have vowels and could be words. */
static const char spelled[] =
    "ai|ui|ux|io|os|id|eu|uk|us|usa|un|uae|ussr|fbi|cia|irs|nsa|atm|api|url|uri|usb|cpu|gpu|"
    "iot|isp|ip|tv|pc|ceo|cfo|cto|coo|hr|"
    "pr|it|dna|rna|hiv|iq|eq|er|icu|mri|er|faq|diy|eta|fyi|asap|aka|bbc|cnn|nbc|abc|cbs|espn|"
    "ibm|mit|ucla|usc|nyu|mba|phd|rsvp|"
    "pdf|html|css|xml|sql|ascii's|ocr|ide|sdk|ios|usd|eur|gbp|oecd|imf|wto|ioc|uefa's|nba|"
    "nfl|nhl|mlb|ufo|vip|suv|gps|lcd|oled's|"
    "ac|dc|ad|bc|bce|ce|am|pm|gmt|utc|est|pst|cst|mst|edt|pdt|ok|la|dj|mc|mp|mep|md|ba|ma|"
    "bsc|ecg|eeg|ivf|iv|ira|ui|eda|eea|"
    "epa|fda|fcc|faa|sec|cdc|doj|dod|dhs|tsa|aclu|nra|aaa|aarp|apa|ama|iou|oj|op|pa|ga|qa|"
    "rpi|rpg|emt|edm|lgbt|ieee|iso's|iaea|"
    "imho|imo|ttyl|iirc|afaik|eod|eom|ytd|eps|ncaa|etf|etfs|"
    "ipv|ymca|ywca|hdmi|nyc|gpa|nypd|cet|cest|bst|ist|jst|aest|ngo|ceo|sql|aws|gui|ipa|ufc|ucl|uv|ir|rgb|ev|evs|ev'"
    "s|esg|ipo|roi|kpi|cv|bmi|adhd|ptsd|ocd|ied|icbm|uav|eda";

/* "PDFs", "CEO's": the letters and the ending. */
static size_t capitals_before_s(const struct norm_pass *pass, size_t i, bool *apostrophe)
{
    const struct norm_token *const token = norm_at(pass, i);
    const char *const text = norm_text(pass, i);
    size_t n = 0;
    while (n < token->length && text[n] >= 'A' && text[n] <= 'Z')
        n++;
    *apostrophe = token->length == n + 2 && text[n] == '\'' && text[n + 1] == 's';
    if (token->length == n + 4 && memcmp(text + n, "\xE2\x80\x99s", 4) == 0)
        *apostrophe = true;
    return n >= 2 && (*apostrophe || (token->length == n + 1 && text[n] == 's')) ? n : 0;
}

static bool in_list(const char *list, const char *letters, size_t n)
{
    while (*list) {
        const size_t length = strcspn(list, "|");
        size_t k = 0;
        while (k < length && length == n && (letters[k] | 0x20) == list[k])
            k++;
        if (length == n && k == n)
            return true;
        list += length + (list[length] == '|');
    }
    return false;
}

static bool is_consonant(char letter)
{
    return !strchr("aeiouy", letter | 0x20);
}

/* An English word can begin with these consonants, of two letters or more. */
static const char onsets[] =
    "bl|br|ch|chr|cl|cr|cz|dr|dw|fl|fr|gh|gl|gn|gr|kh|kl|kn|kr|ll|mc|mn|ph|phl|phr|pl|pr|ps|pt|qu|rh|sc|sch|scl|scr|"
    "sh|shr|sk|sl|sm|sn|sp|spl|spr|sq|squ|st|str|sv|sw|th|thr|thw|tr|ts|tw|vl|wh|wr|zh";
/* It can end with these. */
static const char codas[] =
    "bb|bs|bt|ch|ck|cks|cs|ct|cts|dd|ds|dst|dth|ff|ffs|fs|ft|fth|fts|gg|gh|ghs|ght|ghts|gn|gns|gs|ks|ld|lds|lf|lfs|"
    "lfth|lk|lks|ll|lls|lm|lms|ln|lp|lps|ls|lt|lth|lts|lve|mb|mbs|mm|mn|mns|mp|mph|mps|mpt|ms|mth|nc|nch|nd|nds|ng|"
    "ngs|ngth|nk|nks|nn|nns|ns|nst|nt|nth|nths|nts|nx|pf|ph|phs|pp|ps|pt|pth|pts|rb|rbs|rc|rch|rd|rds|rf|rfs|rg|rgh|"
    "rk|rks|rl|rld|rls|rm|rms|rmth|rn|rns|rp|rps|rr|rrs|rs|rsh|rst|rt|rth|rths|rts|rtz|rve|rz|sc|sch|sh|shr|sk|sks|sm|"
    "sms|sp|sps|ss|st|sts|tch|th|thm|ths|tt|tts|ts|tz|ws|wk|wks|wl|wls|wn|wns|wth|xt|xth|zz";

/* It begins or ends as no English word does: "TDAE", "OPCW". */
static bool is_clustered(const char *letters, size_t n)
{
    size_t first = 0, last = n;
    while (first < n && is_consonant(letters[first]))
        first++;
    while (last > 0 && is_consonant(letters[last - 1]))
        last--;
    return (first > 1 && !in_list(onsets, letters, first)) ||
           (n - last > 1 && !in_list(codas, letters + last, n - last));
}

static bool is_spelled(const char *letters, size_t n)
{
    return n >= 2 && n <= 5 && !in_list(said_as_words, letters, n) &&
           (norm_is_unspeakable(letters, n) || in_list(spelled, letters, n) || (n > 2 && is_clustered(letters, n)));
}

static bool is_small_word(const struct norm_pass *pass, size_t i)
{
    static const char small[] =
        "the|and|not|do|is|are|you|we|me|my|to|of|for|in|on|at|be|no|go|so|all|now|out|off|up|if|or|by|an|"
        "as|but|can|get|this|that|am|a|i|it|us|he|she|was|has|had|let|see|who|why|how|yes|your|new|any";
    return norm_in_list(pass, i, small);
}

/* A word of capitals that is surely shouted: four letters or more with a vowel, or a small word. */
static bool is_shouted_word(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind != NORM_WORD || !token->all_caps)
        return false;
    if (is_small_word(pass, i))
        return true;
    const char *const text = norm_text(pass, i);
    return token->length >= 4 && !norm_is_unspeakable(text, token->length) && !is_spelled(text, token->length) &&
           !norm_in_list(pass, i, said_as_words);
}

/* No word of the sentence has small letters, and there are some that are shouted: "STOP THE CAR NOW". */
static bool is_all_shouted(const struct norm_pass *pass, size_t i)
{
    enum { REACH = 30, FEW = 3 };
    size_t words = 0, shouted = 0;
    for (size_t k = i > REACH ? i - REACH : 0; k < pass->n_tokens && k < i + REACH; k++) {
        const struct norm_token *const token = norm_at(pass, k);
        if (token->kind != NORM_WORD)
            continue;
        for (size_t n = 0; n < token->length; n++)
            if (norm_text(pass, k)[n] >= 'a' && norm_text(pass, k)[n] <= 'z')
                return false;
        words++;
        shouted += is_shouted_word(pass, k);
    }
    return words >= FEW && shouted >= 2 && 2 * shouted >= words;
}

/* The words around are shouted: the one before or behind is in capitals and no acronym. */
static bool is_in_shouting(const struct norm_pass *pass, size_t i)
{
    size_t shouted = 0;
    for (size_t k = i > 3 ? i - 3 : 0; k <= i + 3; k++)
        if (k != i && is_shouted_word(pass, k) && norm_at(pass, k)->length > 1)
            shouted++;
    const bool around = (i && is_shouted_word(pass, i - 1) && norm_at(pass, i - 1)->length > 1) ||
                        (is_shouted_word(pass, i + 1) && norm_at(pass, i + 1)->length > 1);
    return around && shouted >= (is_shouted_word(pass, i) ? 1u : 2u);
}

static void say_lower(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    for (size_t k = 0; k < token->length; k++) {
        const char letter = norm_text(pass, i)[k],
                   lower = (char)(letter >= 'A' && letter <= 'Z' ? letter | 0x20 : letter);
        if (k)
            norm_join_bytes(pass, &lower, 1);
        else
            norm_say_bytes(pass, &lower, 1);
    }
}

void en_spell_plural(struct norm_pass *pass, const char *letters, size_t n)
{
    if (n == 2) { /* espeak-ng says "T.V's" with a dot in it */
        norm_spell(pass, letters, 1);
        norm_say_bytes(pass, letters + 1, 1);
    } else {
        norm_spell(pass, letters, n);
    }
    norm_join(pass, "'s");
}

/* The row of fixed[] for token i, perhaps with an "s" behind letters: "PhDs". */
static const struct norm_entry *find_fixed(const struct norm_pass *pass, size_t i, bool *plural)
{
    const size_t length = norm_at(pass, i)->length;
    for (size_t k = 0; k < NORM_COUNT(fixed); k++) {
        const size_t n = strlen(fixed[k].written);
        *plural = length == n + 1 && norm_text(pass, i)[n] == 's' && fixed[k].spoken[1] == '.';
        if ((*plural || length == n) && memcmp(norm_text(pass, i), fixed[k].written, n) == 0)
            return &fixed[k];
    }
    return NULL;
}

/* FBI, SQL, USA's, PDFs; NASA stays; WORDS IN CAPITALS are said as words. */
size_t en_rule_acronym(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const char *const text = norm_text(pass, i);
    bool apostrophe;
    if (i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '.'))
        return 0;
    bool plural;
    const struct norm_entry *const whole = find_fixed(pass, i, &plural);
    if (whole) {
        norm_say(pass, whole->spoken);
        norm_join(pass, plural ? "'s" : "");
        return 1;
    }
    const size_t n = capitals_before_s(pass, i, &apostrophe);
    if (n && is_spelled(text, n)) {
        en_spell_plural(pass, text, n);
        return 1;
    }
    if (n && (apostrophe || n > 3 || in_list(said_as_words, text, n))) { /* "GIFs", "NASA's": espeak-ng drops the "s" */
        say_lower(pass, i);
        return 1;
    }
    if (!token->all_caps || token->length < 2)
        return 0;
    const bool letters = is_spelled(text, token->length) && !is_small_word(pass, i);
    if ((is_shouted_word(pass, i) && is_in_shouting(pass, i)) || (!letters && is_all_shouted(pass, i))) {
        say_lower(pass, i);
        return 1;
    }
    const bool state =
        token->length == 2 && norm_is_kind(pass, i + 1, NORM_DIGITS) && norm_at(pass, i + 1)->length == 5;
    const bool joined =
        norm_touching_symbol(pass, i + 1, '&') || (i && norm_touches(pass, i) && norm_is_symbol(pass, i - 1, '&'));
    if (is_spelled(text, token->length) || (joined && token->length < 4) || state) { /* AT&T */
        norm_spell(pass, text, token->length);
        return 1;
    }
    return 0;
}

/* ---- letters and digits mixed ---- */

/* Digits inside a name: "747" seven forty-seven, "380" three eighty, "2000" two thousand. */
static void say_serial_digits(struct norm_pass *pass, const char *digits, size_t n)
{
    unsigned long value = 0;
    for (size_t k = 0; k < n && k < 5; k++)
        value = value * 10 + (unsigned long)(digits[k] - '0');
    if (n > 4 || (n > 1 && digits[0] == '0')) {
        norm_say_digits(pass, digits, n);
    } else if (n < 3 || value % 100 == 0) {
        norm_say_number(pass, value);
    } else {
        norm_say_number(pass, value / 100);
        en_pair(pass, value % 100);
    }
}

static void say_serial_letters(struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    const char *const text = norm_text(pass, i);
    if (token->length == 1 && (text[0] | 0x20) == 'a')
        norm_say(pass, pass->lang->letter_a);
    else if (token->length > 1 && token->length <= 6 &&
             (is_spelled(text, token->length) || (norm_is_unspeakable(text, token->length)) ||
              (token->all_caps && token->length <= 3 && !in_list(said_as_words, text, token->length))))
        norm_spell(pass, text, token->length);
    else
        norm_say_token(pass, i);
}

/* A hyphen, slash or dot inside a serial number. */
static bool is_serial_mark(const struct norm_pass *pass, size_t i)
{
    return norm_touching_symbol(pass, i, '-') && norm_touches(pass, i + 1);
}

/* End of the run of letters, digits and hyphens from token i; how many of each it has. */
static size_t serial_end(const struct norm_pass *pass, size_t i, size_t *words, size_t *numbers, size_t *longest)
{
    size_t end = i;
    *words = *numbers = *longest = 0;
    while (end < i + 20 && (end == i || norm_touches(pass, end))) {
        if (norm_is_kind(pass, end, NORM_WORD)) {
            ++*words;
            if (!norm_at(pass, end)->all_caps && norm_at(pass, end)->length > *longest)
                *longest = norm_at(pass, end)->length;
        } else if (norm_is_kind(pass, end, NORM_DIGITS)) {
            ++*numbers;
        } else if (!(end > i && is_serial_mark(pass, end))) {
            break;
        }
        end++;
    }
    return end;
}

/* "A4", "mp3", "COVID-19", "F-16", "B2B", "H2O", "R2-D2", "i7-9700K". */
size_t en_rule_serial(struct norm_pass *pass, size_t i)
{
    if (i && norm_touches(pass, i) &&
        !(norm_at(pass, i - 1)->codepoint < 0x80 && norm_is_kind(pass, i - 1, NORM_SYMBOL) &&
          strchr("([\"'/,:", (int)norm_at(pass, i - 1)->codepoint)))
        return 0;
    size_t words, numbers, longest;
    const size_t end = serial_end(pass, i, &words, &numbers, &longest);
    if (!words || !numbers || norm_touching_symbol(pass, end, '_') || norm_touching_symbol(pass, end, '@'))
        return 0;
    if (norm_is_kind(pass, i, NORM_DIGITS)) {
        /* "5kg", "3rd", "7am", "10-year" aren't serial numbers; "3D", "4x4", "2B" are. */
        const bool hyphen = norm_touching_symbol(pass, i + 1, '-');
        if (hyphen || !norm_is_kind(pass, i + 1, NORM_WORD) || !norm_at(pass, i + 1)->capital || longest > 2 ||
            en_unit_length(pass, i + 1))
            return 0;
    } else if (norm_touching_symbol(pass, i + 1, '-') && !norm_at(pass, i)->all_caps) {
        return 0; /* "mid-1990s", "pre-2000" */
    } else if (norm_at(pass, i)->lower && norm_at(pass, i)->length > 3) {
        return 0;
    }
    if (norm_in_list(pass, i, "utc|gmt") || norm_touching_symbol(pass, end, '=') ||
        norm_touching_symbol(pass, end, '^') ||
        (norm_touching_symbol(pass, end, '.') && norm_touching_kind(pass, end + 1, NORM_DIGITS)))
        return 0;
    for (size_t k = i; k < end; k++) {
        if (norm_is_kind(pass, k, NORM_SYMBOL)) {
            if (en_is_between_labels(pass, k)) {
                norm_border(pass, k);
                norm_say(pass, "to");
            }
            continue;
        }
        if (k > i && !norm_is(pass, k, "s"))
            norm_border(pass, k);
        if (k > i && norm_is(pass, k, "s") && norm_is_kind(pass, k - 1, NORM_DIGITS) && norm_at(pass, i)->capital)
            en_join_plural(pass); /* "F-16s" */
        else if (norm_is_kind(pass, k, NORM_DIGITS))
            say_serial_digits(pass, norm_text(pass, k), norm_at(pass, k)->length);
        else
            say_serial_letters(pass, k);
    }
    return end - i;
}

/* ---- hexadecimal numbers ---- */

/* Characters of token i when it is hexadecimal digits, letters in one case; else 0. */
static size_t hex_digits(const struct norm_pass *pass, size_t i)
{
    const struct norm_token *const token = norm_at(pass, i);
    if (token->kind == NORM_DIGITS)
        return token->length;
    for (size_t k = 0; k < token->length; k++) {
        const char letter = (char)(norm_text(pass, i)[k] | 0x20);
        if (letter < 'a' || letter > 'f')
            return 0;
    }
    return token->kind == NORM_WORD && (token->lower || token->all_caps) ? token->length : 0;
}

static void spell_hex(struct norm_pass *pass, const char *bytes, size_t n)
{
    for (size_t k = 0; k < n; k++) {
        if (bytes[k] >= '0' && bytes[k] <= '9')
            norm_say_digits(pass, bytes + k, 1);
        else
            norm_spell(pass, bytes + k, 1);
    }
}

/* "0x1F". */
static size_t prefixed_hex(struct norm_pass *pass, size_t i)
{
    if (!norm_is(pass, i, "0") || !norm_touching_kind(pass, i + 1, NORM_WORD) || *norm_text(pass, i + 1) != 'x')
        return 0;
    size_t n = 2;
    while (n < NORM_LOOK_AHEAD && norm_touches(pass, i + n) && hex_digits(pass, i + n))
        n++;
    const size_t start = norm_at(pass, i + 1)->offset, last = i + n - 1;
    const size_t end = norm_at(pass, last)->offset + norm_at(pass, last)->length;
    for (size_t k = start + 1; k < end; k++)
        if (!strchr("0123456789abcdefABCDEF", pass->text[k]))
            return 0;
    if (end == start + 1)
        return 0;
    norm_say(pass, "zero x");
    spell_hex(pass, pass->text + start + 1, end - start - 1);
    return n;
}

/* "0x1F", hashes as of commits, "86d35ab", and UUIDs: seven digits and letters up to F or more, of both kinds and
 * mixed. */
size_t en_rule_hex(struct norm_pass *pass, size_t i)
{
    if (i && norm_touches(pass, i) && norm_at(pass, i - 1)->kind != NORM_SYMBOL)
        return 0;
    const size_t prefixed = prefixed_hex(pass, i);
    if (prefixed)
        return prefixed;
    size_t n = 0, length = 0, changes = 0;
    while (n < NORM_LOOK_AHEAD && (n == 0 || norm_touches(pass, i + n))) {
        const size_t digits = hex_digits(pass, i + n);
        const bool dash =
            n && norm_is_symbol(pass, i + n, '-') && norm_touches(pass, i + n + 1) && hex_digits(pass, i + n + 1);
        if (!digits && !dash)
            break;
        changes +=
            n && digits && norm_at(pass, i + n)->kind != norm_at(pass, i + n - 1)->kind && hex_digits(pass, i + n - 1);
        length += digits;
        n++;
    }
    if (length < 7 || changes < 2 || norm_touching_kind(pass, i + n, NORM_WORD))
        return 0;
    for (size_t k = 0; k < n; k++) {
        if (norm_is_symbol(pass, i + k, '-'))
            norm_join(pass, ",");
        else
            spell_hex(pass, norm_text(pass, i + k), norm_at(pass, i + k)->length);
    }
    return n;
}

/* ---- chemistry ---- */

static bool is_subscript(const struct norm_pass *pass, size_t i)
{
    const uint32_t c = norm_at(pass, i)->codepoint;
    return norm_touches(pass, i) && norm_is_kind(pass, i, NORM_SYMBOL) && c >= 0x2080 && c <= 0x2089;
}

/* "H₂O", "C₆H₁₂O₆", "x₁": letters, and digits below the line. */
size_t en_rule_formula(struct norm_pass *pass, size_t i)
{
    if (!is_subscript(pass, i + 1) || norm_at(pass, i)->length > 4 ||
        (i && norm_touching_kind(pass, i, NORM_WORD) && is_subscript(pass, i - 1)))
        return 0;
    size_t n = 0;
    while (n < 30 && (n == 0 || is_subscript(pass, i + n) || norm_touching_kind(pass, i + n, NORM_WORD))) {
        if (norm_is_kind(pass, i + n, NORM_WORD)) {
            if (norm_at(pass, i + n)->length > 4)
                return 0;
            if (norm_at(pass, i + n)->all_caps)
                norm_spell(pass, norm_text(pass, i + n), norm_at(pass, i + n)->length);
            else
                norm_say_token(pass, i + n);
            n++;
            continue;
        }
        char digits[8];
        size_t count = 0;
        for (; count < sizeof digits && is_subscript(pass, i + n); n++)
            digits[count++] = (char)('0' + (norm_at(pass, i + n)->codepoint - 0x2080));
        en_cardinal(pass, digits, count);
    }
    return n;
}

/* ---- single letters ---- */

static bool is_lone_letter(const struct norm_pass *pass, size_t i, bool lower)
{
    const struct norm_token *const token = norm_at(pass, i);
    return token->kind == NORM_WORD && token->length == 1 && token->codepoint < 0x80 && token->lower == lower &&
           token->space_before;
}

/* Letters of one case with spaces between, from token i on. */
static size_t lone_letters(const struct norm_pass *pass, size_t i)
{
    const bool lower = norm_at(pass, i)->lower;
    size_t n = 0;
    while (n < NORM_LOOK_AHEAD && is_lone_letter(pass, i + n, lower))
        n++;
    return n && norm_touches(pass, i + n) && !norm_is_kind(pass, i + n, NORM_SYMBOL) ? n - 1 : n;
}

/* "A B C", "I B M", "x y z": each by its name, since "a" would be the article and "I" the pronoun. */
static size_t say_letters(struct norm_pass *pass, size_t i)
{
    const size_t n = lone_letters(pass, i);
    if (n < 3)
        return 0;
    for (size_t k = 0; k < n; k++) {
        const char lower = (char)(*norm_text(pass, i + k) | 0x20);
        norm_border(pass, i + k);
        if (lower == 'a')
            norm_say(pass, pass->lang->letter_a);
        else
            norm_say_bytes(pass, &lower, 1);
    }
    return n;
}

/* "A+", "B-" behind words that make them grades; ions, "Na+". */
static size_t say_grade(struct norm_pass *pass, size_t i)
{
    const bool plus = norm_touching_symbol(pass, i + 1, '+'), minus = norm_touching_symbol(pass, i + 1, '-');
    const struct norm_token *const token = norm_at(pass, i);
    if ((!plus && !minus) || token->length > 2 || !token->capital || norm_touching_kind(pass, i + 2, NORM_WORD) ||
        norm_touching_kind(pass, i + 2, NORM_DIGITS) || norm_touching_symbol(pass, i + 2, '+') ||
        (i && norm_touches(pass, i) && !norm_is_symbol(pass, i - 1, '(')))
        return 0;
    static const char heads[] = "a|an|got|gets|get|grade|grades|rated|rating|my|his|her|or|to";
    if (minus && (token->length > 1 || token->codepoint > 'F' || !i || !norm_in_list(pass, i - 1, heads)))
        return 0;
    if (norm_is(pass, i, "A"))
        norm_say(pass, pass->lang->letter_a);
    else
        norm_say_token(pass, i);
    norm_say(pass, plus ? "plus" : "minus");
    return 2;
}

/* Letters that are no words: "A B C", "A-", and a capital A that is no article: "vitamin A", "Plan A", "an A". */
size_t en_rule_letter(struct norm_pass *pass, size_t i)
{
    const size_t letters = say_letters(pass, i), taken = letters ? letters : say_grade(pass, i);
    if (taken)
        return taken;
    static const char heads[] =
        "vitamin|plan|section|grade|an|type|group|hepatitis|appendix|exhibit|point|team|class|level|list|"
        "side|option|answer|part|letter|figure|table|zone|series|category|schedule|unit|gate|row|block|"
        "building|terminal|version|annex|influenza|straight";
    if (!norm_is(pass, i, "A") || norm_touching_kind(pass, i + 1, NORM_WORD) || !i || norm_touches(pass, i) ||
        !norm_in_list(pass, i - 1, heads))
        return 0;
    norm_say(pass, pass->lang->letter_a);
    return 1;
}
