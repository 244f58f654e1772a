"""Typesetting forms as PDF with Typst: its own fonts, no system's, and the same bytes each time."""

import asyncio
import io
import json
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import cached_property
from pathlib import Path

import segno
from typst import Compiler, TypstError

from adapters.law.forms import FORMS
from models.documents.forms import CaseForm
from models.documents.pages import Page, page_of
from models.documents.reading import Reading
from models.documents.register import Register07
from models.documents.register_page import page_of_register
from models.kernel.base import vietnam_time
from models.kernel.errors import LienthongError

ARCHIVAL = "a-2b"
"""PDF/A: made to be read in decades. It refuses letters its fonts do not have."""


class TypesettingError(LienthongError):
    """A form could not be typeset; the message names the form, nothing it says."""


class TypstPrinter:
    """`Printer` with one compiler in one thread, as a compiler may not be used by two at once."""

    def __init__(self, law_folder: Path, reading: Reading) -> None:
        self._folder = law_folder / FORMS
        self._reading = reading
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="documents")

    async def pdf(self, form: CaseForm) -> bytes:
        """Typeset a form off the event loop; the same facts give the same bytes.

        Raises:
            LawError: no such form is known for the day it is written.
            TypesettingError: its layout is broken.
        """
        page = page_of(form, self._reading)
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._typeset, page, form.issued_at)

    def register(self, register: Register07) -> bytes:
        """Typeset a register, in this thread: only commands ask for one.

        Raises:
            LawError, TypesettingError: as above.
        """
        return self._typeset(page_of_register(register, self._reading), register.drawn_at)

    def page(self, page: Page, at: datetime) -> bytes:
        """Typeset a page that is no form of a case, in this thread: only commands ask for one.

        Raises:
            TypesettingError: as above.
        """
        return self._typeset(page, at)

    def _typeset(self, page: Page, at: datetime) -> bytes:
        try:
            return self._compiled(page, at, [ARCHIVAL])
        except TypstError:  # a letter without a glyph: better a box in its place than no document
            return self._plain(page, at)

    def _plain(self, page: Page, at: datetime) -> bytes:
        try:
            return self._compiled(page, at, [])
        except TypstError:
            raise TypesettingError(
                f"the layout {page.template} of {page.code} could not be typeset"
            ) from None  # Typst quotes what it could not set, which may be personal

    def _compiled(self, page: Page, at: datetime, standards: list[str]) -> bytes:
        inputs = {"form": _inputs(page)}
        pdf = self._compiler.compile(
            input=self._folder / page.template,
            sys_inputs=inputs,
            timestamp=vietnam_time(at).replace(microsecond=0),
            pdf_standards=standards,  # type: ignore[arg-type]  # literals of the stub
        )
        if not isinstance(pdf, bytes):
            raise TypesettingError(f"the layout {page.template} gave no PDF")
        return pdf

    @cached_property
    def _compiler(self) -> Compiler:
        return Compiler(root=self._folder, ignore_system_fonts=True)


def _inputs(page: Page) -> str:
    """Everything the layout shows, as one JSON text: shown as it is, never read as markup."""
    told = {"title": page.title, "facts": page.facts, "qr": _qr(page.code)}
    return unicodedata.normalize("NFC", json.dumps(told, ensure_ascii=False))


def _qr(code: str) -> str:
    drawing = io.BytesIO()
    segno.make_qr(code, error="m").save(drawing, kind="svg", xmldecl=False, border=1)
    return drawing.getvalue().decode()
