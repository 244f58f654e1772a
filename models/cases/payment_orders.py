"""Writing the order by which a grant is paid out."""

from collections.abc import Mapping
from typing import Any

from models.cases.dossiers import Dossier
from models.cases.payouts import DECISION, amount_in, payee_of
from models.contracts.dossiers import key_for
from models.contracts.payments import PaymentOrder
from models.kernel.base import CaseCode


def payment_order(
    case_code: CaseCode, dossier: Dossier, declaration: Mapping[str, Any]
) -> PaymentOrder | None:
    """The next payment of a granted dossier; asked again before it came back, the same one.

    None where the grant names no amount in whole đồng or no decision, or the declaration no payee.
    """
    payout, plan = dossier.payout, dossier.plan
    amount, decision = amount_in(dossier.issued), dossier.issued.get(DECISION)
    payee = payee_of(plan.payee, declaration, payout.pay_to if payout else None)
    if payout is None or payee is None or amount is None or not isinstance(decision, str):
        return None
    return PaymentOrder(
        key=payout.next_key(key_for(case_code, dossier.procedure, dossier.round)),
        case_code=case_code,
        procedure=dossier.procedure,
        decision_number=decision,
        ordered_by=plan.agency,
        amount=amount,
        payee=payee,
        purpose=f"{plan.title}, quyết định {decision}, hồ sơ {plan.code}",
    )
