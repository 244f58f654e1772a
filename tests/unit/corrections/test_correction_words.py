"""Everything about a correction has its Vietnamese word, and nothing on its card is personal."""

from datetime import UTC, datetime

from models.cases.archive import ArchivedCase
from models.contracts.corrections import CorrectionKind
from models.contracts.payments import PaymentState
from models.corrections import transitions
from models.corrections.card import KIND, correction_card
from models.corrections.correction import Correction
from models.corrections.orders import CorrectionIntake, CorrectionOutcome
from models.corrections.requests import CorrectionDecision
from models.corrections.states import EFFECT
from models.kernel.base import CaseCode, CaseId, GroupId
from models.kernel.refs import CaseRef

NOW = datetime(2026, 11, 20, 3, tzinfo=UTC)
CODE = CaseCode("H26.05.13-261120-0001")


def test_every_kind_of_correction_has_a_word() -> None:
    assert set(KIND) == set(CorrectionKind)


def test_every_end_of_a_payment_is_an_effect_with_a_word() -> None:
    assert {PaymentState.STOPPED, PaymentState.PAID, PaymentState.RETURNED} <= set(EFFECT)


def test_the_card_tells_who_decided_and_nothing_of_the_facts() -> None:
    decision = CorrectionDecision.model_validate(
        {
            "correction_id": "12-QD",
            "case_code": CODE,
            "kind": "corrected",
            "act": "register_birth",
            "facts": {"full_name": "Tên Bí Mật"},
            "decided_by": "canbo-01",
            "legal_basis": "QĐ 12",
        }
    )
    case = ArchivedCase(
        ref=CaseRef(case_id=CaseId("birth/x"), run_id="r"),
        case_code=CODE,
        group=GroupId("birth"),
        is_open=False,
        dossiers=(),
    )
    correction = Correction(CaseId("correction/12-QD"), NOW)
    taken = CorrectionOutcome(intake=CorrectionIntake.TAKEN, decision=decision, case=case)
    transitions.take_in(correction, taken, NOW)

    card = correction_card(correction, NOW)

    assert "canbo-01" in card
    assert "chờ người thứ hai phê duyệt" in card
    assert "Bí Mật" not in card
    assert "Bí Mật" not in "".join(entry.model_dump_json() for entry in correction.entries)
