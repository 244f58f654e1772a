"""A keyring is private on disk, silent in memory, and never loses an old key."""

import json
import os
import pickle
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from codec.errors import KeyringError
from codec.keys import Keyring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys.json"


def secrets_of(path: Path) -> list[str]:
    document = json.loads(path.read_text())
    return [*document["keys"].values(), document["event_secret"]]


def test_a_ring_comes_back_from_its_file_as_it_was_made(path: Path) -> None:
    made = Keyring.create(path, ["cases", "insurance"])

    assert Keyring.load(path) == made
    assert made.primary == {"cases": "cases-1", "insurance": "insurance-1"}


def test_a_new_key_file_is_private_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        Keyring.create(path, ["cases"])
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_stays_private_after_a_rotation(path: Path) -> None:
    Keyring.create(path, ["cases"])

    Keyring.change(path, lambda ring: ring.rotated("cases"))

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_a_key_file_is_never_written_over(path: Path) -> None:
    Keyring.create(path, ["cases"])
    before = path.read_bytes()

    with pytest.raises(KeyringError, match="đã có"):
        Keyring.create(path, ["cases"])

    assert path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == ["keys.json"]


def test_of_many_who_create_the_key_file_at_once_one_succeeds(path: Path) -> None:
    def attempt(_: int) -> bool:
        try:
            Keyring.create(path, ["cases"])
        except KeyringError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(attempt, range(16)))

    assert results.count(True) == 1


def test_rotations_at_the_same_time_all_count(path: Path) -> None:
    Keyring.create(path, ["cases"])

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: Keyring.change(path, lambda r: r.rotated("cases")), range(8)))

    assert Keyring.load(path).primary["cases"] == "cases-9"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o700, 0o644])
def test_a_key_file_open_to_others_is_refused_with_the_remedy(path: Path, mode: int) -> None:
    Keyring.create(path, ["cases"])
    path.chmod(mode)

    with pytest.raises(KeyringError, match=f"chmod 600 {path}"):
        Keyring.load(path)


def test_a_read_only_key_file_is_welcome(path: Path) -> None:
    made = Keyring.create(path, ["cases"])
    path.chmod(0o400)

    assert Keyring.load(path) == made


def test_a_missing_key_file_is_named_with_what_to_do(path: Path) -> None:
    with pytest.raises(KeyringError, match=r"keys\.json.*lienthong up"):
        Keyring.load(path)


def test_a_key_file_that_is_a_folder_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(KeyringError, match="Không đọc được"):
        Keyring.load(tmp_path)


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("c2VjcmV0", "JSON"),
        ('{"primary": {}, "keys": {"cases-1": "c2VjcmV0"}}', "keys.cases-1"),
        ('{"primary": {}, "keys": {"cases-1": "không phải base64"}}', "keys.cases-1"),
        ('{"primary": {"cases": "cases-1"}, "keys": {}}', "JSON"),
        ('{"primary": {}, "keys": {}, "event_secret": "c2VjcmV0"}', "event_secret"),
        ('{"primary": {}, "keys": {}, "extra": "c2VjcmV0"}', "extra"),
        ('{"format": "c2VjcmV0", "primary": {}, "keys": {}}', "format"),
    ],
)
def test_a_malformed_key_file_is_named_by_place_and_not_by_value(
    path: Path, content: str, place: str
) -> None:
    path.write_text(content)
    path.chmod(0o600)

    with pytest.raises(KeyringError) as caught:
        Keyring.load(path)

    assert place in str(caught.value)
    assert "c2VjcmV0" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_no_secret_shows_wherever_a_ring_is_printed(path: Path) -> None:
    ring = Keyring.create(path, ["cases", "insurance"])

    shown = f"{ring} {ring!r} {ring.model_dump()} {ring.model_dump_json()} {ring.keys}"

    assert not [secret for secret in secrets_of(path) if secret in shown]
    assert not [s for s in ring.keys.values() if repr(s.get_secret_value()) in shown]


def test_after_a_rotation_the_new_key_seals_and_the_old_ones_stay() -> None:
    ring = Keyring.fresh(["cases", "insurance"])

    rotated = ring.rotated("cases").rotated("cases")

    assert rotated.primary == {"cases": "cases-3", "insurance": "insurance-1"}
    assert rotated.key_ids("cases") == ("cases-1", "cases-2", "cases-3")
    assert rotated.keys["cases-1"] == ring.keys["cases-1"]


def test_the_tenth_key_comes_after_the_ninth() -> None:
    ring = Keyring.fresh(["cases"])

    for _ in range(10):
        ring = ring.rotated("cases")

    assert ring.key_ids("cases")[-2:] == ("cases-10", "cases-11")


def test_a_prepared_key_seals_only_once_it_is_promoted() -> None:
    prepared = Keyring.fresh(["cases"]).prepared("cases")

    assert prepared.sealing_key("cases") == "cases-1"
    assert prepared.promoted("cases").sealing_key("cases") == "cases-2"


def test_rotation_leaves_the_secret_for_events_alone() -> None:
    ring = Keyring.fresh(["cases"])

    assert ring.rotated("cases").event_hash(b"facts") == ring.event_hash(b"facts")


def test_two_rings_hash_the_same_event_differently() -> None:
    assert Keyring.fresh(["cases"]).event_hash(b"x") != Keyring.fresh(["cases"]).event_hash(b"x")


def test_an_agency_is_given_only_its_own_keys() -> None:
    ring = Keyring.fresh(["cases", "insurance", "residence"]).rotated("insurance")

    given = ring.for_audience("insurance")

    assert set(given.keys) == {"insurance-1", "insurance-2"}
    assert given.primary == {"insurance": "insurance-2"}
    assert given.event_secret is None


def test_an_agency_whose_name_begins_like_another_s_is_given_nothing_of_it() -> None:
    ring = Keyring.fresh(["social", "social_affairs"])

    assert set(ring.for_audience("social").keys) == {"social-1"}


def test_an_agency_s_ring_cannot_hash_events() -> None:
    with pytest.raises(KeyringError, match="sự kiện"):
        Keyring.fresh(["insurance"]).for_audience("insurance").event_hash(b"facts")


@pytest.mark.parametrize("step", ["rotated", "prepared", "promoted", "for_audience", "sealing_key"])
def test_an_audience_nobody_made_a_key_for_is_refused_by_name(step: str) -> None:
    with pytest.raises(KeyringError, match="treasury"):
        getattr(Keyring.fresh(["cases"]), step)("treasury")


def test_an_audience_is_added_once() -> None:
    ring = Keyring.fresh(["cases"]).with_audience("post")

    assert ring.primary["post"] == "post-1"
    with pytest.raises(KeyringError, match="post"):
        ring.with_audience("post")


def test_a_name_that_cannot_be_an_audience_is_refused() -> None:
    with pytest.raises(KeyringError, match="chữ thường"):
        Keyring.fresh(["cases"]).with_audience("Bảo hiểm")


def test_a_ring_in_memory_reloads_as_itself() -> None:
    ring = Keyring.fresh(["cases"])

    assert ring.reloaded() is ring


def test_an_unchanged_file_is_not_read_again(path: Path) -> None:
    ring = Keyring.create(path, ["cases"])

    assert ring.reloaded() is ring


def test_a_ring_survives_being_sent_to_another_process() -> None:
    ring = Keyring.fresh(["cases"])

    assert pickle.loads(pickle.dumps(ring)) == ring  # noqa: S301 - our own bytes
