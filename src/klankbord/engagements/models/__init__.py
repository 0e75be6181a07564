"""Requests, referrals, engagements, and everything in them.

What has another audience lives in another table, because row security is per row. Free text is sealed; plain columns
hold ids, times, states, places and numbers.
"""

from klankbord.engagements.models.account import YearAccount
from klankbord.engagements.models.board import Board, BoardStep, Card, Experiment, Field, Moment
from klankbord.engagements.models.costs import EngagementCost, Invoice, YearBudget
from klankbord.engagements.models.engagement import Course, Engagement, Participant, Session
from klankbord.engagements.models.fit import FitCount, FitLetter, FitReply, FitSignal, FitThought
from klankbord.engagements.models.goals import Goal, GoalMark, GoalWording
from klankbord.engagements.models.hours import HoursKept
from klankbord.engagements.models.learning import (
    CoachLook,
    FavouriteQuestion,
    OwnQuestion,
    Signal,
    SpiralStep,
    SteeringWish,
)
from klankbord.engagements.models.leaving import Farewell
from klankbord.engagements.models.noted import NotedRequest
from klankbord.engagements.models.requests import (
    Proposal,
    Referral,
    ReferralAnswer,
    ReferralQuestion,
    Request,
    RequestPreference,
    RequestWords,
)
from klankbord.engagements.models.rounds import CameNear, MatchRound, MatchRow
from klankbord.engagements.models.spreadsheet import SheetLetter, SheetNote
from klankbord.engagements.models.texts import Agreement, Share, Writing
from klankbord.engagements.models.together import AllianceRating, ThreeWayMeeting, ThreeWayText, Witness
from klankbord.engagements.models.waiting import FirstTalk, WaitingFigure

__all__ = [
    "Agreement",
    "AllianceRating",
    "Board",
    "BoardStep",
    "CameNear",
    "Card",
    "CoachLook",
    "Course",
    "Engagement",
    "EngagementCost",
    "Experiment",
    "Farewell",
    "FavouriteQuestion",
    "Field",
    "FirstTalk",
    "FitCount",
    "FitLetter",
    "FitReply",
    "FitSignal",
    "FitThought",
    "Goal",
    "GoalMark",
    "GoalWording",
    "HoursKept",
    "Invoice",
    "MatchRound",
    "MatchRow",
    "Moment",
    "NotedRequest",
    "OwnQuestion",
    "Participant",
    "Proposal",
    "Referral",
    "ReferralAnswer",
    "ReferralQuestion",
    "Request",
    "RequestPreference",
    "RequestWords",
    "Session",
    "Share",
    "SheetLetter",
    "SheetNote",
    "Signal",
    "SpiralStep",
    "SteeringWish",
    "ThreeWayMeeting",
    "ThreeWayText",
    "WaitingFigure",
    "Witness",
    "Writing",
    "YearAccount",
    "YearBudget",
]
