"""What a case will consist of: its dates, its dossiers and the way its results go back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.clock.counts import count_for
from models.clock.deadlines import CaseDeadlines, deadlines
from models.clock.dossier_clock import DossierClock
from models.declarations.declarations import Declaration
from models.intake.intake import Opening, PlannedConfirmation, PlannedDossier
from models.intake.reception import Reception
from models.kernel.base import AgencyId, ProcedureId, vietnam_time
from models.kernel.paths import value_at
from models.law.context import LegalContext
from models.law.places import ListPlace
from models.law.procedures import ProcedureRule
from models.law.rules import GroupRule
from models.working_time.citizen import citizen_due
from models.working_time.days import add_working_days
from models.working_time.hours import at

NOTICE, POST = AgencyId("notice"), AgencyId("post")


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A sound declaration, the rule it falls under and when it counts as received."""

    rule: GroupRule
    declaration: Declaration
    stated: Mapping[str, Any]  # Any: the declaration as JSON, for rules that name paths in it
    reception: Reception
    province: str

    def opening(self, context: LegalContext, *, plain_start: bool) -> Opening:
        """The case, still without its code."""
        dates = self._dates(context)
        commune = self.declaration.registration.commune
        day = vietnam_time(self.reception.received_at).date()
        return Opening(
            group_title=self.rule.title,
            province=self.province,
            commune=commune,
            commune_name=context.places.name_of(commune, day) or commune,
            backdated=self.reception.backdated,
            plain_start=plain_start,
            deadlines=dates,
            law=self.rule.model_dump(mode="json"),
            dossiers=tuple(self._asked(word, dates, context) for word in dates.chosen),
            reasons=tuple(reason.code for reason in context.law.reasons),
            channels=(NOTICE, POST) if self._wants_paper() else (NOTICE,),
            handover=self.rule.handover,
        )

    def _dates(self, context: LegalContext) -> CaseDeadlines:
        return deadlines(
            self.rule,
            [word for word in self.rule.words() if word in self.declaration.procedures],
            self.reception.received_at,
            context.calendar,
            context.law.agencies,
        )

    def _asked(
        self, word: ProcedureId, dates: CaseDeadlines, context: LegalContext
    ) -> PlannedDossier:
        """One dossier for what was asked for, which of several procedures it will ever be."""
        options = self.rule.alternatives(word)
        if not options:
            return self._dossier(self.rule.procedure(word), dates, context)
        plans = tuple(self._dossier(step, dates, context) for step in options)
        named = self.rule.named(word)
        return PlannedDossier(
            procedure=word,
            title=named.title,
            short_title=named.short_title,
            agency=plans[0].agency,
            agency_name=" hoặc ".join(plan.agency_name for plan in plans),
            unit=plans[0].unit,
            after=plans[0].after,
            alternatives=plans,
        )

    def _dossier(
        self, step: ProcedureRule, dates: CaseDeadlines, context: LegalContext
    ) -> PlannedDossier:
        due = dates.dossiers[step.word]
        return PlannedDossier(
            procedure=step.id,
            title=step.title,
            short_title=step.short_title,
            agency=step.agency,
            agency_name=context.law.agency(step.agency).short_name,
            unit=self._unit(step),
            after=tuple(before for before in step.after if before in dates.chosen),
            evidence=step.evidence,
            issues=step.issues,
            clock=self._clock(step, dates, context) if due else None,
            steps=dates.dossier_steps.get(step.id, ()),
            paid_by=step.paid_by,
            payee=step.payee,
            confirmation=self._confirmation(step, context),
            listing=step.listing,
            list_place=self._list_place(step, context) if step.listing else None,
        )

    def _list_place(self, step: ProcedureRule, context: LegalContext) -> ListPlace:
        """By the division of the reception day, under which the case goes on."""
        day = vietnam_time(self.reception.received_at).date()
        return ListPlace.on(day, self._unit(step), context.places)

    def _unit(self, step: ProcedureRule) -> str:
        return value_at(step.unit, self.stated) or self.declaration.registration.commune

    def _confirmation(
        self, step: ProcedureRule, context: LegalContext
    ) -> PlannedConfirmation | None:
        """The dates a family has, counted once from the reception of the case."""
        rule, calendar = step.confirmation, context.calendar
        if rule is None:
            return None
        confirm_by = citizen_due(self.reception.received_at, rule.limit, calendar=calendar).due_at
        reminded = add_working_days(confirm_by, -rule.remind_before, calendar=calendar)
        opening = context.law.agency(step.agency).office_hours.morning[0]
        return PlannedConfirmation(
            among=rule.among,
            chosen=rule.chosen,
            fallback=rule.fallback,
            fallback_title=rule.fallback_title,
            reason_code=rule.reason_code,
            remind_at=at(reminded.date(), opening),
            confirm_by=confirm_by,
            written_by=citizen_due(confirm_by, rule.fallback_limit, calendar=calendar).due_at,
        )

    def _clock(
        self, step: ProcedureRule, dates: CaseDeadlines, context: LegalContext
    ) -> DossierClock:
        """It has run since the citizen's file was received, so the cut-off applies."""
        count = count_for(
            self.rule, step.id, dates.received_at, chosen=dates.chosen, cap=dates.due_at
        ).model_copy(update={"cut_off": self.rule.cut_off})
        hours = context.law.agency(step.agency).office_hours
        return DossierClock.started(count, context.calendar, hours)

    def _wants_paper(self) -> bool:
        return bool(value_at("delivery.method", self.stated) == POST)
