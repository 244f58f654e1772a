"""A run's figures as tables for people."""

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table

from simulation.pilot.mix import Kind, Mix
from simulation.pilot.scores import Score, Seen, Share

SYNTHETIC = (
    "Bộ hồ sơ GIẢ LẬP: không nguồn nào nói vì sao hồ sơ thí điểm không hợp lệ, nên tỷ lệ các "
    "nguyên nhân là giả định (workers/pilot/assumed.toml); tỷ lệ hợp lệ ban đầu là số đặt vào."
)


def report(score: Score, mix: Mix) -> Iterator[RenderableType]:
    """What a person reads, the warning first."""
    kinds: tuple[Kind, ...] = (*mix.sound, *mix.defect)
    titles = {kind.name: kind.title for kind in kinds}
    yield SYNTHETIC
    yield _provinces(score)
    yield _recall("Theo mã lý do", score.codes, {})
    yield _recall("Theo nguyên nhân", score.kinds, titles)
    yield f"Không thể thấy trước khi nộp: {_said(score.unseen)} hồ sơ sai."
    yield (
        f"Hồ sơ đúng bị báo có vướng mắc: {_said(score.warned_off)}; không nộp nữa: "
        f"{_said(score.turned_away)}; nộp rồi bị từ chối: {_said(score.made_worse)}."
    )
    yield f"Hồ sơ đúng được nói là dữ liệu cũ: {_said(score.called_old)}."
    for name, count in score.warned_kinds.items():
        yield f"  {count} × {titles[name]}"
    yield f"Cơ quan quyết định khác nhãn: {score.disagreeing} hồ sơ."


def _provinces(score: Score) -> Table:
    table = Table(
        "Tỉnh",
        "Thí điểm",
        "Nộp như hiện có",
        "Theo kiểm tra trước, trên số đã nộp",
        "… trên mọi tờ khai",
        title=f"Hồ sơ mai táng hợp lệ, hạt giống {score.seed}",
    )
    for place in score.provinces:
        shares = (place.pilot, place.as_filed, place.followed, place.paid)
        table.add_row(place.title, *map(_said, shares))
    return table


def _recall(title: str, rows: Sequence[Seen], titles: dict[str, str]) -> Table:
    table = Table(
        "",
        "Sai",
        "Thấy được",
        "Báo đúng mã",
        "Chỉ sang quỹ trả",
        "Chỉ báo mã khác",
        "Báo trước được",
        "… trên số thấy được",
        "Nói dữ liệu cũ",
        "Chữa xong, được trả",
        title=title,
    )
    for row in rows:
        counts = (row.defects, row.visible, row.told, row.sent_elsewhere, row.told_otherwise)
        shares = (_percent(row.recall), _percent(row.recall_of_visible))
        table.add_row(
            titles.get(row.name, row.name),
            *map(str, counts),
            *shares,
            f"{row.called_old}",
            f"{row.cured}",
        )
    return table


def _said(share: Share) -> str:
    return f"{share.count}/{share.of} ({_percent(share)})"


def _percent(share: Share) -> str:
    return f"{share.percent:.1f}%".replace(".", ",") if share.of else "–"
