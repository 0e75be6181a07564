"""On the page of a talk that was: one open question about how the two work together."""

from collections.abc import Iterator

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.learning_texts import open_question
from klankbord.engagements.models import Session
from klankbord.engagements.queries.alliance import after_talk
from klankbord.engagements.views.panel import Panel, Place, TalkPage


def working_together_after(page: TalkPage) -> Iterator[Panel]:
    """The question, and a place to go; each of the two has a question of one's own."""
    if not page.begun or page.talk.state == Session.State.CANCELLED:
        return
    there = after_talk(page.standing, page.talk)
    if page.readable_only and not (there.written or there.theirs):
        return
    question = open_question(page.talk.number)
    words = question.client if page.standing.is_client else question.coach
    yield Panel(Place.ROW, "engagements/alliance/panel.html", {"question": words.text(language()), "there": there})
