"""A demonstration: invented births of a plausible mix, filed on real servers and watched."""
