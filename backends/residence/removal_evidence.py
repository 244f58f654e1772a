"""What the residence authority needs to strike somebody off: who died, where they lived, proof."""

from typing import Literal

from backends.dossiers.filing import Filing
from backends.shared.deceased import Deceased, IssuedAfterDeath
from models.kernel.base import Message


class RemovalEvidence(Message):
    """A death with the result of its registration."""

    deceased: Deceased
    issued: IssuedAfterDeath


class RemovalFiling(Filing[RemovalEvidence]):
    """A dossier of `remove_residence`."""

    procedure: Literal["remove_residence"]
