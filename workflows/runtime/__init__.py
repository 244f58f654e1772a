"""What every long workflow of ours needs: record, display, updates, calls that outlast outages.

Nothing here knows what a case or a correction is about; only the search attributes name both.
"""
