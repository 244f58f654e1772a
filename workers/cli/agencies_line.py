"""What reference agencies need to call cases: where Temporal is, and each its own keys alone."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import structlog

from codec.errors import KeyringError
from workers.runtime.settings import Settings, names_a_temporal_server

if TYPE_CHECKING:
    from codec.keys import Keyring

log = structlog.get_logger()


class Line(NamedTuple):
    """Asked when the first call is due, so that agencies start without Temporal's SDK."""

    connection: Callable[[], Mapping[str, Any]]  # Any: what Temporal's SDK connects with
    ring_of: "Callable[[str], Keyring | None]"


def line_for(settings: Settings, keys: Path | None) -> Line | None:
    """How agencies reach cases; None where no key or no Temporal server is configured.

    `keys` is a folder with `<agency>.json` as `lienthong keys export` writes it. Without one each
    agency is handed its part of the main key file, as on a machine that runs everything.
    """
    has_keys = keys is not None or settings.key_file.exists()
    if not has_keys or not (names_a_temporal_server() or settings.address_file.exists()):
        return None
    return Line(lambda: _connection(settings), lambda agency: _ring(settings, keys, agency))


def _connection(settings: Settings) -> Mapping[str, Any]:
    from workers.runtime.temporal_setup import connect_config  # noqa: PLC0415 - loads Temporal's SDK

    return {**connect_config(settings)}


def _ring(settings: Settings, keys: Path | None, agency: str) -> "Keyring | None":
    from codec.keys import Keyring  # noqa: PLC0415 - loads Temporal's SDK

    path = settings.key_file if keys is None else keys / f"{agency}.json"
    try:
        return Keyring.load(path).for_audience(agency)
    except KeyringError as error:
        log.warning("agency.key_missing", agency=agency, reason=str(error))
        return None
