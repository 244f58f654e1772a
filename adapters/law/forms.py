"""The texts of the forms from `law/forms/forms.toml`, read whole or refused."""

from pathlib import Path

from adapters.law.files import parse, read_toml
from law import FOLDER as LAW_FOLDER
from models.documents.texts import FormTexts
from models.kernel.errors import LawError

FORMS = Path("forms")
LISTS = {
    "forms": "form",
    "letterheads": "letterhead",
    "enclosures": "enclosure",
    "causes": "cause",
    "delays": "delay",
    "clocks": "clock",
}


def load_forms(folder: Path = LAW_FOLDER) -> FormTexts:
    """Read the texts once; the caller keeps them.

    Raises:
        LawError: the file is missing or wrong, or a form names a layout that is not there.
    """
    path = folder / FORMS / "forms.toml"
    read = read_toml(path)
    book = parse(path, FormTexts, {name: read.get(key, []) for name, key in LISTS.items()})
    for form in book.forms:
        if not (path.parent / form.template).is_file():
            raise LawError(f"{path.name}: mẫu {form.kind}: không có tệp {form.template}")
    return book
