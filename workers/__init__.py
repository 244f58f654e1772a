"""Processes: settings, wiring, workers, codec server and the command line."""
