"""The pilot's funeral files again, as a labelled synthetic set: as filed, and after a pre-check."""
