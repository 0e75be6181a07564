"""What is kept about coaches."""

from klankbord.coaches.models.profile import CoachPhoto, CoachProfile, ProfileWord
from klankbord.coaches.models.quality import QualityFact, QualityProof, QualityReminder

__all__ = ["CoachPhoto", "CoachProfile", "ProfileWord", "QualityFact", "QualityProof", "QualityReminder"]
