/* XML by libexpat; the only file that includes its header. See xml.h. */
#include "xml.h"

#include <expat.h>
#include <stdint.h>
#include <string.h>

#if XML_MAJOR_VERSION * 1000 + XML_MINOR_VERSION >= 2009 /* has these with 64 bits, and calls the others deprecated */
#define XML_GetCurrentByteIndex XML_GetCurrentByteIndex64
#define XML_GetCurrentByteCount XML_GetCurrentByteCount64
#define XML_GetCurrentLineNumber XML_GetCurrentLineNumber64
#define XML_GetCurrentColumnNumber XML_GetCurrentColumnNumber64
#endif

struct reader {
    XML_Parser parser;
    const struct fe_xml_handler *handler;
    void *context;
    size_t depth;
    struct fe_xml_place place; /* where we stopped */
    const char *why;           /* why we stopped; NULL: we didn't, or the handler did */
    bool stopped;
};

static struct fe_xml_place place_of(const struct reader *reader)
{
    const int64_t offset = XML_GetCurrentByteIndex(reader->parser);
    const int64_t length = (int64_t)XML_GetCurrentByteCount(reader->parser);
    return (struct fe_xml_place){.byte_offset = offset < 0 ? 0 : (size_t)offset,
                                 .byte_length = length < 0 ? 0 : (size_t)length,
                                 .line = (size_t)XML_GetCurrentLineNumber(reader->parser),
                                 .column = (size_t)XML_GetCurrentColumnNumber(reader->parser) + 1};
}

static void stop(struct reader *reader, const char *why)
{
    reader->why = why;
    reader->place = place_of(reader);
    reader->stopped = true;
    XML_StopParser(reader->parser, XML_FALSE);
}

/* "pls:lexeme" is lexeme. */
static const char *local_name(const char *name)
{
    const char *const colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct reader *const reader = user;
    const struct fe_xml_place place = place_of(reader);
    if (reader->stopped)
        return;
    if (++reader->depth > FE_XML_DEPTH)
        stop(reader, "elements are nested too deep");
    else if (!reader->handler->start(reader->context, &place, local_name(name), (const char *const *)attributes))
        stop(reader, NULL);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct reader *const reader = user;
    const struct fe_xml_place place = place_of(reader);
    reader->depth--;
    if (!reader->stopped && !reader->handler->end(reader->context, &place, local_name(name)))
        stop(reader, NULL);
}

static void XMLCALL on_text(void *user, const XML_Char *text, int size)
{
    struct reader *const reader = user;
    const struct fe_xml_place place = place_of(reader);
    if (!reader->stopped && !reader->handler->text(reader->context, &place, text, (size_t)size))
        stop(reader, NULL);
}

/* Entities are how small documents become large ones. */
static void XMLCALL on_entity(void *user, const XML_Char *name, int is_parameter, const XML_Char *value, int length,
                              const XML_Char *base, const XML_Char *system, const XML_Char *public,
                              const XML_Char *notation)
{
    (void)name, (void)is_parameter, (void)value, (void)length, (void)base, (void)system, (void)public, (void)notation;
    stop(user, "entities can't be declared");
}

/* What expat would leave out, &name; of a document type that isn't read. */
static void XMLCALL on_skipped(void *user, const XML_Char *name, int is_parameter)
{
    (void)name;
    if (!is_parameter)
        stop(user, "undefined entity");
}

static enum XML_Status parse_all(XML_Parser parser, const char *text, size_t size)
{
    enum XML_Status status = XML_STATUS_OK;
    do {
        const size_t step = size < (size_t)1 << 20 ? size : (size_t)1 << 20;
        size -= step;
        status = XML_Parse(parser, text, (int)step, size == 0);
        text += step;
    } while (size > 0 && status == XML_STATUS_OK);
    return status;
}

int fe_xml_parse(const char *text, size_t size, const struct fe_xml_handler *handler, void *context,
                 struct fe_xml_place *place, struct base_error *err)
{
    struct reader reader = {.handler = handler, .context = context};
    *place = (struct fe_xml_place){.line = 1, .column = 1};
    reader.parser = XML_ParserCreate("UTF-8");
    if (!reader.parser)
        return base_fail(err, LINNET_ERR_MEMORY, "XML: out of memory");
    XML_SetUserData(reader.parser, &reader);
    XML_SetElementHandler(reader.parser, on_start, on_end);
    XML_SetCharacterDataHandler(reader.parser, on_text);
    XML_SetEntityDeclHandler(reader.parser, on_entity);
    XML_SetSkippedEntityHandler(reader.parser, on_skipped);
    const enum XML_Status status = parse_all(reader.parser, text, size);
    *place = reader.stopped ? reader.place : place_of(&reader);
    const enum XML_Error error = XML_GetErrorCode(reader.parser);
    XML_ParserFree(reader.parser);
    if (reader.stopped)
        return reader.why ? base_fail(err, LINNET_ERR_SYNTAX, "%s", reader.why) : LINNET_OK;
    if (status == XML_STATUS_OK)
        return LINNET_OK;
    return base_fail(err, error == XML_ERROR_NO_MEMORY ? LINNET_ERR_MEMORY : LINNET_ERR_SYNTAX, "%s",
                     XML_ErrorString(error));
}

const char *fe_xml_attribute(const char *const *attributes, const char *name)
{
    for (; attributes[0]; attributes += 2)
        if (strcmp(attributes[0], name) == 0)
            return attributes[1];
    return NULL;
}
