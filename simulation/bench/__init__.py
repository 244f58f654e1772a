"""Measuring: the whole pipeline against a bare Temporal workflow of the same shape, in one run."""
