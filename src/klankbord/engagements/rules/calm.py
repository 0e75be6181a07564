"""The calm page of a talk: when it is at hand, and how two texts of one writer become one."""

from datetime import datetime, timedelta

from klankbord.core.comparison import normalised

BEFOREHAND = timedelta(minutes=45)
AFTERWARDS = timedelta(hours=1)
BETWEEN = "· · ·"


def at_hand(starts_at: datetime, minutes: int, now: datetime) -> bool:
    """Whether the talk is on, or so near that somebody may want to open its calm page."""
    return starts_at - BEFOREHAND <= now <= starts_at + timedelta(minutes=minutes) + AFTERWARDS


def both_kept(mine: str, theirs: str) -> str:
    """One text in which nothing of two is lost: mine as it is, and under it the lines of theirs that it lacks.

    Only for two texts of one writer, who wrote on two devices. Doing it again with either text changes nothing.
    """
    first, second = normalised(mine), normalised(theirs)
    here = {line.strip() for line in first.split("\n")} | {BETWEEN}
    lacking = [line for line in second.split("\n") if line.strip() and line.strip() not in here]
    if not lacking:
        return first
    rest = "\n".join(lacking)
    return f"{first}\n\n{BETWEEN}\n\n{rest}" if first else rest
