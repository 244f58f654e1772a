"""How commands speak: people on standard error or output, machines on standard output as JSON."""

import json
import sys
from typing import Any, NoReturn

import typer
from pydantic import BaseModel
from rich.console import Console

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

EXIT_FINDING = 1
EXIT_USAGE = 2


def print_json(data: BaseModel | Any) -> None:  # Any: whatever json can write
    """Write one JSON document to standard output, readable Vietnamese, no colours."""
    if isinstance(data, BaseModel):
        sys.stdout.write(data.model_dump_json(indent=2) + "\n")
    else:
        sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2, default=str) + "\n")


def fail(message: str, *, code: int = EXIT_USAGE) -> NoReturn:
    """End the command with one sentence that says what is wrong and how to mend it."""
    err.print(f"[bold red]Lỗi:[/] {message}", soft_wrap=True)
    raise typer.Exit(code)
