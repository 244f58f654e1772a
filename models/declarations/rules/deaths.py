"""Rules of a death: what the deceased, the notice and the family's choices must agree on."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from models.declarations.deaths import DeathProcedure
from models.declarations.rules.common import are_procedures_readable, chosen_procedures
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.people import full_years
from models.declarations.rules.reception import reception_day, reception_instant
from models.declarations.rules.rules import Rule, error, warning
from models.kernel.findings import Finding

ON_TIME = timedelta(days=15)
"""The law's time for registering a death; later is late, and still registered."""
OLDEST = 115
LINKED = tuple(DeathProcedure)
"""The law links two, three or four procedures, each set with all before it."""


def died_in_the_past(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """A death is declared after it happened."""
    died_at = facts.get("deceased.died_at", datetime)
    if died_at is None:
        return
    declared_at = reception_instant(facts, context)
    if died_at > declared_at:
        yield error("deceased.died_at", "not_in_future", "Ngày chết không được ở tương lai")
    elif declared_at - died_at > ON_TIME:
        message = "Đăng ký khai tử quá hạn 15 ngày kể từ ngày chết"
        yield warning("deceased.died_at", "late_registration", message)


def lived_before_dying(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Nobody dies before being born, and hardly anybody past an age."""
    died_at = facts.get("deceased.died_at", datetime)
    born = facts.get("deceased.date_of_birth", date)
    if died_at is None or born is None:
        return
    if died_at.date() < born:
        yield error("deceased.died_at", "before_birth", "Ngày chết không thể trước ngày sinh")
    elif full_years(born, died_at.date()) > OLDEST:
        message = "Tuổi của người chết khác thường, xin kiểm tra lại ngày sinh và ngày chết"
        yield warning("deceased.date_of_birth", "age_implausible", message)


def one_proof(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """There is a notice, or something in its place, and not both."""
    proofs = [facts.is_given(path) for path in ("notice", "substitute_evidence")]
    if all(proofs):
        message = "Đã có giấy báo tử thì không kê khai giấy tờ thay thế"
        yield error("substitute_evidence", "notice_or_substitute", message)
    elif not any(proofs):
        message = "Cần giấy báo tử, hoặc giấy tờ thay thế nếu không có giấy báo tử"
        yield error("notice", "notice_or_substitute", message)


def proof_after_death(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """A proof is issued on the day of death or later, and not tomorrow."""
    died_at = facts.get("deceased.died_at", datetime)
    for path in ("notice.issued_on", "substitute_evidence.issued_on"):
        issued_on = facts.get(path, date)
        if issued_on is not None and issued_on > reception_day(facts, context):
            yield error(path, "not_in_future", "Ngày cấp giấy không được ở tương lai")
        if issued_on is not None and died_at is not None and issued_on < died_at.date():
            yield error(path, "before_death", "Giấy không thể được cấp trước ngày chết")


def notice_is_of_its_book(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """A book is of one year, and its notices are issued in that year."""
    year, issued_on = facts.get("notice.year", int), facts.get("notice.issued_on", date)
    if year is not None and issued_on is not None and year != issued_on.year:
        message = "Năm của quyển giấy báo tử không khớp với năm cấp"
        yield warning("notice.year", "notice_year_mismatch", message)


def linked_as_the_law_links(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Registration alone, or a procedure without the one before it, is worth a question."""
    if not are_procedures_readable(facts):
        return
    chosen = chosen_procedures(facts)
    if len(chosen) == 1:
        message = "Chỉ chọn một thủ tục thì không có gì để liên thông"
        yield warning("procedures", "nothing_linked", message)
    elif chosen != set(LINKED[: len(chosen)]):
        message = "Quy định liên thông 2, 3 hoặc 4 thủ tục theo thứ tự; xin kiểm tra lại lựa chọn"
        yield warning("procedures", "choice_has_a_gap", message)


DEATH_EVENT_RULES: tuple[Rule, ...] = (
    died_in_the_past,
    lived_before_dying,
    one_proof,
    proof_after_death,
    notice_is_of_its_book,
    linked_as_the_law_links,
)
