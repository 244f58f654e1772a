"""`lienthong ops …`: what needs an operator, dead cases, and refused reminders."""

import asyncio
from typing import Annotated

import typer
from pydantic import ValidationError

from models.kernel.findings import Finding
from models.operations.outbox import OutboxCount, RefusedNotice
from models.operations.releases import Released, ReleaseOrder
from workers.cli.console import EXIT_FINDING, fail, out, print_json
from workers.cli.ops_words import (
    describe_needs_force,
    describe_released,
    describe_reminders,
    describe_stuck,
)
from workers.cli.talk import AsJson, refuse
from workers.client.operations import open_operations, open_outbox
from workers.client.releasing import CannotReleaseError, NeedsForceError
from workers.client.stuck import Stuck
from workers.runtime.settings import Settings

app = typer.Typer(name="ops", help="Vận hành.", no_args_is_help=True)

WRONG = {
    "by": "Mã cán bộ chỉ gồm chữ không dấu, số và . _ @ -; không ghi tên.",
    "reason": "Ghi lý do, từ 1 đến 500 ký tự; không ghi tên người.",
}


@app.command("stuck")
def stuck(*, as_json: AsJson = False) -> None:
    """Liệt kê hồ sơ không còn tiến trình và việc chờ người xử lý; mã thoát 1 nếu có."""
    found = asyncio.run(_stuck(Settings.read()))
    if as_json:
        print_json(found)
    else:
        describe_stuck(found)
    if not found.is_empty:
        raise typer.Exit(EXIT_FINDING)


@app.command("release")
def release(
    code: Annotated[str, typer.Argument(help="Mã hồ sơ, như `ops stuck` liệt kê.")],
    *,
    by: Annotated[str, typer.Option(help="Mã cán bộ vận hành (không ghi tên).")],
    reason: Annotated[str, typer.Option(help="Vì sao; được lưu mãi, không ghi tên người.")],
    force: Annotated[
        bool,
        typer.Option("--force", help="Vẫn giải phóng dù cơ quan đã hoặc có thể đang giải quyết."),
    ] = False,
    keep_event: Annotated[
        bool,
        typer.Option("--keep-event", help="Chỉ ghi hồ sơ là đã đóng; không cho nộp lại sự kiện."),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Giải phóng sự kiện của một hồ sơ không còn tiến trình; chạy lại không thay đổi gì."""
    told = {"case_code": code, "by": by, "reason": reason.strip()}
    try:
        order = ReleaseOrder.model_validate(told | {"force": force, "keep_event": keep_event})
    except ValidationError as error:
        refuse(_wrong(error), source="ops release", as_json=as_json)
    try:
        released = asyncio.run(_released(Settings.read(), order))
    except NeedsForceError as error:
        describe_needs_force(code, error)
        raise typer.Exit(EXIT_FINDING) from None
    except CannotReleaseError as error:
        fail(str(error), code=EXIT_FINDING)
    if as_json:
        print_json(released)
    else:
        describe_released(released)


@app.command("reminders")
def reminders(
    *,
    retry: Annotated[
        str | None, typer.Option("--retry", help="Gửi lại thông báo bị từ chối có khóa này.")
    ] = None,
    retry_all: Annotated[
        bool, typer.Option("--retry-all", help="Gửi lại mọi thông báo bị từ chối.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Cho biết thông báo nhắc hạn còn chờ và bị từ chối; mã thoát 1 nếu có bị từ chối."""
    if retry is not None or retry_all:
        put_back = asyncio.run(_put_back(Settings.read(), retry))
        if not put_back:
            fail("không có thông báo nào như vậy đang bị từ chối.", code=EXIT_FINDING)
        out.print(f"{put_back} thông báo sẽ được gửi lại.")
        return
    count, refused = asyncio.run(_reminders(Settings.read()))
    if as_json:
        told = [one.model_dump(mode="json") for one in refused]
        print_json(count.model_dump(mode="json") | {"refused_reminders": told})
    else:
        describe_reminders(count, refused)
    if count.refused:
        raise typer.Exit(EXIT_FINDING)


async def _stuck(settings: Settings) -> Stuck:
    async with open_operations(settings) as desk:
        return await desk.stuck()


async def _released(settings: Settings, order: ReleaseOrder) -> Released:
    async with open_operations(settings) as desk:
        return await desk.releasing.release(order)


async def _reminders(settings: Settings) -> tuple[OutboxCount, list[RefusedNotice]]:
    async with open_outbox(settings) as outbox:
        return await outbox.count(), await outbox.refused()


async def _put_back(settings: Settings, key: str | None) -> int:
    async with open_outbox(settings) as outbox:
        return await outbox.retry(key)


def _wrong(error: ValidationError) -> list[Finding]:
    fields = [str(one["loc"][0]) for one in error.errors(include_input=False)]
    return [
        Finding(field=field, rule="not_sound", message=WRONG.get(field, "Không hợp lệ."))
        for field in fields
    ]
