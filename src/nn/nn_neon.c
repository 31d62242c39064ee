/* The kernels of nn_body.h for 4-float vectors. Empty on other architectures. */
#include "nn/nn_tables.h"

#if defined(__aarch64__)
#define NN_VEC_NEON
#define NN_TABLE nn_table_neon
#define NN_NAME "neon"
#include "nn/nn_body.h"
#endif
