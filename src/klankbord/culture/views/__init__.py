"""Screens of the culture scan."""
