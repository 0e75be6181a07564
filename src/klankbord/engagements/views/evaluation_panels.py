"""On the page of a talk: after the one the agreement names, a small way to looking back half-way."""

from collections.abc import Iterator

from klankbord.engagements.queries.evaluation import evaluates_after
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def looking_back_half_way(page: TalkPage) -> Iterator[Panel]:
    """Offered after this very talk, to both and quietly."""
    if page.begun and not page.readable_only and evaluates_after(page.standing) == page.talk.number:
        yield Panel(Place.ROW, "engagements/evaluation/panel.html")
