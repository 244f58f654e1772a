"""Encryption of Temporal payloads; small enough for an agency's backend to import by itself."""
