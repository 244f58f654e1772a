"""The health insurance gateway's GIAYCHUNGSINH file, read as the facts of declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError  # types only: defusedxml does the parsing

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from adapters.hospital_fields import JsonObject, facts_in, stated_number, wanted_fields
from models.base import CaseId, GroupId
from models.births import BirthDeclaration
from models.case_ids import case_id_of_notice
from models.findings import Finding

MOST_BYTES = 1_000_000
BIRTH = GroupId("birth")
NOTICE = "GIAYCHUNGSINH"
LISTS = frozenset({"DSACH_GIAYCHUNGSINH", "DANHSACH_GIAYCHUNGSINH", "HOSO_GIAYCHUNGSINH"})
"""Roots that hold several notices [assumed]."""


@dataclass(frozen=True, kw_only=True)
class HospitalNotice:
    """What one notice says, and what the family still has to say."""

    facts: JsonObject
    """A partial declaration; what could not be read is left out and named in the findings."""
    wanted: tuple[str, ...]
    """Dotted paths of required fields the notice does not state."""
    case_id: CaseId | None
    """The id of the case this notice will open; None if the notice bears no number."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class HospitalFile:
    """The notices of one file; none if the file itself is refused."""

    notices: tuple[HospitalNotice, ...] = ()
    findings: tuple[Finding, ...] = ()


def read_hospital_file(document: bytes) -> HospitalFile:
    """Read one notice or a list of them; hostile, foreign or broken XML is refused, not raised."""
    if len(document) > MOST_BYTES:
        return _refused("too_large", f"Tệp XML không được lớn hơn {MOST_BYTES // 1000} kB")
    try:
        root = fromstring(document, forbid_dtd=True)
    except DefusedXmlException:
        return _refused("hostile_xml", "Tệp XML không được chứa DTD hoặc khai báo thực thể")
    except (ParseError, ValueError, LookupError):
        return _refused("not_xml", "Tệp không phải XML đúng cú pháp hoặc sai bảng mã")
    notices = tuple(_notice(element) for element in _notices_in(root))
    if not notices:
        return _refused("wrong_root", f"Tệp XML phải có phần tử gốc {NOTICE} hoặc danh sách của nó")
    return HospitalFile(notices=notices)


def _refused(rule: str, message: str) -> HospitalFile:
    return HospitalFile(findings=(Finding(field="", rule=rule, message=message),))


def _notices_in(root: Element) -> Iterator[Element]:
    if _local_name(root) == NOTICE:
        yield root
    elif _local_name(root) in LISTS:
        yield from (child for child in root if _local_name(child) == NOTICE)


def _notice(element: Element) -> HospitalNotice:
    texts = {_local_name(child): (child.text or "").strip() for child in element}
    facts, findings = facts_in({name: text for name, text in texts.items() if text})
    wanted = tuple(wanted_fields(BirthDeclaration, facts))
    number = stated_number(facts)
    case_id = case_id_of_notice(BIRTH, (number,)) if number else None
    return HospitalNotice(facts=facts, wanted=wanted, case_id=case_id, findings=findings)


def _local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]
