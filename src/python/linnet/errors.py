"""Statuses of linnet.h as exceptions."""
from ._linnet import ffi, lib


class LinnetError(Exception):
    """Anything that the engine refuses or that fails in it. `status` is the value of enum linnet_status."""

    def __init__(self, message: str, status: int = 0):
        super().__init__(message)
        self.status = status


class ArgumentError(LinnetError, ValueError):
    """A value outside its range."""


class VoiceNotFound(LinnetError, LookupError):
    """There is no such voice."""


class VoiceError(LinnetError):
    """The voice file is damaged or not a Linnet voice."""


class ReadError(LinnetError, OSError):
    """A file could not be read."""


class EspeakError(LinnetError):
    """espeak-ng or its data is missing or failed."""


class Cancelled(LinnetError):
    """Voice.cancel() ended the speech."""


class MarkupError(LinnetError, ValueError):
    """Markup or a dictionary isn't well-formed; the message names line and column."""


class BusyError(LinnetError, RuntimeError):
    """The voice was used while it was speaking in the same thread."""


KINDS = {lib.LINNET_ERR_ARGUMENT: ArgumentError, lib.LINNET_ERR_NOT_FOUND: VoiceNotFound, lib.LINNET_ERR_VOICE: VoiceError,
         lib.LINNET_ERR_IO: ReadError, lib.LINNET_ERR_ESPEAK: EspeakError, lib.LINNET_CANCELLED: Cancelled,
         lib.LINNET_ERR_SYNTAX: MarkupError}


def check(status: int, message) -> None:
    """Raises what `status` stands for; `message` is the engine's, a C string, "" if it has none."""
    if status == lib.LINNET_OK:
        return
    if status == lib.LINNET_ERR_MEMORY:
        raise MemoryError("linnet: out of memory")
    text = ffi.string(message).decode("utf-8", "replace") or ffi.string(lib.linnet_status_text(status)).decode()
    raise KINDS.get(status, LinnetError)(text, status)
