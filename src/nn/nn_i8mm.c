/* The kernels of nn_body.h for 4-float vectors with the matrix product of bytes (FEAT_I8MM, Armv8.6). Empty on other
 * architectures. */
#include "nn/nn_tables.h"

#if defined(__aarch64__)
#define NN_VEC_NEON
#define NN_MATRIX_PRODUCT
#define NN_TABLE nn_table_i8mm
#define NN_NAME "i8mm"
#include "nn/nn_body.h"
#endif
