"""Matching a group at once: laid, changed by hand, confirmed; and whatever changed meanwhile is told for each row."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import Error, transaction
from tests.cast import Cast
from tests.story import SLUG, as_person

from klankbord.engagements.actions.requests import (
    Wishes,
    choose_coach,
    pass_proposal,
    propose_coach,
    send_request,
    step_aside,
    withdraw_request,
)
from klankbord.engagements.actions.rounds import change_row, confirm_round, start_round
from klankbord.engagements.jobs import match_round, rounds_over
from klankbord.engagements.models import MatchRound, MatchRow, Proposal, Request
from klankbord.engagements.queries.rounds import rows_of, waiting_requests
from klankbord.engagements.rules.lifecycle import RequestState
from klankbord.engagements.rules.rounds import Outcome, RoundState
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.actions import give_role, take_role
from klankbord.people.models import Membership, Notification, Person
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def asks(person: Person) -> Request:
    with as_person(person):
        return send_request(once=uuid4(), slug=SLUG, client=person, words="Kort.", shared=False, wishes=Wishes())


def lay(cast: Cast, also: int = 0) -> MatchRound:
    with as_person(cast.fatima):
        waiting = list(waiting_requests(cast.fatima))
        return start_round(once=uuid4(), coordinator=cast.fatima, requests=waiting, also=also)


def row_of(cast: Cast, made: MatchRound, person: Person) -> MatchRow:
    with as_person(cast.fatima):
        return rows_of(made).get(request__client=person)


def confirm(cast: Cast, made: MatchRound) -> None:
    with as_person(cast.fatima):
        confirm_round(round_id=made.pk, slug=SLUG)


@pytest.fixture
def three(cast: Cast) -> Cast:
    """Johan, Ruben and Anton wait. Marieke and Saskia are the coaches Johan may have; Ruben works with Marieke."""
    for person in (cast.johan, cast.ruben, cast.anton):
        asks(person)
    return cast


def test_everybody_gets_whom_they_may_have_and_nothing_is_proposed_yet(three):
    made = lay(three)
    assert made.state == RoundState.READY
    coaches = {name: row_of(three, made, three.named(name)).coach for name in ("johan", "ruben", "anton")}
    assert coaches["johan"] in (three.marieke, three.saskia)
    assert coaches["ruben"] not in (None, three.marieke)
    assert coaches["anton"] in (three.marieke, three.saskia)
    with as_person(three.johan):
        assert not Proposal.objects.exists()


def test_confirmed_they_lie_before_the_clients_who_choose(three):
    made = lay(three)
    coach = row_of(three, made, three.johan).coach
    confirm(three, made)
    with as_person(three.johan):
        proposal = Proposal.objects.get()
        assert (proposal.coach, proposal.state, proposal.request.state) == (coach, "proposed", "proposed")
        assert Notification.objects.filter(person=three.johan, kind="proposal").count() == 1
        assert AuditRow.objects.filter(verb="request.propose", owner_id=three.johan.pk).count() == 1
        assert choose_coach(slug=SLUG, proposal=proposal).coach == coach
    with as_person(three.fatima):
        made.refresh_from_db()
        assert (made.state, made.proposed) == (RoundState.CONFIRMED, 3)
        # Who could be whose coach lies before them now; the sheet needs to know it no longer.
        assert not rows_of(made).exclude(coach=None).exists()
        with pytest.raises(NotNow):
            confirm_round(round_id=made.pk, slug=SLUG)


def test_more_coaches_lie_before_a_client_where_there_is_room_the_one_of_the_sheet_first(three):
    made = lay(three, also=2)
    coach = row_of(three, made, three.johan).coach
    confirm(three, made)
    with as_person(three.johan):
        proposed = list(Proposal.objects.order_by("proposed_at"))
    assert proposed[0].coach_id == coach.pk
    assert {one.coach_id for one in proposed} == {three.marieke.pk, three.saskia.pk}


def test_what_changed_meanwhile_is_told_for_each_row_and_the_others_go_on(three):
    made = lay(three)
    with as_person(three.fatima):
        for name in ("johan", "ruben", "anton"):
            change_row(row=row_of(three, made, three.named(name)), coach=three.saskia)
    with as_person(three.johan):
        withdraw_request(request=Request.objects.get())
    with as_person(three.fatima):
        other = Request.objects.get(client=three.ruben)
        propose_coach(slug=SLUG, request=other, coach=three.willem)
    confirm(three, made)
    outcomes = {name: row_of(three, made, three.named(name)).outcome for name in ("johan", "ruben", "anton")}
    assert outcomes == {"johan": Outcome.WITHDRAWN, "ruben": Outcome.ELSEWHERE, "anton": Outcome.PROPOSED}
    page = text_of(Visitor(three.fatima).open("round", round_id=made.pk))
    assert "Withdrew the request meanwhile." in page
    assert "Anton Visser" not in page


def test_a_coach_who_filled_up_or_stopped_or_came_near_is_found_when_confirming(three, monkeypatch):
    made = lay(three)
    with as_person(three.fatima):
        change_row(row=row_of(three, made, three.johan), coach=three.marieke)
        change_row(row=row_of(three, made, three.ruben), coach=three.willem)
        change_row(row=row_of(three, made, three.anton), coach=three.saskia)
    with as_person(three.els):
        Person.objects.filter(pk=three.marieke.pk).update(manager=three.anton)
        take_role(person=three.willem, role=Membership.Role.COACH)
    monkeypatch.setattr("klankbord.engagements.queries.matching_facts.USUAL_CAPACITY", 0)
    confirm(three, made)
    outcomes = {name: row_of(three, made, three.named(name)).outcome for name in ("johan", "ruben", "anton")}
    assert outcomes == {"johan": Outcome.RULE, "ruben": Outcome.NO_COACH, "anton": Outcome.FULL}
    with as_person(three.johan):
        assert Request.objects.get().state == RequestState.SENT
        assert not Proposal.objects.exists()


def test_by_hand_a_rule_stands_in_the_way_with_its_clause(three):
    made = lay(three)
    fatima = Visitor(three.fatima)
    row = row_of(three, made, three.johan)
    looked: Any = fatima.client.get(
        fatima.address("round_row", round_id=made.pk, row_id=row.pk), {"coach": str(three.willem.pk)}
    )
    assert "Willem and Johan work in the same team or unit." in text_of(looked)
    assert "The rule: A coach works in another unit" in text_of(looked)
    refused = fatima.send("round_row", {"coach": str(three.willem.pk)}, round_id=made.pk, row_id=row.pk)
    assert refused.status_code == 422
    assert row_of(three, made, three.johan).coach == row.coach
    other = three.saskia if row.coach == three.marieke else three.marieke
    assert fatima.send("round_row", {"coach": str(other.pk)}, round_id=made.pk, row_id=row.pk).status_code == 302
    changed = row_of(three, made, three.johan)
    assert (changed.coach, changed.by_hand) == (other, True)


def test_room_counts_within_the_sheet(three, monkeypatch):
    monkeypatch.setattr("klankbord.engagements.queries.matching_facts.USUAL_CAPACITY", 1)
    made = lay(three)
    coaches = {row_of(three, made, three.named(name)).coach for name in ("johan", "ruben", "anton")}
    assert len(coaches) == 3
    taken = row_of(three, made, three.anton).coach
    with as_person(three.fatima), pytest.raises(NotNow) as refusal:
        change_row(row=row_of(three, made, three.johan), coach=taken)
    assert refusal.value.finding.code == "round.full"


def test_who_has_nobody_is_told_why_and_what_would_help(cast, monkeypatch):
    monkeypatch.setattr("klankbord.engagements.queries.matching_facts.USUAL_CAPACITY", 1)
    with as_person(cast.els):
        for coach in (cast.marieke, cast.bram, cast.willem):
            take_role(person=coach, role=Membership.Role.COACH)
    for person in (cast.johan, cast.ruben):
        asks(person)
    page = text_of(Visitor(cast.fatima).open("round", round_id=lay(cast).pk))
    assert "For one person there is nobody yet" in page
    assert "One coach: Coaches decide for themselves how many clients fit at the same time." in page
    assert "One place more with coaches who are full or take a break now" in page


def test_whom_a_client_passed_does_not_come_back(cast):
    asked = asks(cast.johan)
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=asked, coach=cast.marieke)
    with as_person(cast.johan):
        pass_proposal(slug=SLUG, proposal=Proposal.objects.select_related("request").get(pk=proposal.pk))
    made = lay(cast)
    row = row_of(cast, made, cast.johan)
    assert row.coach == cast.saskia
    with as_person(cast.fatima), pytest.raises(NotNow, match="before"):
        change_row(row=row, coach=cast.marieke)


def test_one_ticks_whom_and_sends_the_form_twice(three):
    fatima = Visitor(three.fatima)
    assert "3 people wait" in text_of(fatima.open("rounds"))
    nothing = fatima.send("rounds", {"once": str(uuid4()), "who": "some", "also": "0"})
    assert nothing.status_code == 422
    with as_person(three.johan):
        asked = Request.objects.get()
    words = {"once": str(uuid4()), "who": "some", "also": "1", "requests": [str(asked.pk)]}
    assert fatima.send("rounds", words)["Location"] == fatima.send("rounds", words)["Location"]
    with as_person(three.fatima):
        assert [row.request for row in rows_of(MatchRound.objects.get())] == [asked]


def test_a_large_group_is_left_to_the_worker_and_its_page_says_how_far_it_is(three, monkeypatch):
    monkeypatch.setattr("klankbord.engagements.actions.rounds.AT_ONCE", 0)
    monkeypatch.setattr("klankbord.engagements.actions.rounds.CONFIRMED_AT_ONCE", 0)
    made = lay(three)
    assert made.state == RoundState.WORKING
    fatima = Visitor(three.fatima)
    assert "Step 1 of 3" in text_of(fatima.open("round", round_id=made.pk))
    match_round(str(three.organisation.pk), str(three.fatima.pk), str(made.pk))
    assert "3 people could have a coach" in text_of(fatima.open("round", round_id=made.pk))
    fatima.send("round_confirm", round_id=made.pk)
    assert "You need not wait here" in text_of(fatima.open("round", round_id=made.pk))


def test_coordinators_who_stepped_aside_never_see_that_request(three):
    made = lay(three)
    with as_person(three.fatima):
        step_aside(request=Request.objects.get(client=three.johan))
    page = text_of(Visitor(three.fatima).open("round", round_id=made.pk))
    assert "Johan" not in page
    assert "Anton" in page
    with as_person(three.fatima):
        assert not MatchRow.objects.filter(request__client=three.johan).exists()
        assert MatchRow.objects.count() == 2
    confirm(three, made)
    with as_person(three.johan):
        assert not Proposal.objects.exists()


def test_a_sheet_is_its_makers_alone(three):
    with as_person(three.els):
        give_role(person=three.ruben, role=Membership.Role.COORDINATOR)
    made = lay(three)
    for name in ("ruben", "johan", "marieke", "els", "anton"):
        with as_person(three.named(name)):
            assert not MatchRound.objects.exists()
            assert not MatchRow.objects.exists()
            assert MatchRow.objects.update(outcome=Outcome.PROPOSED) == 0
        assert Visitor(three.named(name)).open("round", round_id=made.pk).status_code == 404
    row = row_of(three, made, three.johan)
    with as_person(three.ruben), pytest.raises(Error), transaction.atomic():
        MatchRow(organisation=three.organisation, round=made, request=row.request, place=9).save(force_insert=True)
    with as_person(three.els), pytest.raises(Error), transaction.atomic():
        MatchRound(organisation=three.organisation, made_by=three.fatima).save(force_insert=True)


def test_ones_own_request_is_never_on_ones_own_sheet(three):
    own = asks(three.fatima)
    made = lay(three)
    with as_person(three.fatima):
        assert not rows_of(made).filter(request=own).exists()
        with pytest.raises(Error), transaction.atomic():
            MatchRow(organisation=three.organisation, round=made, request=own, place=9).save(force_insert=True)


def test_sheets_go_when_they_are_thrown_away_or_had_their_time(three):
    made = lay(three)
    with as_person(three.fatima):
        step_aside(request=Request.objects.get(client=three.johan))
    assert rounds_over(0) == 0
    Visitor(three.fatima).send("round_discard", round_id=made.pk)
    with as_person(three.fatima):
        assert not MatchRound.objects.exists()
    old = lay(three)
    confirm(three, old)
    with as_person(three.fatima):
        MatchRound.objects.filter(pk=old.pk).update(confirmed_at=old.made_at.replace(year=2024))
    assert rounds_over(0) == 1
    with as_person(three.fatima):
        assert not MatchRow.objects.exists()
