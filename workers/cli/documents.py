"""`lienthong documents …` and `case --documents`: the forms of a case, the register of a period."""

import asyncio
import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from adapters.documents.excel import workbook_of
from adapters.documents.typst import TypstPrinter
from adapters.postgres.database import open_pool
from adapters.postgres.documents import KeptDocument, PostgresDocumentStore, documents_of
from adapters.postgres.register import register_of
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from models.kernel.errors import BackendUnavailableError, SettingsError
from workers.cli.console import fail, out
from workers.cli.private_files import write_private
from workers.client.cases import CaseClient, CaseRef, UnknownCaseError
from workers.runtime.archiver import draw_up, read_texts
from workers.runtime.clock import now
from workers.runtime.settings import Settings
from workers.runtime.temporal_setup import connect

UNSAFE = re.compile(r"[^A-Za-z0-9._-]")

app = typer.Typer(name="documents", help="Sổ theo dõi hồ sơ.", no_args_is_help=True)


@app.callback()
def documents() -> None:
    """Sổ theo dõi hồ sơ."""


@app.command()
def register(
    first: Annotated[str, typer.Option("--from", help="Ngày đầu kỳ, năm-tháng-ngày.")],
    last: Annotated[str, typer.Option("--to", help="Ngày cuối kỳ, năm-tháng-ngày.")],
    commune: Annotated[str | None, typer.Option(help="Mã xã 5 chữ số; bỏ trống: mọi xã.")] = None,
    folder: Annotated[Path, typer.Option("--dir", help="Thư mục để ghi.")] = Path(),
    *,
    pdf: Annotated[bool, typer.Option(help="Ghi tệp PDF.")] = True,
    excel: Annotated[bool, typer.Option(help="Ghi tệp Excel.")] = True,
) -> None:
    """Lập sổ theo dõi hồ sơ tiếp nhận trong một kỳ (mẫu 07), dạng PDF và Excel."""
    begin, end = _day(first), _day(last)
    if end < begin:
        fail("ngày cuối kỳ (--to) phải từ ngày đầu kỳ (--from) trở đi")
    asyncio.run(
        write_register(Settings.read(), begin, end, folder, commune=commune, pdf=pdf, excel=excel)
    )


async def write_documents(settings: Settings, ref: CaseRef, folder: Path) -> list[Path]:
    """Write every form of a case as PDF that only its owner may read, and say which.

    Raises:
        SettingsError, BackendUnavailableError: no database is known, or it is away.
        KeyringError, SealedDocumentError: no key here opens them.
    """
    codec = SealingCodec(Keyring.load(settings.key_file), CASES)
    try:
        kept = await documents_of(_database(settings), codec, ref.case_id, ref.run_id)
    except BackendUnavailableError as error:
        raise _away() from error
    if not kept:
        out.print("Chưa có văn bản nào: hồ sơ chưa được tiếp nhận, hoặc văn bản đang được lập.")
    return [_written(folder / _name(one), one.document) for one in kept]


async def draw_documents(settings: Settings, ref: CaseRef) -> None:
    """Print what the case has come to since; of a history that is gone, keep what was printed.

    Raises:
        SettingsError, BackendUnavailableError: no database or no Temporal server, or it is away.
        KeyringError: there is no key file.
    """
    codec = SealingCodec(Keyring.load(settings.key_file), CASES)
    desk = CaseClient(await connect(settings))
    printer = TypstPrinter(settings.law, read_texts(settings))
    async with await open_pool(_database(settings), size=2) as pool:
        try:
            run_id = ref.run_id or await desk.run_id(ref)
            await draw_up(desk.handle(ref), run_id, printer, PostgresDocumentStore(pool, codec))
        except UnknownCaseError:
            out.print("Lịch sử hồ sơ đã quá hạn lưu: chỉ còn các văn bản đã lập trước đó.")


async def write_register(
    settings: Settings,
    first: date,
    last: date,
    folder: Path,
    *,
    commune: str | None = None,
    pdf: bool = True,
    excel: bool = True,
) -> list[Path]:
    """Draw up the register of the cases received in a period, and say what was written.

    Raises:
        SettingsError, BackendUnavailableError: no database is known, or it is away.
        LawError: the texts of the forms are missing or wrong.
    """
    try:
        drawn = await register_of(_database(settings), first, last, now(), commune)
    except BackendUnavailableError as error:
        raise _away() from error
    reading = read_texts(settings)
    contents = {
        ".pdf": TypstPrinter(settings.law, reading).register(drawn) if pdf else None,
        ".xlsx": workbook_of(drawn, reading) if excel else None,
    }
    out.print(f"Sổ theo dõi: {len(drawn.lines)} hồ sơ.")
    return [
        _written(folder / f"{drawn.name}{ending}", content)
        for ending, content in contents.items()
        if content is not None
    ]


def _written(path: Path, content: bytes) -> Path:
    write_private(path, content)
    out.print(f"Đã ghi {path}", markup=False, soft_wrap=True)
    return path


def _name(kept: KeptDocument) -> str:
    code = UNSAFE.sub("-", kept.key.case_code)
    return f"{kept.key.form}-{code}-{kept.key.number}.pdf"


def _database(settings: Settings) -> str:
    database_url = settings.addresses().database_url
    if database_url is None:
        raise SettingsError("Chưa biết cơ sở dữ liệu: chạy `lienthong up` hoặc đặt DATABASE_URL.")
    return database_url


def _away() -> BackendUnavailableError:
    return BackendUnavailableError(
        "Không kết nối được cơ sở dữ liệu: chạy `lienthong up`, hoặc kiểm tra DATABASE_URL."
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"{text!r} không phải ngày viết theo dạng năm-tháng-ngày, ví dụ 2026-11-20")
