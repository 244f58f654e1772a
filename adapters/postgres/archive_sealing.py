"""Sealing the file of a closed case as payloads are sealed, bound to the case it belongs to."""

from pydantic import ValidationError
from temporalio.api.common.v1 import Payload

from codec.marks import is_sealed
from codec.sealing import SealingCodec
from models.cases.archive import ArchivedDossier
from models.cases.orders import CloseCase
from models.contracts.dossiers import Facts
from models.kernel.base import CaseCode, Message
from models.kernel.errors import LienthongError

ENCODING, JSON = "encoding", b"json/plain"
BELONGS_TO = "case-file"


class SealedFileError(LienthongError):
    """The file of a case cannot be opened, or is not the one it is kept as."""


class CaseFile(Message):
    """What stands in the file."""

    dossiers: tuple[ArchivedDossier, ...]
    to: Facts


async def seal_file(codec: SealingCodec, case_code: CaseCode, order: CloseCase) -> bytes:
    """Encrypt what a case was, together with its code."""
    file = CaseFile(dossiers=order.dossiers, to=order.to)
    metadata = {ENCODING: JSON, BELONGS_TO: case_code.encode()}
    payload = Payload(metadata=metadata, data=file.model_dump_json().encode())
    (sealed,) = await codec.encode([payload])
    return sealed.SerializeToString()


async def open_file(codec: SealingCodec, case_code: CaseCode, sealed: bytes) -> CaseFile:
    """Decrypt a file.

    Raises:
        SealedFileError: no key of the ring opens it, or it belongs to another case.
    """
    (opened,) = await codec.decode([Payload.FromString(sealed)])
    if is_sealed(opened):
        raise SealedFileError(f"the file of {case_code} is sealed with a key we do not have")
    if opened.metadata.get(BELONGS_TO) != case_code.encode():
        raise SealedFileError(f"the file of {case_code} is that of another case")
    try:
        return CaseFile.model_validate_json(opened.data)
    except ValidationError:
        raise SealedFileError(f"the file of {case_code} cannot be read") from None
