"""The kinds of periodic lists from `law/lists.toml`, read whole or refused."""

from pathlib import Path

from adapters.law.files import read_entries
from law import FOLDER as LAW_FOLDER
from models.contracts.lists import ListKind
from models.kernel.errors import LawError
from models.law.list_rules import ListRule

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
