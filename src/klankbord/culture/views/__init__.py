"""Pages about the culture scan."""
