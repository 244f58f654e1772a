"""Workers come and go in the middle of a case; the case goes on where it was."""

from models.kernel.vocabulary import Outcome

from fakes.agencies import ScriptedAnswer
from harness.desk import Desk

ACCEPTED = ScriptedAnswer(outcome=Outcome.ACCEPTED)


async def test_a_case_goes_on_with_other_workers(real_desk: Desk) -> None:
    real_desk.agencies["civil_status"].answers["register_birth"] = [ACCEPTED]
    case = await real_desk.declare()
    await case.until_dossier("register_birth", "accepted")

    await real_desk.restart()
    await case.decide("register_birth")
    report = await case.result()

    assert report.state == "completed"
    assert [len(agency.requests) for agency in real_desk.agencies.values() if agency.requests] == [
        1,
        1,
        1,
    ]


async def test_what_was_on_record_before_a_restart_is_not_written_otherwise_after(
    real_desk: Desk,
) -> None:
    real_desk.agencies["residence"].answers["register_residence"] = [ACCEPTED]
    case = await real_desk.declare()
    await case.until_dossier("register_residence", "accepted")
    await case.until(lambda _: len(case.entries()) > 0)
    before = case.entries()

    await real_desk.restart()
    await case.decide("register_residence")
    await case.result()

    after = case.entries()
    assert after[: len(before)] == before
    assert [entry.seq for entry in after] == list(range(1, len(after) + 1))


async def test_a_declaration_made_while_no_worker_runs_is_taken_in_later(real_desk: Desk) -> None:
    await real_desk.stop()
    case = await real_desk.declare()

    await real_desk.work()
    report = await case.result()

    assert report.state == "completed"
