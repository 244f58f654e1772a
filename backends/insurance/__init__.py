"""Social insurance: the household database, and one health card for each child."""
