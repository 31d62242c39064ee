/* The kernels of nn_body.h for 16-float vectors (AVX-512F) with AVX-512 VNNI. Empty on other architectures. */
#include "nn/nn_tables.h"

#if defined(__x86_64__)
#define NN_VEC_AVX512
#define NN_DOT_VNNI
#define NN_TABLE nn_table_avx512vnni
#define NN_NAME "avx512vnni"
#include "nn/nn_body.h"
#endif
