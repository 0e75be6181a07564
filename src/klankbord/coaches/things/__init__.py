"""The rows of the access table of coaches, by what they are about."""
