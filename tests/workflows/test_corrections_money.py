"""Money granted upon a revoked act is stopped; paid already, a named person claims it back."""

from case_desk import Desk
from correction_in_hand import CorrectionInHand, correct, decision, rules_of

from adapters.agencies_memory import USUALLY_ISSUED, ScriptedAnswer
from models.base import AgencyId
from models.correction_words import CorrectionState
from models.vocabulary import Attention
from models.wire_payments import PaymentState

AMOUNT = 25_300_000


async def case_that_pays(desk: Desk) -> str:
    """A case in which the card comes with money; who pays is the law's word, not the engine's."""
    groups = desk.office.law.groups
    paying = tuple(
        group.model_copy(
            update={
                "procedures": tuple(
                    step.model_copy(update={"paid_by": AgencyId("treasury")})
                    if step.id == "issue_card"
                    else step
                    for step in group.procedures
                )
            }
        )
        for group in groups
    )
    desk.use_law(paying)
    issued = {**USUALLY_ISSUED["issue_card"], "amount": AMOUNT}
    desk.agencies["insurance"].answers["issue_card"] = [ScriptedAnswer(issued=issued)]
    report = await (await desk.declare()).ended()
    assert report.case_code is not None
    return report.case_code


async def claiming(desk: Desk, **otherwise: object) -> CorrectionInHand:
    """A correction whose money had been paid before anybody could stop it."""
    code = await case_that_pays(desk)
    desk.treasury.turn(f"{code}-issue_card-1-pay-1", PaymentState.PAID)
    correction = await correct(desk, decision(code, **otherwise))
    await correction.until(lambda one: one.state is CorrectionState.CLAIMING_BACK)
    return correction


async def test_money_that_was_not_paid_yet_never_will_be(desk: Desk) -> None:
    code = await case_that_pays(desk)

    report = await (await correct(desk, decision(code))).result()

    effects = {step.id: step.effect for step in report.steps}
    answer = await desk.treasury.state(f"{code}-issue_card-1-pay-1")
    assert effects["payment.issue_card"] == "stopped"
    assert answer is not None
    assert answer.state is PaymentState.STOPPED
    assert report.tasks == ()


async def test_paid_money_is_a_named_persons_open_task_with_amount_and_deadline(
    desk: Desk,
) -> None:
    correction = await claiming(desk)

    status = await correction.status()

    (task,) = status.tasks
    assert (task.assignee, task.amount, task.outcome) == ("canbo-01", AMOUNT, None)
    assert task.due_at is not None
    assert not task.due_is_verified
    assert status.attention is Attention.CORRECTION
    await correction.settle(task.id)
    await correction.ended()


async def test_the_task_goes_to_whom_the_decision_names(desk: Desk) -> None:
    correction = await claiming(desk, assignee="thuhoi-09")

    (task,) = (await correction.status()).tasks

    assert task.assignee == "thuhoi-09"
    told = [one.to["addressee"] for one in desk.ledger.outbox.values()]
    assert told == ["thuhoi-09"]
    await correction.settle(task.id)
    await correction.ended()


async def test_a_claim_stays_open_and_is_recalled_until_a_person_closes_it(desk: Desk) -> None:
    correction = await claiming(desk)

    await desk.pass_time(days=12)

    assert (await correction.status()).state is CorrectionState.CLAIMING_BACK
    assert correction.events().count("claim.reminded") == 1
    await correction.settle("claim_back.issue_card", outcome="waived", reason="Đã khấu trừ")
    report = await correction.ended()
    assert report.state is CorrectionState.COMPLETED
    assert (report.tasks[0].outcome, report.tasks[0].settled_by) == ("waived", "ketoan-03")


async def test_only_an_open_task_can_be_closed_and_only_with_a_reason(desk: Desk) -> None:
    correction = await claiming(desk)

    unknown = await rules_of(correction.settle("claim_back.other"))
    silent = await rules_of(correction.settle("claim_back.issue_card", reason=""))

    assert unknown == ["unknown"]
    assert silent == ["blank"]
    await correction.settle("claim_back.issue_card")
    await correction.ended()


async def test_a_claim_does_not_hold_up_another_correction_of_the_case(desk: Desk) -> None:
    correction = await claiming(desk)
    code = (await correction.status()).case_code or ""

    other = await (await correct(desk, decision(code, act="register_residence"))).ended()

    assert [finding.rule for finding in other.errors] == ["already_revoked"]
    await correction.settle("claim_back.issue_card")
    await correction.ended()
