"""What people type to decide, supplement and withdraw: wrong words are named, repeats are one."""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from codec.keys import Keyring
from codec.marks import CASES
from models.kernel.base import CaseCode, CaseId
from models.kernel.findings import Finding
from models.kernel.vocabulary import SlaStatus
from workers.cli.agencies_behaviour import Mode, behaviour_for
from workers.cli.agencies_line import line_for
from workers.cli.app import build
from workers.cli.pairs import read_pairs
from workers.client.lateness import PressingCase, grouped
from workers.client.updates import CaseRejectsError, request_id
from workers.runtime.settings import Settings

AT = datetime.fromisoformat("2026-11-23T08:00:10+07:00")
CODE = "H26.05.13-261120-0001"


@pytest.fixture(autouse=True)
def nothing_runs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever gets past the check of words would fail for want of a key file."""
    monkeypatch.setenv("LIENTHONG_STATE", str(tmp_path))


def run(*words: str) -> Result:
    return CliRunner().invoke(build(words[0]), [*words])


def wrong(result: Result) -> list[tuple[str, str]]:
    return [(error["field"], error["rule"]) for error in json.loads(result.stdout)["errors"]]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["refused"], [("reason_code", "missing")]),
        (["refused", "--reason", "KHONG_BIET"], [("reason_code", "unknown_reason")]),
        (["supplement"], [("items", "missing")]),
        (["supplement", "--item", "CT07"], [("items.0", "name_and_value")]),
        (
            ["refused", "--item", "A=b", "--item", "=", "--issued", "x="],
            [
                ("items.1", "name_and_value"),
                ("issued.0", "name_and_value"),
                ("reason_code", "missing"),
            ],
        ),
    ],
)
def test_a_decision_in_wrong_words_is_not_sent_and_every_field_is_named(
    words: list[str], expected: list[tuple[str, str]]
) -> None:
    result = run("decide", CODE, "issue_card", *words, "--by", "cb-07", "--json")

    assert (result.exit_code, wrong(result)) == (2, expected)


@pytest.mark.parametrize(
    "words",
    [
        ["decide", CODE, "issue_card", "perhaps", "--by", "cb-07"],
        ["decide", CODE, "issue_card", "granted"],
        ["supplement", CODE, "issue_card"],
        ["supplement", CODE, "issue_card", "--item", "no-value"],
        ["withdraw", CODE],
        ["sla", "late", "--commune", "4"],
        ["sla", "late", "--agency", "weather"],
    ],
)
def test_wrong_usage_ends_with_two(words: list[str]) -> None:
    assert run(*words).exit_code == 2


def test_a_value_may_hold_what_parts_a_name_from_it() -> None:
    assert read_pairs(["CT07=bản chính=có công chứng"], "items") == (
        [("CT07", "bản chính=có công chứng")],
        [],
    )


def test_the_same_words_within_a_minute_are_one_request() -> None:
    said = ("decide", CODE, "granted")

    again = request_id(AT + timedelta(seconds=49), *said)

    assert request_id(AT, *said) == again
    assert request_id(AT + timedelta(seconds=50), *said) != again
    assert request_id(AT, "decide", CODE, "refused") != again


@pytest.mark.parametrize(
    ("rules", "about_the_case"),
    [
        (("already_decided",), True),
        (("nothing_wanted",), True),
        (("missing",), False),
        (("already_decided", "missing"), False),
        ((), False),
    ],
)
def test_wrong_words_are_told_apart_from_a_case_where_they_do_not_fit(
    rules: tuple[str, ...], *, about_the_case: bool
) -> None:
    findings = (Finding(field="procedure", rule=rule, message="…") for rule in rules)

    assert CaseRejectsError(*findings).is_about_the_case is about_the_case


def test_agencies_call_nobody_where_no_key_is_configured(tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "addresses.json").write_text("{}")

    assert line_for(Settings.read(), None) is None


def test_agencies_call_nobody_where_no_temporal_server_is_configured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TEMPORAL_ADDRESS", raising=False)
    monkeypatch.delenv("TEMPORAL_PROFILE", raising=False)
    Keyring.create(tmp_path / "keys.json", (CASES, "insurance"))

    assert line_for(Settings.read(), None) is None


@pytest.mark.parametrize("from_folder", [True, False])
def test_an_agency_is_handed_its_own_keys_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, from_folder: bool
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    ring = Keyring.create(tmp_path / "keys.json", (CASES, "insurance", "residence"))
    folder = tmp_path / "agencies"
    folder.mkdir()
    ring.for_audience("insurance").save_new(folder / "insurance.json")

    line = line_for(Settings.read(), folder if from_folder else None)

    assert line is not None
    handed = line.ring_of("insurance")
    assert handed is not None
    assert (set(handed.keys), handed.event_secret) == ({"insurance-1"}, None)
    assert line.ring_of("weather") is None
    assert line.connection()["target_host"] == "temporal.example:7233"


@pytest.mark.parametrize(
    ("mode", "calls", "expected"),
    [
        (Mode.UP, None, {}),
        (Mode.UP, False, {"calls_back": False}),
        (Mode.PEOPLE, False, {"calls_back": False, "answers": {"when": "people"}}),
        (Mode.PEOPLE, None, {"calls_back": True, "answers": {"when": "people"}}),
    ],
)
def test_whether_an_agency_calls_stands_apart_from_the_rest(
    mode: Mode, expected: dict[str, object], *, calls: bool | None
) -> None:
    now = {"calls_back": True}

    wanted = behaviour_for(mode, now, latency=1, after=1, rate=1, calls=calls)

    assert wanted == expected


def pressing(
    number: int,
    sla: SlaStatus,
    *,
    waiting_for: tuple[str, ...] = (),
    overdue_at: tuple[str, ...] = (),
    commune: str = "00004",
) -> PressingCase:
    return PressingCase(
        case_code=CaseCode(f"H26-{number}"),
        case_id=CaseId(f"birth/{number}"),
        commune=commune,
        sla=sla,
        due_at=AT + timedelta(hours=number),
        waiting_for=waiting_for,
        overdue_at=overdue_at,
    )


def test_late_cases_stand_where_they_are_late_and_others_where_they_are_held() -> None:
    cases = [
        pressing(1, SlaStatus.OVERDUE, waiting_for=("insurance",), overdue_at=("residence",)),
        pressing(2, SlaStatus.DUE_SOON, waiting_for=("insurance", "residence")),
        pressing(3, SlaStatus.DUE_SOON, waiting_for=("insurance",), commune="00008"),
    ]

    groups = grouped(cases)

    found = [(one.agency, one.commune, one.late, one.due_soon) for one in groups]
    assert found == [
        ("residence", "00004", 1, 1),
        ("insurance", "00004", 0, 1),
        ("insurance", "00008", 0, 1),
    ]
    assert groups[0].first_due_at == AT + timedelta(hours=1)


def test_a_dossier_past_its_own_due_instant_is_late_though_its_case_is_not() -> None:
    case = pressing(1, SlaStatus.ON_TIME, overdue_at=("residence",))

    assert [(one.late, one.due_soon) for one in grouped([case])] == [(1, 0)]


def test_one_agencys_list_holds_that_agency_alone() -> None:
    case = pressing(1, SlaStatus.DUE_SOON, waiting_for=("insurance", "residence"))

    assert [one.agency for one in grouped([case], "residence")] == ["residence"]
