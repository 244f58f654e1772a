"""The search attributes of a case: what lists are filtered by. None holds personal data."""

from datetime import datetime

from temporalio.common import SearchAttributeKey

CASE_CODE = SearchAttributeKey.for_keyword("CaseCode")
PROCEDURE_GROUP = SearchAttributeKey.for_keyword("ProcedureGroup")
PROVINCE = SearchAttributeKey.for_keyword("Province")
COMMUNE = SearchAttributeKey.for_keyword("Commune")
CASE_STATE = SearchAttributeKey.for_keyword("CaseState")
SLA_STATUS = SearchAttributeKey.for_keyword("SlaStatus")
LAW_VERSION = SearchAttributeKey.for_keyword("LawVersion")
ATTENTION = SearchAttributeKey.for_keyword("Attention")
WAITING_FOR = SearchAttributeKey.for_keyword_list("WaitingFor")
OVERDUE_AT = SearchAttributeKey.for_keyword_list("OverdueAt")
DUE_AT: SearchAttributeKey[datetime] = SearchAttributeKey.for_datetime("DueAt")

ALL = (
    CASE_CODE,
    PROCEDURE_GROUP,
    PROVINCE,
    COMMUNE,
    CASE_STATE,
    SLA_STATUS,
    LAW_VERSION,
    ATTENTION,
    WAITING_FOR,
    OVERDUE_AT,
    DUE_AT,
)
