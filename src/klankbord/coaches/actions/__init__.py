"""What changes about coaches, by what it is about."""
