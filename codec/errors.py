"""The one error of the codec: its own, so that the package can be taken along by itself."""


class KeyringError(Exception):
    """A key file is missing, unreadable or lacks what it must hold; the sentence says the fix."""
