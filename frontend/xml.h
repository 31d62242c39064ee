/* The border to libexpat: XML in, elements and text out, with their places. Nothing is fetched: a document type with
 * entities of its own is an error, depth is bounded, and the memory taken doesn't grow with the text. */
#ifndef LINNET_FRONTEND_XML_H
#define LINNET_FRONTEND_XML_H

#include "base/compiler.h"
#include "base/status.h"
#include <stdbool.h>
#include <stddef.h>

#define FE_XML_DEPTH 100

/* Of the event in hand, in the text. */
struct fe_xml_place {
    size_t byte_offset, byte_length;
    size_t line, column; /* from 1 */
};

/* Called in order; false stops, and the context knows why. Names are without the prefix of a namespace, but for
 * xml:lang. Attributes are name, value, name, value ... NULL. Text comes in pieces. */
struct fe_xml_handler {
    bool (*start)(void *context, const struct fe_xml_place *place, const char *name, const char *const *attributes);
    bool (*end)(void *context, const struct fe_xml_place *place, const char *name);
    bool (*text)(void *context, const struct fe_xml_place *place, const char *text, size_t size);
};

/* LINNET_OK, also when a handler stopped; LINNET_ERR_SYNTAX with *place and a message without it; LINNET_ERR_MEMORY. */
BASE_MUST_USE int fe_xml_parse(const char *text, size_t size, const struct fe_xml_handler *handler, void *context,
                               struct fe_xml_place *place, struct base_error *err);

/* The value of an attribute, NULL: it isn't there. */
const char *fe_xml_attribute(const char *const *attributes, const char *name);

#endif
