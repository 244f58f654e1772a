"""`python -m workers.cli`: the same command, for processes that start each other."""

from workers.cli.app import main

main()
