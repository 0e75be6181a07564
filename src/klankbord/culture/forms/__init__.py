"""Forms of the culture scan."""
