"""Reference agencies: real HTTP servers standing where the national systems stand."""
