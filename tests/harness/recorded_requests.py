"""A process of ours that writes down every HTTP request it makes, as it goes over the wire."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

PROGRAM = """
import json, sys
import httpx
record, sys.argv = sys.argv[1], ["lienthong", *sys.argv[2:]]
send = httpx.AsyncClient.send
async def recorded(self, request, **options):
    line = json.dumps([str(request.url), request.content.decode("utf-8", "replace")])
    with open(record, "a", encoding="utf-8") as file:
        file.write(line + chr(10))
    return await send(self, request, **options)
httpx.AsyncClient.send = recorded
from workers.cli.app import main
main()
"""


@dataclass(frozen=True)
class Sent:
    """One request: where it went, and what it said."""

    url: str
    body: str


def recording(record: Path, *words: str) -> tuple[str, ...]:
    """The command that runs `lienthong` with these words and writes its requests to a file."""
    return (sys.executable, "-c", PROGRAM, str(record), *words)


def requests_in(record: Path) -> list[Sent]:
    """Everything that was sent so far, oldest first."""
    lines = record.read_text("utf-8").splitlines()
    return [Sent(*json.loads(line)) for line in lines]
