"""What an agency writes reaches our database, whatever characters are in it."""

import json

import pytest

from models.kernel.json_text import without_nul


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("a\x00b", "a\ufffdb"),
        ("\x00\x00", "\ufffd\ufffd"),
        ("a\\\x00", "a\\\ufffd"),
        ("\\u0000", "\\u0000"),
        ("Hồ sơ hợp lệ", "Hồ sơ hợp lệ"),
    ],
    ids=["between", "twice", "after a backslash", "only spelled out", "not at all"],
)
def test_the_one_character_a_database_cannot_keep_is_shown_as_lost(said: str, kept: str) -> None:
    text = json.dumps({"reason_code": said}).encode()

    assert json.loads(without_nul(text)) == {"reason_code": kept}
