"""What may be expected of a coach, in plain Python."""
