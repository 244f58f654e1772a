"""A case and its dossiers: what they are, which events happen to them, and what people are shown.

`transitions` is all that can change one. What the law says stands in `law` and `clock`; when things
happen is the workflows' business; nothing here does I/O or reads a clock.
"""
