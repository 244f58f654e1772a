"""Workers come and go in the middle of a case; the case goes on where it was."""

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.system import SystemUnderTest

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def test_a_case_goes_on_with_other_workers(real_system: SystemUnderTest) -> None:
    real_system.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    case = await real_system.declare()
    await case.until_dossier("register_birth", "accepted")

    await real_system.restart()
    await case.decide("register_birth")
    report = await case.result()

    assert report.state == "completed"
    assert [
        len(agency.requests) for agency in real_system.agencies.values() if agency.requests
    ] == [
        1,
        1,
        1,
    ]


async def test_what_was_on_record_before_a_restart_is_not_written_otherwise_after(
    real_system: SystemUnderTest,
) -> None:
    real_system.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await real_system.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until(lambda _: len(case.entries()) > 0)
    before = case.entries()

    await real_system.restart()
    await case.decide("register_residence")
    await case.result()

    after = case.entries()
    assert after[: len(before)] == before
    assert [entry.seq for entry in after] == list(range(1, len(after) + 1))


async def test_a_declaration_made_while_no_worker_runs_is_taken_in_later(
    real_system: SystemUnderTest,
) -> None:
    await real_system.stop()
    case = await real_system.declare()

    await real_system.work()
    report = await case.result()

    assert report.state == "completed"
