/* Packing of 8-bit weights, see pack8 in nn.h, written once in the operations of nn_vec8.h; included by nn_body.h. Runs
 * once a weight, at load. */

#define MOST_GROUP 258      /* of one sign, see pack8 in nn.h */
#define ROUNDING 4          /* what rounding can add to the NN_GROUP / 2 weights of a lane */
#define LEAST_WEIGHT 1e-30f /* where the largest is smaller, all are zeros */

/* What an output's weights tell of the factor that makes them bytes, the largest in each lane: of a weight's size, and
 * of the sums of one sign that one 16-bit lane collects. */
struct extent {
    vf size, above, below;
};

/* Adds NN_GROUP inputs' weights. Kernels add inputs 4 i and 4 i + 1 in one lane, 4 i + 2 and 4 i + 3 in another. */
static BASE_ALWAYS_INLINE void measure_group(struct extent *extent, vw weights)
{
    const vw positive = w_max(weights, w_set(0.0f));
    const vf above = w_quad(positive), below = w_quad(w_sub(positive, weights));
    extent->size = v_max(extent->size, w_size(weights));
    extent->above = v_max(extent->above, v_add(above, v_swap(above)));
    extent->below = v_max(extent->below, v_add(below, v_swap(below)));
}

/* What the weights w [taps, in] of one output must be multiplied by to become bytes: the largest is 127, and no lane's
 * sum of one sign exceeds its bound. */
static float factor_of(const float *w, size_t taps, size_t in)
{
    const vf zero = v_set(0.0f);
    struct extent extent = {zero, zero, zero};
    for (size_t k = 0; k < taps; k++, w += in) {
        size_t i = 0;
        for (; i + NN_GROUP <= in; i += NN_GROUP)
            measure_group(&extent, w_load(w + i));
        if (i < in)
            measure_group(&extent, w_load_part(w + i, in - i, 0.0f));
    }
    const float largest = v_top(extent.size), most = v_top(v_max(extent.above, extent.below));
    const float byte = 127.0f / largest, sum = (MOST_GROUP - ROUNDING) / most;
    return largest > LEAST_WEIGHT ? (byte < sum ? byte : sum) : 0.0f;
}

/* Their bytes, and the numbers that these stand for. */
static BASE_ALWAYS_INLINE vf whole_part(int8_t *bytes, vf weights, vf factor)
{
    const vi whole = v_to_int(v_mul(weights, factor));
    v8_store(bytes, whole);
    return v_to_float(whole);
}

/* Puts NN_GROUP weights in their places, four by four, and adds them to the sums of the lanes. */
static BASE_ALWAYS_INLINE vw pack_group(int8_t *data, vw weights, vf factor, vw sums)
{
    int8_t bytes[NN_GROUP];
#define WHOLE(part, i) whole_part(bytes + i * VEC_WIDTH, weights part, factor)
    const vw whole = W_EACH(WHOLE);
#undef WHOLE
    for (size_t i = 0; i < NN_GROUP; i += 4)
        memcpy(data + i * NN_PANEL, bytes + i, 4);
    return w_add(sums, whole);
}

/* The bytes v of one output, and their sums by tap. data: its four weights for the first four inputs. */
static void pack_output(int8_t *data, float *sums, size_t outputs, const float *w, float factor, size_t taps, size_t in)
{
    const vf scale = v_set(factor);
    for (size_t k = 0; k < taps; k++, w += in) {
        vw sum = w_set(0.0f);
        size_t i = 0;
        for (; i + NN_GROUP <= in; i += NN_GROUP, data += NN_GROUP * NN_PANEL)
            sum = pack_group(data, w_load(w + i), scale, sum);
        if (i < in) {
            sum = pack_group(data, w_load_part(w + i, in - i, 0.0f), scale, sum);
            data += NN_GROUP * NN_PANEL;
        }
        sums[k * outputs] = w_sum(sum);
    }
}

static void pack8(const struct nn_weight8 *packed, size_t first, const float *w, size_t n)
{
    const size_t taps = packed->taps, in = packed->in, depth = taps * nn_padded8(in);
    const size_t outputs = (packed->out + NN_PANEL - 1) / NN_PANEL * NN_PANEL;
    for (size_t o = first; o < first + n; o++, w += taps * in) {
        const float factor = factor_of(w, taps, in);
        pack_output(packed->data + o / NN_PANEL * NN_PANEL * depth + o % NN_PANEL * 4, packed->sums + o, outputs, w,
                    factor, taps, in);
        packed->scale[o] = factor > 0.0f ? 1.0f / factor : 0.0f;
    }
}
