"""A further group is a definition, a declaration and a line in a list; the engine knows no name."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from adapters.law.files import load_law
from models.declarations.rules.kinds import DECLARATIONS
from models.kernel.base import GroupId
from models.law.checks import check_law
from workers.cli.app import build
from workers.runtime.wiring import ALL_WORKFLOWS

from fakes.agencies import ScriptedAnswer
from harness.case_handle import states_of
from harness.system import SystemUnderTest, own_system
from harness.third_group import MARRIAGE, marriage, marriage_rule
from harness.third_group_workflow import MarriageGroup

ROOT = Path(__file__).parents[2]
ENGINE = sorted(
    path for room in ("workflows", "activities") for path in (ROOT / room).rglob("*.py")
)
LAW = load_law()
STEPS = [step for rule in LAW.groups for step in rule.procedures]
PROCEDURES = sorted({name for step in STEPS for name in (step.id, step.word)})


@pytest.fixture
def _listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line in the list of groups, which `workflows/groups.py` makes its types from."""
    monkeypatch.setitem(DECLARATIONS, GroupId("marriage"), MARRIAGE)
    monkeypatch.setattr("workers.runtime.wiring.ALL_WORKFLOWS", [*ALL_WORKFLOWS, MarriageGroup])


@pytest.fixture
async def system(_listed: None) -> AsyncIterator[SystemUnderTest]:
    async with own_system() as system:
        system.use_law((*system.context.law.groups, marriage_rule()))
        system.agencies["civil_status"].answers["register_marriage"] = [
            ScriptedAnswer(issued={"certificate_number": "KH.1"})
        ]
        system.agencies["residence"].answers["change_residence"] = [
            ScriptedAnswer(issued={"record_number": "TT.1"})
        ]
        yield system


async def test_a_marriage_runs_through_both_agencies(system: SystemUnderTest) -> None:
    case = await system.start(marriage(), case_id="marriage/x-1", workflow="MarriageGroup")

    report = await case.result()

    (moved,) = system.agencies["residence"].requests
    assert report.state == "completed"
    assert report.law_version == "marriage-example"
    assert states_of(report) == {"register_marriage": "granted", "change_residence": "granted"}
    assert moved.evidence["issued"] == {"register_marriage": {"certificate_number": "KH.1"}}
    assert "Đăng ký kết hôn" in await case.card()


async def test_a_wrong_marriage_is_told_every_wrong_field(system: SystemUnderTest) -> None:
    wrong = marriage() | {"new_home": None, "declarant": marriage()["declarant"] | {"phone": "1"}}

    case = await system.start(wrong, case_id="marriage/x-2", workflow="MarriageGroup")
    report = await case.result()

    assert report.state == "refused_at_intake"
    assert {error.field for error in report.errors} == {"new_home", "declarant.phone"}


@pytest.mark.usefixtures("_listed")
def test_its_definition_is_checked_as_any_other() -> None:
    law = LAW.model_copy(update={"groups": (*LAW.groups, marriage_rule())})
    schemas = {group: kind.model.model_json_schema() for group, kind in DECLARATIONS.items()}

    found = [finding for finding in check_law(law, schemas) if "marriage" in f"{finding}"]

    assert [finding for finding in found if finding.severity == "error"] == []


@pytest.mark.usefixtures("_listed")
def test_the_command_line_knows_its_schema_without_a_change() -> None:
    result = CliRunner().invoke(build("schema"), ["schema", "marriage"])

    assert result.exit_code == 0
    assert "married_on" in result.stdout


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_names_no_procedure(path: Path) -> None:
    text = path.read_text("utf-8")

    named = [name for name in PROCEDURES if re.search(rf"\b{name}\b", text)]

    assert named == []
