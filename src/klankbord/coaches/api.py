"""What other apps may use of coaches."""

from klankbord.coaches.models import CoachProfile
from klankbord.coaches.queries.profiles import profiles_of
from klankbord.coaches.queries.quality import quality_findings
from klankbord.coaches.texts import Theme, theme, themes

__all__ = ["CoachProfile", "Theme", "profiles_of", "quality_findings", "theme", "themes"]
