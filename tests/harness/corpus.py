"""Many histories in one packed file: what demonstrations and faults made, opened, to be replayed.

Their payloads are opened before they are packed, because what is sealed does not pack: about 80 kB
become 2 kB. The marks of the codec stay on them, so a case replays as if it had opened them itself.
Everybody in them is invented.
"""

import lzma
import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from google.protobuf.message import Message
from temporalio.api.common.v1 import Payload
from temporalio.api.history.v1 import History
from temporalio.client import WorkflowHistory
from temporalio.converter import PayloadCodec

from harness.recordings import CONVERTER, FOLDER

CORPUS = FOLDER / "corpus"
OPENED = replace(CONVERTER, payload_codec=None)
"""Reads histories that were opened: nothing is left to open, and no mark is taken off."""
_LENGTHS = struct.Struct(">HI")


async def opened(history: WorkflowHistory, codec: PayloadCodec) -> WorkflowHistory:
    """The same history with every payload as the workflow sees it."""
    copy = History.FromString(History(events=history.events).SerializeToString())
    for payload in _payloads(copy):
        (plain,) = await codec.decode([payload])
        payload.CopyFrom(plain)
    return WorkflowHistory(history.workflow_id, copy.events)


def pack(histories: Iterable[WorkflowHistory], path: Path) -> None:
    """Write histories into one file; the same histories make the same bytes."""
    with lzma.open(path, "wb", preset=9 | lzma.PRESET_EXTREME) as file:
        for history in histories:
            id = history.workflow_id.encode()
            content = History(events=history.events).SerializeToString(deterministic=True)
            file.write(_LENGTHS.pack(len(id), len(content)) + id + content)


def unpack(path: Path) -> Iterator[WorkflowHistory]:
    """Every history of a file, in the order in which they were packed."""
    with lzma.open(path) as file:
        while lengths := file.read(_LENGTHS.size):
            id, content = (file.read(length) for length in _LENGTHS.unpack(lengths))
            yield WorkflowHistory(id.decode(), History.FromString(content).events)


def _payloads(message: Message) -> Iterator[Payload]:
    if isinstance(message, Payload):
        yield message
        return
    for field, value in message.ListFields():
        if field.message_type is None:
            continue
        if field.message_type.GetOptions().map_entry:
            parts = value.values() if isinstance(next(iter(value.values())), Message) else ()
        else:
            parts = value if field.is_repeated else (value,)
        for part in parts:
            yield from _payloads(part)
