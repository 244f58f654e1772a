"""Every step that any rule file names is reached by a case under that rule, exactly once.

Who adds a step that no case can reach, such as a warning farther ahead than the whole limit, sees
it fail here.
"""

from dataclasses import replace
from datetime import date

import pytest

from models.cases.case import Case
from models.cases.events import Event
from models.cases.orders import Choice
from models.cases.transitions import clock
from models.cases.transitions.agencies import choose
from models.kernel.base import ProcedureId
from models.law.rules import GroupRule
from models.law.steps import MilestoneKind, MilestoneRule, WorkingSpan
from models.law.terms import Limit

from harness.admissions import CONTEXT, MORNING
from harness.pure_cases import file, opened, opened_death

OPEN = {"birth": opened, "death": opened_death}
RULES = CONTEXT.law.groups
every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.version)

Named = tuple[str | None, str, int]
"""Of which procedure (None: the case's own), which step, at which level."""


def named_by(rule: GroupRule) -> list[Named]:
    """The steps a rule names for the case and each procedure one may ask for."""
    procedures = [step.id for step in rule.offered()]
    found: list[Named] = []
    for procedure in (None, *procedures):
        kinds: dict[MilestoneKind, int] = {}
        for step in rule.steps_of(procedure):
            kinds[step.kind] = kinds.get(step.kind, 0) + 1
            found.append((procedure, f"{step.kind}-{kinds[step.kind]}", step.level))
    return sorted(found, key=str)


def reached_under(rule: GroupRule) -> list[Named]:
    """The steps cases are told of if nobody ever decides: every threshold in its turn.

    Of procedures that share a word a case performs one, so there is a case for each of them.
    """
    told = [told_by(undecided(rule, chosen)) for chosen in chances(rule)]
    counts = {one: max(case.count(one) for case in told) for case in told for one in case}
    return sorted((one for one, count in counts.items() for _ in range(count)), key=str)


def chances(rule: GroupRule) -> list[dict[ProcedureId, ProcedureId]]:
    """By word, the procedure that is chosen: together they choose each one once."""
    options = {word: rule.alternatives(word) for word in rule.words()}
    most = max([1, *(len(steps) for steps in options.values())])
    return [
        {word: several[turn % len(several)].id for word, several in options.items() if several}
        for turn in range(most)
    ]


def told_by(case: Case) -> list[Named]:
    while (threshold := case.next_threshold()) is not None:
        clock.reach_steps(case, threshold)
    told = [entry for entry in case.entries if entry.event is Event.STEP_REACHED]
    return [(one.procedure, str(one.facts["step"]), level_of(one.facts["level"])) for one in told]


def undecided(rule: GroupRule, chosen: dict[ProcedureId, ProcedureId]) -> Case:
    """A case under a rule, as if it held today, with every procedure filed."""
    lasting = {"valid_from": date(2015, 1, 1), "valid_to": None, "places": (), "pilots": ()}
    law = CONTEXT.law.model_copy(update={"groups": (rule.model_copy(update=lasting),)})
    context = replace(CONTEXT, law=law)
    offered = {step.word for step in rule.offered()}
    case = OPEN[rule.group](context, procedures=[word for word in rule.words() if word in offered])
    for word, procedure in chosen.items():
        choose(case, case.dossiers[word], Choice(procedure=procedure), MORNING)
    for dossier in case.dossiers.values():
        file(case, dossier, MORNING, context=context)
    return case


def level_of(written: object) -> int:
    assert isinstance(written, int)
    return written


@every_rule
def test_every_step_of_a_rule_is_reached_exactly_once(rule: GroupRule) -> None:
    assert reached_under(rule) == named_by(rule)


@every_rule
def test_every_rule_names_steps_for_its_case_and_each_procedure(rule: GroupRule) -> None:
    named = {procedure for procedure, _, _ in named_by(rule)}

    assert named == {None, *(step.id for step in rule.offered())}


def test_a_step_that_no_case_can_reach_is_seen() -> None:
    rule = RULES[0]
    too_early = MilestoneRule(kind=MilestoneKind.EARLY_WARNING, before=WorkingSpan(working_days=99))

    unreachable = rule.model_copy(update={"steps": (too_early, *rule.steps)})

    assert reached_under(unreachable) != named_by(unreachable)


def test_a_limit_too_short_for_its_warning_is_seen() -> None:
    rule = next(rule for rule in RULES if rule.version == "birth-nd63-2024")
    short = tuple(
        step.model_copy(update={"limit": Limit(working_days=0)}) for step in rule.procedures
    )

    cut = rule.model_copy(update={"procedures": short})

    assert reached_under(cut) != named_by(cut)
