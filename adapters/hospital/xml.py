"""The health insurance gateway's files of notices, read as the facts of declarations."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError  # types only: defusedxml does the parsing

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from adapters.hospital.births import BIRTH_NOTICE
from adapters.hospital.deaths import DEATH_NOTICE
from adapters.hospital.fields import NoticeForm, wanted_fields
from adapters.hospital.values import JsonObject
from models.declarations.case_ids import case_id_of_notice
from models.kernel.base import CaseId, GroupId
from models.kernel.findings import Finding

MOST_BYTES = 1_000_000
FORMS = (BIRTH_NOTICE, DEATH_NOTICE)
KNOWN = ", ".join(form.element for form in FORMS)


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
    notices = tuple(_notice(form, element) for form, element in _notices_in(root))
    if not notices:
        return _refused(
            "wrong_root", f"Phần tử gốc phải là một trong {KNOWN} hoặc danh sách của nó"
        )
    return HospitalFile(notices=notices)


def _refused(rule: str, message: str) -> HospitalFile:
    return HospitalFile(findings=(Finding(field="", rule=rule, message=message),))


def _notices_in(root: Element) -> Iterator[tuple[NoticeForm, Element]]:
    for form in FORMS:
        if _local_name(root) == form.element:
            yield form, root
        elif _local_name(root) in form.lists:
            yield from ((form, one) for one in root if _local_name(one) == form.element)


def _notice(form: NoticeForm, element: Element) -> HospitalNotice:
    texts = {_local_name(child): (child.text or "").strip() for child in element}
    facts, findings = form.facts_in({name: text for name, text in texts.items() if text})
    name, group = form.name(facts), GroupId(form.schema.partition("/")[0])
    return HospitalNotice(
        facts=facts,
        wanted=tuple(wanted_fields(form.model, facts)),
        case_id=case_id_of_notice(group, name) if name else None,
        findings=findings,
    )


def _local_name(element: Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]
