"""The State Treasury: pays what agencies decided, into accounts or in cash, each decision once."""
