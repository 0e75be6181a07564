"""Reads: doors to one thing, and the data of a page in a bounded number of queries."""
