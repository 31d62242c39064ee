/* Timing as a Praat TextGrid (long text form) with three interval tiers: sentences, words, phonemes (in IPA); and,
 * where there are any, a tier of points, the marks. Each interval tier covers the whole time, so gaps become intervals
 * without text. A tier's size stands before its intervals, so each tier is written to an unnamed temporary file and
 * joined to the others at the end: hours of speech need no memory. */
#include "cli/timing_format.h"

#include <inttypes.h>
#include <string.h>

enum tier { TIER_SENTENCES, TIER_WORDS, TIER_PHONES, N_TIERS };

static const char *const tier_names[N_TIERS] = {"sentences", "words", "phonemes"};

static bool begin(struct timing_file *file)
{
    for (int i = 0; i < N_TIERS; i++) {
        file->tiers[i].part = tmpfile();
        if (!file->tiers[i].part)
            return false;
    }
    return true;
}

static void put_interval(struct timing_file *file, enum tier tier, uint64_t start, uint64_t end, const char *text,
                         size_t size)
{
    FILE *const out = file->tiers[tier].part;
    fprintf(out, "        intervals [%" PRIu64 "]:\n            xmin = %.6f\n            xmax = %.6f\n",
            ++file->tiers[tier].n_intervals, timing_seconds(file, start), timing_seconds(file, end));
    fputs("            text = \"", out);
    timing_put_text(out, ESCAPE_TEXTGRID, text, size);
    fputs("\"\n", out);
    file->tiers[tier].end = end;
}

/* An interval and the gap before it. Praat forbids empty and overlapping ones. */
static void put(struct timing_file *file, enum tier tier, uint64_t start, uint64_t end, const char *text, size_t size)
{
    if (start > file->tiers[tier].end)
        put_interval(file, tier, file->tiers[tier].end, start, "", 0);
    if (end > file->tiers[tier].end)
        put_interval(file, tier, file->tiers[tier].end, end, text, size);
}

static void sentence(struct timing_file *file, const struct timing_sentence *s)
{
    put(file, TIER_SENTENCES, s->start, s->end, s->text, s->size);
    for (size_t i = 0; i < s->n_words; i++)
        put(file, TIER_WORDS, s->words[i].start, s->words[i].end, s->words[i].text, s->words[i].size);
    for (size_t i = 0; i < s->n_phones; i++)
        put(file, TIER_PHONES, s->phones[i].start, s->phones[i].end, s->phones[i].ipa, strlen(s->phones[i].ipa));
}

/* Appends the tier's temporary file. */
static void copy_tier(struct timing_file *file, enum tier tier)
{
    char block[4096];
    size_t n;
    FILE *const part = file->tiers[tier].part;
    file->failed = file->failed || ferror(part) || fflush(part) != 0;
    rewind(part);
    while (!file->failed && (n = fread(block, 1, sizeof block, part)) > 0)
        fwrite(block, 1, n, file->out);
    file->failed = file->failed || ferror(part);
}

static void put_marks(struct timing_file *file, double total)
{
    FILE *const out = file->out;
    fprintf(out,
            "    item [%d]:\n        class = \"TextTier\"\n        name = \"marks\"\n        xmin = 0\n"
            "        xmax = %.6f\n        points: size = %zu\n",
            N_TIERS + 1, total, file->n_marks);
    for (size_t i = 0; i < file->n_marks; i++) {
        fprintf(out, "        points [%zu]:\n            number = %.6f\n            mark = \"", i + 1,
                timing_seconds(file, file->marks[i].time));
        timing_put_text(out, ESCAPE_TEXTGRID, file->marks[i].name, strlen(file->marks[i].name));
        fputs("\"\n", out);
    }
}

static void finish(struct timing_file *file, uint64_t n_samples)
{
    const double total = timing_seconds(file, n_samples);
    fprintf(file->out,
            "File type = \"ooTextFile\"\nObject class = \"TextGrid\"\n\nxmin = 0\nxmax = %.6f\n"
            "tiers? <exists>\nsize = %d\nitem []:\n",
            total, N_TIERS + (file->n_marks > 0));
    for (int i = 0; i < N_TIERS && !file->failed; i++) {
        put(file, (enum tier)i, n_samples, n_samples, "", 0);
        fprintf(file->out,
                "    item [%d]:\n        class = \"IntervalTier\"\n        name = \"%s\"\n"
                "        xmin = 0\n        xmax = %.6f\n        intervals: size = %" PRIu64 "\n",
                i + 1, tier_names[i], total, file->tiers[i].n_intervals);
        copy_tier(file, (enum tier)i);
    }
    if (file->n_marks > 0)
        put_marks(file, total);
}

static void release(struct timing_file *file)
{
    for (int i = 0; i < N_TIERS; i++)
        if (file->tiers[i].part)
            fclose(file->tiers[i].part);
}

const struct timing_format timing_textgrid = {
    .ending = ".TextGrid", .begin = begin, .sentence = sentence, .finish = finish, .release = release};
