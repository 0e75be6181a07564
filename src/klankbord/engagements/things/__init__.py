"""The rows of the access table, by what they are about."""
