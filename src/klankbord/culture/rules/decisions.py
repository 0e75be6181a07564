"""How long what a team decided is kept."""

from datetime import date, timedelta

DECISIONS_KEPT = timedelta(days=2 * 365)
"""Counted from the day it was written down; as long as answers in own words are kept.

It is there to come back at the next wave, and those are mostly a year apart: so it comes back twice, the second time to
see whether it lasted. After that it is history of people of whom half have left, and serves nobody.
"""


def kept_until(decided_on: date) -> date:
    """The last day on which the team reads it."""
    return decided_on + DECISIONS_KEPT


def kept_since(today: date) -> date:
    """The earliest day of which something is still kept today."""
    return today - DECISIONS_KEPT
