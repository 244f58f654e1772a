"""Files are checked before anything is started, whatever group they are of."""

import json
from datetime import datetime

import pytest

from adapters.law.files import load_law
from adapters.law.places import load_places
from models.declarations.rules.context import CheckContext
from models.kernel.base import VIETNAM
from workers.client.checking import check_files

from harness.declaration_samples import DATA

CONTEXT = CheckContext(
    now=datetime(2026, 11, 20, 9, 0, tzinfo=VIETNAM),
    patterns=load_law().patterns,
    places=load_places(),
)


@pytest.mark.parametrize(
    ("name", "group"),
    [
        ("birth.json", "birth"),
        ("birth_without_notice.json", "birth"),
        ("death.json", "death"),
        ("death_without_notice.json", "death"),
    ],
)
def test_a_sound_file_is_ready_to_be_submitted_under_todays_law(name: str, group: str) -> None:
    (checked,) = check_files([str(DATA / name)], CONTEXT, {})

    assert checked.findings == ()
    assert checked.declaration is not None
    assert checked.declaration.group == group


@pytest.mark.parametrize("kind", ["hospital_notice", "hospital_death_notice"])
def test_a_hospitals_notice_is_ready_with_the_familys_part(kind: str) -> None:
    rest = json.loads((DATA / f"{kind}_rest.json").read_text("utf-8"))

    (checked,) = check_files([str(DATA / f"{kind}.xml")], CONTEXT, rest)

    assert checked.findings == ()
    assert checked.declaration is not None


def test_a_hospitals_notice_alone_names_what_the_family_still_has_to_state() -> None:
    (checked,) = check_files([str(DATA / "hospital_death_notice.xml")], CONTEXT, {})

    missing = {one.field for one in checked.findings if one.rule == "required"}
    assert {"deceased.place_of_death", "declarant", "procedures"} <= missing
    assert checked.declaration is None
