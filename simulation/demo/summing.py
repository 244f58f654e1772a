"""Adding up what became of a demonstration's declarations."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice

from models.cases.status import CaseStatus, DossierStatus
from models.kernel.base import vietnam_time
from models.kernel.vocabulary import DossierState
from simulation.demo.birth_kinds import HELD, BirthKind
from simulation.demo.death_kinds import DeathKind
from simulation.demo.intentions import INTENDED, LEFT, counts_from_now, stands, went_as_intended
from simulation.demo.issuing import issued_in, paid_in
from simulation.demo.kinds import KINDS
from simulation.demo.memory import Share
from simulation.demo.progress import Progress, Told
from simulation.demo.summary import KindSummary, LeftOpen, OpenCase, Speed, Summary

WITH_FORMS = (
    BirthKind.SUPPLEMENT,
    BirthKind.WRONG_HOUSEHOLDER,
    BirthKind.EXTENDED,
    BirthKind.STOPPED,
    DeathKind.TOO_FEW,
)
"""Kinds that come to forms 02, 03, 04, 05 and, for money, 03; every case comes to 01 and 06."""


def summarize(
    progress: Progress, share: Share, *, began: float, temporal_ui: str | None
) -> Summary:
    """Add everything up. `began` is when the command started, by the local monotonic clock."""
    ended = [told.status for told in progress.told.values() if told.status]
    closed = [status for status in ended if status.case_code]
    opened = [*closed, *progress.kept.values()]
    kinds = tuple(_kinds(progress))
    issued, paid = tuple(issued_in(opened)), paid_in(opened)
    open_cases = tuple(_open_cases(progress))
    return Summary(
        as_intended=all(kind.as_intended == kind.submitted for kind in kinds)
        and all(each.granted == each.different for each in issued)
        and paid.payments == paid.decisions,
        seed=share.seed,
        seed_used_before=share.is_again,
        first_family=share.first_family,
        first_household=share.first_household,
        submitted=len(progress.planned),
        opened=len(opened) + sum(1 for case in open_cases if case.case_code),
        states=dict(Counter(told.state.value for told in progress.told.values())),
        reason_codes=dict(_reasons(progress.told.values())),
        sla=dict(Counter(status.sla.value for status in closed)),
        backdated=sum(status.backdated for status in opened),
        backdating_refused=sum(counts_from_now(status) for status in opened),
        plain_starts=sum(status.plain_start for status in opened),
        kinds=kinds,
        issued=issued,
        paid=paid,
        open_cases=open_cases,
        left_open=tuple(_left_open(progress)),
        papers=tuple(_papers(progress)),
        day=vietnam_time(share.now).date(),
        example_case=_example(closed),
        speed=_speed(progress, _of_the_crowd(progress), began),
        temporal_ui=temporal_ui,
    )


def _kinds(progress: Progress) -> Iterator[KindSummary]:
    for kind in KINDS:
        places = [at for at, planned in enumerate(progress.planned) if planned.kind is kind]
        if places:
            state, reasons = INTENDED[kind]
            yield KindSummary(
                group=progress.planned[places[0]].group,
                kind=kind,
                submitted=len(places),
                intended_state=LEFT.get(kind, state),
                intended_reason_codes=reasons,
                as_intended=sum(went_as_intended(progress, at) for at in places),
                got=dict(Counter(_stands(progress, at) for at in places)),
                got_reason_codes=tuple(sorted(_reasons(_told(progress, places)))),
            )


def _stands(progress: Progress, at: int) -> str:
    if at in progress.kept:
        return stands(progress.kept[at]).value
    return progress.told[at].state.value if at in progress.told else "open"


def _told(progress: Progress, places: Iterable[int]) -> Iterator[Told]:
    return (progress.told[at] for at in places if at in progress.told)


def _reasons(told: Iterable[Told]) -> Counter[str]:
    return Counter(code for each in told for code in each.reason_codes)


def _open_cases(progress: Progress) -> Iterator[OpenCase]:
    for at, planned in enumerate(progress.planned):
        if at not in progress.told and at not in progress.kept:
            seen = progress.waiting.get(at)
            yield OpenCase(
                case_id=planned.case_id,
                case_code=seen.case_code if seen else None,
                waiting_for=seen.holders if seen else (),
            )


def _left_open(progress: Progress) -> Iterator[LeftOpen]:
    for at, status in sorted(progress.kept.items()):
        yield LeftOpen(
            kind=progress.planned[at].kind,
            case_id=status.case_id,
            case_code=status.case_code,
            sla=status.sla,
            attention=status.attention,
        )


def _papers(progress: Progress) -> Iterator[str]:
    for kind in WITH_FORMS:
        codes = (
            status.case_code
            for at, status in _statuses(progress)
            if progress.planned[at].kind is kind and status.case_code
        )
        yield from islice(codes, 1)


def _statuses(progress: Progress) -> Iterator[tuple[int, CaseStatus]]:
    ended = ((at, told.status) for at, told in progress.told.items() if told.status)
    yield from chain(progress.kept.items(), ended)


def _of_the_crowd(progress: Progress) -> list[CaseStatus]:
    """What was handed in at once; what officers were given first says nothing of speed."""
    return [
        told.status
        for at, told in progress.told.items()
        if told.status and progress.planned[at].kind not in HELD
    ]


def _example(opened: Sequence[CaseStatus]) -> str | None:
    by_worth = sorted(opened, key=_refusals, reverse=True)
    return by_worth[0].case_code if by_worth else None


def _refusals(status: CaseStatus) -> tuple[bool, int]:
    granted = sum(_is_granted(dossier) for dossier in status.dossiers)
    return (0 < granted < len(status.dossiers), granted)


def _is_granted(dossier: DossierStatus) -> bool:
    return dossier.state is DossierState.GRANTED


def _speed(progress: Progress, statuses: Sequence[CaseStatus], began: float) -> Speed:
    first = progress.first_completed
    return Speed(
        first_completed_seconds=None if first is None else round(first - began, 1),
        declarations_per_second=_rate(statuses),
        receipt_p95_seconds=_p95([taken.seconds for taken in progress.taken.values()]),
    )


def _rate(statuses: Sequence[CaseStatus]) -> float | None:
    ends = [status.closed_at for status in statuses if status.closed_at]
    if not ends:
        return None
    seconds = (max(ends) - min(status.recorded_at for status in statuses)).total_seconds()
    return round(len(ends) / seconds, 1) if seconds > 0 else None


def _p95(seconds: Sequence[float]) -> float | None:
    ordered = sorted(seconds)
    return round(ordered[math.ceil(0.95 * len(ordered)) - 1], 2) if ordered else None
