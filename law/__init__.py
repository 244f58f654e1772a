"""Everything a decree can change, as dated data (TOML) that a civil servant can read."""

from pathlib import Path

FOLDER = Path(__file__).resolve().parent
"""Where the files of this installation lie."""
