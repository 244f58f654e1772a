"""`lienthong decide`: an officer's decision about one procedure of a case."""

from enum import StrEnum
from typing import Annotated

import typer

from models.kernel.findings import Finding
from workers.cli.console import EXIT_FINDING, EXIT_USAGE, fail, out, print_json
from workers.cli.deciding import Decided, Decision, decide_case, reason_in_words, unknown_reason
from workers.cli.pairs import read_pairs
from workers.cli.talk import AsJson, Case, refuse, talk
from workers.client.agency_desks import DeskRefusesError
from workers.runtime.settings import Settings


class Verdict(StrEnum):
    """What an officer can decide."""

    GRANTED = "granted"
    REFUSED = "refused"
    SUPPLEMENT = "supplement"
    VERIFY = "verify"


def decide(
    case: Case,
    procedure: Annotated[str, typer.Argument(help="Thủ tục, ví dụ register_residence.")],
    verdict: Annotated[
        Verdict,
        typer.Argument(
            help="granted: cấp · refused: từ chối · supplement: yêu cầu bổ sung · "
            "verify: cần xác minh."
        ),
    ],
    *,
    by: Annotated[str, typer.Option("--by", help="Mã cán bộ quyết định (không ghi tên).")],
    reason: Annotated[str | None, typer.Option(help="Mã lý do, bắt buộc khi từ chối.")] = None,
    item: Annotated[
        list[str] | None,
        typer.Option(help="Thành phần cần bổ sung: MÃ=mô tả; nêu hết một lần, lặp lại được."),
    ] = None,
    issued: Annotated[
        list[str] | None,
        typer.Option(help="Kết quả cấp: tên=giá trị; chỉ khi cơ quan không tự lập kết quả."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Quyết định một thủ tục của hồ sơ, thay lời cán bộ của cơ quan đang giữ nó.

    Cơ quan tham chiếu giữ thủ tục: quyết định được ghi tại bàn của cơ quan,
    để sổ của cơ quan khớp với hồ sơ; cơ quan lập kết quả rồi gọi báo hồ sơ.

    Cơ quan khác: lệnh báo thẳng cho hồ sơ, kết quả nêu bằng --issued.

    Lặp lại trong cùng một phút là một quyết định.
    """
    items, wrong_items = read_pairs(item or (), "items")
    facts, wrong_facts = read_pairs(issued or (), "issued")
    decision = Decision(
        procedure=procedure, outcome=verdict, reason=reason, items=items, issued=facts, by=by
    )
    settings = Settings.read()
    wrong = [*wrong_items, *wrong_facts, *_missing(decision), *unknown_reason(settings, reason)]
    if wrong:
        refuse(wrong, source=case, as_json=as_json)
    try:
        decided = talk(decide_case(settings, case, decision), source=case, as_json=as_json)
    except DeskRefusesError as error:
        if error.findings:
            refuse(error.findings, source=case, as_json=as_json, code=EXIT_USAGE)
        fail(reason_in_words(settings, error.reason) or str(error), code=EXIT_FINDING)
    _show(decided, as_json=as_json)


def _missing(decision: Decision) -> list[Finding]:
    wanted = []
    if decision.outcome == Verdict.REFUSED and not decision.reason:
        wanted.append(("reason_code", "Từ chối phải có --reason, ví dụ --reason LECH_DINH_DANH."))
    if decision.outcome == Verdict.SUPPLEMENT and not decision.items:
        wanted.append(("items", "Yêu cầu bổ sung phải nêu đủ bằng --item MÃ=mô tả."))
    return [Finding(field=field, rule="missing", message=text) for field, text in wanted]


def _show(decided: Decided, *, as_json: bool) -> None:
    if as_json:
        print_json(decided)
        return
    where = "tại bàn của cơ quan" if decided.through == "agency" else "thẳng cho hồ sơ"
    out.print(
        f"{decided.case_code}: đã quyết định {where} (quyết định {decided.decision_id}).",
        soft_wrap=True,
    )
    if decided.known_to_case:
        out.print(f"Hồ sơ đã ghi nhận: {decided.dossier_state.label}.")
    else:
        out.print("Hồ sơ chưa được báo; cơ quan sẽ gọi lại, hoặc hồ sơ sẽ tự hỏi cơ quan.")
