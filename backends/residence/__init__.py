"""The communes' police as residence authority: who lives in which household."""
