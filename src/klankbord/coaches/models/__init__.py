"""What is kept about coaches."""

from klankbord.coaches.models.hours import EarlierHours, HoursStatement, StatementWithdrawal
from klankbord.coaches.models.intervision import (
    IntervisionAttendance,
    IntervisionGroup,
    IntervisionMeeting,
    IntervisionMember,
    IntervisionSubject,
)
from klankbord.coaches.models.learning import AssessmentDone, DepartedCoach, Learning, SelfAssessment
from klankbord.coaches.models.profile import CoachProfile
from klankbord.coaches.models.story import ContactMoment, ContactNote, StoryPart, StoryShare

__all__ = [
    "AssessmentDone",
    "CoachProfile",
    "ContactMoment",
    "ContactNote",
    "DepartedCoach",
    "EarlierHours",
    "HoursStatement",
    "IntervisionAttendance",
    "IntervisionGroup",
    "IntervisionMeeting",
    "IntervisionMember",
    "IntervisionSubject",
    "Learning",
    "SelfAssessment",
    "StatementWithdrawal",
    "StoryPart",
    "StoryShare",
]
