"""The commands for documents: files only their owner reads, and errors that say what to do."""

import os
import stat
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg
import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from adapters.documents.typst import TypstPrinter
from adapters.postgres.database import migrate, open_pool
from adapters.postgres.documents import PostgresDocumentStore
from adapters.postgres.ledger import PostgresLedger
from adapters.postgres.register import register_of
from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from law import FOLDER as LAW_FOLDER
from models.cases.events import LedgerBatch
from models.documents.forms import CaseForm, PrepareDocument
from models.kernel.base import CaseId
from models.kernel.errors import BackendUnavailableError, SettingsError
from workers.cli.documents import app, write_documents, write_register
from workers.client.cases import CaseRef
from workers.runtime.settings import Settings

from harness.document_samples import CASE, CODE, RUN, at, finished, lived, reading
from harness.pdf_text import text_of

ENTER = """
    INSERT INTO lienthong.cases
        (case_code, case_id, run_id, procedure_group, event_key, declaration_digest, law_version,
         opening, recorded_at, promised_at, state, closed_at)
    VALUES ($1, $2, $3, 'birth', $2, 'd', 'birth-nd63-2024', $4, $5, $6, $7, $8)
"""
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
REF = CaseRef(case_id=CASE)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    admin = await asyncpg.connect(database_url)
    await admin.execute("CREATE DATABASE documents_commands")
    fresh = urlunsplit(urlsplit(database_url)._replace(path="/documents_commands"))
    await migrate(fresh)
    yield fresh
    await admin.execute("DROP DATABASE documents_commands WITH (FORCE)")
    await admin.close()


def settings_for(state: Path, database: str | None) -> Settings:
    return Settings.model_validate({"state": state, "DATABASE_URL": database})


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    Keyring.create(tmp_path / "keys.json", [CASES])
    return settings_for(tmp_path, database)


async def keep(settings: Settings, *forms: CaseForm) -> None:
    printer = TypstPrinter(LAW_FOLDER, reading())
    pool = await open_pool(settings.addresses().database_url or "")
    cabinet = PostgresDocumentStore(pool, SealingCodec(Keyring.load(settings.key_file), CASES))
    for form in forms:
        order = PrepareDocument(case_id=CASE, run_id=RUN, form=form)
        await cabinet.keep(order.key, await printer.pdf(form))
    await pool.close()


async def enter(settings: Settings, case_code: str, commune: str = "00004") -> None:
    """Put a finished case on record, as intake and closing do."""
    sample = finished()
    outcome = sample.outcome.model_copy(
        update={
            "opening": sample.opening.model_copy(
                update={"case_code": case_code, "commune": commune}
            )
        }
    )
    case_id = CaseId(f"birth/{case_code}")
    connection = await asyncpg.connect(settings.addresses().database_url)
    await connection.execute(
        ENTER,
        case_code,
        case_id,
        RUN,
        outcome.model_dump_json(exclude={"declaration"}),
        at(20, 15, 20),
        sample.opening.promised_at,
        sample.case.state,
        sample.case.closed_at,
    )
    await connection.close()
    pool = await open_pool(settings.addresses().database_url or "")
    batch = LedgerBatch(
        case_id=case_id, run_id=RUN, case_code=None, entries=tuple(sample.case.entries)
    )
    await PostgresLedger(pool).append(batch)
    await pool.close()


async def test_the_forms_of_a_case_are_written_where_only_their_owner_reads(
    settings: Settings, tmp_path: Path
) -> None:
    sample = lived()
    await keep(
        settings,
        sample.draft(at(20, 15, 20)).receipt(),
        sample.draft(at(24, 8), serial=2).supplement(sample.dossiers()[1]),
    )
    old_mask = os.umask(0)
    folder = tmp_path / "giấy tờ" / "hồ sơ"

    written = await write_documents(settings, REF, folder)

    os.umask(old_mask)
    assert [path.name for path in written] == [f"01-{CODE}-1.pdf", f"02-{CODE}-2.pdf"]
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in written} == {0o600}
    assert "Lê Văn Thử" in text_of(written[0].read_bytes())


