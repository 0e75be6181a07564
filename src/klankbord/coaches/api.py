"""What other apps may use of coaches."""

from klankbord.coaches.actions.hours import add_earlier_hours
from klankbord.coaches.actions.profiles import ProfileWords, note_pool_downloaded, set_room, write_profile
from klankbord.coaches.models import CoachProfile, EarlierHours, QualityFact
from klankbord.coaches.queries.growth import (
    intervision_attended,
    learning_kinds,
    self_assessed,
    stories_on_profiles,
)
from klankbord.coaches.queries.profiles import (
    WeighedProfile,
    own_profile,
    photos_of,
    places_of_coaches,
    profiles_of,
    profiles_to_weigh,
)
from klankbord.coaches.queries.quality import ending_between, facts_to_look_at, quality_findings
from klankbord.coaches.rules.hours import HeldInYear
from klankbord.coaches.texts import Theme, profile_texts, theme, themes
from klankbord.coaches.wording import fact_in_words, profile_in_words

__all__ = [
    "CoachProfile",
    "EarlierHours",
    "HeldInYear",
    "ProfileWords",
    "QualityFact",
    "Theme",
    "WeighedProfile",
    "add_earlier_hours",
    "ending_between",
    "fact_in_words",
    "facts_to_look_at",
    "intervision_attended",
    "learning_kinds",
    "note_pool_downloaded",
    "own_profile",
    "photos_of",
    "places_of_coaches",
    "profile_in_words",
    "profile_texts",
    "profiles_of",
    "profiles_to_weigh",
    "quality_findings",
    "self_assessed",
    "set_room",
    "stories_on_profiles",
    "theme",
    "themes",
    "write_profile",
]
