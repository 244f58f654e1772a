"""What the residence authority needs to strike somebody off: who died, where they lived, proof."""

from typing import Literal

from backends.deceased import Deceased, IssuedAfterDeath
from backends.dossiers.filing import Filing
from models.base import Message


class RemovalEvidence(Message):
    """A death with the result of its registration."""

    deceased: Deceased
    issued: IssuedAfterDeath


class RemovalFiling(Filing[RemovalEvidence]):
    """A dossier of `remove_residence`."""

    procedure: Literal["remove_residence"]
