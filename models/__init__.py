"""The language of the project: contracts, state and rules, without I/O and without Temporal."""
