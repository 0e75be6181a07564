"""Reads of the culture scan, by what they are about."""
