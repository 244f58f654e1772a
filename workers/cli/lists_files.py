"""Lists as files that officials print: PDF and Excel, readable by their owner alone."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from adapters.documents.lists_excel import workbook_of_list
from adapters.documents.typst import TypstPrinter
from models.contracts.lists import PersonList
from models.documents.person_lists import page_of_list
from models.documents.reading import Reading
from models.law.list_rules import ListRule
from models.lists.issued_lists import IssuedList
from workers.cli.private_files import write_private
from workers.client.lists import ListClient
from workers.runtime.archiver import read_texts
from workers.runtime.settings import Settings


async def write_lists(
    settings: Settings,
    desk: ListClient,
    rule: ListRule,
    lists: Iterable[IssuedList],
    folders: Mapping[str, Path | None],
) -> list[Path]:
    """Write every list into the folders that were named, by the ending of the files.

    Raises:
        SealedLineError: no key here opens a list.
        TypesettingError: the layout is broken.
    """
    chosen = {ending: folder for ending, folder in folders.items() if folder is not None}
    if not chosen:
        return []
    reading = read_texts(settings)
    press = Press(rule, reading, TypstPrinter(settings.law, reading))
    written = []
    for issued in lists:
        persons = await desk.persons(issued.number)
        for ending, folder in chosen.items():
            content = press.content(ending, issued, persons)
            written.append(write_private(folder / f"{issued.number}{ending}", content))
    return written


class Press:
    """Makes the files of one kind of list."""

    def __init__(self, rule: ListRule, reading: Reading, printer: TypstPrinter) -> None:
        self._rule = rule
        self._reading = reading
        self._printer = printer

    def content(self, ending: str, issued: IssuedList, persons: PersonList) -> bytes:
        """A list as a file of this ending."""
        if ending == ".xlsx":
            return workbook_of_list(issued, persons, self._rule, self._reading)
        page = page_of_list(issued, persons, self._rule, self._reading)
        return self._printer.page(page, issued.compiled_at)
