"""Everything on this machine: the servers and processes `lienthong up` runs, and their folder."""
