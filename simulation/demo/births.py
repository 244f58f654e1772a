"""Sound declarations of invented births: the same for the same seed, family and moment."""

import random  # noqa: TID251 - only a seeded random.Random is used
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.declarations.births import BirthProcedure, Follows
from simulation.demo import names
from simulation.demo.families import Adult, Family
from simulation.demo.filled import delivery, phone, reception
from simulation.demo.notices import notice
from simulation.demo.raw import Raw
from simulation.demo.timestamps import Moments, moments


@dataclass(frozen=True, kw_only=True)
class Birth:
    """One child of a family, and what the family asks for."""

    family: Family
    procedures: tuple[BirthProcedure, ...]
    elsewhere: str | None = None
    """A commune that takes the declaration in without being competent."""
    order: int = 1
    births: int = 1
    received_at: datetime | None = None
    """When it was received, where that matters."""


def declare(birth: Birth, *, seed: int, now: datetime) -> Raw:
    """The declaration of a birth; its notice has a number no other birth of this seed has."""
    family = birth.family
    together = random.Random(f"{seed}:{family.index}")  # noqa: S311 - invented, not secret
    when = moments(together, now, birth.received_at)
    own = random.Random(f"{seed}:{family.index}:{birth.order}")  # noqa: S311 - likewise
    return {
        "schema": "birth/1",
        "notice": notice(family, seed=seed, order=birth.order, issued_on=when.notice_on),
        "child": _child(own, birth, when),
        "mother": _parent(family.mother),
        "father": _parent(family.father) if family.father else None,
        "declarant": _declarant(together, family),
        "procedures": list(birth.procedures),
        "reception": reception(together, family.commune, birth.elsewhere, when.reception),
        "registration": {"commune": family.commune},
        "residence": _residence(together, birth),
        "card": _card(together, birth),
        "delivery": delivery(together, family.address, family.commune),
    }


def _child(chance: random.Random, birth: Birth, when: Moments) -> Raw:
    family, sex = birth.family, chance.choice(("female", "male"))
    named_after = family.father or family.mother
    return {
        "full_name": names.child_name(chance, sex, names.surname_of(named_after.full_name)),
        "sex": sex,
        "born_at": when.born_at.isoformat(),
        "birth_place": names.birth_place(chance, family.commune_name),
        "ethnicity": names.ethnicity(chance, family.province),
        "nationality": "VN",
        "hometown": family.commune_name,
        "weight_g": chance.randint(2_500, 4_000) - 600 * (birth.births - 1),
        "birth_order": birth.order,
        "births": birth.births,
    }


def _parent(adult: Adult) -> Raw:
    return {
        "personal_number": adult.personal_number,
        "full_name": adult.full_name,
        "date_of_birth": adult.date_of_birth.isoformat(),
        "insurance_number": adult.insurance_number,
    }


def _declarant(chance: random.Random, family: Family) -> Raw:
    relation, adult = chance.choice(_possible_declarants(family))
    number = phone(chance)
    email = f"giadinh{family.index}@example.vn" if chance.random() < 0.4 else None  # noqa: PLR2004
    return {
        "personal_number": adult.personal_number,
        "full_name": adult.full_name,
        "relation": relation,
        "phone": number,
        "email": email,
    }


def _possible_declarants(family: Family) -> Sequence[tuple[str, Adult]]:
    parents = [("mother", family.mother)] + ([("father", family.father)] if family.father else [])
    known = {adult.personal_number for _, adult in parents}
    if family.householder.personal_number in known:
        return parents
    return [*parents, *parents, ("grandparent", family.householder)]


def _residence(chance: random.Random, birth: Birth) -> Raw | None:
    if BirthProcedure.REGISTER_RESIDENCE not in birth.procedures:
        return None
    family = birth.family
    choices = (Follows.MOTHER, Follows.FATHER) if family.father else (Follows.MOTHER,)
    return {
        "commune": family.commune,
        "address": family.address,
        "follows": chance.choice(choices),
        "householder_personal_number": family.householder.personal_number,
        "consent": True,
    }


def _card(chance: random.Random, birth: Birth) -> Raw | None:
    if BirthProcedure.ISSUE_CARD not in birth.procedures:
        return None
    return {"first_care_facility": f"{birth.family.province}{chance.randint(1, 60):03}"}
