"""A voice: text in, speech out."""
import enum
import pathlib
import queue
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Callable, Iterator, List, Optional, Sequence

from ._linnet import ffi, lib
from .errors import BusyError, check
from .events import Audio, Event, Text, convert
from .speech import Speech, write_file

VOICES = pathlib.Path(__file__).parent / "voices"
QUEUED = 64  # events between the engine's thread and the caller of stream()


class Punctuation(enum.IntEnum):
    """Which characters are said by their name."""
    AS_WRITTEN = lib.LINNET_PUNCTUATION_AS_WRITTEN
    NONE = lib.LINNET_PUNCTUATION_NONE
    SOME = lib.LINNET_PUNCTUATION_SOME
    MOST = lib.LINNET_PUNCTUATION_MOST
    ALL = lib.LINNET_PUNCTUATION_ALL


class Spelling(enum.IntEnum):
    OFF = lib.LINNET_SPELLING_OFF
    LETTERS = lib.LINNET_SPELLING_LETTERS
    PHONETIC = lib.LINNET_SPELLING_PHONETIC


class Capitals(enum.IntEnum):
    """How capital letters are told."""
    OFF = lib.LINNET_CAPITALS_OFF
    PITCH = lib.LINNET_CAPITALS_PITCH
    WORD = lib.LINNET_CAPITALS_WORD
    ICON = lib.LINNET_CAPITALS_ICON


class Unit(enum.IntEnum):
    """What the text is."""
    TEXT = lib.LINNET_UNIT_TEXT
    CHARACTER = lib.LINNET_UNIT_CHARACTER
    KEY = lib.LINNET_UNIT_KEY


class Ssml(enum.IntEnum):
    OFF = lib.LINNET_SSML_OFF
    STRICT = lib.LINNET_SSML_STRICT
    LENIENT = lib.LINNET_SSML_LENIENT


@dataclass(frozen=True)
class VoiceInfo:
    path: str
    name: str
    language: str
    speaker: str
    gender: str
    license: str
    description: str
    teacher: str
    data_license: str
    scores: str
    data_hours: float
    sample_rate: int
    hop_samples: int
    n_mels: int
    n_phonemes: int
    has_vocoder: bool
    lookahead_frames: int
    n_parameters: int

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


@dataclass(frozen=True)
class SpokenSentence:
    """A sentence on its way: what is said for text[start:end], its phonemes in the voice's alphabet, which has one character for each, and
    in IPA, and their ids with a boundary mark at both ends."""
    start: int
    end: int
    text: str
    phonemes: str
    ipa: str
    ids: List[int]


@dataclass(frozen=True)
class Prosody:
    """Predictions for N phonemes: frames, hertz, energy."""
    dur_frames: List[int]
    pitch_hz: List[float]
    energy: List[float]


def string(c) -> str:
    return ffi.string(c).decode("utf-8", "replace") if c else ""


def info_of(c) -> VoiceInfo:
    fields = {}
    for name in VoiceInfo.__dataclass_fields__:
        value = getattr(c, name)
        fields[name] = string(value) if isinstance(value, ffi.CData) else value
    fields["has_vocoder"] = bool(fields["has_vocoder"])
    return VoiceInfo(**fields)


def floats(values, shape=None) -> memoryview:
    """A copy of C floats that Python owns."""
    view = memoryview(bytes(values))
    return view.cast("f", shape) if shape else view.cast("f")


def float_buffer(values, length: Optional[int] = None):
    """Anything with a float32 buffer, or a sequence of numbers -> float *, n."""
    try:
        view = memoryview(values)
        if view.format != "f" or not view.c_contiguous:
            raise TypeError
        data = ffi.from_buffer("float[]", view)
    except TypeError:
        data = ffi.new("float[]", [float(x) for x in values])
    if length is not None and len(data) != length:
        raise ValueError(f"linnet: {len(data)} numbers where {length} are needed")
    return data


def setting(name: str, doc: str, kind=float):
    """A property of Voice that is a field of linnet_settings."""

    def read(self):
        return kind(getattr(self._settings, name))

    def write(self, value):
        self.set(**{name: value})

    return property(read, write, doc=doc)


