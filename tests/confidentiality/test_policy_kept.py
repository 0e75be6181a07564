"""What the database refuses: an engagement under other rules than its people agreed to, whatever the code asks for."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from klankbord.core import clock
from klankbord.engagements.actions.agreements import Plan, propose_agreement
from klankbord.engagements.actions.requests import Wishes, send_request
from klankbord.engagements.models import Agreement, Engagement, Request
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.texts import filled_clauses
from klankbord.policy.models import PolicyVersion
from klankbord.privacy import vault
from tests.published import FIRST, SECOND, publish
from tests.story import SLUG, as_person, matched, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

OTHERS = "another version of the policy is agreed on by both"
NOT_THIS = "under the policy of its engagement, or the one in force"


@pytest.fixture
def first(cast):
    return publish(cast, FIRST)


@pytest.fixture
def story(cast, first):
    """Johan and Marieke agreed under the first version; since then there is a second."""
    told = running(cast)
    publish(cast, SECOND)
    return told


def refused(match: str):
    return pytest.raises(DatabaseError, match=match)


def version(engagement: Engagement, author, policy_id, **said) -> Agreement:
    """A version of the agreement, not yet in the database."""
    agreement = Agreement(
        organisation_id=engagement.organisation_id,
        engagement=engagement,
        version=9,
        author=author,
        policy_id=policy_id,
        **said,
    )
    vault.seal(agreement, "clauses", "[]")
    return agreement


def in_force(cast) -> PolicyVersion:
    with as_person(cast.johan):
        return PolicyVersion.objects.get(state="published")


@pytest.mark.parametrize("who", ["johan", "marieke"])
def test_neither_of_the_two_puts_their_engagement_under_another_version(story, cast, who):
    for other in (in_force(cast).pk, None):
        with as_person(cast.named(who)), refused(OTHERS), transaction.atomic():
            Engagement.objects.filter(pk=story.engagement.pk).update(policy=other)


@pytest.mark.parametrize("who", ["fatima", "anton", "els", "noor"])
def test_nobody_else_reaches_it_at_all(story, cast, who):
    with as_person(cast.named(who)):
        assert Engagement.objects.filter(pk=story.engagement.pk).update(policy=None) == 0


def test_the_yes_of_one_takes_over_nothing(story, cast):
    newer = in_force(cast)
    with as_person(cast.johan):
        propose_agreement(
            standing=engagement_for(cast.johan, story.engagement.pk),
            slug=SLUG,
            clauses=filled_clauses(AgreementFacts(client="Johan", coach="Marieke"), "nl"),
            plan=Plan(first=(clock.now() + timedelta(days=3)).isoformat(), place=""),
            based_on=1,
            newer_policy=True,
        )
        with refused(OTHERS), transaction.atomic():
            Engagement.objects.filter(pk=story.engagement.pk).update(policy=newer)


def test_whoever_begins_does_not_choose_under_which_version(story, cast, first):
    newer = in_force(cast)
    with as_person(cast.johan):
        of = {"organisation_id": cast.organisation.pk, "client": cast.johan}
        request = Request(**of)
        request.save(force_insert=True)
        for wanted in (None, first.pk):
            engagement = Engagement(**of, request=request, coach=cast.marieke, policy_id=wanted)
            engagement.save(force_insert=True)
            engagement.refresh_from_db()
            assert engagement.policy_id == newer.pk


def test_an_agreement_goes_back_to_no_earlier_version(story, cast, first):
    # Together again, as Johan asks for Marieke by name.
    with as_person(cast.johan):
        again = send_request(
            once=uuid.uuid4(),
            slug=SLUG,
            client=cast.johan,
            words="Nog een keer.",
            shared=False,
            wishes=Wishes(coach=cast.marieke.pk),
        )
    later = matched(cast, again)[1]
    with as_person(cast.marieke):
        for earlier in (first.pk, None):
            with refused(NOT_THIS), transaction.atomic():
                version(later, cast.marieke, earlier).save(force_insert=True)
        version(later, cast.marieke, PolicyVersion.objects.get(state="published").pk).save(force_insert=True)


def test_an_agreement_names_no_draft_and_nothing_of_another_organisation(story, cast):
    with as_person(cast.fatima):
        draft = PolicyVersion.objects.filter(state="draft").first()
        if draft is None:
            draft = PolicyVersion(organisation_id=cast.organisation.pk, author=cast.fatima)
            draft.save(force_insert=True)
    for hidden in (draft.pk, cast.noor.pk):
        with as_person(cast.johan), refused(NOT_THIS), transaction.atomic():
            version(story.engagement, cast.johan, hidden).save(force_insert=True)


def test_under_which_version_was_agreed_is_not_rewritten(story, cast):
    newer = in_force(cast)
    with as_person(cast.johan), refused("Cannot update rows"), transaction.atomic():
        Agreement.objects.filter(engagement=story.engagement).update(policy=newer)
