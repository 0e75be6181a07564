"""Shared pools: two organisations lend each other coaches under a written agreement."""
