"""What the holder of some keys can read in a history."""

from collections.abc import Iterator

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory

from codec.keys import Keyring
from codec.marks import is_sealed
from codec.sealing import SealingCodec


async def opened_with(ring: Keyring, audience: str, history: WorkflowHistory) -> list[str]:
    """The content of every payload that was sealed and that these keys open."""
    sealed = [one for event in history.events for one in _payloads(event) if is_sealed(one)]
    opened = await SealingCodec(ring, audience).decode(sealed)
    return [one.data.decode("utf-8", "replace") for one in opened if not is_sealed(one)]


def _payloads(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        is_map = field.message_type.GetOptions().map_entry
        repeated = value.values() if is_map else value
        for part in [value] if isinstance(value, Message) else repeated:
            if isinstance(part, Message):
                yield from _payloads(part)
