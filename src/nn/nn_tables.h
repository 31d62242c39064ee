/* The kernel tables that nn_dispatch.c chooses from; one a file, each built with its own compiler flags. */
#ifndef LINNET_NN_TABLES_H
#define LINNET_NN_TABLES_H

#include "nn/nn.h"

extern const struct nn_kernels nn_table_ref;

#if defined(__x86_64__)
extern const struct nn_kernels nn_table_avx2, nn_table_avxvnni, nn_table_avx512, nn_table_avx512vnni;
#elif defined(__aarch64__)
extern const struct nn_kernels nn_table_neon, nn_table_dotprod, nn_table_i8mm;
#endif

#endif
