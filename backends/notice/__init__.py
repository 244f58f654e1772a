"""Notifications: an outbox of what was sent to citizens, which one can read."""
