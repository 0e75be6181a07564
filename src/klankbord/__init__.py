"""Klankbord: the open platform on which an organisation runs its coaching."""

__version__ = "0.1.0"
