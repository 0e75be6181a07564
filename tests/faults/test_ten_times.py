"""A button pressed ten times at the same moment does once what it says, and nobody gets to see an error."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.agreements import Plan, propose_agreement
from klankbord.engagements.actions.requests import propose_coach
from klankbord.engagements.models import (
    Agreement,
    Engagement,
    Participant,
    Proposal,
    Request,
    RequestWords,
    Session,
    Share,
)
from klankbord.engagements.queries.agreements import clauses_of, latest_agreement
from klankbord.engagements.queries.doors import engagement_for
from klankbord.people.models import Notification, Person
from klankbord.privacy.models import AuditRow
from tests.faults.conftest import all_at_once, signed_in
from tests.story import SLUG, as_person, requested, running, tuesday_at_ten

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
TIMES = 10


def pressed(person: Person, path: str, **fields: str) -> list[int]:
    """Press one button ten times at once, each time in a window of its own; the answers' status codes."""
    windows = [signed_in(person) for _ in range(TIMES)]
    return all_at_once([lambda window=window: window.post(path, fields).status_code for window in windows])


def told(person: Person, kind: str) -> int:
    """How often somebody was told this."""
    with as_person(person):
        return Notification.objects.filter(person=person, kind=kind).count()


def done(person: Person, verb: str) -> int:
    """How often this was done and not merely repeated, by the trail."""
    with as_person(person):
        rows = AuditRow.objects.filter(actor_id=person.pk, verb=verb)
        return sum(row.detail.get("outcome") != "again" for row in rows)


def address(route: str, **keywords: object) -> str:
    return reverse(route, kwargs={"organisation": SLUG, **keywords})


def test_a_request_sent_ten_times_at_once_is_one_request(cast):
    johan = signed_in(cast.johan)
    once = str(uuid.uuid4())
    words = {"words": "Ik wil leren nee zeggen.", "once": once}
    assert johan.post(address("ask"), words).status_code == 302
    wishes = {"language": "nl", "place": "any", "employer": "any"}
    assert johan.post(address("ask_wishes"), wishes).status_code == 302
    page = johan.get(address("ask_send")).content.decode()
    hidden = dict(re.findall(r'name="(once|seen)" value="([^"]+)"', page))

    answers = pressed(cast.johan, address("ask_send"), **hidden)

    assert set(answers) == {302}
    with as_person(cast.johan):
        assert Request.objects.filter(client=cast.johan).count() == 1
        assert RequestWords.objects.filter(client=cast.johan).count() == 1
    assert told(cast.fatima, "request") == 1
    assert done(cast.johan, "request.send") == 1


def test_a_coach_chosen_ten_times_at_once_is_one_engagement(cast):
    request = requested(cast)[2]
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.marieke)

    answers = pressed(cast.johan, address("proposal_choose", proposal=proposal.pk))

    assert set(answers) == {302}
    with as_person(cast.johan):
        assert Engagement.objects.filter(request=request).count() == 1
        assert Participant.objects.filter(person=cast.johan).count() == 1
        assert Proposal.objects.get(pk=proposal.pk).state == "chosen"
    assert told(cast.marieke, "chosen") == 1
    assert done(cast.johan, "proposal.choose") == 1


def test_an_agreement_accepted_ten_times_at_once_plans_the_talks_once(cast):
    with clock.stopped_at(tuesday_at_ten(-2)):
        story = running(cast)
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, story.engagement.pk)
        last = latest_agreement(story.engagement)
        assert last is not None
        plan = Plan(first=tuesday_at_ten(2).isoformat(), place="Buiten", count=4)
        propose_agreement(standing=standing, slug=SLUG, clauses=clauses_of(last), plan=plan, based_on=last.version)
    before = told(cast.johan, "agreement_accepted")

    answers = pressed(cast.marieke, address("agreement_accept", engagement=story.engagement.pk), version="2")

    assert set(answers) == {302}
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Agreement.objects.get(engagement=story.engagement, version=2).in_force
        numbers = Session.objects.filter(engagement=story.engagement, number__gt=0, state="planned")
        assert sorted(numbers.values_list("number", flat=True)) == [1, 2, 3, 4]
    assert told(cast.johan, "agreement_accepted") == before + 1


def test_a_draft_kept_ten_times_at_once_is_one_draft_that_opens(cast):
    place = address("ask")
    answers = pressed(cast.johan, f"{address('draft')}?place={place}", words="Ik typ nog.")

    assert set(answers) == {204}
    page = signed_in(cast.johan).get(place).content.decode()
    assert "Ik typ nog." in page


def test_two_coaches_chosen_at_once_leave_one_engagement(cast):
    request = requested(cast)[2]
    with as_person(cast.fatima):
        proposals = [propose_coach(slug=SLUG, request=request, coach=one) for one in (cast.marieke, cast.saskia)]
    windows = [(signed_in(cast.johan), address("proposal_choose", proposal=one.pk)) for one in proposals]

    answers = all_at_once([lambda one=one: one[0].post(one[1]).status_code for one in windows])

    assert set(answers) == {302}
    with as_person(cast.johan):
        assert Engagement.objects.filter(request=request).count() == 1
    assert told(cast.marieke, "chosen") + told(cast.saskia, "chosen") == 1


def test_a_text_shared_ten_times_at_once_is_shared_once(cast):
    story = running(cast)
    fields = {"share": "1", "once": str(uuid.uuid4()), "text": "Het gaat goed.", "reader": str(cast.anton.pk)}

    answers = pressed(cast.johan, address("share", engagement=story.engagement.pk), **fields)

    assert set(answers) == {302}
    with as_person(cast.johan):
        assert Share.objects.filter(pk=fields["once"]).count() == 1
        assert Share.objects.filter(client=cast.johan).count() == 2, "the one of the story, and this one"
    assert done(cast.johan, "share.make") == 2


def test_a_suggestion_written_ten_times_at_once_is_one_suggestion(cast):
    fields = {"client": str(cast.johan.pk), "text": "Ik denk aan een coach.", "once": str(uuid.uuid4())}

    answers = pressed(cast.anton, address("suggest"), **fields)

    assert set(answers) == {302}
    assert told(cast.johan, "referral") == 1
