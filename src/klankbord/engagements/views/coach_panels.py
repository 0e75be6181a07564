"""On the page of a talk, for the coach alone: a way to the own look."""

from collections.abc import Iterator

from klankbord.engagements.models import Session
from klankbord.engagements.queries.coach import look_after
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def own_look(page: TalkPage) -> Iterator[Panel]:
    """A way to look at the own coaching after a talk. The client's screen says nothing of it."""
    held = page.begun and page.talk.state != Session.State.CANCELLED
    if page.standing.is_client or not held:
        return
    noted = look_after(page.standing, page.talk) is not None
    if noted or not page.readable_only:
        yield Panel(Place.LAST, "engagements/coach/panel.html", {"noted": noted}, in_short=True)
