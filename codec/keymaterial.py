"""Secrets and the names of keys: base64 in files, bytes in memory, stars where they are shown."""

import base64
import secrets
from typing import Annotated

from pydantic import BeforeValidator, SecretBytes, StringConstraints

KEY_BYTES = 32


def _from_base64(value: object) -> object:
    """Files hold base64, memory holds bytes; what is wrong is said without the value."""
    secret = base64.b64decode(value, validate=True) if isinstance(value, str) else value
    if isinstance(secret, bytes) and len(secret) != KEY_BYTES:
        raise ValueError(f"not {KEY_BYTES} bytes in base64")
    return secret


Secret = Annotated[SecretBytes, BeforeValidator(_from_base64)]
Audience = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}$")]
KeyId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,31}-[1-9][0-9]{0,5}$")]
"""Audience and number: `cases-1`, `insurance-2`."""


def new_secret() -> SecretBytes:
    """Draw 256 bits from the operating system."""
    return SecretBytes(secrets.token_bytes(KEY_BYTES))


def base64_of(secret: SecretBytes) -> str:
    """Write a secret out; only for the key file."""
    return base64.b64encode(secret.get_secret_value()).decode()


def number_of(key_id: str) -> int:
    """Which of its audience's keys this is, counted from 1."""
    return int(key_id.rpartition("-")[2])
