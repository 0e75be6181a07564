"""What is filled in about the culture scan."""
