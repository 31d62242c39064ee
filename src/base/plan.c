/* Memory plans, see plan.h. */
#include "base/plan.h"

#include "base/alloc.h"

void *base_plan_take(struct base_plan *plan, size_t count, size_t size)
{
    size_t bytes, end;
    if (!base_mul(&bytes, count, size) || !base_add(&bytes, bytes, BASE_ALIGNMENT - 1) ||
        !base_add(&end, plan->used, bytes / BASE_ALIGNMENT * BASE_ALIGNMENT)) {
        plan->overflow = true;
        return NULL;
    }
    void *const array = plan->memory ? plan->memory + plan->used : NULL;
    plan->used = end;
    return array;
}

float *base_plan_floats(struct base_plan *plan, size_t rows, size_t width)
{
    size_t count;
    if (!base_mul(&count, rows, width)) {
        plan->overflow = true;
        return NULL;
    }
    return base_plan_take(plan, count, sizeof(float));
}
