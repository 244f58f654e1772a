"""Who can hold a dossier, in the words people read."""

from pathlib import Path

from adapters.law.files import read_entries
from models.kernel.vocabulary import Holder
from models.law.law import Agency


def holder_names(law: Path) -> dict[str, str]:
    """Short names by holder: every agency of the law files, and who else can hold the clock."""
    agencies = read_entries(law / "agencies.toml", "agency", Agency)
    return {str(one.id): one.short_name for one in agencies} | {
        str(holder): holder.label for holder in Holder
    }
