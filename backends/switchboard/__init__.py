"""How each reference agency behaves, changed while it runs."""