class Voice:
    """A voice that is open.

    `name` is that of an installed voice or the path of a .gguf file; without it, Linnet's own English voice. The keywords are
    the properties below. Threads: one call at a time, others wait; cancel() may be called from any thread. Voices are
    independent of each other.
    """

    rate = setting("rate", "Factor on speed, 0.25 ... 6.")
    pitch_semitones = setting("pitch_semitones", "-12 ... 12.")
    pitch_range = setting("pitch_range", "Liveliness: factor on the movement of pitch, 0 ... 2.")
    volume = setting("volume", "Factor on the samples, 0 ... 4, limited without clipping.")
    threads = setting("threads", "Sentences made at the same time, 1 to 64, or 0: choose.", int)
    block_frames = setting("block_frames", "Mel frames a block of samples; 0: small at first, then larger.", int)
    punctuation = setting("punctuation", "A Punctuation.", Punctuation)
    spelling = setting("spelling", "A Spelling.", Spelling)
    capitals = setting("capitals", "A Capitals.", Capitals)
    digits = setting("digits", "Numbers digit by digit.", bool)
    unit = setting("unit", "What texts are: a Unit.", Unit)
    ssml = setting("ssml", "Whether texts are markup: an Ssml.", Ssml)
    voices = setting("voices", "Whether other installed voices speak what asks for them: SSML, and text in their script.", bool)

    def __init__(self, name: Optional[str] = None, **settings):
        self._lock = threading.Lock()
        self._owner: Optional[int] = None
        self._files = None
        self._settings = ffi.new("linnet_settings *")
        lib.linnet_settings_init(self._settings)
        self._fill(settings)
        packaged = VOICES / f"{name or 'linnet-en'}.gguf"
        path = str(packaged) if (name is None or "/" not in name) and packaged.exists() else name
        engine = ffi.new("linnet_engine **")
        check(lib.linnet_engine_open(engine, path.encode() if path else ffi.NULL, self._settings), lib.linnet_last_open_error())
        self._engine = ffi.gc(engine[0], close_engine)
        info = ffi.new("linnet_voice_info *")
        check(lib.linnet_voice(self._engine, info), lib.linnet_error(self._engine))
        self.info: VoiceInfo = info_of(info)

    def __repr__(self) -> str:
        return f"<linnet.Voice {self.info}>"

    def __enter__(self) -> "Voice":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        """Frees the engine now instead of with the object. It can't speak any more."""
        with self._busy():
            engine, self._engine = self._engine, None
            ffi.release(engine)

    @contextmanager
    def _busy(self):
        """The engine for one call: it belongs to one thread at a time."""
        if self._owner == threading.get_ident():
            raise BusyError("linnet: this voice is speaking: finish or close its stream, or open a second Voice")
        with self._lock:
            if self._engine is None:
                raise BusyError("linnet: this voice is closed")
            self._owner = threading.get_ident()
            try:
                yield self._engine
            finally:
                self._owner = None

    def _check(self, status: int) -> None:
        check(status, lib.linnet_error(self._engine))

    def _fill(self, settings) -> None:
        for name, value in settings.items():
            if not isinstance(getattr(type(self), name, None), property):
                raise TypeError(f"linnet: no setting is called '{name}'")
            setattr(self._settings, name, value)

    @contextmanager
    def _with(self, settings):
        """`settings` for one call."""
        before = ffi.new("linnet_settings *", self._settings[0])
        try:
            if settings:
                self._fill(settings)
                self._check(lib.linnet_set(self._engine, self._settings))
            yield
        finally:
            if settings:
                self._settings[0] = before[0]
                lib.linnet_set(self._engine, self._settings)

    def set(self, **settings) -> None:
        """Changes settings for what is spoken from now on. ArgumentError leaves them as they were."""
        with self._busy() as engine:
            before = ffi.new("linnet_settings *", self._settings[0])
            try:
                self._fill(settings)
                self._check(lib.linnet_set(engine, self._settings))
            except Exception:
                self._settings[0] = before[0]
                raise

    # ---- speaking ----------------------------------------------------------------------------------------------------

    def speak(self, text: str, **settings) -> Speech:
        """All of it at once. Settings given here hold for this text only."""
        events: List[Event] = []
        self._run(Text(text), settings, lambda event: events.append(event) or True)
        return Speech(text, self.info.sample_rate, events)

    def stream(self, text: str, **settings) -> Iterator[Event]:
        """Events and blocks of samples as they are made, a sentence's events before its samples. Leaving the loop early ends the
        synthesis. Until then the voice does nothing else."""
        events: queue.Queue = queue.Queue(QUEUED)
        left = threading.Event()
        owner = threading.get_ident()
        failure: List[BaseException] = []

        def take(event) -> bool:
            while not left.is_set():
                try:
                    events.put(event, timeout=0.1)
                    return True
                except queue.Full:
                    pass
            return False

        def run() -> None:
            try:
                self._run(Text(text), settings, take, owner)
            except BaseException as error:
                failure.append(error)
            take(None)

        worker = threading.Thread(target=run, daemon=True)
        if self._owner == owner:
            raise BusyError("linnet: this voice is speaking: finish or close its stream, or open a second Voice")
        worker.start()
        try:
            while (event := events.get()) is not None:
                yield event
            if failure:
                raise failure[0]
        finally:
            left.set()
            if self._owner == owner:
                self.cancel()
            worker.join()

    def save(self, text: str, path, **settings) -> None:
        """Into a sound file: .wav; .flac, .ogg, .opus, .mp3 where the package soundfile is installed. It gets its name when it is
        whole, and a book takes no more memory than a word."""
        stream = self.stream(text, **settings)
        try:
            write_file(path, self.info.sample_rate, (event.samples for event in stream if isinstance(event, Audio)))
        finally:
            stream.close()

    def cancel(self) -> None:
        """Ends what is being spoken, from any thread, within one block: speak(), save() and stream() raise Cancelled."""
        engine = self._engine
        if engine is not None:
            lib.linnet_cancel(engine)

    def _run(self, text: Text, settings, take: Callable, owner: Optional[int] = None) -> None:
        """linnet_speak(): `take` gets each event and returns whether to go on. `owner`: the thread that a stream belongs to."""
        state = Run(text, self.info.sample_rate, take)
        handle = ffi.new_handle(state)
        with self._busy() as engine:
            self._owner = owner or self._owner
            with self._with(settings):
                status = lib.linnet_speak(engine, text.utf8, len(text.utf8), lib.linnet_py_event, handle)
                if state.failure:
                    raise state.failure
                if state.going:
                    self._check(status)

    # ---- dictionaries and files --------------------------------------------------------------------------------------

    def add_lexicon(self, path) -> None:
        """A dictionary of pronunciations, plain text or PLS. MarkupError: lines were left out, the rest is in force."""
        with self._busy() as engine:
            self._check(lib.linnet_add_lexicon(engine, str(path).encode()))

    def set_punctuation(self, level: Punctuation, characters: Optional[str]) -> None:
        """Names these characters at a level, instead of the usual ones; None: those."""
        with self._busy() as engine:
            self._check(lib.linnet_set_punctuation(engine, level, ffi.NULL if characters is None else characters.encode()))

    def set_files(self, folder=None, load: Optional[Callable[[str, int], Optional[Sequence[float]]]] = None) -> None:
        """Files that markup names: `folder` is where relative paths start, load(path, sample_rate) gives a recording's samples,
        or None when it can't be played."""
        with self._busy() as engine:
            self._files = ffi.new_handle(load) if load else None
            self._check(lib.linnet_set_files(engine, str(folder).encode() if folder else ffi.NULL,
                                             lib.linnet_py_audio if load else ffi.NULL, self._files or ffi.NULL))

    def pace(self) -> float:
        """Words a minute at rate 1: `voice.rate = 300 / voice.pace()`."""
        words = ffi.new("double *")
        with self._busy() as engine:
            self._check(lib.linnet_pace(engine, words))
        return words[0]

    # ---- stage by stage ----------------------------------------------------------------------------------------------

    def phonemes(self, text: str, **settings) -> List[SpokenSentence]:
        """The front end alone."""
        source, found, out = Text(text), [], ffi.new("const linnet_sentence **")
        with self._busy() as engine, self._with(settings):
            self._check(lib.linnet_text(engine, source.utf8, len(source.utf8)))
            while True:
                self._check(lib.linnet_sentence_next(engine, out))
                if not out[0]:
                    return found
                s = out[0]
                found.append(SpokenSentence(*source.place(s), string(s.text), string(s.phonemes), string(s.ipa),
                                            list(s.ids[0:s.n_phonemes])))

    def predict(self, ids: Sequence[int]) -> Prosody:
        """Durations, pitch and energy of phonemes, under the settings."""
        out = ffi.new("linnet_prosody *")
        with self._busy() as engine:
            self._check(lib.linnet_predict(engine, ffi.new("int32_t[]", list(ids)), len(ids), out))
            n = out.n_phonemes
            return Prosody(list(out.dur_frames[0:n]), list(out.pitch_hz[0:n]), list(out.energy[0:n]))

    def mel(self, ids: Sequence[int], dur_frames: Optional[Sequence[int]] = None, pitch_hz: Optional[Sequence[float]] = None,
            energy: Optional[Sequence[float]] = None) -> memoryview:
        """Frames [T, M + 2]: log-mels, log F0 in Hz, voicing. What is given replaces the prediction."""
        n, frames, count = len(ids), ffi.new("float **"), ffi.new("size_t *")
        durations = ffi.NULL if dur_frames is None else ffi.new("int32_t[]", [int(d) for d in dur_frames])
        if dur_frames is not None and len(durations) != n:
            raise ValueError(f"linnet: {len(durations)} durations where {n} are needed")
        pitch = ffi.NULL if pitch_hz is None else float_buffer(pitch_hz, n)
        strength = ffi.NULL if energy is None else float_buffer(energy, n)
        with self._busy() as engine:
            self._check(lib.linnet_mel(engine, ffi.new("int32_t[]", list(ids)), n, durations, pitch, strength, frames, count))
            return self._frames(frames, count)

    def analyse(self, samples) -> memoryview:
        """Frames [T, M + 2] of a recording at the voice's sample rate."""
        data, frames, count = float_buffer(samples), ffi.new("float **"), ffi.new("size_t *")
        with self._busy() as engine:
            self._check(lib.linnet_analyse(engine, data, len(data), frames, count))
            return self._frames(frames, count)

    def vocode(self, frames, griffin_lim: bool = False) -> memoryview:
        """Frames [T, M + 2] -> samples."""
        columns = self.info.n_mels + 2
        data, out, count = float_buffer(memoryview(frames).cast("B").cast("f")), ffi.new("float **"), ffi.new("size_t *")
        if len(data) % columns:
            raise ValueError(f"linnet: frames have {columns} columns")
        with self._busy() as engine:
            self._check(lib.linnet_vocode(engine, data, len(data) // columns, griffin_lim, out, count))
            memory = ffi.gc(out[0], lib.linnet_free)
            return floats(ffi.buffer(memory, 4 * count[0]))

    def _frames(self, frames, count) -> memoryview:
        memory = ffi.gc(frames[0], lib.linnet_free)
        columns = self.info.n_mels + 2
        return floats(ffi.buffer(memory, 4 * count[0] * columns), (count[0], columns))


class Run:
    """One linnet_speak(): what its callback needs."""

    def __init__(self, text: Text, rate: int, take: Callable):
        self.text, self.rate, self.take = text, rate, take
        self.failure: Optional[BaseException] = None
        self.going = True


@ffi.def_extern(error=1)
def linnet_py_event(user, event):
    run = ffi.from_handle(user)
    try:
        item = convert(event, run.rate, run.text)
        run.going = item is None or run.take(item)
    except BaseException as error:  # raised again by _run(), on the Python side of linnet_speak()
        run.failure, run.going = error, False
    return 0 if run.going else 1


@ffi.def_extern(error=1)
def linnet_py_audio(user, path, sample_rate, samples, n_samples):
    values = ffi.from_handle(user)(string(path), sample_rate)
    if values is None or len(values) == 0:
        return 1
    data = float_buffer(values)
    memory = lib.malloc(4 * len(data))
    if memory == ffi.NULL:
        return 1
    ffi.memmove(memory, data, 4 * len(data))
    samples[0], n_samples[0] = ffi.cast("float *", memory), len(data)
    return 0


def close_engine(engine) -> None:
    lib.linnet_engine_close(ffi.new("linnet_engine **", engine))


def voices() -> List[VoiceInfo]:
    """The voices that Voice() finds by name: those of this package, then the installed ones."""
    found: List[VoiceInfo] = []
    for path in sorted(VOICES.glob("*.gguf")):
        with Voice(str(path)) as voice:
            found.append(voice.info)
    known = {info.name for info in found}
    installed: List[VoiceInfo] = []

    @ffi.callback("linnet_voice_callback")
    def take(_, __, info, ___):
        if info:
            installed.append(info_of(info))
        return 0

    check(lib.linnet_list_voices(take, ffi.NULL), ffi.new("char[]", b""))
    return found + [info for info in installed if info.name not in known]
