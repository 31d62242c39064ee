/* Which vector instructions this CPU has and the operating system saves. */
#ifndef LINNET_NN_CPU_H
#define LINNET_NN_CPU_H

#include <stdbool.h>

bool nn_cpu_has_avx2(void);       /* with FMA */
bool nn_cpu_has_avxvnni(void);    /* with these */
bool nn_cpu_has_avx512(void);     /* F, BW, DQ and VL, with AVX2 and FMA: what nn_avx512.c is built for */
bool nn_cpu_has_avx512vnni(void); /* with these */
bool nn_cpu_has_dotprod(void);    /* of ARM */
bool nn_cpu_has_i8mm(void);       /* of ARM */

#endif
