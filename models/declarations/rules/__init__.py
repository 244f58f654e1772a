"""Rules over a declaration: pure functions from what could be read of it to findings."""
