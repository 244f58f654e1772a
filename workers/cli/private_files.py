"""Files with personal data in them: for their owner alone."""

import os
from pathlib import Path

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def write_private(path: Path, content: bytes) -> Path:
    """Replace a file of ours by one that only its owner may read, never through a link."""
    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, PRIVATE_FILE)
    with os.fdopen(opened, "wb") as file:
        file.write(content)
    return path
