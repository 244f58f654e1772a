"""The keyring: who may open what, and which key seals from now on."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, PrivateAttr, ValidationError, model_validator

from codec.errors import KeyringError
from codec.keyfile import Stamp, locked, read_private, replace, stamp_of, write_new
from codec.keymaterial import Audience, KeyId, Secret, base64_of, new_secret, number_of
from codec.marks import CASES, audience_of

__all__ = ["CASES", "Keyring"]


class Keyring(BaseModel):
    """Keys by id and the primary one of each audience; no secret shows in repr, str or dumps."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    format: Literal["lienthong-keys/1"] = "lienthong-keys/1"
    primary: dict[Audience, KeyId]
    """The key that seals, by audience; every other key only opens."""
    keys: dict[KeyId, Secret]
    """Every key, old ones too; an id begins with its audience: `cases-1`, `insurance-2`."""
    event_secret: Secret | None = None
    """Keys the hash of life events that have no notice. Never rotated; agencies do not hold it."""

    _path: Path | None = PrivateAttr(default=None)
    _stamp: Stamp | None = PrivateAttr(default=None)

    @model_validator(mode="after")
    def _primary_keys_exist(self) -> Self:
        for audience, key_id in self.primary.items():
            if key_id not in self.keys or audience_of(key_id) != audience:
                raise ValueError(f"primary key of {audience} is not among its keys")
        return self

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a key file that only its owner may read.

        Raises:
            KeyringError: missing, readable by others, or malformed; the sentence says what to do.
        """
        content, stamp = read_private(path)
        try:
            ring = cls.model_validate_json(content)
        except ValidationError as error:
            raise KeyringError(_what_is_wrong(path, error)) from None
        return ring._kept_in(path, stamp)  # noqa: SLF001 - our own class

    @classmethod
    def create(cls, path: Path, audiences: Iterable[str]) -> Self:
        """Make a key file once, with a first key for each audience, and never over another."""
        path.parent.mkdir(parents=True, exist_ok=True)
        cls.fresh(audiences).save_new(path)
        return cls.load(path)

    @classmethod
    def change(cls, path: Path, step: Callable[[Self], Self]) -> Self:
        """Read, change and replace a key file; two changes at once both count."""
        with locked(path):
            replace(path, step(cls.load(path))._document())  # noqa: SLF001 - our own class
        return cls.load(path)

    @classmethod
    def fresh(cls, audiences: Iterable[str]) -> Self:
        """Make a ring in memory, with a first key for each audience and a secret for events."""
        first = {audience: f"{audience}-1" for audience in audiences}
        return cls(
            primary=first,
            keys={key_id: new_secret() for key_id in first.values()},
            event_secret=new_secret(),
        )

    def save_new(self, path: Path) -> None:
        """Write the ring to a file of mode 0600 that does not exist yet."""
        write_new(path, self._document())

    def reloaded(self) -> Self:
        """The ring as its file has it now; itself if the file did not change or there is none."""
        if self._path is None or stamp_of(self._path) in (None, self._stamp):
            return self
        return self.load(self._path)

    def key_ids(self, audience: str) -> tuple[str, ...]:
        """Ids of an audience's keys, oldest first."""
        return tuple(sorted((id for id in self.keys if audience_of(id) == audience), key=number_of))

    def sealing_key(self, audience: str) -> str:
        """Id of the key that seals for an audience.

        Raises:
            KeyringError: the ring holds no key for it.
        """
        if audience not in self.primary:
            raise KeyringError(
                f"Bộ khóa không có khóa cho «{audience}» (có: {', '.join(sorted(self.primary))})."
                f" Thêm bằng: lienthong keys add {audience}"
            )
        return self.primary[audience]

    def with_audience(self, audience: str) -> Self:
        """Add a first key for an audience that has none."""
        if audience in self.primary:
            raise KeyringError(f"«{audience}» đã có khóa. Thay khóa: lienthong keys rotate")
        first = f"{audience}-1"
        return self._having(
            primary=self.primary | {audience: first}, keys=self.keys | {first: new_secret()}
        )

    def prepared(self, audience: str) -> Self:
        """Add a key that opens but does not seal yet: it can be carried everywhere first."""
        following = f"{audience}-{number_of(self._newest(audience)) + 1}"
        return self._having(keys=self.keys | {following: new_secret()})

    def promoted(self, audience: str) -> Self:
        """Let the newest key of an audience seal; what older keys sealed stays readable."""
        return self._having(primary=self.primary | {audience: self._newest(audience)})

    def rotated(self, audience: str) -> Self:
        """Add a key that seals from now on; what older keys sealed stays readable."""
        return self.prepared(audience).promoted(audience)

    def for_audience(self, audience: str) -> Self:
        """The part that is given away: one audience's keys, and no secret for events."""
        kept = {id: self.keys[id] for id in self.key_ids(audience)}
        return type(self)(primary={audience: self.sealing_key(audience)}, keys=kept)

    def event_hash(self, facts: bytes) -> str:
        """Keyed SHA-256 (hex) of what makes a life event unique, so that it cannot be guessed.

        Raises:
            KeyringError: this ring was made for an agency and has no secret for events.
        """
        if self.event_secret is None:
            raise KeyringError("Bộ khóa này không có bí mật cho sự kiện; hãy dùng tệp khóa chính.")
        return hmac.new(self.event_secret.get_secret_value(), facts, hashlib.sha256).hexdigest()

    def _newest(self, audience: str) -> str:
        self.sealing_key(audience)
        return self.key_ids(audience)[-1]

    def _having(self, **changes: object) -> Self:
        try:
            return type(self).model_validate(self.__dict__ | changes)
        except ValidationError:
            raise KeyringError(
                "Tên nơi dùng khóa chỉ gồm chữ thường, chữ số và dấu gạch dưới, ví dụ: insurance"
            ) from None

    def _kept_in(self, path: Path, stamp: Stamp) -> Self:
        self._path, self._stamp = path, stamp
        return self

    def _document(self) -> bytes:
        """The only place that writes secrets out."""
        document: dict[str, object] = {"format": self.format, "primary": self.primary}
        document["keys"] = {id: base64_of(secret) for id, secret in self.keys.items()}
        if self.event_secret is not None:
            document["event_secret"] = base64_of(self.event_secret)
        return json.dumps(document, indent=2).encode() + b"\n"


def _what_is_wrong(path: Path, error: ValidationError) -> str:
    """Name the places, never what stands there."""
    places = ", ".join(".".join(map(str, problem["loc"])) or "JSON" for problem in error.errors())
    return f"Tệp khóa {path} không đúng định dạng ở: {places}. Hãy chép lại từ bản sao lưu."
