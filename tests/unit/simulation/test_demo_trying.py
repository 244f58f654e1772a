"""What a demonstration leaves to try with works as it stands, and only its owner can read it."""

import json
import stat
from pathlib import Path

import pytest

from models.cases.payouts import Payment
from models.cases.status import CaseStatus, DossierStatus
from models.contracts.payments import PaymentState
from models.corrections.requests import CorrectionDecision
from models.kernel.base import AgencyId, CaseCode, ProcedureId
from models.kernel.vocabulary import CaseState, DossierState
from simulation.demo.death_kinds import DeathKind
from simulation.demo.memory import Share
from simulation.demo.planned import DEATH, Planned
from simulation.demo.progress import Progress
from simulation.demo.relatives import confirmations
from simulation.demo.samples import PAID, REVOKED, UNPAID, TryOut, try_out

from harness.demo_samples import NOON, deaths, judged

FOUND = deaths()
SHARE = Share(seed=7, first_family=0, now=NOON)
CODE = CaseCode("H26.00004-261120-0001")


def place_of(kind: DeathKind) -> int:
    return next(at for at, each in enumerate(FOUND.planned) if each.kind is kind)


def status(planned: Planned, state: CaseState) -> CaseStatus:
    paid = Payment(
        key="k-pay-1", by=AgencyId("treasury"), amount=25_300_000, state=PaymentState.PAID
    )
    money = DossierStatus(
        procedure=ProcedureId("insurance_funeral"),
        title="Mai táng",
        code="x",
        agency=AgencyId("insurance"),
        unit="00004",
        round=1,
        state=DossierState.GRANTED,
        portal_state=9,
        holder=None,
        filed_at=NOON,
        due_at=None,
        original_due_at=None,
        settled_at=NOON,
        outcome=None,
        reason_code=None,
        items=(),
        issued={},
        payment=paid,
    )
    return CaseStatus(
        case_id=planned.case_id,
        case_code=CODE,
        group=DEATH,
        recorded_at=NOON,
        state=state,
        dossiers=(money,),
    )


def told() -> Progress:
    """One death was paid for, and one family has not agreed."""
    progress = Progress(planned=FOUND.planned)
    insured, disputed = place_of(DeathKind.INSURED), place_of(DeathKind.DISPUTED)
    progress.tell(insured, status(FOUND.planned[insured], CaseState.COMPLETED), 1.0)
    progress.keep(disputed, status(FOUND.planned[disputed], CaseState.SUPPLEMENT_WANTED))
    return progress


def tried(folder: Path, progress: Progress) -> TryOut:
    return try_out(folder, progress, FOUND.spared, SHARE)


@pytest.mark.parametrize("name", [PAID, UNPAID])
def test_the_declarations_to_ask_about_are_sound_and_nobody_has_handed_them_in(
    tmp_path: Path, name: str
) -> None:
    (file,) = (each for each in tried(tmp_path, told()).to_ask if each.name == name)
    declaration = json.loads(file.read_text("utf-8"))
    planned = Planned(
        group=DEATH,
        kind=DeathKind.INSURED,
        case_id=FOUND.planned[0].case_id,
        declaration=declaration,
    )

    assert not judged(planned, NOON).findings
    assert declaration["reception"]["received_at"] is None
    assert declaration["deceased"] not in [each.declaration["deceased"] for each in FOUND.planned]


def test_the_decision_names_a_case_of_this_run_and_still_wants_a_second_person(
    tmp_path: Path,
) -> None:
    found = tried(tmp_path, told()).to_revoke
    assert found is not None
    decision = CorrectionDecision.model_validate_json(found.file.read_bytes())

    assert (decision.case_code, decision.act) == (CODE, "register_death")
    assert decision.correction_id == found.number
    assert decision.approved_by is None
    assert found.claims == ("claim_back.insurance_funeral",)


def test_the_relatives_to_confirm_are_those_who_did_not_agree(tmp_path: Path) -> None:
    disputed = FOUND.planned[place_of(DeathKind.DISPUTED)]

    assert tried(tmp_path, told()).to_confirm == tuple(
        (each.relative, each.representative) for each in confirmations(disputed, agrees=True)
    )


def test_nobody_but_the_owner_reads_the_files_and_the_next_run_writes_over_them(
    tmp_path: Path,
) -> None:
    tried(tmp_path, told())
    tried(tmp_path, told())

    files = list((tmp_path / "demo").iterdir())
    assert {file.name for file in files} == {PAID, UNPAID, REVOKED}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}


def test_births_alone_leave_nothing(tmp_path: Path) -> None:
    assert try_out(tmp_path, Progress(planned=[]), [], SHARE) == TryOut()
