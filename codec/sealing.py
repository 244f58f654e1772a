"""Sealing payloads with AES-256-GCM, and opening whatever the ring has a key for."""

import secrets
from collections.abc import Sequence

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from google.protobuf.message import DecodeError
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec
from typing_extensions import override

from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import ENCODING, KEY_ID, SEALED, SEALED_WITH, is_open, is_sealed, without_marks

NONCE_BYTES = 12
TAG_BYTES = 16

log = structlog.get_logger()


def seal(payload: Payload, key_id: str, cipher: AESGCM, nonce: bytes) -> Payload:
    """Wrap a payload: nonce, then the ciphertext and tag of its serialized form."""
    sealed = nonce + cipher.encrypt(nonce, payload.SerializeToString(deterministic=True), None)
    return Payload(metadata={ENCODING: SEALED, KEY_ID: key_id.encode()}, data=sealed)


def unseal(sealed: bytes, cipher: AESGCM) -> Payload | None:
    """Open what `seal` wrapped; None if it was damaged or sealed with another key."""
    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        return None
    try:
        return Payload.FromString(cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None))
    except (InvalidTag, DecodeError):
        return None


class SealingCodec(PayloadCodec):
    """Seals for one audience, opens for all audiences of its ring, and never raises on input.

    What cannot be opened is handed on as it came: a codec that raises makes a workflow task fail
    for ever, whereas the workflow can refuse such a start and say why. A key id that the ring does
    not know makes it look once more into the ring's file, if that changed: after a rotation
    running processes find the new key by themselves.
    """

    def __init__(self, keyring: Keyring, audience: str) -> None:
        self._audience = audience
        self._adopt(keyring)

    @override
    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Seal each payload; what is sealed already, or open by our own mark, passes unchanged."""
        return [self._sealed(payload) for payload in payloads]

    @override
    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """Open each payload we have a key for and mark it with the key's id."""
        return [self._opened(payload) for payload in payloads]

    def _sealed(self, payload: Payload) -> Payload:
        if is_sealed(payload) or is_open(payload):
            return payload
        nonce = secrets.token_bytes(NONCE_BYTES)
        return seal(without_marks(payload), self._key_id, self._ciphers[self._key_id], nonce)

    def _opened(self, payload: Payload) -> Payload:
        bare = without_marks(payload)
        if not is_sealed(bare):
            return bare
        key_id = bare.metadata[KEY_ID].decode(errors="replace")
        cipher = self._cipher(key_id)
        inner = unseal(bare.data, cipher) if cipher else None
        if inner is None:
            log.warning("payload.unopened", key_id=key_id if cipher else "unknown")
            return bare
        original = without_marks(inner)
        original.metadata[SEALED_WITH] = key_id.encode()
        return original

    def _cipher(self, key_id: str) -> AESGCM | None:
        if key_id not in self._ciphers:
            self._look_again()
        return self._ciphers.get(key_id)

    def _look_again(self) -> None:
        try:
            self._adopt(self._keyring.reloaded())
        except KeyringError:
            log.warning("keyring.unreadable", exc_info=True)

    def _adopt(self, keyring: Keyring) -> None:
        self._key_id = keyring.sealing_key(self._audience)
        self._ciphers = {
            id: AESGCM(secret.get_secret_value()) for id, secret in keyring.keys.items()
        }
        self._keyring = keyring
