"""Every change of a case, by who brings it about; each enters an event in the case's journal.

A transition takes the case and the instant at which it happens. Whether it may happen is checked
before, by the workflow's validators.
"""
