"""`lienthong keys …`: what stands in the key file, new keys, and what an agency is given."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from adapters.postgres.cases import has_cases
from codec.keys import Keyring
from codec.marks import CASES
from workers.cli.console import fail, out, print_json
from workers.local.keys import AGENCIES
from workers.runtime.settings import Settings

app = typer.Typer(name="keys", help="Khóa mã hóa dữ liệu hồ sơ.", no_args_is_help=True)

Audience = Annotated[str, typer.Argument(help="Nơi dùng khóa: cases, hoặc mã cơ quan.")]


@app.command()
def show(
    *, as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False
) -> None:
    """Liệt kê khóa theo nơi dùng; không bao giờ in bí mật."""
    ring = Keyring.load(_key_file())
    if as_json:
        print_json(_listing(ring))
        return
    table = Table("Nơi dùng", "Đang khóa bằng", "Mở được bằng")
    for audience, key_id in sorted(ring.primary.items()):
        table.add_row(audience, key_id, ", ".join(ring.key_ids(audience)))
    out.print(table)


@app.command()
def init(
    agencies: Annotated[
        Path | None,
        typer.Option(help="Thư mục nhận tệp khóa riêng của từng cơ quan, <mã cơ quan>.json."),
    ] = None,
) -> None:
    """Tạo tệp khóa lần đầu; đã có thì giữ nguyên, mất khóa khi đã có hồ sơ thì từ chối."""
    path = _key_file()
    if path.exists():
        out.print(f"Đã có tệp khóa {path}, giữ nguyên.", soft_wrap=True)
    else:
        _make(path)
    if agencies is not None:
        _hand_out(Keyring.load(path), agencies)


@app.command()
def add(audience: Audience) -> None:
    """Thêm khóa đầu tiên cho một cơ quan."""
    ring = Keyring.change(_key_file(), lambda ring: ring.with_audience(audience))
    out.print(f"Đã thêm khóa {ring.primary[audience]}. Hãy sao lưu tệp khóa ngay.")


@app.command()
def rotate(
    audience: Audience,
    *,
    prepare: Annotated[
        bool, typer.Option("--prepare", help="Chỉ tạo khóa mới, chưa khóa bằng khóa đó.")
    ] = False,
    promote: Annotated[
        bool, typer.Option("--promote", help="Khóa bằng khóa mới nhất đã tạo trước đó.")
    ] = False,
) -> None:
    """Thay khóa: từ nay khóa bằng khóa mới, khóa cũ vẫn mở được dữ liệu cũ."""
    if prepare and promote:
        raise typer.BadParameter("chỉ chọn một trong --prepare và --promote")
    step = Keyring.prepared if prepare else Keyring.promoted if promote else Keyring.rotated
    ring = Keyring.change(_key_file(), lambda ring: step(ring, audience))
    out.print(
        f"Khóa mới nhất: {ring.key_ids(audience)[-1]}. Đang khóa bằng: {ring.primary[audience]}."
        " Hãy sao lưu tệp khóa ngay."
    )


@app.command()
def export(
    agency: Audience, file: Annotated[Path, typer.Argument(help="Tệp mới, quyền 0600.")]
) -> None:
    """Ghi riêng khóa của một cơ quan vào tệp mới, để giao cho phần mềm của cơ quan đó."""
    Keyring.load(_key_file()).for_audience(agency).save_new(file)
    out.print(f"Đã ghi khóa của {agency} vào {file}. Hãy chuyển tệp qua kênh an toàn.")


def _listing(ring: Keyring) -> dict[str, object]:
    audiences = [
        {"audience": audience, "primary": key_id, "keys": ring.key_ids(audience)}
        for audience, key_id in sorted(ring.primary.items())
    ]
    return {"audiences": audiences, "event_secret": ring.event_secret is not None}


def _make(path: Path) -> None:
    if _cases_need_older_keys():
        fail(
            f"Thiếu tệp khóa {path} trong khi đã có hồ sơ mã hóa bằng nó:"
            " khôi phục tệp khóa từ bản sao lưu."
        )
    Keyring.create(path, (CASES, *AGENCIES))
    out.print(f"Đã tạo tệp khóa {path}. Hãy sao lưu tệp khóa ngay.", soft_wrap=True)


def _hand_out(ring: Keyring, folder: Path) -> None:
    """Give each agency a file with its own keys as they are now, and nothing else."""
    for agency in ring.primary.keys() - {CASES}:
        own, file = ring.for_audience(agency), folder / f"{agency}.json"
        if file.exists() and _holds(file, own):
            continue
        file.unlink(missing_ok=True)
        own.save_new(file)


def _holds(file: Path, own: Keyring) -> bool:
    there = Keyring.load(file)
    return (there.primary, there.keys) == (own.primary, own.keys)


def _cases_need_older_keys() -> bool:
    """Whether the register already knows cases; a database nobody named knows none."""
    database = Settings.read().addresses().database_url
    return database is not None and asyncio.run(has_cases(database))


def _key_file() -> Path:
    return Settings.read().key_file
