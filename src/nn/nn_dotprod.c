/* The kernels of nn_body.h for 4-float vectors with the dot product of bytes (Armv8.2). Empty on other
 * architectures. */
#include "nn/nn_tables.h"

#if defined(__aarch64__)
#define NN_VEC_NEON
#define NN_DOT_PRODUCT
#define NN_TABLE nn_table_dotprod
#define NN_NAME "dotprod"
#include "nn/nn_body.h"
#endif
