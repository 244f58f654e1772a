"""Sealing documents as payloads are sealed, bound to the case, form and number they belong to."""

from temporalio.api.common.v1 import Payload

from codec.marks import is_sealed
from codec.sealing import SealingCodec
from models.documents.forms import DocumentKey
from models.kernel.errors import LienthongError

ENCODING, BINARY = "encoding", b"binary/plain"
BELONGS_TO = "document"


class SealedDocumentError(LienthongError):
    """A kept document cannot be opened, or is not the one it is kept as."""


async def seal_document(codec: SealingCodec, key: DocumentKey, document: bytes) -> bytes:
    """Encrypt a document together with what it is."""
    metadata = {ENCODING: BINARY, BELONGS_TO: _name(key)}
    (sealed,) = await codec.encode([Payload(metadata=metadata, data=document)])
    return sealed.SerializeToString()


async def open_document(codec: SealingCodec, key: DocumentKey, sealed: bytes) -> bytes:
    """Decrypt a document.

    Raises:
        SealedDocumentError: no key of the ring opens it, or it belongs to another case or form.
    """
    (opened,) = await codec.decode([Payload.FromString(sealed)])
    if is_sealed(opened):
        raise SealedDocumentError(
            f"Không mở được mẫu {key.form} số {key.number} của hồ sơ {key.case_code}: bộ khóa này"
            " không có khóa đã dùng, hoặc văn bản bị hỏng."
        )
    if opened.metadata.get(BELONGS_TO) != _name(key):
        raise SealedDocumentError(
            f"Mẫu {key.form} số {key.number} của hồ sơ {key.case_code} không phải văn bản đã lưu"
            " dưới tên đó: dữ liệu đã bị tráo."
        )
    return opened.data


def _name(key: DocumentKey) -> bytes:
    return key.model_dump_json().encode()
