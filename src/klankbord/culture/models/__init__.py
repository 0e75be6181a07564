"""What is kept of a wave: what was asked, the ballot box, and what was published."""

from klankbord.culture.models.ballot import Answer, BallotBox, BallotRight, OpenAnswer
from klankbord.culture.models.published import Publication, PublishedUnit, PublishedWhole
from klankbord.culture.models.team import TeamDecision
from klankbord.culture.models.wave import Invitation, Preparation, Wave, WaveUnit

__all__ = [
    "Answer",
    "BallotBox",
    "BallotRight",
    "Invitation",
    "OpenAnswer",
    "Preparation",
    "Publication",
    "PublishedUnit",
    "PublishedWhole",
    "TeamDecision",
    "Wave",
    "WaveUnit",
]
