"""The codec server speaks Temporal's protocol to the UI, and to no other page."""

import base64
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from google.protobuf.json_format import MessageToDict
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payload, Payloads

from codec.keys import Keyring
from codec.sealing import SealingCodec
from workers.runtime.codec_server import codec_app

UI = "http://127.0.0.1:8233"
CODEC = SealingCodec(Keyring.fresh(["cases", "insurance"]), "cases")
PLAIN = Payload(metadata={"encoding": b"json/plain"}, data='{"full_name":"Nguyễn Gia An"}'.encode())


@pytest.fixture
async def server() -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(codec_app(CODEC, origins=[UI]))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8234") as client:
        yield client


def body_of(*payloads: Payload) -> dict[str, Any]:  # Any: JSON
    return MessageToDict(Payloads(payloads=payloads))


@pytest.mark.parametrize("prefix", ["", "/default", "/a/b"])
async def test_a_sealed_payload_comes_back_as_it_was_before(
    server: httpx.AsyncClient, prefix: str
) -> None:
    sealed = await CODEC.encode([PLAIN])

    answer = await server.post(f"{prefix}/decode", json=body_of(*sealed))

    assert answer.status_code == 200
    assert answer.json() == body_of(PLAIN)


@pytest.mark.parametrize("prefix", ["", "/default"])
async def test_what_the_server_seals_our_codec_opens(
    server: httpx.AsyncClient, prefix: str
) -> None:
    answer = await server.post(f"{prefix}/encode", json=body_of(PLAIN))

    (sealed,) = answer.json()["payloads"]
    assert base64.b64decode(sealed["metadata"]["encoding"]) == b"binary/encrypted"
    assert (await server.post("/decode", json=answer.json())).json() == body_of(PLAIN)


async def test_what_cannot_be_opened_comes_back_as_it_was_sent(server: httpx.AsyncClient) -> None:
    (foreign,) = await SealingCodec(Keyring.fresh(["cases"]), "cases").encode([PLAIN])

    answer = await server.post("/decode", json=body_of(foreign, PLAIN))

    assert answer.json() == body_of(foreign, PLAIN)


async def test_a_field_of_a_newer_server_does_no_harm(server: httpx.AsyncClient) -> None:
    answer = await server.post("/decode", json=body_of(PLAIN) | {"invented": 1})

    assert answer.json() == body_of(PLAIN)


@pytest.mark.parametrize("path", ["/encode", "/decode", "/default/decode"])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'"text"',
        b'{"payloads": 1}',
        b'{"payloads": [1]}',
        b'{"payloads": [{"data": 1}]}',
        b'{"payloads": [{"metadata": {"encoding": 1}}]}',
        b"\xff",
        b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:24]),
)
async def test_a_bad_body_is_refused_with_what_is_wanted(
    server: httpx.AsyncClient, path: str, body: bytes
) -> None:
    answer = await server.post(path, content=body)

    assert answer.status_code == 400
    assert "payloads" in answer.json()["detail"]


async def test_the_ui_s_page_may_call(server: httpx.AsyncClient) -> None:
    answer = await server.options(
        "/decode",
        headers={
            "Origin": UI,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type,x-namespace,authorization",
        },
    )

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == UI


async def test_a_foreign_page_may_not_call(server: httpx.AsyncClient) -> None:
    answer = await server.options(
        "/decode",
        headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"},
    )

    assert answer.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_a_foreign_name_for_this_machine_is_refused(server: httpx.AsyncClient) -> None:
    answer = await server.post("/decode", json=body_of(PLAIN), headers={"Host": "evil.example"})

    assert answer.status_code == 400


async def test_it_says_when_it_is_ready(server: httpx.AsyncClient) -> None:
    answer = await server.get("/health")

    assert answer.json() == {"status": "ok"}


async def test_the_log_counts_and_shows_nothing_else(server: httpx.AsyncClient) -> None:
    sealed = await CODEC.encode([PLAIN])

    with capture_logs() as logs:
        await server.post("/Nguyễn/decode", json=body_of(*sealed, PLAIN))

    (line,) = logs
    assert line["event"] == "codec.served"
    assert (line["direction"], line["payloads"]) == ("decode", 2)
    assert (line["sealed_before"], line["sealed_after"]) == (1, 0)
    assert "Nguy" not in json.dumps(logs, ensure_ascii=False)


def command(tmp_path: Path, *options: str) -> subprocess.Popen[str]:
    code = "import typer; from workers.cli.codec_server import codec_server as c; typer.run(c)"
    keys = tmp_path / "keys.json"
    if not keys.exists():
        Keyring.create(keys, ["cases"])
    environment = os.environ | {"LIENTHONG_KEYS": str(keys)}  # noqa: TID251 - the child's own
    return subprocess.Popen(  # noqa: S603 - our own interpreter and code
        [sys.executable, "-c", code, *options],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_until_it_is_told_to_stop(tmp_path: Path, told: signal.Signals) -> None:
    with command(tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        url = process.stdout.readline().split()[-1]
        ready = httpx.get(f"{url}/health", timeout=10)

        process.send_signal(told)

        assert ready.json() == {"status": "ok"}
        assert process.wait(10) == 0


def test_a_port_in_use_is_named_with_what_to_do(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])

        with command(tmp_path, "--port", port) as process:
            _, complaint = process.communicate(timeout=20)

    assert process.returncode == 1
    assert port in complaint
    assert "--port" in complaint
