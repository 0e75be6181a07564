"""What stands on the calm page of a talk."""

from dataclasses import dataclass

from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.goals import goals_of
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.writings import Kind


@dataclass(frozen=True)
class CalmTexts:
    """What the client wants to talk about, where the coaching is heading, and what the acting person jotted down."""

    topic: Text | None
    direction: Text | None
    goal: str
    jotting: Text | None


def calm_texts(standing: Standing, talk: Session) -> CalmTexts:
    """The few texts of the calm page, as far as the acting person may read them."""
    of_talk = texts_of(standing, [Kind.TOPIC, Kind.JOTTING], talk)
    whole = texts_of(standing, [Kind.DIRECTION])
    mine = standing.is_client
    return CalmTexts(
        topic=of_talk.mine(Kind.TOPIC, talk.pk) if mine else of_talk.theirs(Kind.TOPIC, talk.pk),
        direction=whole.mine(Kind.DIRECTION) if mine else whole.theirs(Kind.DIRECTION),
        goal=_goal_in_one_line(standing),
        jotting=of_talk.mine(Kind.JOTTING, talk.pk),
    )


def _goal_in_one_line(standing: Standing) -> str:
    """The goal that was put last of those still worked at; empty as long as there is only a direction."""
    active = [goal for goal in goals_of(standing) if goal.active and not goal.is_learning and not goal.lead.gone]
    return active[-1].lead.text.sentence if active else ""


def jotting_of(standing: Standing, talk: Session) -> Text | None:
    """What the acting person jotted down during this talk. Of the other's there is nothing to find."""
    return texts_of(standing, [Kind.JOTTING], talk).mine(Kind.JOTTING, talk.pk)
