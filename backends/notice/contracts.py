"""What the notification office reads and shows."""

from pydantic import Field, JsonValue

from backends.shared.fields import Line
from backends.shared.mailbox import Thing
from models.kernel.base import Message


class NoticePosting(Thing):
    """Body of `PUT /v1/notices/{key}`: the wire contract, each field within its bounds."""

    kind: Line
    to: dict[str, str | None]
    title: str
    body: str
    attachments: dict[str, JsonValue] = Field(default_factory=dict)


class Outbox(Message):
    """Notices in the order they were sent."""

    notices: tuple[NoticePosting, ...]
