"""Rules of a birth: what the child, the notice and the family's choices must agree on."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.declarations.births import Follows
from models.declarations.declarations import Relation
from models.declarations.identifiers import facility_in_notice, read_personal_number, year_in_notice
from models.declarations.rules.common import are_procedures_readable, chosen_procedures
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.people import full_years
from models.declarations.rules.reception import reception_day, reception_instant
from models.declarations.rules.rules import Rule, error, warning
from models.kernel.findings import Finding

ON_TIME = timedelta(days=60)
"""The law's time for registering a birth; later is late, and still registered."""
GROWN_UP = 18
UNDER_SIX = 6
USUAL_WEIGHT = range(400, 7001)
USUAL_AGES = {"mother": range(12, 61), "father": range(14, 91)}


def born_in_the_near_past(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """A child is born before it is declared, and is still a child then."""
    born_at = facts.get("child.born_at", datetime)
    if born_at is None:
        return
    declared_at, day = reception_instant(facts, context), reception_day(facts, context)
    if born_at > declared_at:
        yield error("child.born_at", "not_in_future", "Ngày sinh không được ở tương lai")
    elif full_years(born_at.date(), day) >= GROWN_UP:
        message = "Liên thông khai sinh chỉ dành cho trẻ em; hãy đăng ký khai sinh riêng"
        yield error("child.born_at", "too_long_ago", message)
    elif declared_at - born_at > ON_TIME:
        message = "Đăng ký khai sinh quá hạn 60 ngày kể từ ngày sinh"
        yield warning("child.born_at", "late_registration", message)


def young_enough_for_the_card(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """The card of this group is for children under six."""
    born_at = facts.get("child.born_at", datetime)
    if born_at is None or not facts.is_given("card"):
        return
    if full_years(born_at.date(), reception_day(facts, context)) >= UNDER_SIX:
        message = "Trẻ đã đủ 6 tuổi nên không thuộc diện cấp thẻ BHYT trẻ em dưới 6 tuổi"
        yield warning("card", "not_under_six", message)


def one_proof(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """There is a notice, or something in its place, and not both."""
    proofs = [facts.is_given(path) for path in ("notice", "substitute_evidence")]
    if all(proofs):
        message = "Đã có giấy chứng sinh thì không kê khai giấy tờ thay thế"
        yield error("substitute_evidence", "notice_or_substitute", message)
    elif not any(proofs):
        message = "Cần giấy chứng sinh, hoặc giấy tờ thay thế nếu không có giấy chứng sinh"
        yield error("notice", "notice_or_substitute", message)


def proof_after_birth(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """A proof is issued on the day of birth or later, and not tomorrow."""
    born_at = facts.get("child.born_at", datetime)
    for path in ("notice.issued_on", "substitute_evidence.issued_on"):
        issued_on = facts.get(path, date)
        if issued_on is not None and issued_on > reception_day(facts, context):
            yield error(path, "not_in_future", "Ngày cấp giấy không được ở tương lai")
        if issued_on is not None and born_at is not None and issued_on < born_at.date():
            yield error(path, "before_birth", "Giấy không thể được cấp trước ngày sinh của trẻ")


def notice_agrees_with_its_number(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Facility and year stated are those inside the number."""
    number = facts.get("notice.number", str) or ""
    facility, year = facility_in_notice(number), year_in_notice(number)
    stated, issued_on = facts.get("notice.facility", str), facts.get("notice.issued_on", date)
    if facility and stated and facility != stated:
        message = "Mã cơ sở không khớp với mã cơ sở trong số giấy chứng sinh"
        yield error("notice.facility", "facility_mismatch", message)
    if year and issued_on and year != issued_on.year:
        message = "Năm cấp không khớp với năm trong số giấy chứng sinh"
        yield warning("notice.issued_on", "notice_year_mismatch", message)


def plausible_child(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Order and number of children agree; an unusual weight is looked at twice."""
    order, births = facts.get("child.birth_order", int), facts.get("child.births", int)
    weight = facts.get("child.weight_g", int)
    if order and births and order > births:
        message = "Thứ tự sinh không được lớn hơn số trẻ của lần sinh này"
        yield error("child.birth_order", "birth_order_exceeds_births", message)
    if weight is not None and weight not in USUAL_WEIGHT:
        message = "Cân nặng khác thường, xin kiểm tra lại (đơn vị là gam)"
        yield warning("child.weight_g", "weight_implausible", message)


def plausible_parents(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Parents are older than their child, by about a generation."""
    born_at = facts.get("child.born_at", datetime)
    for parent, usual in USUAL_AGES.items():
        path = f"{parent}.date_of_birth"
        born = facts.get(path, date)
        if born_at is None or born is None:
            continue
        if born >= born_at.date():
            yield error(path, "born_after_child", "Cha, mẹ phải sinh trước con")
        elif full_years(born, born_at.date()) not in usual:
            message = "Tuổi của cha hoặc mẹ khi sinh con khác thường, xin kiểm tra lại"
            yield warning(path, "age_implausible", message)


def mother_is_named(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Only a birth without a notice may have an unknown mother."""
    if not facts.is_given("mother") and not facts.is_given("substitute_evidence"):
        message = "Thiếu thông tin người mẹ nêu trong giấy chứng sinh"
        yield error("mother", "required", message)


def declarant_is_who_they_say(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """A parent who declares is the parent named; who bears a parent's number is that parent."""
    relation = facts.get("declarant.relation", Relation)
    stated = facts.get("declarant.personal_number", str)
    number = stated if stated and read_personal_number(stated) else None
    for parent in (Relation.MOTHER, Relation.FATHER):
        known = facts.get(f"{parent}.personal_number", str)
        if relation is parent and not facts.is_given(parent):
            message = "Người khai là cha hoặc mẹ nhưng tờ khai không nêu người đó"
            yield error("declarant.relation", "parent_not_named", message)
        elif relation is parent and number and known and number != known:
            message = "Số định danh của người khai không trùng với số của cha hoặc mẹ đã nêu"
            yield error("declarant.personal_number", "relation_mismatch", message)
        elif relation and relation is not parent and number and number == known:
            message = "Người khai có số định danh của cha hoặc mẹ nhưng khai quan hệ khác"
            yield warning("declarant.relation", "relation_mismatch", message)


def residence_is_agreed(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """The householder agreed, and the parent whose home it is stands in the declaration."""
    follows = facts.get("residence.follows", Follows)
    if facts.get("residence.consent", bool) is False:
        message = "Cần sự đồng ý của chủ hộ hoặc chủ sở hữu chỗ ở để đăng ký thường trú"
        yield error("residence.consent", "consent_required", message)
    if follows is not None and not facts.is_given(follows):
        message = "Không thể theo nơi thường trú của người không được nêu trong tờ khai"
        yield error("residence.follows", "parent_not_named", message)


def something_is_linked(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """The group exists to link: registration alone is possible, and worth a question."""
    if are_procedures_readable(facts) and len(chosen_procedures(facts)) == 1:
        message = "Chỉ chọn một thủ tục thì không có gì để liên thông"
        yield warning("procedures", "nothing_linked", message)


BIRTH_EVENT_RULES: tuple[Rule, ...] = (
    born_in_the_near_past,
    young_enough_for_the_card,
    one_proof,
    proof_after_birth,
    notice_agrees_with_its_number,
    plausible_child,
    plausible_parents,
    mother_is_named,
    declarant_is_who_they_say,
    residence_is_agreed,
    something_is_linked,
)
