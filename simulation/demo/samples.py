"""What a demonstration leaves to try things with: files about invented people, and whom to name."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.cases.status import CaseStatus
from models.declarations.deaths import DeathProcedure
from models.kernel.base import CaseCode
from models.kernel.vocabulary import CaseState
from simulation.demo.death_kinds import THREE, DeathKind
from simulation.demo.deaths import Death, declare_death
from simulation.demo.households import Household
from simulation.demo.invalid_births import with_mistakes
from simulation.demo.lives import kind_of_life
from simulation.demo.memory import Share
from simulation.demo.planned import DEATH
from simulation.demo.progress import Progress
from simulation.demo.raw import Raw
from simulation.demo.relatives import confirmations
from workers.local.runfile import replace_text

FOLDER = "demo"
PAID, UNPAID, REVOKED = "khai-tu-duoc-chi.json", "khai-tu-bi-tu-choi.json", "thu-hoi-khai-tu.json"
ACT = DeathProcedure.REGISTER_DEATH


@dataclass(frozen=True, kw_only=True)
class Revocation:
    """A decision, written to a file, that a registered death was an error."""

    file: Path
    number: str
    claims: tuple[str, ...]
    """Tasks that a person will have to settle: money that was paid."""


@dataclass(frozen=True, kw_only=True)
class TryOut:
    """For people in front of the demonstration; it names invented persons, so no log holds it."""

    to_ask: tuple[Path, ...] = ()
    """Declarations nobody has handed in: the first is of somebody whose funeral is paid for."""
    to_confirm: tuple[tuple[str, str], ...] = ()
    """Relatives of the family that did not agree, each with whom they would have to name."""
    to_revoke: Revocation | None = None
    to_list: str | None = None
    """A commune in which somebody has died, for a list that is not of the whole country."""


def try_out(state: Path, progress: Progress, spared: Sequence[Household], share: Share) -> TryOut:
    """Write the files, over those of the run before."""
    folder = state / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return TryOut(
        to_ask=tuple(_declarations(folder, spared, share)),
        to_confirm=tuple(_unheard(progress)),
        to_revoke=_revocation(folder, progress, share),
        to_list=next(_bereaved(progress), None),
    )


def _declarations(folder: Path, spared: Sequence[Household], share: Share) -> Iterable[Path]:
    for name, is_meant in ((PAID, _is_paid), (UNPAID, _is_unpaid)):
        for home in [home for home in spared if is_meant(home)][:1]:
            death = Death(household=home, procedures=THREE)
            declaration = declare_death(death, seed=share.seed, now=share.now)
            now = with_mistakes(declaration, {"reception.received_at": None})
            yield _written(folder / name, now)


def _is_paid(home: Household) -> bool:
    return kind_of_life(home.life) in (DeathKind.INSURED, DeathKind.SUPPORTED)


def _is_unpaid(home: Household) -> bool:
    return kind_of_life(home.life) in (DeathKind.TOO_FEW, DeathKind.DREW)


def _unheard(progress: Progress) -> Iterable[tuple[str, str]]:
    for at in progress.kept:
        planned = progress.planned[at]
        if planned.kind is DeathKind.DISPUTED:
            said = confirmations(planned, agrees=True)
            return [(each.relative, each.representative) for each in said]
    return []


def _bereaved(progress: Progress) -> Iterator[str]:
    for at, told in sorted(progress.told.items()):
        planned = progress.planned[at]
        if planned.group == DEATH and told.state is CaseState.COMPLETED:
            yield planned.declaration["registration"]["commune"]


def _revocation(folder: Path, progress: Progress, share: Share) -> Revocation | None:
    ended = (
        told.status
        for at, told in sorted(progress.told.items())
        if progress.planned[at].kind is DeathKind.INSURED and told.status
    )
    status = next(filter(_was_paid, ended), None)
    if status is None or status.case_code is None:
        return None
    number = f"{share.seed}-QD-DEMO"
    return Revocation(
        file=_written(folder / REVOKED, _decision(number, status.case_code)),
        number=number,
        claims=tuple(f"claim_back.{each.procedure}" for each in status.dossiers if each.payment),
    )


def _was_paid(status: CaseStatus) -> bool:
    return any(each.payment for each in status.dossiers)


def _decision(number: str, case_code: CaseCode) -> Raw:
    return {
        "correction_id": number,
        "case_code": case_code,
        "kind": "revoked",
        "act": ACT,
        "decided_by": "HT-01",
        "legal_basis": f"Quyết định {number}: đăng ký khai tử nhầm người còn sống",
    }


def _written(file: Path, said: Raw) -> Path:
    replace_text(file, json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    return file
