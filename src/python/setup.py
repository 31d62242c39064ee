"""Builds the wheel: the library by the project's Makefile, the extension by cffi, the voices copied beside them.

LINNET_VOICES names other voice files than the default one (paths, separated by ':')."""
import os
import pathlib
import shutil
import subprocess
import sys

from setuptools import setup
from setuptools.command.build_py import build_py

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path.insert(0, str(HERE))

if not (TOP / "include" / "linnet.h").exists():
    sys.exit("linnet: the wheel is built from a checkout of Linnet: pip install ./src/python")
subprocess.run(["make", "-C", str(TOP), f"-j{os.cpu_count() or 1}", "build/liblinnet.a"], check=True, stdout=sys.stderr)

import build_linnet  # noqa: E402  (asks the Makefile, so make comes first)


class build_with_voices(build_py):
    def run(self):
        super().run()
        folder = pathlib.Path(self.build_lib) / "linnet" / "voices"
        folder.mkdir(parents=True, exist_ok=True)
        for voice in os.environ.get("LINNET_VOICES", str(TOP / "voices" / "linnet-en.gguf")).split(":"):
            shutil.copy(voice, folder)


setup(version=build_linnet.version(), packages=["linnet"], package_data={"linnet": ["py.typed"]},
      cffi_modules=["build_linnet.py:ffibuilder"], cmdclass={"build_py": build_with_voices})
