"""The search attributes by which cases and corrections are listed: one row each, none personal.

A row says what the attribute is called on the server, and how a case and a correction show it; an
attribute without a row does not exist.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from temporalio.common import SearchAttributeKey

from models.cases.case import Case
from models.corrections.correction import Correction

Key = SearchAttributeKey[Any]  # Any: keywords, lists of them and instants stand side by side
CaseValue = Callable[[Case, datetime], object]
CorrectionValue = Callable[[Correction], object]

ATTENTION = SearchAttributeKey.for_keyword("Attention")
CASE_CODE = SearchAttributeKey.for_keyword("CaseCode")
CASE_STATE = SearchAttributeKey.for_keyword("CaseState")
COMMUNE = SearchAttributeKey.for_keyword("Commune")
DUE_AT: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("DueAt")
LAW_VERSION = SearchAttributeKey.for_keyword("LawVersion")
OVERDUE_AT = SearchAttributeKey.for_keyword_list("OverdueAt")
PROCEDURE_GROUP = SearchAttributeKey.for_keyword("ProcedureGroup")
PROVINCE = SearchAttributeKey.for_keyword("Province")
SLA_STATUS = SearchAttributeKey.for_keyword("SlaStatus")
WAITING_FOR = SearchAttributeKey.for_keyword_list("WaitingFor")


class Row(NamedTuple):
    """One attribute; a value of None is not shown."""

    key: Key
    of_case: CaseValue
    of_correction: CorrectionValue = lambda _: None


def _opening(name: str) -> CaseValue:
    return lambda case, _: getattr(case.opening, name, None)


def _its_case(name: str) -> CorrectionValue:
    return lambda correction: getattr(correction.case, name, None) or None


def _once_open(value: CaseValue) -> CaseValue:
    return lambda case, now: value(case, now) if case.opening else None


ROWS = (
    Row(PROCEDURE_GROUP, lambda case, _: case.group, _its_case("group")),
    Row(CASE_STATE, lambda case, _: case.state, lambda correction: correction.state),
    Row(ATTENTION, lambda case, _: case.attention, lambda correction: correction.attention),
    Row(WAITING_FOR, lambda case, _: case.waiting_for(), lambda one: one.waiting_for()),
    Row(CASE_CODE, _opening("case_code"), _its_case("case_code")),
    Row(PROVINCE, _opening("province"), _its_case("province")),
    Row(COMMUNE, _opening("commune"), _its_case("commune")),
    Row(LAW_VERSION, _opening("law_version")),
    Row(DUE_AT, _once_open(lambda case, _: case.due_at)),
    Row(SLA_STATUS, _once_open(lambda case, now: case.sla(now))),
    Row(OVERDUE_AT, _once_open(lambda case, now: case.overdue_at(now))),
)
ALL = tuple(row.key for row in ROWS)


def of_case(case: Case, now: datetime) -> list[tuple[Key, object]]:
    """What lists show of a case."""
    shown = ((row.key, row.of_case(case, now)) for row in ROWS)
    return [(key, value) for key, value in shown if value is not None]


def of_correction(correction: Correction) -> list[tuple[Key, object]]:
    """What lists show of a correction."""
    shown = ((row.key, row.of_correction(correction)) for row in ROWS)
    return [(key, value) for key, value in shown if value is not None]
