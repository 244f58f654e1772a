"""Telling whether two messages say the same."""

import hashlib

from pydantic import BaseModel


def digest_of(message: BaseModel) -> str:
    """A digest of what we understood of a message; keys we do not know do not count."""
    return hashlib.sha256(message.model_dump_json().encode()).hexdigest()
