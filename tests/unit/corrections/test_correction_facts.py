"""What holds now takes the place of what was declared, and nothing else changes."""

import pytest

from models.cases.evidence import of_subject, with_facts
from models.contracts.dossiers import Facts

DECLARED: Facts = {"child": {"full_name": "A", "sex": "male"}, "mother": {"full_name": "B"}}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, DECLARED),
        (
            {"child.full_name": "C"},
            {"child": {"full_name": "C", "sex": "male"}, "mother": {"full_name": "B"}},
        ),
        (
            {"child": {"full_name": "C"}},
            {"child": {"full_name": "C", "sex": "male"}, "mother": {"full_name": "B"}},
        ),
        ({"father.full_name": "D"}, DECLARED | {"father": {"full_name": "D"}}),
    ],
)
def test_a_fact_takes_the_place_its_path_names(facts: Facts, expected: Facts) -> None:
    before = {name: dict(part) for name, part in DECLARED.items() if isinstance(part, dict)}

    assert with_facts(DECLARED, facts) == expected
    assert before == DECLARED


def test_facts_named_as_agencies_name_them_are_about_the_subject_of_the_group() -> None:
    facts = of_subject({"full_name": "C", "mother.full_name": "D"}, "child")

    assert facts == {"child.full_name": "C", "mother.full_name": "D"}
    assert of_subject({"full_name": "C"}, "") == {"full_name": "C"}
