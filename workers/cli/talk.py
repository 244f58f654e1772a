"""How a command speaks with a case: what it hears back becomes words and an exit code."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Annotated, Any, NoReturn, TypeVar

import typer

from models.kernel.findings import Finding
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, fail
from workers.cli.findings import show_findings
from workers.client.updates import CaseEndedError, CaseRejectsError

Case = Annotated[str, typer.Argument(help="Mã hồ sơ hoặc mã định danh của hồ sơ.")]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON cho máy.")]
Answer = TypeVar("Answer")


def talk(
    conversation: Coroutine[Any, Any, Answer], *, source: str, as_json: bool
) -> Answer:  # Any: asyncio's own
    """Have a conversation; a no of the case ends the command with 1, wrong words with 2."""
    try:
        return asyncio.run(conversation)
    except CaseRejectsError as error:
        code = EXIT_FINDING if error.is_about_the_case else EXIT_USAGE
        refuse(error.findings, source=source, as_json=as_json, code=code)
    except CaseEndedError as error:
        fail(str(error), code=EXIT_FINDING)


def refuse(
    findings: Sequence[Finding], *, source: str, as_json: bool, code: int = EXIT_USAGE
) -> NoReturn:
    """End the command, naming every wrong field."""
    show_findings({source: findings}, as_json=as_json)
    raise typer.Exit(code)
