"""One call for a birth: the parents are verified and the child numbered, both or neither."""

from backends.population import register
from backends.population.contracts import NewbornAnswer, NewbornRequest, Parent, RegisteredPerson
from backends.shared import clock
from backends.shared.database import Connection, Pool
from backends.shared.digests import digest_of
from backends.shared.problems import ProblemError
from backends.shared.reasons import Reason
from backends.shared.spelling import plain
from models.kernel.vocabulary import Outcome

_MISMATCH = (
    "Thông tin cha, mẹ không khớp Cơ sở dữ liệu quốc gia về dân cư "
    "(số định danh, họ tên hoặc ngày sinh)."
)
_OTHER_FACTS = "Sự kiện sinh này đã được cấp số định danh cá nhân với nội dung khác."


async def number(pool: Pool, request: NewbornRequest) -> str:
    """Answer a request once; the same key is answered the same, the same birth by its number.

    Raises:
        ProblemError: 409, the key is known with other content.
    """
    digest = digest_of(request)
    async with pool.acquire() as connection, connection.transaction():
        known = await register.answered(connection, request.key)
        if known:
            return _again(known, digest)
        answer = await _answer(connection, request)
        await register.keep_answer(connection, answer, digest=digest, at=clock.now())
        return answer.model_dump_json()


async def _answer(connection: Connection, request: NewbornRequest) -> NewbornAnswer:
    declared = {
        parent.personal_number: parent
        for parent in (request.mother, request.father)
        if parent and parent.personal_number
    }
    known = await register.find_persons(connection, list(declared))
    if not all(_matches(parent, known.get(number)) for number, parent in declared.items()):
        return _refused(request, Reason.IDENTITY_MISMATCH, _MISMATCH)
    facts = digest_of(request.model_copy(update={"key": ""}))
    numbered = await register.hold_event(connection, request.event)
    if numbered and numbered.facts_digest != facts:
        return _refused(request, Reason.ALREADY_DONE, _OTHER_FACTS)
    return NewbornAnswer(
        key=request.key,
        outcome=Outcome.GRANTED,
        personal_number=numbered.personal_number
        if numbered
        else await register.number_newborn(connection, request, facts_digest=facts, at=clock.now()),
    )


def _matches(declared: Parent, known: RegisteredPerson | None) -> bool:
    return (
        known is not None
        and plain(declared.full_name) == plain(known.full_name)
        and declared.date_of_birth in (None, known.date_of_birth)
    )


def _refused(request: NewbornRequest, reason: Reason, note: str) -> NewbornAnswer:
    return NewbornAnswer(key=request.key, outcome=Outcome.REFUSED, reason_code=reason, note=note)


def _again(known: tuple[str, str], digest: str) -> str:
    if known[0] != digest:
        raise ProblemError(409, "the key is known with other content")
    return known[1]
