"""`lienthong agencies …`: see, set, serve and check the agencies; decide at their desks."""

import asyncio
import hashlib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import httpx
import typer
from rich.table import Table

from models.kernel.errors import SettingsError
from workers.cli.agencies_behaviour import Mode, behaviour_for, in_words
from workers.cli.agencies_check import check_agency
from workers.cli.agencies_line import Line, line_for
from workers.cli.console import EXIT_FINDING, fail, out, print_json
from workers.client.agency_desks import AgencyDeskClient, DeskRefusesError
from workers.local.ports import AGENCY_PORTS
from workers.runtime.settings import Addresses, Settings

app = typer.Typer(
    name="agencies", help="Các cơ quan tham chiếu: xem, đặt, chạy, kiểm tra.", no_args_is_help=True
)
AsJson = Annotated[bool, typer.Option("--json", help="In JSON cho máy đọc.")]
_TIMEOUT = 10.0


@app.command()
def show(*, as_json: AsJson = False) -> None:
    """Xem từng cơ quan đang hoạt động thế nào."""
    positions = _ask("GET", f"{_addresses().switchboard}/agencies")["agencies"]
    if as_json:
        print_json({"agencies": positions})
        return
    table = Table("Cơ quan", "Trạng thái")
    for position in positions:
        table.add_row(position["agency"], in_words(position["behaviour"]))
    out.print(table)


