"""Seeing the money of a grant to its payee: ordered once, asked after, and handed to a person."""

from temporalio import workflow
from temporalio.exceptions import ActivityError
from temporalio.workflow import ActivityConfig

from activities.payments import PaymentActivities
from models.cases.case import Case
from models.cases.dossier import Dossier
from models.cases.orders import AskPayment, OrderPayment, payment_order
from models.cases.payouts import Payout
from models.cases.transitions import payments
from models.contracts.dossiers import Facts
from models.contracts.payments import PaymentAnswer, PaymentOrder, PaymentState
from models.intake.intake import Opening
from workflows.case.calls import contact_with
from workflows.runtime import options
from workflows.runtime.calls import check_not_cancelled, kind_of

NO_ORDER = "payment_not_orderable"
"""Why a payment is held: the grant or the declaration does not say what is to be paid to whom."""


class Paying:
    """Pays out one grant. Nothing is paid twice: a key is used until its payment has come back."""

    def __init__(self, case: Case, opening: Opening, declaration: Facts, dossier: Dossier) -> None:
        self._case = case
        self._opening = opening
        self._declaration = declaration
        self._dossier = dossier
        self._payout = payments.payout_of(dossier)

    async def run(self) -> None:
        """Pay, until the money has arrived or was stopped; whatever fails waits for a person."""
        while self._dossier.owes_money:
            if self._payout.held_because is None:
                await self._pay()
            else:
                await workflow.wait_condition(self._may_go_on)

    def _may_go_on(self) -> bool:
        return self._payout.held_because is None or not self._dossier.owes_money

    async def _pay(self) -> None:
        order = payment_order(self._opening.case_code, self._dossier, self._declaration)
        if order is None:
            payments.hold_payment(self._case, self._dossier, NO_ORDER, workflow.now())
            return
        payments.order_payment(self._case, self._dossier, order, workflow.now())
        try:
            answer = await self._outcome(self._payout, order)
        except ActivityError as error:
            check_not_cancelled(error)
            payments.hold_payment(self._case, self._dossier, kind_of(error), workflow.now())
            return
        payments.take_payment(self._case, self._dossier, answer, workflow.now())

    async def _outcome(self, payout: Payout, order: PaymentOrder) -> PaymentAnswer:
        answer = await self._order(payout, order)
        if answer.state is not PaymentState.ACCEPTED:
            return answer
        payout.is_slow = True
        asking = AskPayment(payer=payout.by, key=order.key)
        config = options.asking(payout.by, f"Chờ kết quả chi trả · {self._dossier.plan.code}")
        return await workflow.execute_activity_method(PaymentActivities.ask, asking, **config)

    async def _order(self, payout: Payout, order: PaymentOrder) -> PaymentAnswer:
        paying = OrderPayment(payer=payout.by, payment=order)

        async def call(config: ActivityConfig) -> PaymentAnswer:
            return await workflow.execute_activity_method(PaymentActivities.order, paying, **config)

        return await contact_with(self._case, payout.by).call(
            f"Chi trả: {self._dossier.plan.short_title} · {self._dossier.plan.code}", call
        )
