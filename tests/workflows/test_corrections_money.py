"""Money granted upon a revoked act is stopped; paid already, a named person claims it back."""

from models.contracts.payments import PaymentState
from models.corrections.states import CorrectionState
from models.kernel.vocabulary import Attention

from harness.case_handle import CaseHandle
from harness.correction_handle import CorrectionHandle, correct, decision, rules_of
from harness.system import SystemUnderTest

AMOUNT = 25_300_000


FUNERAL = "insurance_funeral"


def wrong_death(case_code: str, **otherwise: object) -> dict[str, object]:
    """The decision to revoke a death that was registered in error."""
    return decision(case_code, act="register_death", **otherwise)


async def granted(system: SystemUnderTest, state: PaymentState) -> CaseHandle:
    """A death whose funeral money was granted, and stands so at the treasury."""
    system.treasury.next_states = [state]
    case = await system.declare_death("register_death", "funeral_money")
    await case.until(lambda one: any(d.payment and d.payment.state == state for d in one.dossiers))
    return case


async def claiming(system: SystemUnderTest, **otherwise: object) -> CorrectionHandle:
    """A correction whose money had been paid before anybody could stop it."""
    report = await (await granted(system, PaymentState.PAID)).ended()
    correction = await correct(system, wrong_death(report.case_code or "", **otherwise))
    await correction.until(lambda one: one.state is CorrectionState.CLAIMING_BACK)
    return correction


async def test_money_that_was_not_paid_yet_never_will_be(system: SystemUnderTest) -> None:
    case = await granted(system, PaymentState.ACCEPTED)
    code = (await case.status()).case_code or ""

    report = await (await correct(system, wrong_death(code))).result()
    await case.result()

    effects = {step.id: step.effect for step in report.steps}
    answer = await system.treasury.state(f"{code}-{FUNERAL}-1-pay-1")
    assert effects[f"payment.{FUNERAL}"] == "stopped"
    assert answer is not None
    assert answer.state is PaymentState.STOPPED
    assert report.tasks == ()


async def test_paid_money_is_a_named_persons_open_task_with_amount_and_deadline(
    system: SystemUnderTest,
) -> None:
    correction = await claiming(system)

    status = await correction.status()

    (task,) = status.tasks
    assert (task.assignee, task.amount, task.outcome) == ("canbo-01", AMOUNT, None)
    assert task.due_at is not None
    assert not task.due_is_verified
    assert status.attention is Attention.CORRECTION
    await correction.settle(task.id)
    await correction.ended()


async def test_the_task_goes_to_whom_the_decision_names(system: SystemUnderTest) -> None:
    correction = await claiming(system, assignee="thuhoi-09")

    (task,) = (await correction.status()).tasks

    assert task.assignee == "thuhoi-09"
    told = [one.to["addressee"] for one in system.ledger.outbox.values()]
    assert told == ["thuhoi-09"]
    await correction.settle(task.id)
    await correction.ended()


async def test_a_claim_stays_open_and_is_recalled_until_a_person_closes_it(
    system: SystemUnderTest,
) -> None:
    correction = await claiming(system)

    await system.pass_time(days=12)

    assert (await correction.status()).state is CorrectionState.CLAIMING_BACK
    assert correction.events().count("claim.reminded") == 1
    await correction.settle(f"claim_back.{FUNERAL}", outcome="waived", reason="Đã khấu trừ")
    report = await correction.ended()
    assert report.state is CorrectionState.COMPLETED
    assert (report.tasks[0].outcome, report.tasks[0].settled_by) == ("waived", "ketoan-03")


async def test_only_an_open_task_can_be_closed_and_only_with_a_reason(
    system: SystemUnderTest,
) -> None:
    correction = await claiming(system)

    unknown = await rules_of(correction.settle("claim_back.other"))
    silent = await rules_of(correction.settle(f"claim_back.{FUNERAL}", reason=""))

    assert unknown == ["unknown"]
    assert silent == ["blank"]
    await correction.settle(f"claim_back.{FUNERAL}")
    await correction.ended()


async def test_a_claim_does_not_hold_up_another_correction_of_the_case(
    system: SystemUnderTest,
) -> None:
    correction = await claiming(system)
    code = (await correction.status()).case_code or ""

    other = await (await correct(system, decision(code, act=FUNERAL))).ended()

    assert [finding.rule for finding in other.errors] == ["already_revoked"]
    await correction.settle(f"claim_back.{FUNERAL}")
    await correction.ended()


async def test_money_that_came_back_goes_nowhere_else_once_its_act_is_revoked(
    system: SystemUnderTest,
) -> None:
    case = await granted(system, PaymentState.RETURNED)
    code = (await case.status()).case_code or ""
    system.agencies["civil_status"].unreachable = True

    correction = await correct(system, wrong_death(code))
    await case.until(lambda one: one.attention is Attention.CORRECTION)
    refused = await rules_of(case.resume(FUNERAL))
    system.agencies["civil_status"].unreachable = False
    report = await correction.result()
    await case.result()

    assert refused == ["not_parked"]
    assert report.tasks == ()
    assert system.treasury.paid == 0
