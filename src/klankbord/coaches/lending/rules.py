"""What stands in the way of lending, in words."""

from calendar import monthrange
from datetime import date
from enum import StrEnum

from klankbord.policy.rules.finding import Finding, Severity

CLAUSE = "lending.agreement"


class Refused(StrEnum):
    """Why something about lending cannot be done now."""

    NO_SUCH_CODE = "no_such_code"
    A_LATER_ONE = "a_later_one"
    IS_OVER = "is_over"
    TOO_SOON = "too_soon"
    NO_COACH = "no_coach"
    NOT_IN_FORCE = "not_in_force"
    NOT_NAMED = "not_named"
    FULL = "full"
    KNOWN_THERE = "known_there"


WORDS = {
    Refused.NO_SUCH_CODE: (
        "Deze code opent niets. Misschien is hij al gebruikt, of langer dan twee weken oud. Vraag om een nieuwe.",
        "This code opens nothing. Perhaps it was used already, or is older than two weeks. Ask for a new one.",
    ),
    Refused.A_LATER_ONE: (
        "Er ligt intussen een nieuwere versie. Lees die eerst.",
        "There is a later version by now. Read that one first.",
    ),
    Refused.IS_OVER: ("Deze afspraken zijn voorbij.", "This agreement is over."),
    Refused.TOO_SOON: (
        "Zo snel kan het niet: jullie spraken een opzegtermijn af. Kies een latere dag.",
        "That is too soon: you agreed on a term of notice. Choose a later day.",
    ),
    Refused.NO_COACH: ("Dit is geen coach van jullie.", "This is no coach of yours."),
    Refused.NOT_IN_FORCE: (
        "Deze afspraken gelden nu niet. Je coördinator kan vertellen hoe het ermee staat.",
        "This agreement is not in force now. Your coordinator can tell you how it stands.",
    ),
    Refused.NOT_NAMED: (
        "Volgens deze afspraken noemt jullie coördinator wie daar kan gaan coachen. Vraag het je coördinator.",
        "Under this agreement your coordinator names who may go and coach there. Ask your coordinator.",
    ),
    Refused.FULL: (
        "Er zijn al zoveel coaches uitgeleend als jullie afspraken.",
        "All places under this agreement are taken.",
    ),
    Refused.KNOWN_THERE: (
        "Je e-mailadres is daar al bekend. Je coördinator kan overleggen met de coördinator daar.",
        "Your e-mail address is known there already. Your coordinator can talk to the coordinator there.",
    ),
}


def refusal(why: Refused) -> Finding:
    """Why not, as a finding that blocks."""
    nl, en = WORDS[why]
    return Finding(code=f"lending.{why}", severity=Severity.BLOCKS, nl=nl, en=en, clause=CLAUSE)


def earliest_end(today: date, notice_months: int) -> date:
    """The first day on which an agreement may end when notice is given today; the same day of a later month."""
    months = today.month - 1 + notice_months
    year, month = today.year + months // 12, months % 12 + 1
    return date(year, month, min(today.day, monthrange(year, month)[1]))
