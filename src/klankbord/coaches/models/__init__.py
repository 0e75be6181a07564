"""What is kept about coaches."""

from klankbord.coaches.models.lending import LendingAgreement, LendingInvitation, LendingVersion, LentCoach, Side
from klankbord.coaches.models.profile import CoachProfile

__all__ = ["CoachProfile", "LendingAgreement", "LendingInvitation", "LendingVersion", "LentCoach", "Side"]
