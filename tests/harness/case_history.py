"""A recorded history, counted and searched."""

from collections import Counter
from dataclasses import dataclass

from temporalio.api.enums.v1 import EventType
from temporalio.api.history.v1 import HistoryEvent
from temporalio.client import WorkflowHistory


@dataclass(frozen=True)
class CaseHistory:
    """What the server keeps of a case."""

    recorded: WorkflowHistory

    @property
    def events(self) -> list[HistoryEvent]:
        """Every event, oldest first."""
        return list(self.recorded.events)

    @property
    def length(self) -> int:
        """How many events there are."""
        return len(self.events)

    @property
    def size(self) -> int:
        """How many bytes they are."""
        return sum(event.ByteSize() for event in self.events)

    @property
    def activities(self) -> list[str]:
        """The regular activities by type, in the order they were scheduled."""
        return [
            event.activity_task_scheduled_event_attributes.activity_type.name
            for event in self.events
            if event.HasField("activity_task_scheduled_event_attributes")
        ]

    @property
    def timers(self) -> int:
        """How many timers were started."""
        return self.count("EVENT_TYPE_TIMER_STARTED")

    def count(self, kind: str) -> int:
        """How many events are of a kind."""
        return Counter(EventType.Name(event.event_type) for event in self.events)[kind]

    def readable(self) -> str:
        """Everything a stranger reads in it, payloads as they are stored."""
        raw = b"\n".join(event.SerializeToString() for event in self.events)
        return raw.decode("utf-8", errors="replace") + str(self.events)
