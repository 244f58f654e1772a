"""Whatever is said to be a declaration: a wrong one closes at once, with every error, unfiled."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.common import RawValue

from models.cases.status import CaseStatus

from harness.families import Raw, changed
from harness.system import SystemUnderTest, own_system

ID = "birth/x-1"
Errors = list[tuple[str, str]]


@dataclass(frozen=True)
class Wrong:
    """Arguments no case can be opened with, and what is said about them."""

    name: str
    arguments: tuple[Any, ...]  # Any: whatever a starter may send
    errors: Errors


BINARY = RawValue(Payload(metadata={"encoding": b"binary/plain"}, data=b"\xff\x00\x80"))
NOT_UNICODE = RawValue(Payload(metadata={"encoding": b"json/plain"}, data=b"\xff\xfe"))
BROKEN = RawValue(Payload(metadata={"encoding": b"json/plain"}, data=b'{"schema": "birth/1'))
SEALED_GARBAGE = RawValue(
    Payload(
        metadata={"encoding": b"binary/encrypted", "encryption-key-id": b"cases-1"}, data=b"x" * 40
    )
)
WRONG = [
    Wrong("nothing", (), [("", "one_argument")]),
    Wrong("two", ({}, {}), [("", "one_argument")]),
    Wrong("null", (None,), [("", "not_json")]),
    Wrong("text", ("Tờ khai của tôi",), [("", "not_an_object")]),
    Wrong("number", (42,), [("", "not_an_object")]),
    Wrong("list", ([1, 2],), [("", "not_an_object")]),
    Wrong("binary", (BINARY,), [("", "not_json")]),
    Wrong("not-unicode", (NOT_UNICODE,), [("", "not_json")]),
    Wrong("broken-json", (BROKEN,), [("", "not_json")]),
    Wrong("sealed-garbage", (SEALED_GARBAGE,), [("", "sealed")]),
]


def errors_of(report: CaseStatus) -> Errors:
    return [(error.field, error.rule) for error in report.errors]


def assert_nothing_was_filed(system: SystemUnderTest, report: CaseStatus) -> None:
    assert report.state == "refused_at_intake"
    assert report.case_code is None
    assert not report.dossiers
    assert not any(agency.requests for agency in system.agencies.values())
    assert not system.notices.sent
    assert not system.register.opened


@pytest.fixture(scope="module")
async def counter() -> AsyncIterator[SystemUnderTest]:
    """One desk for many starts, none of which opens anything."""
    async with own_system() as system:
        yield system


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.name)
async def test_what_is_no_declaration_closes_at_once_and_says_why(
    counter: SystemUnderTest, wrong: Wrong
) -> None:
    case = await counter.start(*wrong.arguments, case_id=f"birth/x-{wrong.name}")

    report = await case.ended()

    assert errors_of(report) == wrong.errors
    assert_nothing_was_filed(counter, report)


async def test_every_wrong_field_of_a_declaration_is_named_at_once(system: SystemUnderTest) -> None:
    raw = await system.new_family()
    del raw["declarant"]["phone"]
    for path, value in (
        ("child.sex", "unknown"),
        ("mother.personal_number", "12"),
        ("registration.commune", "99999"),
        ("child.weightg", 3000),
        ("residence.consent", "yes"),
    ):
        raw = changed(raw, path, value)

    report = await (await system.start(raw, case_id=ID)).result()

    assert {field for field, _ in errors_of(report)} >= {
        "child.sex",
        "child.weightg",
        "mother.personal_number",
        "registration.commune",
        "residence.consent",
        "declarant.phone",
    }
    assert_nothing_was_filed(system, report)


async def test_a_declaration_sealed_with_an_unknown_key_is_refused(system: SystemUnderTest) -> None:
    raw = await system.new_family()

    report = await (await system.start(raw, case_id=ID, by=system.unknown_client())).result()

    assert errors_of(report) == [("", "sealed")]
    assert_nothing_was_filed(system, report)


async def test_a_plain_start_is_refused_where_it_is_forbidden(system: SystemUnderTest) -> None:
    raw = await system.new_family()

    report = await (await system.start(raw, case_id=ID, by=system.stranger())).result()

    assert errors_of(report) == [("", "plain_start")]
    assert_nothing_was_filed(system, report)


async def test_a_plain_start_that_is_wrong_as_well_is_told_everything(
    system: SystemUnderTest,
) -> None:
    raw = changed(await system.new_family(), "child.sex", "unknown")

    report = await (await system.start(raw, case_id=ID, by=system.stranger())).result()

    assert errors_of(report) == [("", "plain_start"), ("child.sex", "not_allowed")]


async def test_a_plain_start_is_flagged_where_it_is_allowed(system: SystemUnderTest) -> None:
    system.permit(allow_plain_starts=True)
    case = await system.declare(by=system.stranger())

    report = await case.result()

    assert (report.state, report.plain_start) == ("completed", True)
    assert "gửi không mã hóa" in await case.card()
    assert case.entries()[0].facts["plain_start"] is True


async def test_a_start_sealed_by_an_agency_is_not_a_plain_one(system: SystemUnderTest) -> None:
    case = await system.declare(by=system.client_of("insurance"))

    report = await case.result()

    assert (report.state, report.plain_start) == ("completed", False)


async def test_why_a_start_was_refused_repeats_nothing_that_was_declared(
    system: SystemUnderTest,
) -> None:
    def spoil(raw: Raw) -> Raw:
        return changed(raw, "mother.personal_number", "Nguyễn Bí Mật 77")

    case = await system.declare(change=spoil)

    report = await case.result()

    told = f"{report.errors}{case.entries()}{await case.card()}"
    assert report.state == "refused_at_intake"
    assert "Bí Mật" not in told


async def test_lists_show_a_start_refused_at_intake(system: SystemUnderTest) -> None:
    case = await system.start(case_id=ID)
    await case.result()

    shown = await case.attributes()

    assert (shown["CaseState"], shown["ProcedureGroup"]) == ("refused_at_intake", "birth")
    assert not {"CaseCode", "Commune", "DueAt"} & set(shown)


async def test_a_refused_start_is_on_record_and_closes_within_a_few_events(
    system: SystemUnderTest,
) -> None:
    case = await system.start("?", case_id=ID)
    await case.result()

    assert case.events() == ["case.refused_at_intake", "case.closed"]
    assert (await case.history()).activities == ["intake.take_in", "case.close"]


async def test_a_birth_refused_at_intake_may_be_declared_rightly_afterwards(
    system: SystemUnderTest,
) -> None:
    raw = await system.new_family()
    await (await system.start(changed(raw, "child.sex", "?"), case_id=ID)).result()

    report = await (await system.start(raw, case_id=ID)).result()

    assert report.state == "completed"
