"""What people read of a run, and how many families are served at once to get there."""

import asyncio
from io import StringIO

import pytest
from rich.console import Console

from models.kernel.errors import BackendUnavailableError
from simulation.pilot.crowds import AT_ONCE, each
from simulation.pilot.mix import Mix
from simulation.pilot.report import report
from simulation.pilot.scores import ProvinceScore, Score, Seen, Share

FEW = Share(count=1, of=8)
SEEN = Seen(
    name="wrong_number",
    defects=8,
    visible=8,
    told=1,
    sent_elsewhere=0,
    told_otherwise=7,
    called_old=0,
    cured=1,
)
PLACE = ProvinceScore(
    title="Hà Nội", pilot=Share(count=335, of=922), as_filed=FEW, followed=FEW, paid=FEW
)
SCORE = Score(
    seed=7,
    files=8,
    provinces=(PLACE,),
    codes=(SEEN,),
    kinds=(SEEN,),
    overall=SEEN,
    unseen=FEW,
    warned_off=FEW,
    turned_away=FEW,
    made_worse=FEW,
    called_old=FEW,
    warned_kinds={"posted_late": 1},
    disagreeing=0,
)


def printed() -> str:
    paper = StringIO()
    console = Console(file=paper, width=250)
    for part in report(SCORE, Mix.read()):
        console.print(part)
    return paper.getvalue()


def test_who_reads_the_figures_is_told_first_that_the_set_is_synthetic() -> None:
    text = printed()

    assert text.startswith("Bộ hồ sơ GIẢ LẬP: không nguồn nào nói vì sao")


def test_shares_are_written_as_vietnamese_write_them() -> None:
    text = printed()

    assert "335/922 (36,3%)" in text
    assert "1/8 (12,5%)" in text


def test_kinds_are_named_by_their_titles() -> None:
    text = printed()

    assert "Gia đình khai sai số định danh, thành số không ai có" in text
    assert "1 × Dữ liệu trễ lúc kiểm tra, có đủ tháng lúc giải quyết" in text
    assert "wrong_number" not in text.partition("Theo nguyên nhân")[2]


async def test_never_more_families_than_places_are_served_and_answers_keep_their_order() -> None:
    inside, most = 0, 0

    async def act(number: int) -> int:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await asyncio.sleep(0)
        inside -= 1
        return number * 2

    doubled = await each(range(100), act)

    assert doubled == [number * 2 for number in range(100)]
    assert most == AT_ONCE


async def test_what_fails_for_one_is_raised_as_itself() -> None:
    async def act(number: int) -> int:
        if number == 3:
            raise BackendUnavailableError("insurance: file a dossier: no answer")
        return number

    with pytest.raises(BackendUnavailableError):
        await each(range(9), act)
