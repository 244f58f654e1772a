"""The register of a period: one line a case, with its dates, its result and no name."""

from typing import Any

import pytest

from models.documents.register import RegisterLine
from models.documents.register_page import page_of_register

from harness.document_samples import CARD, CODE, RESIDENCE, at, finished, lived, reading, register
from harness.families import SECRETS

PROMISED = at(27, 17)


def test_a_closed_case_shows_its_three_dates_its_result_and_whether_it_was_in_time() -> None:
    line = finished().line()

    assert (line.received_at, line.promised_at, line.returned_at) == (
        at(20, 15, 20),
        PROMISED,
        at(27, 9, 16),
    )
    assert (line.result, line.timeliness) == ("đã giải quyết một phần", "đúng hạn")
    assert line.delivery == "Trực tuyến"


def test_an_open_case_shows_where_it_stands_and_no_judgement() -> None:
    line = lived().line()

    assert (line.result, line.timeliness, line.returned_at) == (
        "chờ công dân bổ sung hồ sơ",
        "",
        None,
    )


def test_each_dossier_shows_how_it_ended_with_the_coded_reason() -> None:
    dossiers = {one.code: one for one in finished().line().dossiers}

    assert dossiers[f"{CODE}-3"].result == "bị từ chối (LECH_DINH_DANH)"
    assert dossiers[f"{CODE}-3"].settled_at == at(25, 9)
    assert dossiers[f"{CODE}-2"].filed_at == at(23, 10, 5)


def test_a_dossier_nothing_was_written_about_waits() -> None:
    sample = lived()
    card = {RESIDENCE, CARD}
    case = sample.case
    case.entries = [entry for entry in case.entries if entry.procedure not in card]

    assert [one.result for one in sample.line().dossiers][1:] == ["chờ bước trước"] * 2


@pytest.mark.parametrize(
    ("closed", "words"), [(at(26, 9), "early"), (at(27, 16), "on_time"), (at(28, 9), "late")]
)
def test_the_heading_counts_cases_by_how_they_stand(
    closed: Any, words: str
) -> None:  # Any: instant
    line = finished().line().model_copy(update={"closed_at": closed})

    counts = register(line, lived().line()).counts()

    assert counts == {"received": 2, "open": 1, "early": 0, "on_time": 0, "late": 0} | {words: 1}


def test_a_commune_draws_up_its_own_register_and_the_centre_that_of_all() -> None:
    own, central = register(), register().model_copy(update={"commune": None})

    pages = [page_of_register(one, reading()).facts for one in (own, central)]

    assert [page["agency"] for page in pages] == ["Bộ phận Một cửa", "Hệ thống liên thông"]
    assert pages[0]["place_and_date"] == "Ba Đình, ngày 30 tháng 11 năm 2026"
    assert pages[1]["place_and_date"] == "ngày 30 tháng 11 năm 2026"


def test_a_register_names_its_files_by_its_period_and_place() -> None:
    assert register().name == "07-20261101-20261130-00004"


def test_no_line_of_a_register_names_anybody() -> None:
    line: RegisterLine = finished().line()

    written = line.model_dump_json() + str(page_of_register(register(line), reading()).facts)

    assert [secret for secret in SECRETS if secret in written] == []
