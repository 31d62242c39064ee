/* The register of characters for given words. See given.h. */
#include "given.h"

#define FIRST 0xF0000u /* of the first plane of private use; the next one follows it */
#define PLANE 0x10000u

uint32_t given_character(enum given_owner owner, size_t number)
{
    return FIRST + PLANE * (uint32_t)owner + (uint32_t)number;
}

bool given_is(enum given_owner owner, uint32_t codepoint)
{
    return codepoint / PLANE == FIRST / PLANE + (uint32_t)owner;
}

bool given_find(const struct given_source sources[GIVEN_OWNERS], uint32_t codepoint, struct given_word *found)
{
    for (unsigned i = 0; codepoint >= FIRST && i < GIVEN_OWNERS; i++)
        if (given_is((enum given_owner)i, codepoint))
            return sources[i].find && sources[i].find(sources[i].owner, codepoint % PLANE, found);
    return false;
}
