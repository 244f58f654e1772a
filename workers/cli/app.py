"""The `lienthong` command: puts the commands together and ends the process cleanly."""

import os
import sys
from typing import NoReturn

import typer
from rich.markup import escape

from codec.errors import KeyringError
from models.kernel.errors import LienthongError
from workers.cli.commands import COMMANDS, add
from workers.cli.console import EXIT_USAGE, err


def build(chosen: str | None) -> typer.Typer:
    """The command line with all commands, or with the one that was asked for.

    Loading one command instead of all saves a second, which every process of `up` would pay.
    """
    app = typer.Typer(
        name="lienthong",
        help="Thủ tục hành chính liên thông: khai sinh, khai tử.",
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode="rich",
        pretty_exceptions_show_locals=False,
        callback=_stay_a_group,
    )
    for name in [chosen] if chosen in COMMANDS else COMMANDS:
        add(app, name)
    return app


def main() -> NoReturn:
    """Run one command, flush, and leave without the interpreter's own teardown.

    `os._exit` because processes that used Temporal's SDK can abort at interpreter exit
    (sdk-python issue 300); remove once that is closed.
    """
    os._exit(_run(next(iter(sys.argv[1:]), None)))


def _run(chosen: str | None) -> int:
    code: object
    try:
        build(chosen)()
        code = 0
    except SystemExit as done:
        code = done.code
    except (LienthongError, KeyringError) as error:
        err.print(f"[bold red]Lỗi:[/] {escape(str(error))}", soft_wrap=True)
        code = EXIT_USAGE
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return code if isinstance(code, int) else 0 if code is None else 1


def _stay_a_group() -> None:
    """With a single command loaded, its name must still be said."""
