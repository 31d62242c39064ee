/* The kernels of nn.h in plain C: always built, for other processors. */
#include "nn/nn_tables.h"

#define NN_VEC_PLAIN
#define NN_TABLE nn_table_ref
#define NN_NAME "ref"
#include "nn/nn_body.h"
