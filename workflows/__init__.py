"""Decisions in time: the engine of linked cases, and one workflow type per group."""
