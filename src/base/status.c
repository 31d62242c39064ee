/* Status texts and error messages, see status.h. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

#define TEXT_OF(x) #x
#define VERSION_TEXT(major, minor, patch) TEXT_OF(major) "." TEXT_OF(minor) "." TEXT_OF(patch)

const char *base_version(void)
{
    return VERSION_TEXT(LINNET_VERSION_MAJOR, LINNET_VERSION_MINOR, LINNET_VERSION_PATCH);
}

const char *base_status_text(int status)
{
    switch (status) {
    case LINNET_OK: return "no error";
    case LINNET_ERR_ARGUMENT: return "wrong argument";
    case LINNET_ERR_MEMORY: return "out of memory";
    case LINNET_ERR_NOT_FOUND: return "voice not found";
    case LINNET_ERR_VOICE: return "not a usable voice file";
    case LINNET_ERR_IO: return "input or output error";
    case LINNET_ERR_ESPEAK: return "espeak-ng failed";
    case LINNET_CANCELLED: return "cancelled";
    case LINNET_ERR_SYNTAX: return "not well-formed";
    default: return "unknown status";
    }
}

int base_fail(struct base_error *err, int status, const char *format, ...)
{
    if (err) {
        va_list args;
        va_start(args, format);
        if (vsnprintf(err->text, sizeof err->text, format, args) < 0)
            err->text[0] = '\0';
        va_end(args);
    }
    return status;
}