async def test_writing_again_replaces_and_never_follows_a_link(
    settings: Settings, tmp_path: Path
) -> None:
    await keep(settings, lived().draft(at(20, 15, 20)).receipt())
    elsewhere = tmp_path / "elsewhere"
    elsewhere.write_bytes(b"mine")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / f"01-{CODE}-1.pdf").symlink_to(elsewhere)

    await write_documents(settings, REF, folder)
    (path,) = await write_documents(settings, REF, folder)

    assert elsewhere.read_bytes() == b"mine"
    assert path.read_bytes().startswith(b"%PDF")


async def test_a_case_without_documents_is_said_and_nothing_is_written(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = await write_documents(settings, REF, tmp_path / "out")

    assert written == []
    assert not (tmp_path / "out").exists()
    assert "Chưa có văn bản nào" in capsys.readouterr().out


async def test_each_thing_that_is_missing_is_named_in_vietnamese(
    tmp_path: Path,
) -> None:
    Keyring.create(tmp_path / "keys.json", [CASES])
    nowhere = settings_for(tmp_path, "postgresql://nobody@127.0.0.1:1/nothing")

    with pytest.raises(SettingsError, match="lienthong up"):
        await write_documents(settings_for(tmp_path, None), REF, tmp_path)
    with pytest.raises(BackendUnavailableError, match="Không kết nối được cơ sở dữ liệu"):
        await write_documents(nowhere, REF, tmp_path)
    with pytest.raises(BackendUnavailableError, match="Không kết nối được cơ sở dữ liệu"):
        await write_register(nowhere, FIRST, LAST, tmp_path)
    with pytest.raises(KeyringError):
        await write_documents(settings_for(tmp_path / "none", "postgresql://x"), REF, tmp_path)


async def test_a_register_is_written_for_a_period_and_a_commune(
    settings: Settings, tmp_path: Path
) -> None:
    await enter(settings, "H26.00004-261120-0001")
    await enter(settings, "H26.00008-261120-0001", commune="00008")

    written = await write_register(settings, FIRST, LAST, tmp_path, commune="00004")

    pdf, excel = written
    assert [path.name for path in written] == [
        "07-20261101-20261130-00004.pdf",
        "07-20261101-20261130-00004.xlsx",
    ]
    assert "Tổng số 1 : trước hạn 0, đúng hạn 1" in text_of(pdf.read_bytes())
    assert load_workbook(excel)["Sổ theo dõi"]["B5"].value == "H26.00004-261120-0001"


@pytest.mark.parametrize(
    ("first", "last", "number"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), 1),
        (date(2026, 11, 1), date(2026, 11, 19), 0),
        (date(2026, 11, 21), date(2026, 11, 30), 0),
    ],
)
async def test_a_register_holds_the_cases_received_in_its_period_both_days_included(
    settings: Settings, database: str, first: date, last: date, number: int
) -> None:
    await enter(settings, "H26.00004-261120-0001")

    drawn = await register_of(database, first, last, at(30, 17))

    assert len(drawn.lines) == number


async def test_a_registers_line_says_what_the_ledger_says(
    settings: Settings, database: str
) -> None:
    await enter(settings, "H26.00004-261120-0001")

    (line,) = (await register_of(database, FIRST, LAST, at(30, 17))).lines

    assert line == finished().line()


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (["--from", "2026-11-30", "--to", "2026-11-01"], "từ ngày đầu kỳ"),
        (["--from", "01/11/2026", "--to", "2026-11-30"], "năm-tháng-ngày"),
    ],
)
def test_a_period_that_is_none_ends_the_command_with_what_is_wrong(
    period: list[str], words: str
) -> None:
    result = CliRunner().invoke(app, ["register", *period])

    assert result.exit_code == 2
    assert words in result.output
