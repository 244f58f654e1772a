"""`lienthong case --clock`: who held each dossier when, and why it is due when it is due."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.cases.holdings import Holding
from models.cases.views import CaseClocks, DossierClocks
from models.kernel.words import official_time
from models.law.context import LegalContext
from models.working_time.hours import office_time_between
from workers.cli.console import out

Names = Mapping[str, str]


def show_clocks(clocks: CaseClocks, context: LegalContext, names: Names, now: datetime) -> None:
    """Print the holders of every dossier with their working time, and each change of its date."""
    for dossier in clocks.dossiers:
        out.print(f"[bold]{dossier.title}[/] · {dossier.code}", soft_wrap=True)
        for one in dossier.holdings:
            _line(_said(one, context, names, now))
        _show_due(dossier)
    out.print("[bold]Cả hồ sơ[/]")
    for one in clocks.holdings:
        _line(_said(one, context, names, now))


def _show_due(dossier: DossierClocks) -> None:
    if dossier.clock is None:
        return
    if dossier.working_time is not None:
        _line(f"thời gian: {dossier.working_time.said()}")
    for reason in dossier.clock.explanation:
        _line(f"hạn: {reason}")
    for move in dossier.clock.moves:
        _line(f"dời hạn {official_time(move.old_due_at)} → {official_time(move.due_at)}")
        for reason in move.explanation:
            _line(f"  {reason}")


def _said(one: Holding, context: LegalContext, names: Names, now: datetime) -> str:
    until = official_time(one.until) if one.until else "nay"
    worked = office_time_between(
        one.since,
        one.until or now,
        calendar=context.calendar,
        hours=context.law.agencies[0].office_hours,
    )
    held = f"{names.get(one.holder, one.holder)}: {official_time(one.since)} → {until}"
    return f"{held} ({_length(worked)} làm việc)"


def _length(amount: timedelta) -> str:
    hours, minutes = divmod(int(amount.total_seconds()) // 60, 60)
    return f"{hours} giờ {minutes:02} phút"


def _line(text: str) -> None:
    out.print(f"   {text}", markup=False, soft_wrap=True)
