"""`lienthong codec-server`: the process that lets the Temporal UI show sealed payloads."""

import signal
import socket
from typing import Annotated
from urllib.parse import urlsplit

import typer
import uvicorn
from fastapi import FastAPI

from codec.keys import Keyring
from codec.marks import CASES
from codec.sealing import SealingCodec
from workers.cli.console import EXIT_FINDING, fail, out
from workers.runtime.codec_server import LOCAL_HOSTS, codec_app
from workers.runtime.settings import Addresses, Settings


def codec_server(
    host: Annotated[str, typer.Option(help="Địa chỉ lắng nghe.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Cổng; mặc định theo địa chỉ đã đặt.")] = None,
    ui_origin: Annotated[
        list[str] | None,
        typer.Option(help="Nguồn (origin) của giao diện Temporal được phép gọi; lặp lại được."),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(help="Tên máy khác được dùng trong địa chỉ của máy chủ này; lặp lại được."),
    ] = None,
) -> None:
    """Chạy máy chủ giải mã cho giao diện Temporal, đến khi nhận Ctrl-C hoặc SIGTERM."""
    settings = Settings.read()
    addresses = settings.addresses()
    codec = SealingCodec(Keyring.load(settings.key_file), CASES)
    listener = _listener(host, _port_of(addresses.codec_server) if port is None else port)
    app = codec_app(
        codec,
        origins=ui_origin or _origins_of(addresses),
        hosts=[*LOCAL_HOSTS, host, *(allow_host or [])],
    )

    out.print(f"Máy chủ giải mã: http://{host}:{listener.getsockname()[1]}", soft_wrap=True)
    _serve(app, listener)


def _serve(app: FastAPI, listener: socket.socket) -> None:
    """Serve until told to stop; then uvicorn raises the signal again, which must not kill us."""
    for told in (signal.SIGTERM, signal.SIGINT):
        signal.signal(told, lambda *_: None)
    # Or the end of an answer waits until its beginning is acknowledged.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    config = uvicorn.Config(app, access_log=False, log_level="warning", timeout_graceful_shutdown=5)
    uvicorn.Server(config).run(sockets=[listener])


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port))
    except OSError as error:
        fail(
            f"Không mở được cổng {port} trên {host} ({error.strerror})."
            " Hãy chọn cổng khác bằng --port hoặc dừng chương trình đang dùng cổng đó.",
            code=EXIT_FINDING,
        )


def _port_of(url: str) -> int:
    return urlsplit(url).port or 8234


def _origins_of(addresses: Addresses) -> list[str]:
    """The UI's own origin, and the same port under the machine's other local name."""
    if addresses.temporal_ui is None:
        return []
    ui = urlsplit(addresses.temporal_ui)
    return [
        f"{ui.scheme}://{ui.netloc}",
        *(f"{ui.scheme}://{name}:{ui.port}" for name in LOCAL_HOSTS),
    ]
