"""Sealing what stands on a line of a list, bound to the person and list it belongs to."""

import json

from temporalio.api.common.v1 import Payload

from codec.marks import is_sealed
from codec.sealing import SealingCodec
from models.contracts.dossiers import Facts
from models.kernel.errors import LienthongError

ENCODING, JSON = "encoding", b"json/plain"
BELONGS_TO = "line"


class SealedLineError(LienthongError):
    """A kept line cannot be opened, or is not what it is kept as; says nothing of what it holds."""


async def seal_facts(codec: SealingCodec, owner: str, facts: Facts) -> bytes:
    """Encrypt the facts of a line together with whose they are."""
    metadata = {ENCODING: JSON, BELONGS_TO: owner.encode()}
    data = json.dumps(facts, ensure_ascii=False).encode()
    (sealed,) = await codec.encode([Payload(metadata=metadata, data=data)])
    return sealed.SerializeToString()


async def open_facts(codec: SealingCodec, owner: str, sealed: bytes) -> Facts:
    """Decrypt the facts of a line.

    Raises:
        SealedLineError: no key of the ring opens it, or it belongs to another person or list.
    """
    (opened,) = await codec.decode([Payload.FromString(sealed)])
    if is_sealed(opened):
        raise SealedLineError(
            "Không mở được một dòng danh sách: bộ khóa này không có khóa đã dùng."
        )
    if opened.metadata.get(BELONGS_TO) != owner.encode():
        raise SealedLineError("Một dòng danh sách không phải dòng đã lưu: dữ liệu đã bị tráo.")
    facts: Facts = json.loads(opened.data)
    return facts
