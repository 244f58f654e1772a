"""`lienthong law …`: the rules checked, shown for a day and a place, and applied to a reception."""

from datetime import date, datetime
from typing import Annotated

import typer

from adapters.law.calendar import load_calendar
from adapters.law.files import load_law
from adapters.law.lists import load_list_rules
from adapters.law.places import load_places
from models.clock.deadlines import deadlines, latest_dates
from models.declarations.rules.kinds import DECLARATIONS
from models.kernel.base import VIETNAM, GroupId, ProcedureId
from models.kernel.findings import errors_of
from models.law.checks import check_law
from models.law.law import Law
from models.law.rules import GroupRule
from workers.cli.console import EXIT_FINDING, fail, print_json
from workers.cli.law_answers import DueAnswer, due_answer
from workers.cli.law_calendar import apply_calendar
from workers.cli.law_words import print_due, print_findings, print_rule
from workers.cli.lists_words import describe_unverified_lists
from workers.runtime.settings import Settings

app = typer.Typer(name="law", help="Quy định theo ngày và nơi áp dụng.", no_args_is_help=True)

Group = Annotated[str, typer.Argument(metavar="GROUP", help="Nhóm thủ tục: birth, death.")]
Place = Annotated[str, typer.Option("--place", help="Mã tỉnh 2 chữ số; bỏ trống: cả nước.")]
AsJson = Annotated[bool, typer.Option("--json", help="In JSON cho máy.")]


app.command("apply-calendar")(apply_calendar)


@app.command()
def check(*, as_json: AsJson = False) -> None:
    """Kiểm tra toàn bộ quy định, lịch nghỉ và danh mục nơi chốn; có lỗi thì kết thúc với mã 1."""
    folder = Settings.read().law
    law = load_law(folder)
    load_calendar(folder)
    places, lists = load_places(folder), load_list_rules(folder)
    schemas = {group: kind.model.model_json_schema() for group, kind in DECLARATIONS.items()}
    findings = check_law(law, schemas, places.province_name)
    if as_json:
        print_json([finding.model_dump(mode="json") for finding in findings])
    else:
        describe_unverified_lists(lists.values())
        print_findings(law, findings)
    if errors_of(findings):
        raise typer.Exit(EXIT_FINDING)


@app.command()
def show(
    group: Group,
    on: Annotated[str, typer.Option("--on", help="Ngày tiếp nhận, năm-tháng-ngày.")],
    place: Place = "",
    *,
    as_json: AsJson = False,
) -> None:
    """Quy định đang hiệu lực của một nhóm thủ tục vào một ngày, ở một nơi."""
    law, day = load_law(Settings.read().law), _day(on)
    rule = _rule(law, group, day, place)
    if as_json:
        print_json(rule)
    else:
        print_rule(law, rule, place, day)


@app.command()
def due(
    group: Group,
    received: Annotated[str, typer.Option("--received", help="Lúc tiếp nhận.")],
    place: Place = "",
    procedures: Annotated[
        list[str] | None,
        typer.Option("--procedures", help="Thủ tục đã chọn, cách nhau bằng dấu phẩy."),
    ] = None,
    *,
    verification: Annotated[bool, typer.Option(help="Phải xác minh.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Giải thích cách tính.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hạn trả kết quả của một hồ sơ nhận vào một lúc."""
    answer = _due_answer(group, _instant(received), place, procedures, verification=verification)
    if as_json:
        print_json(answer)
    else:
        print_due(answer, explain=explain)


def _due_answer(
    group: str, received_at: datetime, place: str, wanted: list[str] | None, *, verification: bool
) -> DueAnswer:
    folder = Settings.read().law
    law, calendar = load_law(folder), load_calendar(folder)
    rule = _rule(law, group, received_at.date(), place)
    chosen = _chosen(rule, wanted)
    case = deadlines(rule, chosen, received_at, calendar, law.agencies, verification=verification)
    return due_answer(rule, case, latest_dates(rule, case, calendar, law.agencies))


def _rule(law: Law, group: str, day: date, place: str) -> GroupRule:
    groups = sorted({rule.group for rule in law.groups})
    if place and load_places(Settings.read().law).province_name(place, day) is None:
        fail(
            f"KHONG_CO_QUY_DINH: không có tỉnh mã {place!r} ngày {day:%d/%m/%Y} cho nhóm {group};"
            " mã tỉnh gồm 2 chữ số, ví dụ 01"
        )
    rule = law.group_on(GroupId(group), day, place)
    if rule is None:
        where = f"tỉnh {place}" if place else "cả nước"
        fail(
            f"KHONG_CO_QUY_DINH: không có quy định đang hiệu lực cho nhóm {group}, {where},"
            f" ngày {day:%d/%m/%Y}. Các nhóm đã có: {', '.join(groups)}"
        )
    return rule


def _chosen(rule: GroupRule, wanted: list[str] | None) -> tuple[ProcedureId, ...]:
    """The words asked with, or everything offered; what the rule cannot do ends the command."""
    offered = tuple(dict.fromkeys(step.word for step in rule.offered()))
    if wanted is None:
        return offered
    names = [name.strip() for part in wanted for name in part.split(",") if name.strip()]
    for step in rule.procedures:
        if step.id in names and not step.offered:
            fail(f"{step.id}: chưa tiếp nhận ({step.not_offered_because})")
    if unknown := [name for name in names if name not in offered]:
        fail(
            f"{rule.version} không có thủ tục {', '.join(unknown)}; chọn trong {', '.join(offered)}"
        )
    if missing := [step.id for step in rule.procedures if step.required and step.id not in names]:
        fail(f"nhóm này luôn phải có {', '.join(missing)}")
    return tuple(ProcedureId(name) for name in names)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        fail(f"--on {text!r} không phải là ngày; viết năm-tháng-ngày, ví dụ 2026-11-20")


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        fail(
            f"--received {text!r} không phải là ngày giờ; viết năm-tháng-ngàyTgiờ:phút,"
            " ví dụ 2026-11-20T15:20 (giờ Việt Nam) hoặc 2026-11-20T15:20:00+07:00"
        )
    return (instant if instant.tzinfo else instant.replace(tzinfo=VIETNAM)).astimezone(VIETNAM)
