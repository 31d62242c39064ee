"""The C front end in this process: text -> the phonemes that `linnet --phonemes` prints, a thousand lines a second."""
import ctypes
import os
from xml.sax.saxutils import escape

import numpy as np

import data
import export
import voice_file

LIBRARY, ANY_VOICE = "build/liblinnet.so", "voices/linnet-en.gguf"


class Settings(ctypes.Structure):
    """linnet_settings of linnet.h."""
    _fields_ = [("size", ctypes.c_size_t), *((n, ctypes.c_float) for n in ("rate", "pitch_semitones", "pitch_range", "volume")),
                *((n, ctypes.c_int) for n in ("threads", "block_frames", "punctuation", "spelling", "capitals", "digits", "unit", "ssml")),
                ("reserved", ctypes.c_uint32 * 10)]


class Sentence(ctypes.Structure):
    """linnet_sentence of linnet.h."""
    _fields_ = [("byte_offset", ctypes.c_size_t), ("byte_length", ctypes.c_size_t), ("text", ctypes.c_char_p), ("ipa", ctypes.c_char_p),
                ("n_phonemes", ctypes.c_size_t), ("ids", ctypes.POINTER(ctypes.c_int32))]


class FrontEnd:
    """Of one voice file, whose table and rewriting pairs decide."""

    def __init__(self, voice, library=LIBRARY):
        self.c = ctypes.CDLL(library)
        self.c.linnet_error.restype = self.c.linnet_last_open_error.restype = ctypes.c_char_p
        self.c.linnet_error.argtypes = [ctypes.c_void_p]
        settings = Settings()
        self.c.linnet_settings_init(ctypes.byref(settings))
        settings.ssml = 1
        self.engine = ctypes.c_void_p()
        if self.c.linnet_engine_open(ctypes.byref(self.engine), voice.encode(), ctypes.byref(settings)):
            raise SystemExit(self.c.linnet_last_open_error().decode())

    def phonemes(self, text, language=""):
        """-> phonemes of the whole text; `language`: of its words, where it isn't the voice's."""
        inner = f'<lang xml:lang="{language}">{escape(text)}</lang>' if language else escape(text)
        raw = f"<speak>{inner}</speak>".encode()
        sentence, found = ctypes.POINTER(Sentence)(), []
        status = self.c.linnet_text(self.engine, raw, ctypes.c_size_t(len(raw)))
        while not status:
            status = self.c.linnet_sentence_next(self.engine, ctypes.byref(sentence))
            if not sentence:
                break
            found.append(sentence.contents.ipa.decode())
        if status:
            raise ValueError(self.c.linnet_error(self.engine).decode())
        return " ".join(" ".join(found).split())


def voice_file_of(voice, folder):
    """A description -> path of a voice file whose front end is that voice's, its networks being another's."""
    keys, arrays = voice_file.read(ANY_VOICE)
    keys |= {"general.name": voice["name"], "linnet.language": voice["language"], "linnet.espeak_voice": voice["espeak_voice"],
             "linnet.phonemes": data.TABLE, "linnet.phoneme_rewrite": [x for pair in voice["pairs"] for x in pair]}
    vectors = arrays["emb.weight"]
    arrays["emb.weight"] = np.zeros((len(data.TABLE), vectors.shape[1]), np.float32)
    path = os.path.join(folder, "front.gguf")
    export.write(path + ".tmp", list(keys.items()), arrays.items(), "q8_0")
    os.replace(path + ".tmp", path)
    return path
