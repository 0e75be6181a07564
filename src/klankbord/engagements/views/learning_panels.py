"""On the page of a talk: how much steering is welcome, and what somebody may always ask."""

from collections.abc import Iterator

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.learning_texts import learning, level, word
from klankbord.engagements.models import Session
from klankbord.engagements.queries.learning import level_now, words_at
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def self_steering(page: TalkPage) -> Iterator[Panel]:
    """For the client the three things to ask at any time; for the coach, quietly, what the client said."""
    standing, talk = page.standing, page.talk
    said = [{"id": one.pk, "title": word(one.sort).title.text(language())} for one in words_at(standing, talk)]
    if standing.is_client:
        at_hand = [] if page.readable_only or talk.state == Session.State.CANCELLED else learning().words
        words = [{"id": one.id, "title": one.title.text(language())} for one in at_hand]
        if words or said:
            context = {"words": words, "said": said, "talk": talk.number}
            yield Panel(Place.BESIDE, "engagements/learning/panel.html", context, in_short=True)
        return
    chosen = level_now(standing)
    if chosen or said:
        welcome = level(chosen) if chosen else None
        context = {
            "said": said,
            "name": welcome.name.text(language()) if welcome else "",
            "about": welcome.about.text(language()) if welcome else "",
        }
        yield Panel(Place.BESIDE, "engagements/learning/panel_for_coach.html", context, in_short=True)
