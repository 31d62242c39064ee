/* The kernels of nn_body.h for 8-float vectors with FMA and AVX-VNNI. Empty on other architectures. */
#include "nn/nn_tables.h"

#if defined(__x86_64__)
#define NN_VEC_AVX2
#define NN_DOT_VNNI
#define NN_TABLE nn_table_avxvnni
#define NN_NAME "avxvnni"
#include "nn/nn_body.h"
#endif
