"""The command line: `lienthong …`. Vietnamese for people, `--json` for machines."""
