"""Everything that can happen to a case, by who does it; each act leaves an entry in its record."""
