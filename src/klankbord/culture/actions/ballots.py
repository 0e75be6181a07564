"""Into the ballot box. No action: it leaves no audit row."""

from collections.abc import Mapping
from enum import StrEnum

from klankbord.culture import ballots
from klankbord.culture.rules.ballots import ballot_of
from klankbord.culture.rules.waves import State


class Received(StrEnum):
    """What became of a ballot."""

    IN_THE_BOX = "in_the_box"
    NO_RIGHT = "no_right"
    CLOSED = "closed"


def cast_ballot(*, given: str, values: Mapping[str, int], words: Mapping[str, str]) -> Received:
    """Put the answers of whoever has this link or code into the box, sealed; they can never be taken out or changed.

    *values* are 1 to 5 by id of the sentence (0, or left out, for no answer), *words* texts by id of the open question.
    Raises ``rules.ballots.NotABallot``, and its ``TooLong`` with the question.

    SECURITY: no ``record``. A row with a moment in it would tell when a ballot came in, and a row of the acting person
    who answered.
    """
    wave = ballots.wave_behind(given)
    if wave is None:
        return Received.NO_RIGHT
    if wave.state != State.OPEN:
        return Received.CLOSED
    items, questions = [one.id for one in wave.rated], [one.id for one in wave.open_questions]
    ballot = ballot_of(items, questions, values, words)
    return Received.IN_THE_BOX if ballots.cast(wave, given, ballot) else Received.NO_RIGHT
