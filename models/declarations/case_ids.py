"""What names a case and what tells one life event, and one declaration, from another."""

import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass

from models.declarations.declarations import Declaration
from models.kernel.base import CaseId, GroupId
from models.kernel.spelling import phonetic_form

_NOT_KEPT = re.compile(r"[^A-Z0-9._-]", re.ASCII)
_KEY_LENGTH = 32
_NOT_DECLARED = {"reception": {"received_at"}}
"""When we took it in is not what the citizen said: the same form sent again has a new instant."""


def case_id_for(declaration: Declaration) -> CaseId | None:
    """The id a starter uses; None without a notice: then any unique `<group>/x-…` will do."""
    notice = declaration.event_facts().notice
    return None if notice is None else case_id_of_notice(declaration.group, notice)


def case_id_of_notice(group: GroupId, notice: tuple[str, ...]) -> CaseId:
    """The same id from the notice alone, for who holds nothing else yet."""
    return CaseId(f"{group}/{_notice_name(notice)}")


@dataclass(frozen=True, kw_only=True)
class EventClaim:
    """A key a case holds while it lives and after it has served its event.

    No two cases hold one key, unless both share it: something better tells their events apart.
    """

    key: str
    shared: bool = False

    def bars(self, other: "EventClaim") -> bool:
        """Whether two cases cannot hold these at once."""
        return self.key == other.key and not (self.shared and other.shared)


def event_claims_of(declaration: Declaration, secret: bytes) -> tuple[EventClaim, ...]:
    """Every key of the declared life event, the surest first; the first is never shared.

    A notice and what people tell are both claimed, so that a birth told with its notice and told
    again without is one event. What people tell is a keyed hash: nobody without the key, which is
    never rotated, can test whether a person they know of had a child, or died.
    """
    facts, group = declaration.event_facts(), declaration.group
    claims = []
    if facts.notice is not None:
        claims.append(EventClaim(key=f"{group}:{_notice_name(facts.notice)}"))
    if facts.certain is not None:
        claims.append(EventClaim(key=_hashed(group, facts.certain, secret)))
    told = _hashed(group, facts.otherwise, secret)
    return (*claims, EventClaim(key=told, shared=bool(claims) and facts.told_apart))


def event_key_of(declaration: Declaration, secret: bytes) -> str:
    """The key a case is entered under: its notice, or without one a keyed hash."""
    return event_claims_of(declaration, secret)[0].key


def declaration_digest(declaration: Declaration) -> str:
    """The same for the same statement, however it was spaced, ordered or composed in JSON.

    Absent and null are one, so a nullable field added later changes no digest; the instant of
    reception is left out.
    """
    said = declaration.model_dump(
        mode="json", by_alias=True, exclude_none=True, exclude=_NOT_DECLARED
    )
    said["procedures"] = sorted(said["procedures"])
    canonical = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(canonical.encode()).hexdigest()}"


def _notice_name(parts: tuple[str, ...]) -> str:
    """Upper case; what an id cannot hold becomes a hyphen, and so does a dot inside one of several.

    Between several parts the dot is what keeps book 1.2, number 3 from book 1, number 2.3.
    """
    names = [_NOT_KEPT.sub("-", unicodedata.normalize("NFKC", part).upper()) for part in parts]
    return names[0] if len(names) == 1 else ".".join(name.replace(".", "-") for name in names)


def _hashed(group: GroupId, facts: tuple[str, ...], secret: bytes) -> str:
    told = json.dumps([group, *map(phonetic_form, facts)], ensure_ascii=False)
    digest = hmac.new(secret, told.encode(), hashlib.sha256).hexdigest()
    return f"{group}:#{digest[:_KEY_LENGTH]}"
