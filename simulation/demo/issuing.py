"""Counting what agencies handed out: numbers that exist once, and money that is paid once."""

from collections.abc import Iterator, Mapping, Sequence

from models.cases.status import CaseStatus, DossierStatus
from models.contracts.payments import PaymentState
from models.kernel.vocabulary import DossierState
from simulation.demo.summary import IssuedSummary, PaidSummary

NUMBER: Mapping[str, str] = {
    "register_birth": "certificate_number",
    "register_residence": "record_number",
    "issue_card": "card_number",
    "register_death": "certificate_number",
    "remove_residence": "record_number",
    "insurance_funeral": "decision_number",
    "social_funeral": "decision_number",
    "survivor_lump_sum": "decision_number",
}
"""Which of the things a procedure issues exists only once."""


def issued_in(opened: Sequence[CaseStatus]) -> Iterator[IssuedSummary]:
    """What was granted, by procedure; a procedure nobody asked for is not named."""
    for procedure, number in NUMBER.items():
        asked = [each for each in _dossiers(opened) if each.procedure == procedure]
        granted = [each for each in asked if each.state is DossierState.GRANTED]
        different = {str(each.issued.get(number)) for each in granted}
        if asked:
            yield IssuedSummary(procedure=procedure, granted=len(granted), different=len(different))


def paid_in(opened: Sequence[CaseStatus]) -> PaidSummary:
    """The money that went out, and what came back."""
    paid = _in_state(opened, PaymentState.PAID)
    return PaidSummary(
        payments=len(paid),
        decisions=len({str(each.issued.get("decision_number")) for each in paid}),
        amount=sum(each.payment.amount for each in paid if each.payment),
        returned=len(_in_state(opened, PaymentState.RETURNED)),
    )


def _in_state(opened: Sequence[CaseStatus], state: PaymentState) -> list[DossierStatus]:
    return [each for each in _dossiers(opened) if each.payment and each.payment.state is state]


def _dossiers(opened: Sequence[CaseStatus]) -> Iterator[DossierStatus]:
    return (dossier for status in opened for dossier in status.dossiers)
