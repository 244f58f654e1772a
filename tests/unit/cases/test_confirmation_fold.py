"""When a family has agreed on one of them: everybody's last word, and nothing but unanimity."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cases.confirmations import Confirmation
from models.intake.intake import PlannedConfirmation

A, B, C = "001175003456", "001151002233", "001180009999"
PLAN = PlannedConfirmation.model_validate(
    {
        "among": "relatives",
        "chosen": "representative",
        "fallback": "VAN_BAN_CU_DAI_DIEN",
        "fallback_title": "Văn bản cử người đại diện",
        "reason_code": "THIEU_DAI_DIEN",
        "remind_at": "2026-11-26T07:30:00+07:00",
        "confirm_by": "2026-11-27T23:59:59+07:00",
        "written_by": "2026-12-28T23:59:59+07:00",
    }
)


def family(*relatives: str, declarant: str = A, wants: str | None = None) -> Confirmation:
    declaration = {
        "declarant": {"personal_number": declarant},
        "relatives": [{"personal_number": one} for one in relatives],
        "representative": wants,
    }
    return Confirmation.begun(PLAN, declaration)


def test_a_single_relative_who_declares_has_agreed() -> None:
    assert family(A, wants=A).agreed == A


def test_a_declarant_outside_the_family_agrees_for_nobody() -> None:
    assert family(A, B, declarant="001199000000", wants=A).agreed is None


def test_all_must_name_the_same_relative() -> None:
    confirmation = family(A, B, C, wants=A)

    confirmation.said |= {B: A, C: B}
    divided = confirmation.agreed
    confirmation.said[C] = A

    assert divided is None
    assert confirmation.agreed == A


def test_who_takes_back_their_word_divides_the_family_again() -> None:
    confirmation = family(A, B, wants=A)

    confirmation.said[B] = A
    confirmation.said[B] = None

    assert confirmation.agreed is None


@given(st.dictionaries(st.sampled_from([A, B, C]), st.sampled_from([A, B, C, None])))
def test_agreement_is_unanimity_whatever_was_said(said: dict[str, str | None]) -> None:
    confirmation = family(A, B, C)

    confirmation.said = said

    everybody = {said.get(one) for one in (A, B, C)}
    assert (confirmation.agreed is not None) == (len(everybody) == 1 and None not in everybody)


@pytest.mark.parametrize(
    ("in_writing", "code"), [(False, "XAC_NHAN_DAI_DIEN"), (True, PLAN.fallback)]
)
def test_the_family_is_asked_for_one_thing_at_a_time(in_writing: bool, code: str) -> None:  # noqa: FBT001 -- a parameter
    confirmation = family(A, B)

    confirmation.in_writing = in_writing

    assert confirmation.item.code == code
    assert confirmation.limit == (PLAN.written_by if in_writing else PLAN.confirm_by)


def test_the_agency_is_told_how_it_was_agreed() -> None:
    agreed, written = family(A, wants=A), family(A, B, wants=B)

    written.form = "tep-1"

    assert agreed.evidence() == {"representative": A, "by": "relatives", "reference": None}
    assert written.evidence() == {"representative": B, "by": "written_form", "reference": "tep-1"}
