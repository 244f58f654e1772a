"""The published test vectors are what our codec does, byte for byte."""

import json
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.json_format import ParseDict
from temporalio.api.common.v1 import Payload

from codec.keys import Keyring
from codec.marks import sealed_with, without_marks
from codec.sealing import SealingCodec, seal

FILE = Path(__file__).parents[2] / "vectors" / "payloads.json"
VECTORS = json.loads(FILE.read_text("utf-8"))
KEYS = {key_id: bytes.fromhex(key) for key_id, key in VECTORS["keys"].items()}
CODEC = SealingCodec(
    Keyring.model_validate({"primary": {"cases": "cases-1"}, "keys": KEYS}), "cases"
)

Vector = dict[str, Any]  # Any: JSON


def name_of(vector: Vector) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("vector", VECTORS["opens"], ids=name_of)
async def test_a_vector_opens_to_its_original(vector: Vector) -> None:
    arrived = (await CODEC.decode([ParseDict(vector["sealed"], Payload())]))[0]

    assert without_marks(arrived) == ParseDict(vector["payload"], Payload())
    assert sealed_with(arrived) == vector["key_id"]


@pytest.mark.parametrize("vector", VECTORS["opens"], ids=name_of)
def test_sealing_with_the_vector_s_nonce_gives_its_bytes(vector: Vector) -> None:
    original = Payload.FromString(bytes.fromhex(vector["serialized"]))
    cipher = AESGCM(KEYS[vector["key_id"]])

    result = seal(original, vector["key_id"], cipher, bytes.fromhex(vector["nonce"]))

    assert result == ParseDict(vector["sealed"], Payload())
    assert result.data.hex() == vector["sealed_data"]


@pytest.mark.parametrize("vector", VECTORS["stays_as_it_is"], ids=name_of)
async def test_a_vector_that_cannot_be_opened_stays_as_it_is(vector: Vector) -> None:
    payload = ParseDict(vector["sealed"], Payload())

    assert await CODEC.decode([payload]) == [payload]
