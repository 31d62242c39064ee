/* The kernels of nn_body.h for 16-float vectors (AVX-512F). Empty on other architectures. */
#include "nn/nn_tables.h"

#if defined(__x86_64__)
#define NN_VEC_AVX512
#define NN_TABLE nn_table_avx512
#define NN_NAME "avx512"
#include "nn/nn_body.h"
#endif
