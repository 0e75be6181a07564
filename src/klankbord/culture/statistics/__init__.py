"""Measuring well: how reliable a scale is, whether a team's mean means something, and whether something changed."""
