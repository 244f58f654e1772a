"""The kinds of periodic lists from `law/lists.toml`, read whole or refused."""

from pathlib import Path

from adapters.law_files import LAW_FOLDER, read_entries
from models.errors import LawError
from models.list_rules import ListRule
from models.wire_lists import ListKind

FILE = "lists.toml"


def load_list_rules(folder: Path = LAW_FOLDER) -> dict[ListKind, ListRule]:
    """Every kind of list, by kind.

    Raises:
        LawError: the file is missing or wrong, or names a layout that is not there.
    """
    rules = {rule.kind: rule for rule in read_entries(folder / FILE, "list", ListRule)}
    for rule in rules.values():
        if not (folder / "forms" / rule.template).is_file():
            raise LawError(f"{FILE}: danh sách {rule.kind}: không có tệp {rule.template}")
    return rules
