"""The engine of a case: taking in, running its dossiers side by side, returning results, closing.

It decides when; what each step means is decided in `models`. It knows procedures only as data.
"""
