/* The 8-bit rows and weights of nn.h in double precision, for tests that render a network directly. */
#ifndef LINNET_TESTS_DIRECT8_H
#define LINNET_TESTS_DIRECT8_H

#include <stddef.h>

/* Each row of x [rows, n] becomes what its bytes stand for. */
void direct8_rows(double *x, size_t rows, size_t n);

/* Likewise the weights w [out, taps, in]. */
void direct8_weights(double *w, size_t out, size_t taps, size_t in);

#endif
