"""A year of operation: what asking and writing cost as the archive grows."""
