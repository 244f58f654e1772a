"""A family that follows the advice: it mends what it is told of and can, and files what is left."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from models.entitlements.advice import Advice
from models.kernel.base import ProcedureId
from models.kernel.vocabulary import Fund
from simulation.pilot.asking import PreCheck
from simulation.pilot.families import REGISTER_DEATH, SURVIVOR_LUMP_SUM, Family
from simulation.pilot.records import Written

_RECORD_HELPS = frozenset({"SAI_DOI_TUONG", "CHUA_DU_12_THANG"})
"""Codes that proof of what was paid can cure, at the fund's own desk."""


@dataclass(frozen=True, kw_only=True)
class Advised:
    """What a family was told first, and what it does in the end."""

    first: Advice
    family: Family
    """With its declaration as mended."""
    money: tuple[ProcedureId, ...]
    """What it files for; empty: it does not file."""


async def follow(precheck: PreCheck, family: Family) -> Advised:
    """Ask, mend, and where something was mended ask once more."""
    first = advice = await precheck.ask(family)
    family, written = mended(family, {one.reason_code for one in first.would_refuse})
    if first.would_refuse:
        if written is not None:
            await precheck.country.enter(written)
        advice = await precheck.ask(family)
    return Advised(first=first, family=family, money=worth_filing(advice, family))


def mended(family: Family, codes: Collection[str]) -> tuple[Family, Written | None]:
    """The declaration after what the family can do about these codes, and what a clerk enters."""
    said, papers = dict(family.declaration), family.papers
    record = papers.record if _RECORD_HELPS.intersection(codes) else None
    if "LECH_DINH_DANH" in codes:
        said["deceased"] = papers.deceased or said["deceased"]
        record = record or papers.record
    if "THIEU_DAI_DIEN" in codes:
        said["representative"] = papers.representative
    if "THIEU_GIAY_BAO_TU" in codes:
        said["notice"] = papers.notice
    return replace(family, declaration=said), record


def worth_filing(advice: Advice, family: Family) -> tuple[ProcedureId, ...]:
    """The procedures nothing stands against; none where the death cannot be registered."""
    blocked = {one.procedure for one in advice.would_refuse}
    if REGISTER_DEATH in blocked:
        return ()
    wanted = [advice.route] if advice.fund is not Fund.NONE else []
    if SURVIVOR_LUMP_SUM in family.declaration["procedures"]:
        wanted.append(SURVIVOR_LUMP_SUM)
    return tuple(id for id in wanted if id is not None and id not in blocked)
