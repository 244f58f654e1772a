"""Deaths on the composed stack: asked once, registered once, paid once, whatever goes wrong."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Coroutine, Iterable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import pytest
from temporalio.client import WorkflowHistory

from codec.keys import Keyring
from models.cases.status import CaseStatus
from models.contracts.dossiers import Facts
from models.contracts.payments import PaymentState
from models.corrections.states import CorrectionState
from models.declarations.deaths import DeathDeclaration
from models.kernel.vocabulary import CaseState, DossierState, Fund
from workers.client.corrections import CorrectionClient

from harness import mourning
from harness.agency_country import filing
from harness.country import Country
from harness.leaks import leaks
from harness.mourning import CAUSE, TOKEN, Declared
from harness.patience import LONG_ENOUGH, found_in_time
from harness.pdf_text import text_of
from harness.recorded_requests import requests_in
from harness.sealed_payloads import opened_with
from harness.small_commands import lienthong

pytestmark = pytest.mark.timeout(240)
ISSUED_AT = {
    "register_death": "agency_civil_status.death_registration",
    "remove_residence": "agency_residence.removal_record",
}
SETTLE = (
    *("settle-task", "e2e-paid", "claim_back.insurance_funeral"),
    *("--outcome", "claimed_back", "--reason", "Phiếu thu 12"),
)
PAID = "SELECT case_code, state FROM agency_treasury.payment WHERE state IN ('accepted', 'paid')"


@pytest.fixture(autouse=True)
async def calm(country: Country) -> AsyncIterator[None]:
    """However a test ends, every agency is there for the next."""
    yield
    for agency in ("treasury", "civil_status", "insurance"):
        await country.behave(agency)


def payments_of(report: CaseStatus) -> list[PaymentState]:
    return [one.payment.state for one in report.dossiers if one.payment]


def codes(reports: Iterable[CaseStatus]) -> dict[str, int]:
    return {str(report.case_code): 1 for report in reports}


async def paid(country: Country, reports: Iterable[CaseStatus]) -> dict[str, int]:
    """How many payments the treasury has for each case, made or under way."""
    found = Counter(row["case_code"] for row in await country.rows(PAID))
    return {code: found[code] for code in codes(reports)}


async def persons(country: Country, procedure: str, declared: Iterable[Declared]) -> list[int]:
    """How many acts stand at an agency for each of the deceased."""
    query = (
        f"SELECT count(*) FROM {ISSUED_AT[procedure]}"  # noqa: S608 - our own tables
        " WHERE personal_number = $1 AND revoked_at IS NULL"
    )
    return [(await country.rows(query, one.number))[0]["count"] for one in declared]


async def test_all_four_procedures_end_in_money_paid_once(country: Country) -> None:
    insured = await mourning.deaths(country, 2, mourning.pensioner, mourning.ALL)
    poor = await mourning.deaths(country, 2, mourning.supported)
    await mourning.start(country, [*insured, *poor])
    await asyncio.gather(*(mourning.agree(country.desk, one) for one in insured))

    reports = await mourning.reports(country, [*insured, *poor])

    assert {report.state for report in reports} == {CaseState.COMPLETED}
    assert [payments_of(report) for report in reports] == [[PaymentState.PAID]] * 4
    assert [str(report.dossiers[2].procedure) for report in reports] == [
        *["insurance_funeral"] * 2,
        *["social_funeral"] * 2,
    ]
    assert await paid(country, reports) == codes(reports)


async def test_family_hospital_home_registry_and_employer_at_once_make_one_of_each(
    country: Country,
) -> None:
    declared = await mourning.deaths(country, 3, mourning.pensioner)
    sides = [side for one in declared for side in all_sides(country, one)]

    await asyncio.gather(*sides)
    ended = [await country.desk.report(case_id) for one in declared for case_id in ids_of(one)]

    numbers = [one.number for one in declared]
    claims = await country.rows(
        "SELECT personal_number FROM agency_insurance.claim"
        " WHERE kind = 'insurance_funeral' AND closed_at IS NULL AND personal_number = ANY($1)",
        numbers,
    )
    payments = await paid(country, [one for one in ended if one.dossiers])
    assert await persons(country, "register_death", declared) == [1] * len(declared)
    assert max(await persons(country, "remove_residence", declared)) <= 1
    assert sorted(row["personal_number"] for row in claims) == sorted(numbers)
    assert sum(payments.values()) <= len(declared)
    opened = [one for one in ended if one.state is not CaseState.DUPLICATE]
    assert len(opened) == len(declared)


def ids_of(declared: Declared) -> list[str]:
    house = declared.household.index
    return [declared.case_id, f"death/x-hospital-{house}", f"death/x-home-{house}"]


def all_sides(
    country: Country, declared: Declared
) -> list[Coroutine[Any, Any, object]]:  # Any: what a coroutine takes and sends
    """Whoever may file the same death, each in a way of their own."""
    family, hospital, home = ids_of(declared)
    evidence = {
        "kind": "witness",
        "description": "Người làm chứng",
        "issued_on": declared.raw["notice"]["issued_on"],
    }
    without_notice = declared.raw | {"notice": None, "substitute_evidence": evidence}
    return [
        country.desk.start("death", family, declared.raw),
        country.desk.start("death", hospital, declared.raw),
        country.desk.start("death", home, without_notice),
        register_directly(country, declared),
        claim_for_the_employer(country, declared),
    ]


async def register_directly(country: Country, declared: Declared) -> None:
    """Somebody registers the death at the counter, past all of us."""
    told = ("notice", "substitute_evidence", "deceased", "cause_of_death", "registration")
    facts: Facts = {part: declared.raw[part] for part in told}
    rival = filing("register_death", facts, unit=declared.household.commune)
    async with httpx.AsyncClient() as client:
        answer = await client.put(
            f"{country.addresses.agencies['civil_status']}/v1/dossiers/{rival.key}",
            content=rival.model_dump_json(),
            headers={"Content-Type": "application/json", "Idempotency-Key": rival.key},
        )
    answer.raise_for_status()


async def claim_for_the_employer(country: Country, declared: Declared) -> None:
    """The employer claims the funeral money; 409 where a dossier was first."""
    who, life = declared.household.deceased, declared.household.life
    claim = {
        "kind": "insurance_funeral",
        "channel": "employer",
        "received_on": declared.raw["notice"]["issued_on"],
    }
    record = {
        "full_name": who.full_name,
        "date_of_birth": who.date_of_birth.isoformat(),
        "insurance_number": who.insurance_number,
        "compulsory_months": life.compulsory_months,
        "pensioner": life.pensioner,
        "claims": [claim],
    }
    async with httpx.AsyncClient() as client:
        url = f"{country.addresses.agencies['insurance']}/v1/desk/records/{who.personal_number}"
        answer = await client.put(url, json=record)
    assert answer.status_code in {httpx.codes.OK, httpx.codes.CONFLICT}


async def test_killing_worker_and_treasury_amid_payments_pays_everybody_once(
    country: Country,
) -> None:
    declared = await mourning.deaths(country, 8, mourning.pensioner)
    before = len(await country.rows(PAID))
    await country.behave("treasury", latency=0.2)
    await mourning.start(country, declared)
    await found_in_time(lambda: country.rows(PAID), lambda rows: len(rows) > before)

    country.process("worker").send_signal(signal.SIGKILL)
    country.process("agencies").send_signal(signal.SIGKILL)
    reports = await asyncio.wait_for(mourning.reports(country, declared), 2 * LONG_ENOUGH)

    assert {report.state for report in reports} == {CaseState.COMPLETED}
    assert await paid(country, reports) == codes(reports)


async def test_answers_of_the_treasury_that_are_lost_pay_nobody_twice(country: Country) -> None:
    declared = await mourning.deaths(country, 4, mourning.supported)
    await country.behave("treasury", lost_rate=0.5)
    await mourning.start(country, declared)

    reports = await asyncio.wait_for(mourning.reports(country, declared), LONG_ENOUGH)

    assert [payments_of(report) for report in reports] == [[PaymentState.PAID]] * 4
    assert await paid(country, reports) == codes(reports)


async def test_only_the_registry_is_ever_told_the_cause_of_death(
    country: Country, requests_sent: Path
) -> None:
    (declared,) = await mourning.deaths(country, 1, mourning.pensioner, mourning.ALL)
    await country.behave("civil_status", answers={"when": "after_delay", "seconds": 0.2})
    await mourning.start(country, [declared])
    await mourning.agree(country.desk, declared)
    (report,) = await mourning.reports(country, [declared])

    sent = requests_in(requests_sent)
    told = {agency_at(country, one.url) for one in sent if TOKEN in one.url + one.body}
    asked = {agency_at(country, one.url) for one in sent if declared.number in one.url + one.body}
    kept = [name for name in await other_agencies_tables(country) if await holds(country, name)]

    assert report.state is CaseState.COMPLETED
    assert told == {"civil_status"}
    assert asked >= {"population", "residence", "insurance", "social_affairs"}
    assert kept == []


def agency_at(country: Country, url: str) -> str:
    """Whose door a request was sent to; ports change when a fallen process comes back: never."""
    doors = {urlsplit(base).netloc: id for id, base in country.addresses.agencies.items()}
    return doors.get(urlsplit(url).netloc, url)


async def other_agencies_tables(country: Country) -> list[str]:
    rows = await country.rows(
        "SELECT table_schema || '.' || table_name AS name FROM information_schema.tables"
        " WHERE table_schema LIKE 'agency%' AND table_schema <> 'agency_civil_status'"
    )
    return [row["name"] for row in rows]


async def holds(country: Country, table: str) -> bool:
    query = f"SELECT EXISTS (SELECT 1 FROM {table} t WHERE t::text LIKE $1) AS found"  # noqa: S608
    (row,) = await country.rows(query, f"%{TOKEN}%")
    return bool(row["found"])


async def test_no_agencys_key_opens_the_cause_of_death(country: Country) -> None:
    (declared,) = await mourning.deaths(country, 1, mourning.pensioner)
    await country.behave("insurance", answers={"when": "after_delay", "seconds": 0.2})
    await mourning.start(country, [declared])
    await mourning.reports(country, [declared])
    ring = Keyring.load(country.settings.key_file)
    history = await history_of(country, declared.case_id)

    opened = {
        audience: await opened_with(ring.for_audience(audience), audience, history)
        for audience in ring.primary
    }

    assert any(TOKEN in text for text in opened.pop("cases"))
    assert any(opened.values()), "an agency's own decision was among them"
    assert not any(TOKEN in text for texts in opened.values() for text in texts)


async def history_of(country: Country, case_id: str) -> WorkflowHistory:
    return await country.client.get_workflow_handle(case_id).fetch_history()


async def test_a_refused_fund_leaves_the_rest_and_form_03_says_how_to_file_alone(
    country: Country, tmp_path: Path
) -> None:
    (declared,) = await mourning.deaths(country, 1, mourning.entitled_to_nothing)
    await mourning.start(country, [declared])
    (report,) = await mourning.reports(country, [declared])

    shown = await lienthong(country, "case", declared.case_id)
    drawn = await lienthong(country, "case", declared.case_id, "--documents", str(tmp_path))

    states = [one.state for one in report.dossiers]
    assert report.state is CaseState.PARTLY_COMPLETED
    assert states == [DossierState.GRANTED, DossierState.GRANTED, DossierState.REFUSED]
    assert (shown.exit_code, "SAI_DOI_TUONG" in shown.stdout) == (1, True), shown.stdout
    assert drawn.exit_code == 0, drawn.stderr
    (words,) = await asyncio.to_thread(words_of, tmp_path, "03-*.pdf")
    assert "SAI_DOI_TUONG" in words
    assert "có thể nộp riêng thủ tục này" in words


def words_of(folder: Path, pattern: str) -> list[str]:
    return [text_of(path.read_bytes()) for path in folder.glob(pattern)]


async def test_a_death_registered_in_error_is_undone_everywhere_and_the_money_claimed_back(
    country: Country,
) -> None:
    (declared,) = await mourning.deaths(country, 1, mourning.pensioner)
    await mourning.start(country, [declared])
    (report,) = await mourning.reports(country, [declared])
    listed = await lienthong(country, "lists", "strike-offs")
    before = await found_in_time(
        lambda: life_of(country, declared), lambda life: not life.has_live_card
    )
    desk = CorrectionClient(country.client)

    workflow_id = await desk.start(revocation(report, "e2e-paid"), "e2e-paid")
    waiting = await found_in_time(
        lambda: desk.status(workflow_id),
        lambda now: now.state is CorrectionState.CLAIMING_BACK,
    )
    settled = await lienthong(country, *SETTLE, "--by", "canbo-01")
    ended = await asyncio.wait_for(desk.result(workflow_id), LONG_ENOUGH)

    assert listed.exit_code == 0, listed.stderr
    assert before == Life(is_dead=True, is_struck_off=True, has_live_card=False)
    assert waiting.state is CorrectionState.CLAIMING_BACK
    (task,) = waiting.tasks
    assert (task.assignee, task.amount) == ("canbo-01", report.dossiers[2].issued["amount"])
    assert settled.exit_code == 0, settled.stderr
    assert ended.state is CorrectionState.COMPLETED
    assert await life_of(country, declared) == Life(
        is_dead=False, is_struck_off=False, has_live_card=True
    )


async def test_money_not_yet_paid_is_stopped_when_the_death_is_revoked_in_an_open_case(
    country: Country,
) -> None:
    (declared,) = await mourning.deaths(country, 1, mourning.pensioner)
    await country.behave("treasury", answers={"when": "people"})
    await mourning.start(country, [declared])
    ordered = await found_in_time(
        lambda: country.desk.status(declared.case_id),
        lambda now: len(now.dossiers) == len(mourning.TO_THE_FUNERAL) and bool(payments_of(now)),
    )
    desk = CorrectionClient(country.client)

    workflow_id = await desk.start(revocation(ordered, "e2e-unpaid"), "e2e-unpaid")
    ended = await asyncio.wait_for(desk.result(workflow_id), LONG_ENOUGH)
    (report,) = await asyncio.wait_for(mourning.reports(country, [declared]), LONG_ENOUGH)

    assert (ended.state, ended.tasks) == (CorrectionState.COMPLETED, ())
    assert payments_of(report) == [PaymentState.STOPPED]
    assert await paid(country, [report]) == {str(report.case_code): 0}
    assert await life_of(country, declared) == Life(
        is_dead=False, is_struck_off=False, has_live_card=True
    )


async def test_what_families_of_the_dead_declared_is_readable_nowhere_in_our_files(
    country: Country,
) -> None:
    """Last: it looks at everything the tests before it left behind, corrections among it."""
    (declared,) = await mourning.deaths(country, 1, mourning.pensioner, mourning.ALL)
    advice = await country.desk.precheck(DeathDeclaration.model_validate(declared.raw))
    await mourning.start(country, [declared])
    await mourning.agree(country.desk, declared)
    (report,) = await mourning.reports(country, [declared])
    desk = CorrectionClient(country.client)
    corrected = await desk.start(revocation(report, "e2e-sealed"), "e2e-sealed")
    await found_in_time(lambda: desk.status(corrected), lambda now: bool(now.tasks))

    secrets = country.secrets - country.told_openly
    leaking = await leaks(country, secrets)

    assert advice.fund is Fund.INSURANCE
    assert secrets >= {declared.number, declared.household.deceased.full_name, CAUSE}
    assert leaking == []


class Life(NamedTuple):
    """How the registers know somebody."""

    is_dead: bool
    is_struck_off: bool
    has_live_card: bool


async def life_of(country: Country, declared: Declared) -> Life:
    number = declared.number
    async with httpx.AsyncClient(base_url=country.addresses.agencies["population"]) as client:
        person = (await client.get(f"/v1/persons/{number}")).raise_for_status().json()
    (resident,) = await country.rows(
        "SELECT struck_off_on FROM agency_residence.resident WHERE personal_number = $1", number
    )
    ends = await country.rows(
        "SELECT 1 FROM agency_insurance.membership_end"
        " WHERE personal_number = $1 AND restored_at IS NULL",
        number,
    )
    return Life(
        is_dead=person["died_on"] is not None,
        is_struck_off=resident["struck_off_on"] is not None,
        has_live_card=not ends,
    )


def revocation(report: CaseStatus, number: str) -> dict[str, object]:
    return {
        "correction_id": number,
        "case_code": report.case_code,
        "kind": "revoked",
        "act": "register_death",
        "decided_by": "canbo-01",
        "approved_by": "pheduyet-02",
        "legal_basis": "Quyết định thử",
    }
