/* Chooses the kernel table for this CPU, once a process. A new instruction set is one more line in `candidates`. */
#include "nn/nn_cpu.h"
#include "nn/nn_tables.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct candidate {
    const struct nn_kernels *table;
    bool (*supported)(void);
};

static bool always(void)
{
    return true;
}

static const struct candidate candidates[] = {
/* widest first */
#if defined(__x86_64__)
    {&nn_table_avx512vnni, nn_cpu_has_avx512vnni},
    {&nn_table_avx512, nn_cpu_has_avx512},
    {&nn_table_avxvnni, nn_cpu_has_avxvnni},
    {&nn_table_avx2, nn_cpu_has_avx2},
#elif defined(__aarch64__)
    {&nn_table_i8mm, nn_cpu_has_i8mm},
    {&nn_table_dotprod, nn_cpu_has_dotprod},
    {&nn_table_neon, always}, /* part of the base architecture */
#endif
    {&nn_table_ref, always},
};

#define N_CANDIDATES (sizeof candidates / sizeof candidates[0])

const struct nn_kernels *nn_table(size_t i)
{
    for (size_t k = 0; k < N_CANDIDATES; k++)
        if (candidates[k].supported() && i-- == 0)
            return candidates[k].table;
    return NULL;
}

const struct nn_kernels *nn_select(const char *name)
{
    for (size_t i = 0; i < N_CANDIDATES; i++)
        if (strcmp(candidates[i].table->name, name) == 0)
            return candidates[i].supported() ? candidates[i].table : NULL;
    return NULL;
}

static pthread_once_t chosen_once = PTHREAD_ONCE_INIT;
static const struct nn_kernels *chosen; /* written once, under chosen_once */

static void choose(void)
{
    const char *const wish = getenv("LINNET_CPU");
    if (wish)
        chosen = nn_select(wish);
    for (size_t i = 0; !chosen; i++)
        if (candidates[i].supported())
            chosen = candidates[i].table;
}

const struct nn_kernels *nn_kernels(void)
{
    pthread_once(&chosen_once, choose);
    return chosen;
}
