"""`lienthong doctor`: says what is wrong on this machine and how to mend it."""

import asyncio
from typing import Annotated

import typer

from workers.cli.console import EXIT_FINDING, out, print_json
from workers.local.checks import examine
from workers.local.findings import Check
from workers.runtime.settings import Settings


def doctor(
    *, as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False
) -> None:
    """Kiểm tra máy này có đủ để xử lý hồ sơ không; mã thoát 1 nếu có chỗ cần sửa."""
    checks = asyncio.run(examine(Settings.read()))
    if as_json:
        print_json({"checks": [check.model_dump() for check in checks]})
    else:
        _print_for_people(checks)
    if not all(check.ok for check in checks):
        raise typer.Exit(EXIT_FINDING)


def _print_for_people(checks: list[Check]) -> None:
    for check in checks:
        mark = "✓" if check.ok else "✗"
        out.print(f"{mark} {check.name:<20} {check.detail}", markup=False, soft_wrap=True)
