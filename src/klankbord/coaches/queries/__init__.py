"""Reads about coaches, by what they are about."""
