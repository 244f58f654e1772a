"""Things to try after a demonstration about deaths: commands that work as they stand."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from simulation.demo.death_kinds import DeathKind
from simulation.demo.samples import Revocation, TryOut
from simulation.demo.summary import Summary

Hint = Sequence[str]
"""A title, and the lines below it."""


def death_hints(summary: Summary, found: TryOut, command: str, folder: str) -> Iterator[Hint]:
    """One hint for each thing a family, a cashier and a registrar can still do."""
    if found.to_ask:
        yield _ask(found.to_ask, command)
    codes = {each.kind: each.case_code for each in reversed(summary.left_open)}
    if disputed := codes.get(DeathKind.DISPUTED):
        yield _agree(disputed, found, command)
    if returned := codes.get(DeathKind.RETURNED):
        yield _pay(returned, command)
    if found.to_revoke:
        yield _revoke(found.to_revoke, command)
    if found.to_list:
        yield _list(found.to_list, command, folder)


def _ask(files: Sequence[Path], command: str) -> Hint:
    first, *_ = shown = [_short(file) for file in files]
    return (
        "Tra cứu trước khi nộp: quỹ nào chi trả, bao nhiêu, vì sao có thể bị từ chối; rồi nộp:",
        *(f"{command} precheck {file}" for file in shown),
        f"{command} submit {first} --wait",
    )


def _agree(code: str, found: TryOut, command: str) -> Hint:
    form = f"{command} supplement {code} survivor_lump_sum --item VAN_BAN_CU_DAI_DIEN=tep-2"
    return (
        "Thân nhân chưa thống nhất: từng người xác nhận, hoặc nộp văn bản cử người đại diện:",
        *(f"{command} confirm {code} {relative} {named}" for relative, named in found.to_confirm),
        f"{form}   (một trong hai cách)",
    )


def _pay(code: str, command: str) -> Hint:
    return (
        "Khoản chi bị ngân hàng trả về: xem hồ sơ, rồi chi lại bằng tiền mặt:",
        f"{command} case {code}",
        f'{command} redirect-payment {code} funeral_money --place "UBND xã" --by CB-01',
    )


def _revoke(found: Revocation, command: str) -> Hint:
    number = found.number
    reason = '--reason "Phiếu thu 01"'
    return (
        "Khai tử nhầm người còn sống: thu hồi, người thứ hai phê duyệt, rồi thu hồi tiền đã chi:",
        f"{command} correct {_short(found.file)}",
        f"{command} approve {number} --by HT-02",
        *(
            f"{command} settle-task {number} {task} --outcome claimed_back --by HT-01 {reason}"
            for task in found.claims
        ),
    )


def _list(commune: str, command: str, folder: str) -> Hint:
    return (
        "Xem trước danh sách báo giảm khai tử gửi BHXH, rồi lập của một xã, in ra PDF và Excel:",
        f"{command} lists strike-offs --dry-run",
        f"{command} lists strike-offs --place {commune} --pdf {folder} --excel {folder}",
    )


def _short(file: Path) -> str:
    """As it can be called from the folder the user is in."""
    here = Path.cwd()
    return str(file.relative_to(here) if file.is_relative_to(here) else file)
