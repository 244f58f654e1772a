"""What social affairs need to support a funeral: who died, who arranged it, and the proof."""

from typing import Literal

from backends.dossiers.filing import Filing
from backends.shared.deceased import Deceased, IssuedAfterDeath
from backends.shared.fields import Line, PersonalNumber
from models.kernel.base import Message


class FuneralOrganiser(Message):
    """Who arranged the funeral, and is paid."""

    personal_number: PersonalNumber | None = None
    full_name: Line


class SupportedFuneral(Message):
    """The funeral; how it is paid is the payment's business."""

    organiser: FuneralOrganiser


class SupportEvidence(Message):
    """A death with the result of its registration, and who arranged the funeral."""

    deceased: Deceased
    funeral: SupportedFuneral
    issued: IssuedAfterDeath


class SupportFiling(Filing[SupportEvidence]):
    """A dossier of `social_funeral`."""

    procedure: Literal["social_funeral"]
