"""The `lienthong` command: puts the commands together and ends the process cleanly."""

import os
import sys
from typing import NoReturn

import typer

from models.errors import LienthongError
from workers.cli.console import EXIT_USAGE, err

app = typer.Typer(
    name="lienthong",
    help="Thủ tục hành chính liên thông: khai sinh, khai tử.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)


def main() -> NoReturn:
    """Run one command, flush, and leave without the interpreter's own teardown.

    `os._exit` because processes that used Temporal's SDK can abort at interpreter exit
    (sdk-python issue 300); remove once that is closed.
    """
    os._exit(_run())


def _run() -> int:
    code: object
    try:
        app()
        code = 0
    except SystemExit as done:
        code = done.code
    except LienthongError as error:
        err.print(f"[bold red]Lỗi:[/] {error}", soft_wrap=True)
        code = EXIT_USAGE
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else 0 if code is None else 1
