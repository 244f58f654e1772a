"""Comparing names as clerks do: case and spacing do not matter, every diacritic does."""

import unicodedata


def plain(name: str) -> str:
    """The name as it is compared."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def bank_spelling(name: str) -> str:
    """The name as banks spell it: upper case, without diacritics."""
    letters = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(bare.upper().split())
