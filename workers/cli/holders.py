"""Who can hold a dossier, in the words people read."""

from pathlib import Path

from adapters.law_files import read_entries
from models.law import Agency
from models.vocabulary import Holder

_NOT_AGENCIES = {
    Holder.CITIZEN: "Công dân",
    Holder.US: "Hệ thống liên thông",
    Holder.OUTAGE: "Chưa liên lạc được cơ quan",
}


def holder_names(law: Path) -> dict[str, str]:
    """Short names by holder: every agency of the law files, and who else can hold the clock."""
    agencies = read_entries(law / "agencies.toml", "agency", Agency)
    return {str(one.id): one.short_name for one in agencies} | {
        str(holder): name for holder, name in _NOT_AGENCIES.items()
    }
