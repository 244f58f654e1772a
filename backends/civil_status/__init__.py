"""The communes' civil status registry: enters births, one registration for each."""
