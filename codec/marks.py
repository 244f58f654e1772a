"""What a payload's metadata says: who sealed it, and what may travel readable.

Safe to import in workflow code: nothing here opens, seals, or touches a key.
"""

from typing import Any

from pydantic_core import to_json
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

CASES = "cases"
"""The audience that opens declarations and histories."""

ENCODING = "encoding"
SEALED = b"binary/encrypted"
PLAIN_JSON = b"json/plain"
KEY_ID = "encryption-key-id"

SEALED_WITH = "sealed-with"
"""Set by our codec on what it opened, to the key's id; removed from everything that arrives."""
OPEN = "lienthong-open"
"""Set by our own code on JSON that holds no personal data: our codec lets it pass unsealed."""
OPEN_VALUE = b"1"
OPEN_REJECTION = "Rejected"
"""Type of an ApplicationError whose message and details every caller may read: no values in it."""

_MARKS = (SEALED_WITH, OPEN)


def is_sealed(payload: Payload) -> bool:
    """Whether the payload says that it is ciphertext of ours and under which key."""
    return payload.metadata.get(ENCODING) == SEALED and KEY_ID in payload.metadata


def is_open(payload: Payload) -> bool:
    """Whether our own code allowed this payload to travel readable."""
    return payload.metadata.get(OPEN) == OPEN_VALUE and payload.metadata.get(ENCODING) == PLAIN_JSON


def sealed_with(payload: Payload) -> str | None:
    """Id of the key that the payload arrived under; None if it was plain or could not be opened."""
    mark = payload.metadata.get(SEALED_WITH)
    return mark.decode() if mark is not None else None


def audience_of(key_id: str) -> str:
    """For whom a key was made; its id begins with that name: `insurance-2` is for `insurance`."""
    return key_id.rpartition("-")[0]


def open_answer(value: Any) -> RawValue:  # Any: whatever pydantic writes as JSON
    """Let an update answer readable JSON to callers of any audience; never for personal data."""
    metadata = {ENCODING: PLAIN_JSON, OPEN: OPEN_VALUE}
    return RawValue(Payload(metadata=metadata, data=to_json(value)))


def mark_open(payload: Payload) -> None:
    """Let a payload we just made travel readable."""
    payload.metadata[OPEN] = OPEN_VALUE


def without_marks(payload: Payload) -> Payload:
    """The same payload without our marks, so that nobody outside can set them."""
    if not any(mark in payload.metadata for mark in _MARKS):
        return payload
    bare = Payload()
    bare.CopyFrom(payload)
    for mark in _MARKS:
        bare.metadata.pop(mark, None)
    return bare
