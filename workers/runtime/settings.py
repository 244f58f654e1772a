"""Settings: the only place that reads the environment. With nothing set, `make demo` works."""

import json
import os
from pathlib import Path
from typing import Self

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.kernel.base import Message
from models.kernel.errors import SettingsError

LAW_FOLDER = Path(__file__).resolve().parents[2] / "law"


class Addresses(Message):
    """Where everything `up` started listens; written to the state folder, read by every command."""

    database_url: str | None = None
    temporal: str = "127.0.0.1:7233"
    temporal_ui: str | None = "http://127.0.0.1:8233"
    codec_server: str = "http://127.0.0.1:8234"
    switchboard: str = "http://127.0.0.1:8300"
    agencies: dict[str, str] = Field(default_factory=dict)


class Settings(BaseSettings):
    """What an operator may choose, by environment variables of the same names in upper case."""

    model_config = SettingsConfigDict(
        env_prefix="LIENTHONG_", frozen=True, extra="ignore", hide_input_in_errors=True
    )

    state: Path = Path(".lienthong")
    """Folder for everything a local run keeps: data, keys, logs, addresses."""
    keys: Path | None = None
    """Key file; by default `keys.json` in the state folder."""
    law: Path = LAW_FOLDER
    """Folder of the dated rules."""
    database_url: str | None = Field(default=None, validation_alias="DATABASE_URL")
    """PostgreSQL to use instead of the embedded one."""
    agencies: dict[str, str] = Field(default_factory=dict)
    """Base URLs by agency id, as JSON; unnamed agencies are looked up in the address file."""
    switchboard: str | None = None
    """Base URL of the reference agencies' switchboard."""
    codec_server: str | None = None
    allow_plain_starts: bool = False
    """Admit unencrypted starts; they are flagged. For demonstrations."""
    allow_backdating: bool = False
    """Honour a `received_at` in the past; such cases are marked backdated. For demonstrations."""

    @property
    def key_file(self) -> Path:
        """The key file in force."""
        return self.keys or self.state / "keys.json"

    @property
    def address_file(self) -> Path:
        """Where `up` writes down what listens where."""
        return self.state / "run" / "addresses.json"

    @classmethod
    def read(cls) -> Self:
        """Read the environment once.

        Raises:
            SettingsError: a variable is malformed; the message names it.
        """
        try:
            return cls()
        except ValidationError as error:
            wrong = ", ".join(
                f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}"
                for problem in error.errors()
            )
            raise SettingsError(f"wrong setting: {wrong}") from error

    def addresses(self) -> Addresses:
        """What listens where: the environment first, then the address file, then the defaults."""
        known = Addresses()
        if self.address_file.exists():
            known = Addresses.model_validate(json.loads(self.address_file.read_text("utf-8")))
        chosen = {
            "database_url": self.database_url,
            "switchboard": self.switchboard,
            "codec_server": self.codec_server,
        }
        return known.model_copy(
            update={name: value for name, value in chosen.items() if value is not None}
            | {"agencies": known.agencies | self.agencies}
        )


def names_a_temporal_server() -> bool:
    """Whether Temporal's own environment configuration points at a server of the operator's."""
    return any(name in os.environ for name in ("TEMPORAL_ADDRESS", "TEMPORAL_PROFILE"))
