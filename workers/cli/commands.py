"""Every command, where it lives, and under which heading the help lists it."""

from dataclasses import dataclass
from importlib import import_module

import typer


@dataclass(frozen=True)
class Command:
    """A function, or a group of commands, in a module that is loaded when it is asked for."""

    module: str
    attribute: str
    panel: str


RUN, CASES, RULES, PARTS = "Chạy", "Hồ sơ", "Quy định và cơ quan", "Tiến trình"

COMMANDS = {
    "up": Command("up", "up", RUN),
    "down": Command("up", "down", RUN),
    "demo": Command("demo", "demo", RUN),
    "doctor": Command("doctor", "doctor", RUN),
    "submit": Command("submit", "submit", CASES),
    "case": Command("case", "case", CASES),
    "decide": Command("decide", "decide", CASES),
    "supplement": Command("supplement", "supplement", CASES),
    "withdraw": Command("withdraw", "withdraw", CASES),
    "extend": Command("extend", "extend", CASES),
    "correct": Command("correct", "correct", CASES),
    "approve": Command("correct", "approve", CASES),
    "settle-task": Command("correct", "settle_task", CASES),
    "resume": Command("resume", "resume", CASES),
    "precheck": Command("precheck", "precheck", CASES),
    "confirm": Command("confirm", "confirm", CASES),
    "redirect-payment": Command("redirect_payment", "redirect_payment", CASES),
    "sla": Command("sla", "app", CASES),
    "ops": Command("ops", "app", CASES),
    "id": Command("schema", "id_", CASES),
    "schema": Command("schema", "schema", CASES),
    "law": Command("law", "app", RULES),
    "agencies": Command("agencies", "app", RULES),
    "keys": Command("keys", "app", RULES),
    "documents": Command("documents", "app", CASES),
    "lists": Command("lists", "app", CASES),
    "worker": Command("worker", "worker", PARTS),
    "codec-server": Command("codec_server", "codec_server", PARTS),
    "bench": Command("bench", "bench", PARTS),
    "pilot": Command("pilot", "pilot", PARTS),
}


def add(app: typer.Typer, name: str) -> None:
    """Load a command and hang it into the command line."""
    command = COMMANDS[name]
    found = getattr(import_module(f"workers.cli.{command.module}"), command.attribute)
    if isinstance(found, typer.Typer):
        app.add_typer(found, name=name, rich_help_panel=command.panel)
    else:
        app.command(name, rich_help_panel=command.panel)(found)
