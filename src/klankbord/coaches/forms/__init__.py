"""Forms about coaches, by what they are about."""
