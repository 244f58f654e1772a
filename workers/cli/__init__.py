"""The command line: `lienthong …`. Vietnamese for people, `--json` for machines."""

from workers.cli.app import main

__all__ = ["main"]
