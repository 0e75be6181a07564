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
from klankbord.coaches.models.lending import LendingAgreement, LendingInvitation, LendingVersion, LentCoach, Side
from klankbord.coaches.models.profile import CoachPhoto, CoachProfile, ProfileWord
from klankbord.coaches.models.quality import QualityFact, QualityProof, QualityReminder
from klankbord.coaches.models.story import ContactMoment, ContactNote, StoryPart, StoryShare

__all__ = [
    "AssessmentDone",
    "CoachPhoto",
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
    "LendingAgreement",
    "LendingInvitation",
    "LendingVersion",
    "LentCoach",
    "ProfileWord",
    "QualityFact",
    "QualityProof",
    "QualityReminder",
    "SelfAssessment",
    "Side",
    "StatementWithdrawal",
    "StoryPart",
    "StoryShare",
]
