"""The codec seals what it is given, opens what it may, and hands on what it cannot open."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs
from temporalio.api.common.v1 import Payload

from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import audience_of, open_answer, sealed_with, without_marks
from codec.sealing import SealingCodec, seal

RING = Keyring.fresh(["cases", "insurance", "residence"])
CASES = SealingCodec(RING, "cases")
INSURANCE = SealingCodec(RING.for_audience("insurance"), "insurance")

payloads = st.builds(
    Payload,
    metadata=st.dictionaries(st.sampled_from(["encoding", "messageType", "x"]), st.binary()),
    data=st.binary(max_size=2048),
)


def json_payload(value: object) -> Payload:
    return Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(value).encode())


async def sealed(codec: SealingCodec, payload: Payload) -> Payload:
    return (await codec.encode([payload]))[0]


async def opened(codec: SealingCodec, payload: Payload) -> Payload:
    return (await codec.decode([payload]))[0]


def sealed_as_it_stands(payload: Payload) -> Payload:
    """What a program of another's own, holding the insurance key, could send."""
    cipher = AESGCM(RING.keys["insurance-1"].get_secret_value())
    return seal(payload, "insurance-1", cipher, bytes(12))


@given(payload=payloads)
async def test_whatever_is_sealed_opens_as_it_was(payload: Payload) -> None:
    arrived = await opened(CASES, await sealed(CASES, payload))

    assert without_marks(arrived) == payload


@given(data=st.binary(max_size=256))
async def test_any_bytes_under_a_known_key_id_are_handed_on_unopened(data: bytes) -> None:
    garbage = Payload(
        metadata={"encoding": b"binary/encrypted", "encryption-key-id": b"cases-1"}, data=data
    )

    assert await opened(CASES, garbage) == garbage


async def test_a_sealed_payload_shows_only_its_encoding_and_key_id() -> None:
    payload = json_payload({"full_name": "Nguyễn Gia An"})

    result = await sealed(CASES, payload)

    assert dict(result.metadata) == {
        "encoding": b"binary/encrypted",
        "encryption-key-id": b"cases-1",
    }
    assert b"Gia An" not in result.SerializeToString()


async def test_the_same_payload_is_never_sealed_the_same_way_twice() -> None:
    payload = json_payload("same")

    assert await sealed(CASES, payload) != await sealed(CASES, payload)


async def test_sealing_twice_changes_nothing_after_the_first_time() -> None:
    once = await sealed(CASES, json_payload("start"))

    assert await sealed(CASES, once) == once


async def test_an_opened_payload_names_the_key_it_came_under() -> None:
    arrived = await opened(CASES, await sealed(INSURANCE, json_payload("decision")))

    assert sealed_with(arrived) == "insurance-1"
    assert audience_of("insurance-1") == "insurance"


async def test_a_plain_payload_names_no_key() -> None:
    arrived = await opened(CASES, json_payload("plain"))

    assert sealed_with(arrived) is None


@pytest.mark.parametrize("wrap", [False, True], ids=["sent plain", "inside a seal"])
async def test_nobody_can_forge_the_mark_of_another_key(*, wrap: bool) -> None:
    forged = json_payload("decision")
    forged.metadata["sealed-with"] = b"cases-1"
    arriving = sealed_as_it_stands(forged) if wrap else forged

    arrived = await opened(CASES, arriving)

    assert sealed_with(arrived) == ("insurance-1" if wrap else None)


async def test_a_forged_mark_on_ciphertext_nobody_can_open_is_removed() -> None:
    arriving = await sealed(INSURANCE, json_payload("decision"))
    arriving.data = arriving.data[:-1]
    arriving.metadata["sealed-with"] = b"cases-1"

    assert sealed_with(await opened(CASES, arriving)) is None


async def test_an_audience_opens_nothing_but_its_own() -> None:
    for_cases = await sealed(CASES, json_payload("declaration"))
    for_residence = await sealed(SealingCodec(RING, "residence"), json_payload("decision"))

    assert await INSURANCE.decode([for_cases, for_residence]) == [for_cases, for_residence]


async def test_what_an_old_key_sealed_stays_readable_after_rotation() -> None:
    before = await sealed(CASES, json_payload("old"))
    rotated = SealingCodec(RING.rotated("cases"), "cases")

    after = await sealed(rotated, json_payload("new"))

    assert sealed_with(await opened(rotated, before)) == "cases-1"
    assert sealed_with(await opened(rotated, after)) == "cases-2"


async def test_a_running_process_finds_a_key_that_was_added_to_its_file(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    running = SealingCodec(Keyring.create(path, ["cases"]), "cases")
    newer = SealingCodec(Keyring.change(path, lambda ring: ring.rotated("cases")), "cases")

    arrived = await opened(running, await sealed(newer, json_payload("start")))

    assert sealed_with(arrived) == "cases-2"
    assert (await sealed(running, json_payload("x"))).metadata["encryption-key-id"] == b"cases-2"


@pytest.mark.parametrize("damage", [Path.unlink, lambda path: path.write_text("{")])
async def test_a_key_file_that_breaks_while_running_stops_nothing(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    path = tmp_path / "keys.json"
    running = SealingCodec(Keyring.create(path, ["cases"]), "cases")
    before = await sealed(running, json_payload("mine"))
    foreign = await sealed(INSURANCE, json_payload("theirs"))
    damage(path)

    assert await opened(running, foreign) == foreign
    assert sealed_with(await opened(running, before)) == "cases-1"


async def test_an_open_answer_travels_readable() -> None:
    answer = open_answer({"accepted": True}).payload

    assert await sealed(CASES, answer) == answer


async def test_only_json_may_travel_readable() -> None:
    payload = Payload(metadata={"encoding": b"binary/plain", "lienthong-open": b"1"}, data=b"x")

    assert (await sealed(CASES, payload)).metadata["encoding"] == b"binary/encrypted"


@pytest.mark.parametrize("wrap", [False, True], ids=["sent plain", "inside a seal"])
async def test_what_arrives_cannot_ask_to_travel_on_readable(*, wrap: bool) -> None:
    marked = open_answer({"full_name": "Nguyễn Gia An"}).payload
    arriving = sealed_as_it_stands(marked) if wrap else marked

    onward = await sealed(CASES, await opened(CASES, arriving))

    assert onward.metadata["encoding"] == b"binary/encrypted"


def test_a_codec_for_an_audience_without_a_key_is_refused_at_once() -> None:
    with pytest.raises(KeyringError, match="treasury"):
        SealingCodec(RING, "treasury")


async def test_the_log_of_an_unopened_payload_repeats_nothing_a_stranger_wrote() -> None:
    stranger = Payload(
        metadata={"encoding": b"binary/encrypted", "encryption-key-id": "Nguyễn Gia An".encode()},
        data=b"001190012345",
    )

    with capture_logs() as logs:
        await CASES.decode([stranger])

    assert logs == [{"event": "payload.unopened", "key_id": "unknown", "log_level": "warning"}]
