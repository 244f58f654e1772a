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
from models.law.context import Office
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

    def opening(self, office: Office, *, plain_start: bool) -> Opening:
        """The case, still without its code."""
        dates = self._dates(office)
        commune = self.declaration.registration.commune
        day = vietnam_time(self.reception.received_at).date()
        return Opening(
            group_title=self.rule.title,
            province=self.province,
            commune=commune,
            commune_name=office.places.name_of(commune, day) or commune,
            backdated=self.reception.backdated,
            plain_start=plain_start,
            deadlines=dates,
            law=self.rule.model_dump(mode="json"),
            dossiers=tuple(self._asked(word, dates, office) for word in dates.chosen),
            reasons=tuple(reason.code for reason in office.law.reasons),
            channels=(NOTICE, POST) if self._wants_paper() else (NOTICE,),
            handover=self.rule.handover,
        )

    def _dates(self, office: Office) -> CaseDeadlines:
        return deadlines(
            self.rule,
            [word for word in self.rule.words() if word in self.declaration.procedures],
            self.reception.received_at,
            office.calendar,
            office.law.agencies,
        )

    def _asked(self, word: ProcedureId, dates: CaseDeadlines, office: Office) -> PlannedDossier:
        """One dossier for what was asked for, which of several procedures it will ever be."""
        options = self.rule.alternatives(word)
        if not options:
            return self._dossier(self.rule.procedure(word), dates, office)
        plans = tuple(self._dossier(step, dates, office) for step in options)
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

    def _dossier(self, step: ProcedureRule, dates: CaseDeadlines, office: Office) -> PlannedDossier:
        due = dates.dossiers[step.word]
        return PlannedDossier(
            procedure=step.id,
            title=step.title,
            short_title=step.short_title,
            agency=step.agency,
            agency_name=office.law.agency(step.agency).short_name,
            unit=self._unit(step),
            after=tuple(before for before in step.after if before in dates.chosen),
            evidence=step.evidence,
            issues=step.issues,
            clock=self._clock(step, dates, office) if due else None,
            steps=dates.dossier_steps.get(step.id, ()),
            paid_by=step.paid_by,
            payee=step.payee,
            confirmation=self._confirmation(step, office),
            listing=step.listing,
            list_place=self._list_place(step, office) if step.listing else None,
        )

    def _list_place(self, step: ProcedureRule, office: Office) -> ListPlace:
        """By the division of the reception day, under which the case goes on."""
        day = vietnam_time(self.reception.received_at).date()
        return ListPlace.on(day, self._unit(step), office.places)

    def _unit(self, step: ProcedureRule) -> str:
        return value_at(step.unit, self.stated) or self.declaration.registration.commune

    def _confirmation(self, step: ProcedureRule, office: Office) -> PlannedConfirmation | None:
        """The dates a family has, counted once from the reception of the case."""
        rule, calendar = step.confirmation, office.calendar
        if rule is None:
            return None
        confirm_by = citizen_due(self.reception.received_at, rule.limit, calendar=calendar).due_at
        reminded = add_working_days(confirm_by, -rule.remind_before, calendar=calendar)
        opening = office.law.agency(step.agency).office_hours.morning[0]
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

    def _clock(self, step: ProcedureRule, dates: CaseDeadlines, office: Office) -> DossierClock:
        """It has run since the citizen's file was received, so the cut-off applies."""
        count = count_for(
            self.rule, step.id, dates.received_at, chosen=dates.chosen, cap=dates.due_at
        ).model_copy(update={"cut_off": self.rule.cut_off})
        hours = office.law.agency(step.agency).office_hours
        return DossierClock.started(count, office.calendar, hours)

    def _wants_paper(self) -> bool:
        return bool(value_at("delivery.method", self.stated) == POST)
