"""Supporting a funeral: once for each deceased, where the insurer does not pay for it."""

from datetime import date
from functools import partial
from typing import Any, Final, NamedTuple

from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Filing, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.funds import corrections
from backends.funds.book import Benefit, FundBook
from backends.shared.database import Connection, Pool, Queryable
from backends.shared.reasons import Reason
from backends.social_affairs.evidence import SupportFiling
from backends.social_affairs.insurance_client import InsuranceClient
from backends.social_affairs.records import Beneficiary, BeneficiaryRecords
from models.contracts.entitlements import Entitlement

STANDARDS: Final = 20
_PAID_FROM_MONTHS, _PAID_FROM_VOLUNTARY_MONTHS = 12, 60
_INSURERS_KIND = "insurance_funeral"
_GROUPS = """
SELECT true FROM agency_social_affairs.beneficiary_group WHERE code = ANY($1::text[]) LIMIT 1
"""
_STANDARD = """
SELECT amount, basis FROM agency_social_affairs.social_standard
WHERE valid_from <= date_trunc('month', $1::date)::date
ORDER BY valid_from DESC LIMIT 1
"""
_NO_PROOF = "Chưa có trích lục khai tử của người này."
_NO_RECORD = "Người chết không thuộc đối tượng bảo trợ xã hội tại xã."
_MISMATCH = "Thông tin người chết không khớp hồ sơ bảo trợ xã hội."
_INSURED = "Người chết thuộc đối tượng hưởng trợ cấp mai táng của bảo hiểm xã hội."
_CLAIMED_THERE = "Cơ quan bảo hiểm xã hội đã nhận đề nghị mai táng phí cho người này."
_ALREADY = "Khoản hỗ trợ này đã có người đề nghị cho cùng người chết."
_NO_STANDARD = "Chưa có mức chuẩn trợ giúp xã hội cho tháng người này chết."


class Standard(NamedTuple):
    """A social standard in whole đồng, and its basis."""

    amount: int
    basis: str


class SocialFuneral:
    """The procedure `social_funeral`."""

    def __init__(
        self, pool: Pool, records: BeneficiaryRecords, book: FundBook, insurer: InsuranceClient
    ) -> None:
        self._pool = pool
        self._records = records
        self._book = book
        self._insurer = insurer

    @property
    def filing(self) -> type[Filing[Any]]:  # Any: as the Protocol says
        """A death, and who arranged the funeral."""
        return SupportFiling

    async def examine(self, filing: SupportFiling) -> Act:
        """Ask the insurer, unless our own records say no already."""
        objection = await self._objection(self._pool, filing)
        if objection is None:
            deceased = filing.evidence.deceased
            objection = _paid_there(await self._insurer.entitlement(deceased, filing.unit))
        return partial(self._perform, filing=filing, objection=objection)

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """The death was corrected or revoked: who lives has nothing paid for a funeral."""
        return partial(corrections.correct, book=self._book, key=stored.key, notice=notice)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """What was granted, as it is now."""
        return await self._book.standing(connection, key)

    async def _perform(
        self, connection: Connection, *, filing: SupportFiling, objection: Decision | None
    ) -> Decision:
        found = objection or await self._objection(connection, filing)
        return found or await self._grant(connection, filing)

    async def _objection(self, asked: Queryable, filing: SupportFiling) -> Decision | None:
        if not filing.evidence.issued.is_proven:
            return refused(Reason.NO_PROOF_OF_DEATH, _NO_PROOF)
        declared = filing.evidence.deceased
        found = await self._records.sought(asked, declared.personal_number)
        if found is None or not await self._is_supported(asked, found):
            return refused(Reason.NOT_ENTITLED, _NO_RECORD)
        if not found.is_of(declared.full_name, declared.date_of_birth):
            return refused(Reason.IDENTITY_MISMATCH, _MISMATCH)
        return None

    async def _is_supported(self, asked: Queryable, found: Beneficiary) -> bool:
        return found.social_pension or bool(await asked.fetchval(_GROUPS, found.social_groups))

    async def _grant(self, connection: Connection, filing: SupportFiling) -> Decision:
        deceased = filing.evidence.deceased
        benefit = await _benefit(connection, deceased.died_on)
        if benefit is None:
            return refused(Reason.NO_RULE, _NO_STANDARD)
        person = deceased.personal_number or ""
        claim = await self._book.claim(connection, person, filing.procedure, filing.key)
        if claim is None:
            return refused(Reason.ALREADY_DONE, _ALREADY)
        prefix = f"BTXH.MT.{filing.unit}"
        number = await self._book.decide(connection, claim, benefit, prefix=prefix)
        return granted(
            decision_number=number,
            amount=benefit.amount,
            formula=benefit.formula,
            basis=benefit.basis,
        )


def _paid_there(insurer: Entitlement) -> Decision | None:
    """Whether the insurer pays or is asked to: only one fund does, the higher."""
    if any(claim.kind == _INSURERS_KIND for claim in insurer.claims):
        return refused(Reason.ALREADY_DONE, _CLAIMED_THERE)
    paid = insurer.lump_sum_on is None and (
        insurer.compulsory_months >= _PAID_FROM_MONTHS
        or insurer.voluntary_months >= _PAID_FROM_VOLUNTARY_MONTHS
    )
    if insurer.pensioner or insurer.work_accident or paid:
        return refused(Reason.NOT_ENTITLED, _INSURED)
    return None


async def _benefit(connection: Connection, died_on: date) -> Benefit | None:
    row = await connection.fetchrow(_STANDARD, died_on)
    if row is None:
        return None
    standard = Standard(*row)
    written = f"{standard.amount:,}".replace(",", ".")
    return Benefit(STANDARDS * standard.amount, f"{STANDARDS} × {written}", standard.basis)
