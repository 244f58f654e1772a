"""The `lienthong` command: puts the commands together and ends the process cleanly."""

import os
import sys
from typing import NoReturn

import typer

from models.errors import LienthongError
from workers.cli import agencies, keys, law
from workers.cli.bench import bench
from workers.cli.case import case
from workers.cli.codec_server import codec_server
from workers.cli.console import EXIT_USAGE, err
from workers.cli.doctor import doctor
from workers.cli.resume import resume
from workers.cli.schema import id_, schema
from workers.cli.submit import submit
from workers.cli.up import down, up
from workers.cli.worker import worker

app = typer.Typer(
    name="lienthong",
    help="Thủ tục hành chính liên thông: khai sinh, khai tử.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_show_locals=False,
)

RUN, CASES, RULES, PARTS = "Chạy", "Hồ sơ", "Quy định và cơ quan", "Tiến trình"

app.command(rich_help_panel=RUN)(up)
app.command(rich_help_panel=RUN)(down)
app.command(rich_help_panel=RUN)(doctor)
app.command(rich_help_panel=CASES)(submit)
app.command(rich_help_panel=CASES)(case)
app.command(rich_help_panel=CASES)(resume)
app.command("id", rich_help_panel=CASES)(id_)
app.command(rich_help_panel=CASES)(schema)
app.add_typer(law.app, name="law", rich_help_panel=RULES)
app.add_typer(agencies.app, name="agencies", rich_help_panel=RULES)
app.add_typer(keys.app, name="keys", rich_help_panel=RULES)
app.command(rich_help_panel=PARTS)(worker)
app.command(rich_help_panel=PARTS)(bench)
app.command("codec-server", rich_help_panel=PARTS)(codec_server)


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
