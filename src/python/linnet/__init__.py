"""Linnet: neural text-to-speech.

    import linnet
    voice = linnet.Voice()
    voice.save("Hello, world.", "hello.wav")

`voice.speak(text)` gives samples and timings, `voice.stream(text)` gives them while they are made, and the stages (phonemes,
prosody, mel, vocoder) can be run one by one. Samples and mels are memoryviews of float32: `numpy.asarray()` takes them without
a copy, and NumPy isn't needed.
"""
try:
    from ._linnet import ffi as _ffi, lib as _lib
except ImportError as error:
    missing = str(error).split(":")[0]
    raise ImportError(f"linnet: {missing} is missing; on Debian and Ubuntu: "
                      "apt-get install libespeak-ng1 espeak-ng-data libfftw3-single3 libexpat1 libpcre2-8-0 libutf8proc2 libsonic0") from None

from .errors import (ArgumentError, BusyError, Cancelled, EspeakError, LinnetError, MarkupError, ReadError, VoiceError,
                     VoiceNotFound)
from .events import Audio, Event, Icon, Mark, Phoneme, Sentence, Word
from .speech import Speech
from .voice import Capitals, Prosody, Punctuation, Spelling, Ssml, SpokenSentence, Unit, Voice, VoiceInfo, voices

__version__ = _ffi.string(_lib.linnet_version()).decode()
__all__ = ["ArgumentError", "Audio", "BusyError", "Cancelled", "Capitals", "EspeakError", "Event", "Icon", "LinnetError", "Mark",
           "MarkupError", "Phoneme", "Prosody", "Punctuation", "ReadError", "Sentence", "Speech", "Spelling", "SpokenSentence",
           "Ssml", "Unit", "Voice", "VoiceError", "VoiceInfo", "VoiceNotFound", "Word", "voices"]
