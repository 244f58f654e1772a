"""The pre-check of a declaration: what is answered, and what is kept of the asking. Pure."""

from models.contracts.dossiers import Facts
from models.declarations.declarations import Declaration
from models.entitlements.advice import Advice, Answers
from models.entitlements.advising import advice_on
from models.intake.admission import no_rule, read_submission
from models.intake.choices import check_choice
from models.intake.competence import Ground
from models.intake.intake import Submission
from models.kernel.base import GroupId, Instant, Message
from models.kernel.findings import Finding, errors_of
from models.kernel.hashes import keyed_hash
from models.kernel.vocabulary import Fund
from models.law.context import LegalContext
from models.law.rules import GroupRule


class PrecheckAnswer(Advice):
    """Fund, amount, basis and cures; or every wrong field, and then nobody was asked."""

    errors: tuple[Finding, ...] = ()


class Inquiry(Message):
    """That somebody asked, kept for auditors. Who and about whom are keyed hashes."""

    workflow_id: str
    run_id: str
    asked_at: Instant
    asker: str
    relation: str
    about: str
    group: GroupId
    fund: Fund
    reasons: tuple[str, ...]
    not_asked: tuple[str, ...]


class Question(Message):
    """A sound declaration, and the rule it would fall under today."""

    declaration: Facts
    rule: GroupRule


def question_in(submission: Submission, context: LegalContext) -> Question | PrecheckAnswer:
    """What is asked, or everything that is wrong with it."""
    parsed = read_submission(submission, context)
    if parsed.declaration is None:
        return _refused(parsed.findings)
    declaration = parsed.declaration
    ground = Ground(submission.group, declaration.registration.commune, context)
    rule = ground.rule_on(submission.recorded_at)
    if rule is None:
        return _refused((*parsed.findings, no_rule(submission.recorded_at, ground)))
    findings = (*parsed.findings, *check_choice(rule, declaration.procedures))
    if errors_of(findings):
        return _refused(findings)
    return Question(declaration=_stated(declaration), rule=rule)


def answer_to(
    question: Question, answers: Answers, submission: Submission, context: LegalContext
) -> PrecheckAnswer:
    """What the funds' answers mean for this family.

    Raises:
        KeyError: the law files lack a reason code; `lienthong law check` finds it.
    """
    stated, rule, at = question.declaration, question.rule, submission.recorded_at
    return PrecheckAnswer(**dict(advice_on(stated, answers, rule, context, at)))


def inquiry_of(
    question: Question, answer: PrecheckAnswer, submission: Submission, context: LegalContext
) -> Inquiry:
    """What is kept: that it was asked, by whom about whom as hashes, and what was answered."""
    declarant, deceased = question.declaration["declarant"], question.declaration["deceased"]
    if not isinstance(declarant, dict) or not isinstance(deceased, dict):
        raise TypeError("a sound declaration names a declarant and a deceased")
    return Inquiry(
        workflow_id=submission.case_id,
        run_id=submission.run_id,
        asked_at=submission.recorded_at,
        asker=keyed_hash("asker", f"{declarant['personal_number']}", secret=context.event_secret),
        relation=f"{declarant['relation']}",
        about=keyed_hash(
            "about",
            f"{deceased.get('personal_number') or deceased.get('full_name')}",
            secret=context.event_secret,
        ),
        group=submission.group,
        fund=answer.fund,
        reasons=tuple(one.reason_code for one in answer.would_refuse),
        not_asked=tuple(answer.not_asked),
    )


def _stated(declaration: Declaration) -> Facts:
    return declaration.model_dump(mode="json", by_alias=True)


def _refused(findings: tuple[Finding, ...]) -> PrecheckAnswer:
    return PrecheckAnswer(fund=Fund.NONE, verified=False, unseen=(), errors=errors_of(findings))
