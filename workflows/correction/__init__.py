"""The workflow of a correction: approved by a second person, acknowledged by all who relied on it.

What must be done follows from the plan in `models.corrections`; cases are spoken to by activities.
"""
