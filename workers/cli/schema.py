"""`lienthong schema` and `lienthong id`: what a declaration looks like, and what it is called."""

from typing import Annotated

import typer
from pydantic import JsonValue

from models.declarations.case_ids import case_id_for
from models.declarations.rules.kinds import DECLARATIONS, read_any
from models.kernel.base import GroupId
from models.kernel.findings import Finding, errors_of
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, fail, out, print_json
from workers.cli.findings import show_findings
from workers.client.declaration_files import FoundDeclaration, read_declarations


def schema(
    name: Annotated[str, typer.Argument(help=f"Tên mẫu: {', '.join(DECLARATIONS)}.")],
) -> None:
    """In JSON Schema của một mẫu, ví dụ: lienthong schema death."""
    kind = DECLARATIONS.get(GroupId(name))
    if kind is None:
        fail(f"Không có mẫu mang tên này; hiện có: {', '.join(DECLARATIONS)}")
    print_json(kind.model.model_json_schema())


def id_(
    file: Annotated[str, typer.Argument(help="Tệp tờ khai (JSON, JSON lines), hoặc - .")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="In JSON cho máy.")] = False,
) -> None:
    """In mã định danh của hồ sơ mà mỗi tờ khai trong tệp sẽ mở."""
    named = [_name(found) for found in read_declarations(file)]
    wrong = {source: findings for source, _, findings in named if findings}
    if wrong:
        show_findings(wrong, as_json=as_json)
        raise typer.Exit(EXIT_USAGE)
    if as_json:
        print_json([_row(source, case_id) for source, case_id, _ in named])
    else:
        _print_ids([(source, case_id) for source, case_id, _ in named])
    if any(case_id is None for _, case_id, _ in named):
        raise typer.Exit(EXIT_FINDING)


def _name(found: FoundDeclaration) -> tuple[str, str | None, tuple[Finding, ...]]:
    """The case id needs no clock and no catalogue, so only the structure is checked."""
    if unreadable := errors_of(found.findings):
        return found.source, None, unreadable
    if found.case_id is not None:
        return found.source, found.case_id, ()
    parsed = read_any(found.raw)
    case_id = case_id_for(parsed.declaration) if parsed.declaration else None
    return found.source, case_id, parsed.findings


def _row(source: str, case_id: str | None) -> dict[str, JsonValue]:
    return {"source": source, "case_id": case_id}


def _print_ids(ids: list[tuple[str, str | None]]) -> None:
    for source, case_id in ids:
        without = f"{source}: không có số giấy; dùng mã bất kỳ, duy nhất, dạng <nhóm>/x-…"
        out.print(case_id or without, markup=False, soft_wrap=True)
