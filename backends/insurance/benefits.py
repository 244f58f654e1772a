"""Granting money after a death, each kind once for each deceased, whoever claims."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from backends.dossiers.effects import Amend
from backends.dossiers.filing import CorrectionPosting, Standing
from backends.dossiers.procedure import Act, Decision, granted, refused
from backends.dossiers.store import Stored
from backends.funds import corrections
from backends.funds.book import Benefit, FundBook
from backends.insurance.benefit_evidence import FuneralFiling, SurvivorFiling
from backends.insurance.eligibility import (
    funeral_objection,
    identity_objection,
    survivor_objection,
    without_record,
)
from backends.insurance.insured import Insured
from backends.insurance.levels import Level, level_of
from backends.insurance.reckoning import funeral_money, survivors_money
from backends.insurance.records import InsuredRecords
from backends.shared.database import Connection, Queryable
from backends.shared.reasons import Reason

BenefitFiling = FuneralFiling | SurvivorFiling
_NO_PROOF = "Chưa có trích lục khai tử của người này."
_UNREPRESENTED = "Các thân nhân chưa cử một người đại diện."
_ALREADY = "Khoản trợ cấp này đã có người đề nghị cho cùng người chết."
_NO_LEVEL = "Chưa có mức tham chiếu cho tháng người này chết."


@dataclass(frozen=True)
class GrantBenefit:
    """A procedure that grants one kind of money, decided on this agency's own data."""

    records: InsuredRecords
    book: FundBook
    filing: type[BenefitFiling]
    objection: Callable[[Insured], Decision | None]
    reckon: Callable[[Insured, Level], Benefit]
    prefix: str
    """What its decision numbers begin with."""

    async def examine(self, filing: BenefitFiling) -> Act:
        """Nobody else is asked."""
        return partial(self._perform, filing=filing)

    async def correct(self, stored: Stored, notice: CorrectionPosting) -> Amend:
        """The death was corrected or revoked: who lives leaves nobody behind."""
        return partial(corrections.correct, book=self.book, key=stored.key, notice=notice)

    async def standing(self, connection: Queryable, key: str) -> Standing | None:
        """What was granted, as it is now."""
        return await self.book.standing(connection, key)

    async def _perform(self, connection: Connection, *, filing: BenefitFiling) -> Decision:
        deceased = filing.evidence.deceased
        insured = await self.records.sought(
            connection, deceased.personal_number, deceased.insurance_number
        )
        if insured is None:
            return _papers_objection(filing) or without_record()
        objection = (
            _papers_objection(filing)
            or identity_objection(insured, deceased)
            or self.objection(insured)
        )
        return objection or await self._grant(connection, filing, insured)

    async def _grant(
        self, connection: Connection, filing: BenefitFiling, insured: Insured
    ) -> Decision:
        level = await level_of(connection, filing.evidence.deceased.died_on)
        if level is None:
            return refused(Reason.NO_RULE, _NO_LEVEL)
        benefit = self.reckon(insured, level)
        claim = await self.book.claim(
            connection, insured.personal_number, filing.procedure, filing.key
        )
        if claim is None:
            return refused(Reason.ALREADY_DONE, _ALREADY)
        prefix = f"{self.prefix}.{filing.unit}"
        number = await self.book.decide(connection, claim, benefit, prefix=prefix)
        return granted(
            decision_number=number,
            amount=benefit.amount,
            formula=benefit.formula,
            basis=benefit.basis,
        )


def insurance_funeral(records: InsuredRecords, book: FundBook) -> GrantBenefit:
    """The procedure `insurance_funeral`: for whoever arranged the funeral."""
    return GrantBenefit(records, book, FuneralFiling, funeral_objection, funeral_money, "BHXH.MT")


def survivor_lump_sum(records: InsuredRecords, book: FundBook) -> GrantBenefit:
    """The procedure `survivor_lump_sum`: for the relatives, through one of them."""
    return GrantBenefit(
        records, book, SurvivorFiling, survivor_objection, survivors_money, "BHXH.TT"
    )


def _papers_objection(filing: BenefitFiling) -> Decision | None:
    if not filing.evidence.issued.is_proven:
        return refused(Reason.NO_PROOF_OF_DEATH, _NO_PROOF)
    if isinstance(filing, SurvivorFiling) and not filing.evidence.is_represented:
        return refused(Reason.NO_REPRESENTATIVE, _UNREPRESENTED)
    return None
