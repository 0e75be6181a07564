"""On the page of a talk: a question to take along, for who asks for one."""

from collections.abc import Iterator

from klankbord.engagements.models import Session
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def question_to_take_along(page: TalkPage) -> Iterator[Panel]:
    """A way to one question. Nothing is looked up until somebody asks."""
    if page.talk.state != Session.State.CANCELLED and not page.readable_only:
        yield Panel(Place.BESIDE, "engagements/questions/panel.html", in_short=True)
