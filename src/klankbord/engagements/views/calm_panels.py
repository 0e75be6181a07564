"""On the page of a talk: the way to its calm page, and afterwards what one jotted down there."""

from collections.abc import Iterator

from klankbord.core import clock
from klankbord.engagements.models import Session
from klankbord.engagements.queries.calm import jotting_of
from klankbord.engagements.rules.calm import at_hand
from klankbord.engagements.views.engagement_page import link_within, seen_by
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def calm_page(page: TalkPage) -> Iterator[Panel]:
    """While the talk is near or on, the way to the calm page. Once it is past, one's own words if there are any."""
    talk = page.talk
    if talk.state == Session.State.CANCELLED:
        return
    link = link_within(page.standing, page.slug)("calm", number=talk.number)
    if at_hand(talk.starts_at, talk.minutes, clock.now()) and not page.readable_only:
        yield Panel(Place.FIRST, "engagements/calm/panel.html", {"link": link}, in_short=True)
    elif page.begun and (jotting := jotting_of(page.standing, talk)) and jotting.body:
        seen = seen_by(page.standing, "jotting")
        context = {"link": link, "words": jotting.body, "seen": seen, "may_write": not page.readable_only}
        yield Panel(Place.ROW, "engagements/calm/panel_after.html", context, in_short=True)
