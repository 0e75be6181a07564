"""What other apps may use of coaches."""

from klankbord.coaches.models import CoachProfile
from klankbord.coaches.queries.growth import (
    intervision_attended,
    learning_kinds,
    self_assessed,
    stories_on_profiles,
)
from klankbord.coaches.queries.profiles import profiles_of
from klankbord.coaches.queries.quality import quality_findings
from klankbord.coaches.rules.hours import HeldInYear
from klankbord.coaches.texts import Theme, theme, themes

__all__ = [
    "CoachProfile",
    "HeldInYear",
    "Theme",
    "intervision_attended",
    "learning_kinds",
    "profiles_of",
    "quality_findings",
    "self_assessed",
    "stories_on_profiles",
    "theme",
    "themes",
]
