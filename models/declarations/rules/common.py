"""Rules every declaration keeps, whatever life event it is about."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from models.declarations.declarations import DeliveryMethod
from models.declarations.rules.context import CheckContext
from models.declarations.rules.facts import Facts
from models.declarations.rules.numbers import known_places, written_as
from models.declarations.rules.places import known_communes
from models.declarations.rules.rules import Rule, error
from models.kernel.findings import Finding

CLOCK_SKEW = timedelta(minutes=5)
"""How far a sender's clock may run ahead of ours before it counts as a wrong statement."""


def no_procedure_twice(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Each procedure is asked for once."""
    seen: set[str] = set()
    for path, procedure in facts.items("procedures", str):
        if procedure in seen:
            yield error(path, "duplicate", "Thủ tục này đã được chọn ở trên")
        seen.add(procedure)


def received_in_the_past(facts: Facts, context: CheckContext) -> Iterator[Finding]:
    """Nothing is received before it is sent."""
    received_at = facts.get("reception.received_at", datetime)
    if received_at is not None and received_at > context.now + CLOCK_SKEW:
        message = "Thời điểm tiếp nhận không được ở tương lai"
        yield error("reception.received_at", "not_in_future", message)


def deliverable(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
    """Paper results have somewhere to go."""
    wanted = {DeliveryMethod.POST: ("address", "commune"), DeliveryMethod.COUNTER: ("commune",)}
    method = facts.get("delivery.method", DeliveryMethod)
    for field in wanted.get(method, ()) if method else ():
        if not facts.is_given(f"delivery.{field}"):
            message = "Cách nhận kết quả đã chọn cần thông tin này"
            yield error(f"delivery.{field}", "required", message)


def chosen_procedures(facts: Facts) -> frozenset[str]:
    """What is asked for, as far as it could be read."""
    return frozenset(procedure for _, procedure in facts.items("procedures", str))


def are_procedures_readable(facts: Facts) -> bool:
    """Whether none is misspelt: of a misspelt one nobody knows which was meant."""
    valid = {path for path, _ in facts.items("procedures", str)}
    return bool(valid) and valid == set(facts.parts("procedures"))


def procedure_required(procedure: str, message: str) -> Rule:
    """The procedure all others rest on is among the chosen."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        if are_procedures_readable(facts) and procedure not in chosen_procedures(facts):
            yield error("procedures", "required_procedure", message)

    return rule


def sections_follow_choice(section_of: Mapping[str, str]) -> Rule:
    """A part of the form is filled in exactly if the procedure it serves is asked for."""

    def rule(facts: Facts, _context: CheckContext) -> Iterator[Finding]:
        chosen, readable = chosen_procedures(facts), are_procedures_readable(facts)
        for procedure, section in section_of.items():
            if procedure in chosen and not facts.is_given(section):
                message = "Thủ tục đã chọn cần phần thông tin này"
                yield error(section, "section_required", message)
            elif readable and procedure not in chosen and facts.is_given(section):
                message = "Không chọn thủ tục tương ứng nên phải để trống phần này (null)"
                yield error(section, "section_not_asked", message)

    return rule


COMMON_RULES: tuple[Rule, ...] = (
    no_procedure_twice,
    received_in_the_past,
    deliverable,
    written_as("personal_number", "declarant.personal_number"),
    known_places("declarant.personal_number"),
    written_as("phone", "declarant.phone"),
    known_communes("reception.commune", "registration.commune", "delivery.commune"),
)
