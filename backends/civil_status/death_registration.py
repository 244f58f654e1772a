"""Entering a death in the commune's book: once for each person, and once for each notice."""

from functools import partial
from typing import Any

from backends.civil_status import death_corrections
from backends.civil_status.death_certificates import certify
from backends.civil_status.death_evidence import DeathFiling
from backends.civil_status.population_client import PopulationClient
from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.population.contracts import DeathAnswer, DeathRequest
from backends.shared import clock
from backends.shared.database import Connection, Pool, Queryable
from backends.shared.places import province_of
from backends.shared.reasons import Reason
from models.kernel.vocabulary import Outcome

_TAKEN = """
SELECT true FROM agency_civil_status.death_registration
WHERE revoked_at IS NULL AND (personal_number = $1 OR notice_digest = $2)
LIMIT 1
"""
_ENTER = """
INSERT INTO agency_civil_status.death_registration
    (dossier_key, personal_number, notice_digest, full_name, died_at, registered_on)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING
RETURNING id
"""
_KEEP_CAUSE = """
INSERT INTO agency_civil_status.death_cause (registration, cause_of_death) VALUES ($1, $2)
"""
_ALREADY = "Người này hoặc giấy báo tử này đã được đăng ký khai tử."
_NO_PROOF = "Hồ sơ không có giấy báo tử hoặc giấy tờ thay thế."
_UNKNOWN_COMMUNE = "Mã xã không có trong danh mục đơn vị hành chính."
_MISMATCH = "Cơ sở dữ liệu dân cư không xác định được người chết."


class RegisterDeath:
    """The procedure `register_death`."""

    def __init__(self, pool: Pool, population: PopulationClient) -> None:
        self._pool = pool
        self._population = population

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A death with its proof."""
        return DeathFiling

    async def examine(self, filing: DeathFiling) -> Act:
        """Have the deceased verified and entered as dead, unless it is clearly in vain."""
        objection = await self._objection(filing)
        if objection:
            return partial(_tell, decision=objection)
        death = await self._population.enter_death(_request(filing))
        if death.outcome is not Outcome.GRANTED or death.personal_number is None:
            return partial(_tell, decision=_passed_on(death))
        return partial(_enter, filing=filing, personal_number=death.personal_number)

    async def _objection(self, filing: DeathFiling) -> Decision | None:
        evidence = filing.evidence
        if province_of(filing.unit) is None:
            return refused(Reason.WRONG_PLACE, _UNKNOWN_COMMUNE)
        if not evidence.has_proof:
            return refused(Reason.NO_PROOF_OF_DEATH, _NO_PROOF)
        number = evidence.deceased.personal_number
        if await self._pool.fetchval(_TAKEN, number, evidence.notice_digest()):
            return refused(Reason.ALREADY_DONE, _ALREADY)
        return None

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """Where the death was entered in error, have the population database follow first."""
        if notice.revokes:
            await self._population.revoke_death(stored.key, notice.correction_id)
        return partial(death_corrections.correct, key=stored.key, notice=notice)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """The registered death as it is now."""
        return await death_corrections.standing(connection, key)


async def _enter(connection: Connection, *, filing: DeathFiling, personal_number: str) -> Decision:
    evidence, day = filing.evidence, clock.today()
    registration = await connection.fetchval(
        _ENTER,
        filing.key,
        personal_number,
        evidence.notice_digest(),
        evidence.deceased.full_name,
        evidence.deceased.died_at,
        day,
    )
    if registration is None:
        return refused(Reason.ALREADY_DONE, _ALREADY)
    if evidence.cause_of_death:
        await connection.execute(_KEEP_CAUSE, registration, evidence.cause_of_death)
    return granted(**await certify(connection, registration, filing.unit))


async def _tell(_connection: Connection, *, decision: Decision) -> Decision:
    return decision


def _request(filing: DeathFiling) -> DeathRequest:
    deceased = filing.evidence.deceased
    return DeathRequest(
        key=filing.key,
        personal_number=deceased.personal_number,
        full_name=deceased.full_name,
        date_of_birth=deceased.date_of_birth,
        died_on=deceased.died_on,
    )


def _passed_on(death: DeathAnswer) -> Decision:
    reason = Reason(death.reason_code) if death.reason_code else Reason.IDENTITY_MISMATCH
    return refused(reason, death.note or _MISMATCH)
