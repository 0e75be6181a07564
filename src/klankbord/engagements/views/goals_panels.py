"""On the page of a talk: one sentence to take along, and once, half-way, whether the goal still fits."""

from collections.abc import Iterator

from klankbord.engagements.models import Session
from klankbord.engagements.queries.agreements import agreement_in_force
from klankbord.engagements.queries.goals import goals_at
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.goals import asks_whether_it_fits
from klankbord.engagements.views.engagement_page import link_within
from klankbord.engagements.views.harvest import sentence_field
from klankbord.engagements.views.panel import Panel, Place, TalkPage
from klankbord.engagements.writings import Kind


def one_sentence(page: TalkPage) -> Iterator[Panel]:
    """After the talk: the client's own sentence. The coach finds it once it is there."""
    if not page.begun or page.talk.state == Session.State.CANCELLED:
        return
    if page.standing.is_client and not page.readable_only:
        place = link_within(page.standing, page.slug)("session_sentence", number=page.talk.number)
        field = sentence_field(page.standing, page.talk, place)
        yield Panel(Place.ROW, "engagements/goals/panel_sentence.html", {"field": field}, in_short=True)
        return
    texts = texts_of(page.standing, [Kind.SENTENCE], page.talk)
    found = next((text for text in texts.rows if text.body), None)
    if found:
        yield Panel(Place.ROW, "engagements/goals/panel_sentence.html", {"said": found.body}, in_short=True)


def still_fits(page: TalkPage) -> Iterator[Panel]:
    """After the talk at which the two look back: does the goal still fit? Asked once, and only of the client."""
    if not page.standing.is_client or not page.begun or page.readable_only:
        return
    if page.talk.state == Session.State.CANCELLED:
        return
    agreement = agreement_in_force(page.standing.engagement)
    after = agreement.plan.get("evaluate_after", 0) if agreement else 0
    if page.talk.number != after:
        return
    goals = goals_at(page.standing)
    if asks_whether_it_fits(
        number=page.talk.number,
        evaluate_after=after,
        begun=page.begun,
        starts_at=page.talk.starts_at,
        changed=[goal.changed_at for goal in goals],
    ):
        yield Panel(Place.AFTER, "engagements/goals/panel_fits.html", {"goals": goals})
