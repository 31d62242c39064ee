/* The kernels of nn_body.h for 8-float vectors with FMA. Empty on other architectures. */
#include "nn/nn_tables.h"

#if defined(__x86_64__)
#define NN_VEC_AVX2
#define NN_TABLE nn_table_avx2
#define NN_NAME "avx2"
#include "nn/nn_body.h"
#endif
