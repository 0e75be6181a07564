"""Attacks on the rows of the policy: drafts are the coordinators', and what was published stays what it was."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.actions import give_role
from klankbord.people.models import Membership
from klankbord.policy.actions import begin_draft, publish_policy
from klankbord.policy.models import PolicyVersion
from tests.story import as_person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def versions(cast):
    """Version 1 in the archive, version 2 in force, and a draft; all by Fatima."""
    with as_person(cast.fatima):
        for _ in range(2):
            publish_policy(draft=begin_draft(), note="Zo.", review_on=clock.today() + timedelta(days=90))
        begin_draft()
        return {one.state: one for one in PolicyVersion.objects.all()}


def refused(work) -> bool:
    try:
        with transaction.atomic():
            return not work()
    except DatabaseError:
        return True


@pytest.mark.parametrize("name", ["johan", "els", "marieke", "anton", "ruben"])
def test_nobody_but_a_coordinator_reads_changes_or_removes_a_draft(cast, versions, name):
    draft = versions["draft"]
    with as_person(cast.named(name)):
        assert {one.state for one in PolicyVersion.objects.all()} == {"published", "archived"}
        assert not PolicyVersion.objects.filter(pk=draft.pk).exists()
        rows = PolicyVersion.objects.filter(pk=draft.pk)
        assert refused(lambda: rows.update(body={}, author_id=cast.named(name).pk))
        assert refused(lambda: rows.delete()[0])
        mine = PolicyVersion(
            organisation_id=cast.organisation.id, author_id=cast.named(name).pk, state="archived", number=9
        )
        assert refused(lambda: mine.save(force_insert=True) or mine)


@pytest.mark.parametrize("state", ["published", "archived"])
@pytest.mark.parametrize(
    "change",
    [{"body": {}}, {"note": "Anders."}, {"review_on": None}, {"number": 7}, {"state": "draft", "number": None}],
)
def test_nobody_changes_or_removes_what_was_published(cast, versions, state, change):
    for person in (cast.fatima, cast.johan):
        with as_person(person):
            rows = PolicyVersion.objects.filter(pk=versions[state].pk)
            assert refused(lambda rows=rows: rows.update(**change))
            assert refused(lambda rows=rows: rows.delete()[0])


def test_what_was_replaced_does_not_come_back_into_force_by_itself(cast, versions):
    with as_person(cast.fatima):
        PolicyVersion.objects.filter(pk=versions["published"].pk).update(state="archived", archived_at=clock.now())
        assert refused(lambda: PolicyVersion.objects.filter(pk=versions["archived"].pk).update(state="published"))


def test_a_coordinator_writes_and_publishes_in_no_other_name(cast, versions):
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    with as_person(cast.ruben):
        draft = PolicyVersion.objects.filter(pk=versions["draft"].pk)
        assert refused(lambda: draft.update(body={}))
        assert refused(lambda: draft.update(state="archived", number=3, archived_at=clock.now()))
        theirs = PolicyVersion(
            id=uuid.uuid4(), organisation_id=cast.organisation.id, author_id=cast.fatima.pk, state="archived", number=9
        )
        assert refused(lambda: theirs.save(force_insert=True) or theirs)
        assert draft.update(body={}, author_id=cast.ruben.pk) == 1


def test_nobody_says_when_a_policy_was_published_or_replaced(cast):
    long_ago = clock.now() - timedelta(days=900)
    begun = clock.now() - timedelta(minutes=30)
    given = {"organisation_id": cast.organisation.id, "author_id": cast.fatima.pk, "published_at": long_ago}
    with as_person(cast.fatima):
        PolicyVersion(**given, state="published", number=1).save(force_insert=True)
        first = PolicyVersion.objects.get(number=1)
        assert first.published_at > begun, "it counts from the moment it was put there"
        rows = PolicyVersion.objects.filter(pk=first.pk)
        assert refused(lambda: rows.update(published_at=long_ago))
        rows.update(state="archived", archived_at=long_ago)
        assert PolicyVersion.objects.get(number=1).archived_at > begun
        PolicyVersion(**given, archived_at=long_ago).save(force_insert=True)
        draft = PolicyVersion.objects.get(state="draft")
        assert (draft.published_at, draft.archived_at) == (None, None)
        PolicyVersion.objects.filter(pk=draft.pk).update(state="published", number=2, published_at=long_ago)
        assert PolicyVersion.objects.get(number=2).published_at > begun


def test_a_policy_comes_into_force_under_the_next_number_and_is_never_put_in_the_archive_from_nowhere(cast, versions):
    given = {"organisation_id": cast.organisation.id, "author_id": cast.fatima.pk}
    with as_person(cast.fatima):
        PolicyVersion.objects.filter(pk=versions["published"].pk).update(state="archived")
        for number in (0, 2, 4):
            row = PolicyVersion(**given, state="published", number=number)
            assert refused(lambda row=row: row.save(force_insert=True) or row), number
        row = PolicyVersion(**given, state="archived", number=3)
        assert refused(lambda: row.save(force_insert=True) or row)
        draft = PolicyVersion.objects.filter(pk=versions["draft"].pk)
        assert refused(lambda: draft.update(state="archived", number=3))
        assert draft.update(state="published", number=3) == 1


def test_a_story_of_the_past_is_dated_in_its_own_time_and_the_present_goes_on_after_it(cast):
    then = clock.now() - timedelta(days=300)
    with as_person(cast.fatima):
        with clock.stopped_at(then), as_person(cast.fatima):
            publish_policy(draft=begin_draft(), note="Zo.", review_on=clock.today())
        publish_policy(draft=begin_draft(), note="Anders.", review_on=clock.today() + timedelta(days=90))
        assert PolicyVersion.objects.get(number=1).published_at == then
        assert PolicyVersion.objects.get(number=2).published_at > then + timedelta(days=299)
        assert PolicyVersion.objects.get(number=1).archived_at > then + timedelta(days=299)


def test_noor_sees_nothing_of_it(cast, versions):
    with acting_in(cast.elsewhere.id, cast.noor.pk):
        assert not PolicyVersion.objects.exists()
