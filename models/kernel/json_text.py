"""JSON from outside, without the one character our database cannot keep."""

import re

_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


def without_nul(text: bytes) -> bytes:
    """Show U+0000, which no jsonb can hold, as the sign for a character that was lost (U+FFFD)."""
    return _NUL.sub(rb"\1\\ufffd", text)
