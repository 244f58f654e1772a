"""Whole numbers in Vietnamese words, as sums are written out on paper."""

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
BILLION = 1_000_000_000
GROUPS = ((1_000_000, "triệu"), (1_000, "nghìn"), (1, ""))


def spelled(number: int) -> str:
    """A number from 0 up: 345436000 is `ba trăm bốn mươi lăm triệu bốn trăm ba mươi sáu nghìn`.

    Raises:
        ValueError: it is negative; no sum on our papers is.
    """
    if number < 0:
        raise ValueError("only whole numbers from 0 up are spelled")
    return " ".join(_words(number, leads=True)) or DIGITS[0]


def _words(number: int, *, leads: bool) -> list[str]:
    """The words of a number; one that leads has no zeros before it."""
    words: list[str] = []
    if number >= BILLION:
        words = [*_words(number // BILLION, leads=leads), "tỷ"]
        number, leads = number % BILLION, False
    for size, name in GROUPS:
        group = number // size % 1000
        if group:
            words += [*_group(group, leads=leads and not words), *([name] if name else [])]
    return words


def _group(group: int, *, leads: bool) -> list[str]:
    """Three digits; where it does not lead, its missing hundreds are said."""
    hundreds, rest = divmod(group, 100)
    words = [DIGITS[hundreds], "trăm"] if hundreds or not leads else []
    return [*words, *_two_digits(rest, after_hundreds=bool(words))]


def _two_digits(rest: int, *, after_hundreds: bool) -> list[str]:
    tens, units = divmod(rest, 10)
    if tens == 0:
        linh = ["linh"] if after_hundreds and units else []
        return [*linh, *([DIGITS[units]] if units else [])]
    said = ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    return [*said, *([_last(units, tens)] if units else [])]


def _last(units: int, tens: int) -> str:
    """Some digits sound otherwise after tens."""
    if units == 5:  # noqa: PLR2004 -- the digit itself
        return "lăm"
    changed = {1: "mốt", 4: "tư"} if tens > 1 else {}
    return changed.get(units, DIGITS[units])
