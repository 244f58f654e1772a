"""Where histories are kept, with the key that opens them and the world they were made in."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from temporalio.api.common.v1 import Payload
from temporalio.client import WorkflowHistory

from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES
from models.clock.deadline_query import DeadlineResult
from models.intake.intake import IntakeOutcome, Opening
from models.law.law import Agency
from models.working_time.calendars import Calendar

FOLDER = Path(__file__).parents[1] / "replay"
HISTORIES = FOLDER / "histories"
RELEASE = version("lienthong")
RING = Keyring.model_validate_json((FOLDER / "keys-for-tests-only.json").read_text("utf-8"))
"""Made for these recordings alone, so that anybody may open them."""
CONVERTER = data_converter(RING, CASES)


@dataclass(frozen=True)
class Recording:
    """One history, and what is read out of it."""

    name: str
    history: WorkflowHistory

    @property
    def release(self) -> str:
        """The release that recorded it."""
        return self.name.partition("-")[0]

    async def opening(self) -> Opening | None:
        """The case as its intake opened it; None if it opened none."""
        for event in self.history.events:
            done = event.activity_task_completed_event_attributes
            scheduled = self.history.events[done.scheduled_event_id - 1]
            kind = scheduled.activity_task_scheduled_event_attributes.activity_type.name
            if done.scheduled_event_id and kind == "intake.take_in":
                (outcome,) = await CONVERTER.decode(done.result.payloads, [IntakeOutcome])
                return outcome.opening if isinstance(outcome, IntakeOutcome) else None
        return None

    async def deadlines(self) -> list[DeadlineResult]:
        """Every answer of the legal clock."""
        found = []
        for payload in self._results_of("deadline.reckon"):
            (answer,) = await CONVERTER.decode([payload], [DeadlineResult])
            found.append(answer)
        return found

    def _results_of(self, local_activity: str) -> Iterator[Payload]:
        for event in self.history.events:
            details = event.marker_recorded_event_attributes.details
            if "data" not in details or "result" not in details:
                continue
            if json.loads(details["data"].payloads[0].data)["activity_type"] == local_activity:
                yield from details["result"].payloads


@dataclass(frozen=True)
class World:
    """The calendars and the office hours a release counted by."""

    calendars: tuple[Calendar, ...]
    agencies: tuple[Agency, ...]

    def calendar(self, digest: str) -> Calendar:
        """The one with this digest.

        Raises:
            StopIteration: nobody kept it.
        """
        return next(one for one in self.calendars if one.digest == digest)

    def save(self, release: str) -> None:
        """Keep it beside the histories."""
        document = {
            "calendars": [calendar.model_dump(mode="json") for calendar in self.calendars],
            "agencies": [agency.model_dump(mode="json") for agency in self.agencies],
        }
        text = json.dumps(document, ensure_ascii=False, indent=1)
        (FOLDER / "worlds" / f"{release}.json").write_text(f"{text}\n", "utf-8")


def world_of(release: str) -> World:
    document = json.loads((FOLDER / "worlds" / f"{release}.json").read_text("utf-8"))
    return World(
        calendars=tuple(Calendar.model_validate(one) for one in document["calendars"]),
        agencies=tuple(Agency.model_validate(one) for one in document["agencies"]),
    )


def recordings() -> list[Recording]:
    """Every history kept, of every release."""
    return [
        Recording(path.stem, WorkflowHistory.from_json(path.stem, path.read_text("utf-8")))
        for path in sorted(HISTORIES.glob("*.json"))
    ]


def save(name: str, history: WorkflowHistory) -> None:
    """Keep a history under the release that is installed."""
    text = json.dumps(json.loads(history.to_json()), indent=1)
    (HISTORIES / f"{RELEASE}-{name}.json").write_text(f"{text}\n", "utf-8")
