"""The extension module: declarations from include/linnet.h, code from build/liblinnet.a. Called by setup.py."""
import pathlib
import re
import subprocess

import cffi

TOP = pathlib.Path(__file__).resolve().parents[2]
HEADER = TOP / "include" / "linnet.h"

# What Python needs besides the header: the callbacks, memory that the library frees, and samples of 16 bits.
CALLBACKS = """
extern "Python" int linnet_py_event(void *user, const linnet_event *event);
extern "Python" int linnet_py_audio(void *user, const char *path, int sample_rate, float **samples, size_t *n_samples);
void *malloc(size_t size);
void linnet_py_int16(const float *samples, size_t n, int16_t *out);
"""
SOURCE = """
#include <linnet.h>
#include <math.h>
#include <stdlib.h>

static void linnet_py_int16(const float *samples, size_t n, int16_t *out)
{
    for (size_t i = 0; i < n; i++)
        out[i] = (int16_t)lrintf(32767.0f * fminf(fmaxf(samples[i], -1.0f), 1.0f));
}
"""


def declarations(header: str) -> str:
    """linnet.h without what cffi doesn't read: comments, preprocessor lines, C++ and the export attribute."""
    header = re.sub(r"/\*.*?\*/|//[^\n]*", "", header, flags=re.S)
    header = re.sub(r"#ifdef __cplusplus.*?#endif", "", header, flags=re.S)
    header = re.sub(r"^#.*$", "", header, flags=re.M)
    return header.replace("LINNET_API ", "")


def version() -> str:
    parts = dict(re.findall(r"#define LINNET_VERSION_(\w+) (\d+)", HEADER.read_text()))
    return "{MAJOR}.{MINOR}.{PATCH}".format(**parts)


def link_flags() -> list:
    """The libraries that liblinnet.a needs, as the Makefile links them."""
    command = ["make", "-s", "--no-print-directory", "-C", str(TOP), "library-flags"]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return text.split()


ffibuilder = cffi.FFI()
ffibuilder.cdef(declarations(HEADER.read_text()) + CALLBACKS)
ffibuilder.set_source("linnet._linnet", SOURCE, include_dirs=[str(TOP / "include")],
                      extra_objects=[str(TOP / "build" / "liblinnet.a")], extra_link_args=link_flags())
