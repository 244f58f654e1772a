"""The outside world, `<port>_<technology>.py`."""
