"""Effects, written against their own ports."""
