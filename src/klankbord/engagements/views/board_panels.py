"""On the page of a talk: the way to the board, what was tried out since the last talk, and what this one led to."""

from collections.abc import Iterator

from klankbord.engagements.models import Session
from klankbord.engagements.queries.tryout import tryouts_from, tryouts_that_come_back
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def the_board(page: TalkPage) -> Iterator[Panel]:
    """A small way to the board."""
    if page.talk.state != Session.State.CANCELLED:
        yield Panel(Place.SMALL, "engagements/board/panel.html", in_short=True)


def tried_out(page: TalkPage) -> Iterator[Panel]:
    """What the last talk led to, before anything else. Nothing was tried out: nothing is shown, and nothing is said."""
    if page.talk.state == Session.State.CANCELLED:
        return
    if found := [one for one in tryouts_that_come_back(page.standing, page.talk) if not one.gone]:
        context = {"tryouts": found, "to_tell": any(not one.told for one in found)}
        yield Panel(Place.FIRST, "engagements/tryout/panel_back.html", context, in_short=True)


def to_try_out(page: TalkPage) -> Iterator[Panel]:
    """After the talk: what to try out, as many as one likes, or nothing."""
    if page.begun:
        found = tryouts_from(page.standing, page.talk)
        if found or not page.readable_only:
            yield Panel(Place.ROW, "engagements/tryout/panel_next.html", {"tryouts": found}, in_short=True)
