"""A procedure group as a civil servant writes it down: dated, placed, with its sources."""

from datetime import date, time
from typing import NamedTuple, Self

from pydantic import Field

from models.kernel.base import Definition, GroupId, LawVersion, ProcedureId
from models.kernel.legal_basis import Dated, LegalBasis
from models.law.procedures import AskedRule, ProcedureRule
from models.law.steps import MilestoneRule
from models.law.terms import DelayRule, Extension, GroupLimit, HandoverRule, HourLimit
from models.working_time.terms import CitizenLimit, ClockPolicy, Counting

__all__ = ["WHOLE_COUNTRY", "GroupRule", "Pilot", "ProcedureRule", "Span"]

WHOLE_COUNTRY = ""
"""The place of a rule that is not limited to provinces."""


class Span(NamedTuple):
    """One place, from one reception day to another, both inclusive."""

    place: str
    first: date
    last: date | None


class Pilot(Definition):
    """Provinces where a rule holds earlier than in the whole country."""

    places: tuple[str, ...] = Field(min_length=1)
    valid_from: date
    basis: LegalBasis


class GroupRule(Dated):
    """The law of one group in one place for one span of reception days."""

    version: LawVersion
    group: GroupId
    title: str
    subject: str = ""
    """The part of the declaration that tells of the person the acts are about, e.g. `child`."""
    national_code: str = ""
    """Code in the national list of administrative procedures."""
    valid_from: date
    """First reception day in the whole country, or in `places`; pilots may begin earlier."""
    places: tuple[str, ...] = ()
    """Province codes (2 digits) the rule is limited to; empty means the whole country."""
    pilots: tuple[Pilot, ...] = ()
    basis: tuple[LegalBasis, ...] = Field(min_length=1)
    totals: tuple[GroupLimit, ...] = Field(min_length=1)
    counting: Counting = Counting.RECEPTION_IS_DAY_0
    cut_off: time | None = None
    """A citizen's file received later than this counts from the next working day."""
    after_supplement: ClockPolicy = ClockPolicy.RESTART
    supplement_cut_off: bool = True
    """Whether a supplement handed in after the cut-off counts from the next working day."""
    supplement_limit: CitizenLimit | None = None
    """How long a citizen has to supplement; None: the rule names no limit."""
    intake_limit: HourLimit | None = None
    """How soon the office answers whether it takes the file in; None: the rule does not say."""
    delay: DelayRule | None = None
    """When a new date may be named; None: never."""
    steps: tuple[MilestoneRule, ...] = ()
    """Around the due instant of the case, in order."""
    dossier_steps: tuple[MilestoneRule, ...] = ()
    """Around the due instant of each dossier that has no steps of its own, in order."""
    extensions: tuple[Extension, ...] = ()
    asked: tuple[AskedRule, ...] = ()
    """The words a citizen asks with where the software chooses the procedure."""
    procedures: tuple[ProcedureRule, ...] = Field(min_length=1)
    handover: HandoverRule | None = None
    """Results that reach the citizen through an officer who confirms it; None: none do."""
    repealed_on: date | None = None
    """First day on which its text is no longer law; `valid_to` must lie before."""
    repealed_by: LegalBasis | None = None
    superseded_by: LawVersion | None = None
    """The rule that takes its place, wherever it held."""
    note: str = ""

    def procedure(self, id: ProcedureId) -> ProcedureRule:
        """Look up one procedure.

        Raises:
            KeyError: the group has no such procedure.
        """
        for rule in self.procedures:
            if rule.id == id:
                return rule
        raise KeyError(id)

    def total_for(self, chosen: tuple[ProcedureId, ...]) -> GroupLimit:
        """The case's total limit for a choice of procedures.

        Raises:
            KeyError: no total covers the choice.
        """
        for total in self.totals:
            if not set(total.without) & set(chosen):
                return total
        raise KeyError(self.version)

    def steps_of(self, procedure: ProcedureId | None) -> tuple[MilestoneRule, ...]:
        """The steps around the due instant of one dossier, or of the case for None.

        Raises:
            KeyError: the group has no such procedure.
        """
        if procedure is None:
            return self.steps
        return self.procedure(procedure).steps or self.dossier_steps

    def alternatives(self, asked: ProcedureId) -> tuple[ProcedureRule, ...]:
        """The offered procedures among which one is chosen for that word, in the order of the law.

        Empty: it is no such word; a procedure asked for by its own id has no alternatives.
        """
        return tuple(rule for rule in self.procedures if rule.asked_as == asked and rule.offered)

    def performed_for(self, asked: ProcedureId) -> tuple[ProcedureRule, ...]:
        """What may be performed for what was asked for: the alternatives, or the procedure itself.

        Raises:
            KeyError: the group knows neither such a word nor such a procedure.
        """
        return self.alternatives(asked) or (self.procedure(asked),)

    def words(self) -> tuple[ProcedureId, ...]:
        """What a declaration may name, offered or not, in the order of the law, each once."""
        return tuple(dict.fromkeys(rule.word for rule in self.procedures))

    def named(self, asked: ProcedureId) -> AskedRule:
        """What a word is called; one that the rule does not name bears its alternatives' titles.

        Raises:
            KeyError: the group knows neither such a word nor such a procedure.
        """
        for word in self.asked:
            if word.id == asked:
                return word
        options = self.performed_for(asked)
        return AskedRule(
            id=asked,
            title=" hoặc ".join(rule.title for rule in options),
            short_title=" hoặc ".join(rule.short_title for rule in options),
        )

    def offered(self) -> tuple[ProcedureRule, ...]:
        """What a citizen may ask for, in the order of the law."""
        return tuple(rule for rule in self.procedures if rule.offered)

    def on(self, day: date) -> Self:
        """The rule as it reads on a reception day, without what holds on other days only."""
        procedures = tuple(rule for rule in self.procedures if rule.is_in_force(day))
        basis = tuple(source for source in self.basis if source.is_in_force(day))
        return self.model_copy(update={"procedures": procedures, "basis": basis})

    def spans(self) -> tuple[Span, ...]:
        """Where and when it holds; a pilot goes on as the place's own until the rule ends."""
        places = self.places or (WHOLE_COUNTRY,)
        return (
            *(Span(place, self.valid_from, self.valid_to) for place in places),
            *(
                Span(place, pilot.valid_from, self.valid_to)
                for pilot in self.pilots
                for place in pilot.places
            ),
        )

    def holds_in(self, place: str, day: date) -> bool:
        """Whether it holds as the rule of that province, or of the whole country, on a day."""
        return any(
            span.place == place and span.first <= day <= (span.last or day) for span in self.spans()
        )