@app.command("set")
def set_(
    agency: Annotated[str, typer.Argument(help="Mã cơ quan, ví dụ insurance.")],
    mode: Annotated[
        Mode,
        typer.Argument(
            help="up: bình thường · down: đóng cổng · slow: chậm · delay: trả lời sau · "
            "people: chờ cán bộ · fail: báo bận. Các kiểu (trừ up) cộng dồn."
        ),
    ],
    *,
    latency: Annotated[float, typer.Option(help="slow: chậm thêm bao nhiêu giây.")] = 2.0,
    after: Annotated[float, typer.Option(help="delay: quyết định sau bao nhiêu giây.")] = 10.0,
    rate: Annotated[float, typer.Option(help="fail: tỷ lệ lời gọi bị báo bận, 0–1.")] = 0.5,
    calls: Annotated[
        bool | None,
        typer.Option(
            "--calls/--no-calls",
            help="Có gọi báo hồ sơ khi quyết định sau không; không gọi thì hồ sơ tự hỏi, và"
            " lời gọi được giữ lại tới khi đặt --calls.",
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Đặt cách hoạt động của một cơ quan; có hiệu lực ngay và còn giữ sau khi khởi động lại."""
    board = _addresses().switchboard
    known = {p["agency"]: p["behaviour"] for p in _ask("GET", f"{board}/agencies")["agencies"]}
    if agency not in known:
        fail(f"Không có cơ quan {agency!r}. Chọn một trong: {', '.join(known)}.")
    wanted = behaviour_for(
        mode, known[agency], latency=latency, after=after, rate=rate, calls=calls
    )
    position = _ask("PUT", f"{board}/agencies/{agency}/behaviour", json=wanted)
    if as_json:
        print_json(position)
    else:
        out.print(f"{agency}: {in_words(position['behaviour'])}")


@app.command()
def serve(
    agencies: Annotated[
        list[str] | None, typer.Argument(help="Cơ quan cần chạy; để trống: tất cả.")
    ] = None,
    *,
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe.")] = "127.0.0.1",
    switchboard_port: Annotated[
        int | None, typer.Option(help="Cổng của bảng điều khiển; 0: không chạy.")
    ] = None,
    keys: Annotated[
        Path | None,
        typer.Option(
            help="Thư mục có <mã cơ quan>.json do `lienthong keys export` ghi; để trống: lấy phần"
            " của từng cơ quan trong tệp khóa chính, nếu có. Không có khóa thì không gọi hồ sơ."
        ),
    ] = None,
) -> None:
    """Chạy các cơ quan tham chiếu cho tới khi có tín hiệu dừng."""
    settings = Settings.read()
    addresses = settings.addresses()
    if addresses.database_url is None:
        raise SettingsError("Chưa biết cơ sở dữ liệu: đặt DATABASE_URL, hoặc chạy `lienthong up`.")
    ports = {id: _port(addresses.agencies.get(id), usual) for id, usual in AGENCY_PORTS.items()}
    chosen = agencies or list(AGENCY_PORTS)
    unknown = [id for id in chosen if id not in ports]
    if unknown:
        fail(f"Không có cơ quan {', '.join(unknown)}. Chọn trong: {', '.join(AGENCY_PORTS)}.")
    port = _port(addresses.switchboard, 8300) if switchboard_port is None else switchboard_port
    line = line_for(settings, keys)
    _run_servers(
        chosen, addresses, host=host, ports=ports, switchboard_port=port or None, line=line
    )


@app.command()
def check(
    url: Annotated[str, typer.Argument(help="Địa chỉ gốc của cơ quan, ví dụ http://host:8304.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Kiểm tra một cơ quan có giữ đúng quy ước HTTP không (không nộp hồ sơ thật)."""
    results = asyncio.run(check_agency(url))
    if as_json:
        print_json({"url": url, "checks": [result._asdict() for result in results]})
    else:
        for result in results:
            mark = "[green]✓[/]" if result.passed else "[red]✗[/]"
            out.print(f"{mark} {result.title}" + ("" if result.passed else f" – {result.found}"))
    if not all(result.passed for result in results):
        raise typer.Exit(EXIT_FINDING)


@app.command()
def decide(
    key: Annotated[str, typer.Argument(help="Khoá hồ sơ: <mã hồ sơ>-<thủ tục>-<lần>.")],
    outcome: Annotated[str, typer.Argument(help="granted | refused | supplement | verify")],
    *,
    by: Annotated[str, typer.Option("--by", help="Mã cán bộ quyết định (không ghi tên).")],
    reason: Annotated[str | None, typer.Option(help="Mã lý do, bắt buộc khi từ chối.")] = None,
    agency: Annotated[str | None, typer.Option(help="Mã cơ quan; để trống: tự tìm.")] = None,
    as_json: AsJson = False,
) -> None:
    """Quyết định một hồ sơ đang chờ tại bàn của cơ quan."""
    if outcome not in ("granted", "refused", "supplement", "verify"):
        fail("Kết quả phải là granted, refused, supplement hoặc verify.")
    if outcome == "refused" and not reason:
        fail("Từ chối phải có --reason, ví dụ --reason LECH_DINH_DANH.")
    desk, version = _find(key, agency)
    said = {"outcome": outcome, "reason_code": reason, "decided_by": by}
    once = hashlib.sha256(f"{key} {version} {said}".encode()).hexdigest()
    try:
        answer = desk.decide(key, said, once)
    except DeskRefusesError as error:
        fail(str(error), code=EXIT_FINDING)
    if as_json:
        print_json(answer)
    else:
        out.print(f"{key}: {answer['outcome']} (quyết định {answer['decision_id']})")


def _find(key: str, agency: str | None) -> tuple[AgencyDeskClient, int]:
    """The desk that has the dossier, and the version decided upon."""
    addresses = _addresses()
    for id in [agency] if agency else AGENCY_PORTS:
        desk = AgencyDeskClient.at(addresses, id)
        version = desk.version(key)
        if version is not None:
            return desk, version
    return fail(f"Không cơ quan nào đang chạy biết hồ sơ {key}.")


def _ask(method: str, url: str, **more: Any) -> Any:  # Any: JSON out, httpx's own options in
    try:
        response = httpx.request(method, url, timeout=_TIMEOUT, **more)
    except httpx.TransportError:
        fail(f"Không gọi được {url}. Các cơ quan đã chạy chưa? Thử `lienthong up`.")
    if response.status_code != httpx.codes.OK:
        fail(f"{url} trả lời {response.status_code}: {_title(response)}", code=EXIT_FINDING)
    return response.json()


def _title(response: httpx.Response) -> str:
    try:
        problem = response.json()
    except ValueError:
        return "không đọc được"
    return f"{problem.get('title', '')} {problem.get('reason_code') or ''}".strip()


def _addresses() -> Addresses:
    return Settings.read().addresses()


def _port(url: str | None, usual: int) -> int:
    return (urlsplit(url).port if url else None) or usual


def _run_servers(
    agencies: list[str],
    addresses: Addresses,
    *,
    host: str,
    ports: dict[str, int],
    switchboard_port: int | None,
    line: Line | None,
) -> None:
    # Imported here: only the process that serves agencies pays for their start.
    import uvloop  # noqa: PLC0415

    from backends.serve import serve as serve_agencies  # noqa: PLC0415
    from backends.shared.callbacks_round import Exchange  # noqa: PLC0415
    from workers.runtime.logs import configure_logs  # noqa: PLC0415

    configure_logs()
    serving = serve_agencies(
        agencies,
        addresses.database_url or "",
        host=host,
        ports=ports,
        switchboard_port=switchboard_port,
        neighbours=addresses.agencies,
        exchange=Exchange(**line._asdict()) if line else None,
    )
    try:
        uvloop.run(serving)
    except OSError as error:
        fail(f"Không chạy được các cơ quan: {error.strerror or error}.", code=EXIT_FINDING)
