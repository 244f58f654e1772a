"""Reading the words out of a PDF as Typst writes them: plain objects, one map of letters a font."""

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n?(.*?)\nendobj", re.DOTALL)
PLAIN = rb"(?:\\.|[^\\()])*"
INNER = rb"\((?:\\.|[^\\()]|\(" + PLAIN + rb"\))*\)"
STRING = rb"\((?:\\.|[^\\()]|" + INNER + rb")*\)"
"""Parentheses that match need no escape: three deep is what glyph numbers lead to here."""
TOKEN = re.compile(
    rb"(?P<properties><<.*?>>+)|/(?P<font>\w+) [\d.]+ Tf|(?P<string>"
    + STRING
    + rb")|<(?P<hex>[0-9A-Fa-f]+)>|(?P<end>\bET\b)",
    re.DOTALL,
)
ESCAPE = re.compile(rb"\\([0-7]{1,3}|.)", re.DOTALL)
LETTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def text_of(pdf: bytes) -> str:
    """All words of a PDF in the order they are set, with single spaces between runs."""
    objects = {int(number): content for number, content in OBJECT.findall(pdf)}
    pages = [content for content in objects.values() if b"/Type/Page/" in content]
    words = (word for page in pages for word in _words(page, objects))
    return " ".join(" ".join(words).replace("\u200b", "").split())


def embedded_fonts(pdf: bytes) -> set[str]:
    """The fonts a PDF names, each of which must bring its outlines along."""
    objects = {int(number): content for number, content in OBJECT.findall(pdf)}
    described = [content for content in objects.values() if b"/Type/FontDescriptor" in content]
    if not all(b"/FontFile" in content for content in described):
        raise AssertionError("a font is named but not embedded")
    return {_name(content) for content in described}


def _name(descriptor: bytes) -> str:
    found = re.search(rb"/FontName/[A-Z]{6}\+([\w-]+)", descriptor)
    return found[1].decode() if found else ""


def _words(page: bytes, objects: dict[int, bytes]) -> Iterator[str]:
    fonts = {name: _letters(number, objects) for name, number in _fonts(page, objects)}
    font: dict[int, str] = {}
    run = ""
    for token in TOKEN.finditer(_stream(objects[_reference(rb"/Contents", page)])):
        if token["properties"]:
            continue
        if token["font"]:
            font = fonts[token["font"]]
        elif token["end"]:
            yield run
            run = ""
        else:
            run += "".join(font.get(glyph, "\ufffd") for glyph in _glyphs(token))


def _fonts(page: bytes, objects: dict[int, bytes]) -> Iterator[tuple[bytes, int]]:
    resources = objects[_reference(rb"/Resources", page)]
    listed = re.search(rb"/Font<<(.*?)>>", resources)
    for name, number in re.findall(rb"/(\w+) (\d+) 0 R", listed[1] if listed else b""):
        yield name, int(number)


def _letters(font: int, objects: dict[int, bytes]) -> dict[int, str]:
    table = _stream(objects[_reference(rb"/ToUnicode", objects[font])])
    return {
        int(glyph, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for glyph, letter in LETTER.findall(table)
    }


def _glyphs(token: re.Match[bytes]) -> Iterator[int]:
    written = bytes.fromhex(token["hex"].decode()) if token["hex"] else _unescaped(token["string"])
    for index in range(0, len(written), 2):
        yield int.from_bytes(written[index : index + 2])


def _unescaped(string: bytes) -> bytes:
    def byte(found: re.Match[bytes]) -> bytes:
        code = found[1]
        return bytes([int(code, 8)]) if code.isdigit() else ESCAPED.get(code, code)

    return ESCAPE.sub(byte, string[1:-1])


def _stream(content: bytes) -> bytes:
    _, _, stream = content.partition(b"stream\n")
    return zlib.decompressobj().decompress(stream)


def _reference(key: bytes, content: bytes) -> int:
    found = re.search(key + rb" (\d+) 0 R", content)
    if found is None:
        raise AssertionError(f"no {key.decode()}")
    return int(found[1])
