"""What is kept about coaches."""

from klankbord.coaches.models.profile import CoachProfile

__all__ = ["CoachProfile"]
