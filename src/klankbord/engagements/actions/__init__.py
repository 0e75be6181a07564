"""Writes: one verb a function, atomic, with its audit row and its notifications in the same transaction."""
