"""Which port each server listens on, and who is in the way."""

import contextlib
import itertools
import os
import socket
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Self

import psutil

from workers.local.errors import PortTakenError

HOST = "127.0.0.1"
OURS = range(10_000, 32_000)
"""Where free ports are looked for. Linux lends connections those from 32768 on, others higher."""
_STRIDE = 13_597
"""Between the first ports of processes whose numbers follow each other: the golden section of the
range, which keeps also those apart whose numbers are merely near."""
AGENCY_PORTS = {
    "population": 8301,
    "civil_status": 8302,
    "residence": 8303,
    "insurance": 8304,
    "social_affairs": 8305,
    "treasury": 8306,
    "post": 8307,
    "notice": 8308,
}
"""The reference agencies and their usual ports."""


@dataclass(frozen=True, kw_only=True)
class Ports:
    """One port for each thing that listens. PostgreSQL's is found free at every start."""

    temporal: int = 7233
    temporal_ui: int = 8233
    codec_server: int = 8234
    switchboard: int = 8300
    agencies: Mapping[str, int]

    @classmethod
    def usual(cls) -> Self:
        """The ports the documentation names."""
        return cls(agencies=AGENCY_PORTS)

    @classmethod
    def free(cls) -> Self:
        """Ports nobody holds now, all different."""
        names = [field.name for field in fields(cls) if field.name != "agencies"]
        found = free_ports(len(names) + len(AGENCY_PORTS))
        own, rest = found[: len(names)], found[len(names) :]
        return cls(
            **dict(zip(names, own, strict=True)),
            agencies=dict(zip(AGENCY_PORTS, rest, strict=True)),
        )


def free_ports(count: int) -> list[int]:
    """Ports nobody listens on at this moment, all different, and none that was answered before.

    They lie below those the system lends to connections: one of these could be lent between this
    answer and the moment somebody listens.

    Raises:
        PortTakenError: so many are not to be had.
    """
    one_round = itertools.islice(_candidates, len(OURS))
    found = list(itertools.islice(filter(_is_free, one_round), count))
    if len(found) < count:
        raise PortTakenError(f"Không còn đủ cổng trống từ {OURS[0]} đến {OURS[-1]}.")
    return found


def _own_round() -> Iterator[int]:
    """Every port of ours in turn; each process begins elsewhere, so that two seldom meet."""
    first = os.getpid() * _STRIDE
    return (OURS[(first + turn) % len(OURS)] for turn in itertools.count())


_candidates = _own_round()


def refuse_taken(wanted: Iterable[tuple[str, int]]) -> None:
    """Check that nobody holds these ports, by name and number.

    Raises:
        PortTakenError: every port in the way, its holder where we may know it, and what to do.
    """
    taken = [(name, port) for name, port in wanted if not _is_free(port)]
    if not taken:
        return
    who = "; ".join(f"cổng {port} ({name}) đang do {_holder(port)} giữ" for name, port in taken)
    raise PortTakenError(
        f"{who[0].upper()}{who[1:]}. Dừng chương trình đó, hoặc chạy lại với `--ports auto` "
        "để tự chọn cổng trống."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the servers do
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def _holder(port: int) -> str:
    with contextlib.suppress(psutil.Error):  # without the right to look, the port must do
        for connection in psutil.net_connections("inet"):
            listens = connection.status == psutil.CONN_LISTEN
            if listens and connection.pid and connection.laddr[1:2] == (port,):
                return f"tiến trình {connection.pid} ({psutil.Process(connection.pid).name()})"
    return "một chương trình khác"
