"""The composition root: the only place that knows who stands behind each port."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from temporalio.client import Client
from temporalio.worker import Worker
from temporalio.worker.workflow_sandbox import SandboxedWorkflowRunner, SandboxRestrictions

from activities.choosing import ChoosingActivities
from activities.closing import ClosingActivities
from activities.correction_calls import CorrectionCalls
from activities.corrections import CorrectionActivities
from activities.deadlines import DeadlineActivities
from activities.dossiers import DossierActivities
from activities.handover import HandoverActivities
from activities.intake import IntakeActivities
from activities.ledger import LedgerActivities
from activities.lists import ListActivities
from activities.payments import PaymentActivities
from activities.ports.agencies import (
    AgencyGateway,
    EntitlementGateway,
    ListGateway,
    NoticeGateway,
    PaymentGateway,
    PostGateway,
)
from activities.ports.corrections import CaseArchive
from activities.ports.documents import ClosedCases, Printer
from activities.ports.stores import CaseRepository, InquiryRepository, Ledger, Outbox
from activities.prechecks import PrecheckActivities
from activities.results import ResultActivities
from adapters.temporal.open_cases import TemporalCases
from models.kernel.base import AgencyId
from models.law.context import LegalContext
from workers.runtime.failures import FailureInterceptor
from workflows.correction.workflow import CorrectionWorkflow
from workflows.groups import WORKFLOWS
from workflows.lists import PersonListsWorkflow
from workflows.precheck import PrecheckWorkflow

CASES_QUEUE = "cases"
ALL_WORKFLOWS = [*WORKFLOWS, PersonListsWorkflow, PrecheckWorkflow, CorrectionWorkflow]
"""What workers of the queue of cases carry: the groups, and what stands beside them."""
SHARED_MODULES = (
    "activities",
    "annotated_types",
    "codec",
    "google",
    "models",
    "pydantic",
    "pydantic_core",
    "structlog",
    "typing_extensions",
)
"""What the sandbox shares with the process: else classes exist twice, and load for every case."""


def _sandbox(*shared: str) -> SandboxedWorkflowRunner:
    restrictions = SandboxRestrictions.default.with_passthrough_modules(*SHARED_MODULES, *shared)
    return SandboxedWorkflowRunner(restrictions=restrictions)


STRICT_RUNNER = _sandbox()
"""Loads workflow code anew for every case and catches what lint did not; tests replay under it."""

RUNNER = _sandbox("workflows")
"""Shares workflow code between cases, which saves a third of a case's workflow CPU."""


@dataclass(frozen=True, kw_only=True)
class Dependencies:
    """Everything outside this process that a worker needs."""

    context: LegalContext
    agencies: Mapping[AgencyId, AgencyGateway]
    notices: NoticeGateway
    post: PostGateway
    register: CaseRepository
    ledger: Ledger
    inquiries: InquiryRepository
    funds: Mapping[AgencyId, EntitlementGateway] = field(default_factory=dict)
    book: CaseArchive | None = None
    """None: no corrections are carried out here."""
    payers: Mapping[AgencyId, PaymentGateway] = field(default_factory=dict)
    listers: Mapping[AgencyId, ListGateway] = field(default_factory=dict)
    """Who takes lists of persons, to be told of corrections."""
    outbox: Outbox | None = None
    """None: nobody here empties it."""
    printer: Printer | None = None
    cabinet: ClosedCases | None = None
    """None: nobody here draws up forms of closed cases."""
    lists: ListActivities | None = None
    """None: nobody here draws up or delivers lists."""


def build_workers(
    client: Client, dependencies: Dependencies, queues: tuple[str, ...]
) -> list[Worker]:
    """A worker for each task queue, so that a slow agency starves nobody.

    Tests call this too, with neighbours that live in memory.
    """
    return [
        _cases_worker(client, dependencies)
        if queue == CASES_QUEUE
        else _agency_worker(client, dependencies, queue)
        for queue in queues
    ]


def _cases_worker(client: Client, dependencies: Dependencies) -> Worker:
    context = dependencies.context
    intake = IntakeActivities(context, dependencies.register, dependencies.notices)
    return Worker(
        client,
        task_queue=CASES_QUEUE,
        workflows=ALL_WORKFLOWS,
        activities=[
            intake.take_in,
            *_corrections(client, dependencies),
            ClosingActivities(dependencies.register, dependencies.book).close,
            DeadlineActivities(dependencies.context).compute,
            LedgerActivities(dependencies.ledger).append,
            PrecheckActivities(dependencies.funds, context, dependencies.inquiries).assess,
            *([dependencies.lists.compile] if dependencies.lists else []),
        ],
        interceptors=[FailureInterceptor()],
        workflow_runner=RUNNER,
        graceful_shutdown_timeout=timedelta(seconds=4),
    )


def _corrections(
    client: Client, dependencies: Dependencies
) -> list[Callable[..., Any]]:  # Any: activities as the SDK takes them
    """What corrections do in our own house; they speak to open cases through the same client."""
    if dependencies.book is None:
        return []
    corrections = CorrectionActivities(
        dependencies.context, dependencies.book, TemporalCases(client)
    )
    return [
        corrections.take_in,
        corrections.claim,
        corrections.tell_case,
        corrections.await_dossier,
        corrections.end_case,
        corrections.keep,
    ]


def _agency_worker(client: Client, dependencies: Dependencies, agency: str) -> Worker:
    dossiers = DossierActivities(dependencies.agencies, dependencies.context)
    results = ResultActivities(dependencies.notices, dependencies.post)
    payments = PaymentActivities(dependencies.payers, dependencies.context)
    corrections = CorrectionCalls(
        dependencies.context, dependencies.agencies, dependencies.listers, dependencies.payers
    )
    return Worker(
        client,
        task_queue=agency,
        activities=[
            dossiers.file,
            dossiers.ask,
            dossiers.withdraw,
            results.send_receipt,
            results.return_results,
            results.tell_family,
            payments.order,
            payments.ask,
            ChoosingActivities(dependencies.funds, dependencies.context).choose,
            HandoverActivities(dependencies.post).ask,
            *([dependencies.lists.deliver] if dependencies.lists else []),
            corrections.tell_agency,
            corrections.tell_lists,
            corrections.stop_money,
        ],
        interceptors=[FailureInterceptor()],
        max_concurrent_activities=20,
        graceful_shutdown_timeout=timedelta(seconds=4),
    )
