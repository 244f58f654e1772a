"""The Node example and our codec read each other; its cryptography needs no package installed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from temporalio.api.common.v1 import Payload

from codec.keys import Keyring
from codec.sealing import seal, unseal

NODE = shutil.which("node") or ""
EXAMPLE = Path(__file__).parent.parent.parent / "examples" / "node"
PAYLOAD = Payload(
    metadata={"encoding": b"json/plain"}, data='{"full_name":"Nguyễn Gia An"}'.encode()
)
PREAMBLE = (
    "import { readKeyring, sealingKey, seal, open } from './sealing.mjs';"
    "const [file, hex] = process.argv.slice(1);"
    "const ring = readKeyring(file);"
    "const key = ring.keys.get(sealingKey(ring, 'cases'));"
)

pytestmark = pytest.mark.skipif(not NODE, reason="node is not on PATH: nothing to check it with")


def node(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own example
        [NODE, *arguments], cwd=EXAMPLE, capture_output=True, text=True, timeout=60, check=False
    )


def in_node(script: str, *arguments: str) -> str:
    done = node("--input-type=module", "--eval", PREAMBLE + script, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    Keyring.create(path, ["cases", "insurance"])
    Keyring.change(path, lambda ring: ring.rotated("cases"))
    return path


def cipher_of(keys: Path) -> AESGCM:
    ring = Keyring.load(keys)
    return AESGCM(ring.keys[ring.sealing_key("cases")].get_secret_value())


def test_node_agrees_with_every_vector() -> None:
    done = node("--test", "check-vectors.mjs")

    assert done.returncode == 0, done.stdout


def test_what_node_seals_opens_here(keys: Path) -> None:
    plain = PAYLOAD.SerializeToString().hex()

    sealed = in_node(
        "process.stdout.write(seal(Buffer.from(hex, 'hex'), key).toString('hex'))", str(keys), plain
    )

    assert unseal(bytes.fromhex(sealed), cipher_of(keys)) == PAYLOAD


def test_what_we_seal_opens_in_node(keys: Path) -> None:
    sealed = seal(PAYLOAD, "cases-2", cipher_of(keys), bytes(12)).data.hex()

    plain = in_node(
        "process.stdout.write(open(Buffer.from(hex, 'hex'), key).toString('hex'))",
        str(keys),
        sealed,
    )

    assert Payload.FromString(bytes.fromhex(plain)) == PAYLOAD


def test_node_too_refuses_a_key_file_open_to_others(keys: Path) -> None:
    keys.chmod(0o644)

    done = node("--input-type=module", "--eval", PREAMBLE, str(keys))

    assert done.returncode != 0
    assert "chmod 600" in done.stderr
