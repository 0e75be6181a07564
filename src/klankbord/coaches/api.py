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
from klankbord.coaches.queries.left import anything_left
from klankbord.coaches.queries.profiles import (
    CoachRow,
    coaches_to_weigh,
    own_profile,
    photos_of,
    places_of_coaches,
    profiles_of,
)
from klankbord.coaches.queries.quality import ending_between, facts_to_look_at, quality_findings
from klankbord.coaches.rules.hours import HeldInYear, HoursInYear
from klankbord.coaches.texts import Theme, profile_texts, theme, themes
from klankbord.coaches.wording import fact_in_words, named, profile_in_words

__all__ = [
    "CoachProfile",
    "CoachRow",
    "EarlierHours",
    "HeldInYear",
    "HoursInYear",
    "ProfileWords",
    "QualityFact",
    "Theme",
    "add_earlier_hours",
    "anything_left",
    "coaches_to_weigh",
    "ending_between",
    "fact_in_words",
    "facts_to_look_at",
    "intervision_attended",
    "learning_kinds",
    "named",
    "note_pool_downloaded",
    "own_profile",
    "photos_of",
    "places_of_coaches",
    "profile_in_words",
    "profile_texts",
    "profiles_of",
    "quality_findings",
    "self_assessed",
    "set_room",
    "stories_on_profiles",
    "theme",
    "themes",
    "write_profile",
]
