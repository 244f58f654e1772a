"""Vietnamese names written differently and meaning the same."""

import unicodedata

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def phonetic_form(text: str) -> str:
    """Fold what two clerks write differently: case, spaces, composition, where the tone stands."""
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(_tone_last(word) for word in words)


def without_marks(text: str) -> str:
    """Fold a name to what a bank writes: no tones, no marks, d for đ; case and spaces aside."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("đ", "d"))
    return " ".join("".join(x for x in letters if not unicodedata.combining(x)).split())


def _tone_last(word: str) -> str:
    """Write hoà and hòa alike: the syllable first, then its tone."""
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(letter for letter in letters if letter in _TONES)
    return "".join(letter for letter in letters if letter not in _TONES) + tones
