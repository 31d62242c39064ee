"""Texts as they are compared with what a recogniser heard: numbers spelled out, no case, no punctuation."""
import functools
import re
import subprocess
import unicodedata

SHORT_FORMS = {"mr": "mister", "mrs": "missus", "dr": "doctor", "ok": "okay", "vs": "versus"}
FULL_FORMS = {"for": "four", "to": "two", "are": "r"}  # espeak-ng reduces the first ones, even alone


@functools.cache
def speller():
    import inflect
    return inflect.engine()


def year(digits):
    """'1963' -> 'nineteen sixty three', '1905' -> 'nineteen oh five', '1900' -> 'nineteen hundred'."""
    say = lambda n: speller().number_to_words(int(n))
    if digits[2:] == "00":
        return say(digits[:2]) + " hundred"
    return say(digits[:2]) + (" oh " if digits[2] == "0" else " ") + say(digits[2:])


def number(match):
    """A run of digits, with an ordinal's or a decade's ending -> words."""
    digits, ending = match[1], match[2] or ""
    plain_year = re.fullmatch("1[1-9][0-9]{2}|20[1-9][0-9]", digits)
    if ending in ("st", "nd", "rd", "th"):
        words = speller().number_to_words(digits + ending)
    else:
        words = year(digits) if plain_year else speller().number_to_words(digits, andword="")
    if ending == "s":
        words = words[:-1] + "ies" if words.endswith("y") else words + "s"
    return f" {words} "


def plain(text, language="en"):
    """English as english(); of other languages the words alone, which must be without digits."""
    return english(text) if language.startswith("en") else " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text.lower())))


def english(text):
    """'It cost $1,200 in 1963!' -> 'it cost one thousand two hundred dollars in nineteen sixty three'."""
    text = text.lower().replace("’", "'").replace("%", " percent ").replace("&", " and ")
    text = re.sub(r"\$(\d[\d,]*(?:\.\d+)?)", r"\1 dollars", text)
    text = re.sub(r"(\d+(?:,\d{3})*(?:\.\d+)?)(st|nd|rd|th|s)?\b", number, text)
    text = re.sub(r"(?<![a-z])'|'(?![a-z])", " ", text)
    words = re.sub(r"[^a-z' ]", " ", text)
    words = re.sub(r"\b(hundred|thousand) and\b", r"\1", " ".join(words.split()))
    return " ".join(SHORT_FORMS.get(w, w) for w in words.split())


@functools.cache
def sound(text, voice):
    """What a plain text sounds like: espeak-ng's phonemes without stress and spaces: homophones are equal."""
    text = FULL_FORMS.get(text, text) if voice.startswith("en") else text
    run = subprocess.run(["espeak-ng", "-q", "-x", "-v", voice, text], capture_output=True, text=True, check=True)
    return re.sub(r"[^A-Za-z0-9@]", "", run.stdout)


def same(wanted, heard, voice="en-us"):
    """Whether one-word items agree, homophones included."""
    return wanted == heard or sound(wanted, voice) == sound(heard, voice)
