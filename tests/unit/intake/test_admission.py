"""What the intake decides about a sound declaration: which law, which place, which code."""

import json
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.places import load_places
from models.intake.admission import Admission, admit
from models.intake.intake import IntakeDecision, IntakeOutcome, Opening, Submission
from models.kernel.base import VIETNAM, CaseCode, CaseId, GroupId
from models.kernel.findings import Severity
from models.law.context import LegalContext

from harness.declaration_samples import spoilt

CONTEXT = LegalContext(
    law=load_law(), calendar=load_calendar(), places=load_places(), event_secret=b"s" * 32
)
MORNING = datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM)
HANOI, TUYEN_QUANG, GONE = "00004", "02212", "00007"

LONG_AGO = (
    ("reception.received_at", "2024-06-27T09:00:00+07:00"),
    ("child.born_at", "2024-06-18T05:25:00+07:00"),
    ("notice", {"number": "417/2024", "facility": "01929", "issued_on": "2024-06-20"}),
)
"""A birth said to have been taken in three days before NĐ 63/2024 came into force."""


def submitted(*changes: tuple[str, Any], at: datetime = MORNING) -> Submission:  # Any: declared
    return Submission(
        case_id=CaseId("birth/00417.GCS.01929.26"),
        run_id="run-1",
        group=GroupId("birth"),
        recorded_at=at,
        declaration=json.dumps(spoilt(*changes)),
        sealed_with="cases-1",
    )


def admitted(*changes: tuple[str, Any], at: datetime = MORNING) -> Admission:  # Any: declared
    judged = admit(submitted(*changes, at=at), CONTEXT)
    assert isinstance(judged, Admission), judged
    return judged


def opened(admission: Admission) -> Opening:
    opening = admission.outcome.opening
    assert opening is not None
    return opening


def test_the_competent_commune_gives_place_and_code_wherever_it_was_handed_in() -> None:
    admission = admitted(("reception.commune", HANOI), ("registration.commune", TUYEN_QUANG))

    opening = opened(admission)
    assert (opening.province, opening.commune) == ("08", TUYEN_QUANG)
    assert admission.code_prefix == (
        f"{CONTEXT.places.agency_code_of(TUYEN_QUANG, MORNING.date())}-261120"
    )


def test_each_dossier_goes_to_the_commune_the_law_names_for_it() -> None:
    opening = opened(admitted(("registration.commune", TUYEN_QUANG), ("residence.commune", HANOI)))

    assert {plan.procedure: plan.unit for plan in opening.dossiers} == {
        "register_birth": TUYEN_QUANG,
        "register_residence": HANOI,
        "issue_card": TUYEN_QUANG,
    }


def test_the_case_takes_the_whole_rule_with_it() -> None:
    opening = opened(admitted())

    rule = CONTEXT.law.group_on(GroupId("birth"), MORNING.date(), "01")
    assert rule is not None
    assert opening.law == rule.model_dump(mode="json")
    assert opening.law_version == "birth-nd63-2024"


def test_a_code_numbers_the_dossiers_in_the_order_of_the_law() -> None:
    outcome = admitted().with_code(CaseCode("H26.05.13-261120-0001"))

    assert outcome.opening is not None
    assert [plan.code for plan in outcome.opening.dossiers] == [
        f"H26.05.13-261120-0001-{number}" for number in (1, 2, 3)
    ]


def test_a_commune_that_is_no_more_is_refused_and_named() -> None:
    judged = admit(submitted(("registration.commune", "99999")), CONTEXT)

    assert isinstance(judged, IntakeOutcome)
    assert judged.decision is IntakeDecision.REFUSED
    assert ("registration.commune", "unknown_commune") in {
        (finding.field, finding.rule) for finding in judged.findings
    }


@pytest.mark.parametrize(
    ("stated", "received_on"),
    [
        (datetime(2026, 11, 20, 8, 30, tzinfo=VIETNAM), date(2026, 11, 20)),
        (datetime(2026, 11, 19, 16, 45, tzinfo=VIETNAM), date(2026, 11, 20)),
    ],
)
def test_only_a_reception_of_the_last_working_hour_is_believed(
    stated: datetime, received_on: date
) -> None:
    opening = opened(admitted(("reception.received_at", stated.isoformat())))

    assert opening.received_at.date() == received_on
    assert not opening.backdated


def test_a_reception_that_is_not_believed_does_not_choose_the_law() -> None:
    admission = admitted(*LONG_AGO)

    opening = opened(admission)
    assert opening.law_version == "birth-nd63-2024"
    assert admission.code_prefix.endswith("-261120")
    assert [finding.rule for finding in admission.outcome.findings].count("recent_reception") == 1
    assert all(finding.severity is Severity.WARNING for finding in admission.outcome.findings)


def test_a_reception_that_is_not_believed_brings_no_old_commune_back() -> None:
    """00007 was a commune until 01/7/2025; today's intake cannot send anything there."""
    judged = admit(
        submitted(
            *LONG_AGO,
            ("registration.commune", GONE),
        ),
        CONTEXT,
    )

    assert isinstance(judged, IntakeOutcome)
    assert {finding.rule for finding in judged.findings} >= {"unknown_commune", "recent_reception"}


def test_a_reception_that_may_lie_back_is_under_the_law_and_places_of_its_day() -> None:
    admission = admit(
        submitted(
            *LONG_AGO,
            ("registration.commune", GONE),
        ),
        replace(CONTEXT, allow_backdating=True),
    )

    assert isinstance(admission, Admission), admission
    assert opened(admission).law_version == "birth-cv2084"
    assert opened(admission).backdated
