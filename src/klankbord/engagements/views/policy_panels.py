"""On the page of a talk: a line when no direction is on paper by the talk the policy has in mind."""

from collections.abc import Iterator

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.models import Session
from klankbord.engagements.queries.policy import policy_of
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.views.panel import Panel, Place, TalkPage
from klankbord.engagements.views.policy_words import findings_in_words
from klankbord.engagements.writings import Kind
from klankbord.policy.rules.checks import WayFacts, direction_on_paper


def direction_by_now(page: TalkPage) -> Iterator[Panel]:
    """For both, without hurry. Nothing is asked and nothing is kept back."""
    if not page.begun or page.readable_only or page.talk.state == Session.State.CANCELLED:
        return
    policy = policy_of(page.standing.engagement).content
    way = WayFacts(held=page.talk.number)
    if not direction_on_paper(policy, way):
        return
    direction = any(text.body for text in texts_of(page.standing, [Kind.DIRECTION]).rows)
    if not direction:
        found = findings_in_words(direction_on_paper(policy, way), language())
        yield Panel(Place.AFTER, "engagements/policy/panel.html", {"findings": found})
