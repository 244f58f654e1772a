"""How we log: events with fields, joined to the case they belong to, never on replay."""

import logging
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger
from temporalio import activity, workflow

TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)
"""Local variables hold declarations: they must never be part of a log."""


def drop_while_replaying(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Stay silent while history is replayed: those events were logged when they happened."""
    if workflow.in_workflow() and workflow.unsafe.is_replaying():
        raise structlog.DropEvent
    return event


def add_case(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Name the case, and the activity and attempt where there is one."""
    if activity.in_activity():
        info = activity.info()
        event.update(case_id=info.workflow_id, activity=info.activity_type, attempt=info.attempt)
    elif workflow.in_workflow():
        event["case_id"] = workflow.info().workflow_id
    return event


def configure_logs() -> None:
    """JSON lines to standard output, or colours on a terminal; the SDK's own logs pass through."""
    shared: list[Processor] = [
        drop_while_replaying,
        add_case,
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=_rendering())
    )
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)
    for noisy in ("httpx", "httpcore"):
        logging.getLogger(noisy).setLevel(logging.WARNING)


def _rendering() -> list[Processor]:
    if sys.stdout.isatty():
        return [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        TRACEBACKS,
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
