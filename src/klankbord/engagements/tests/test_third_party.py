"""A third party: asked in by the client, answering for oneself, and seeing the agreement and nothing else."""

import io
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pypdf import PdfReader
from tests.addresses import address, addresses, keywords, uploaded
from tests.cast import Cast
from tests.story import SLUG, Story, agreed, as_person, matched, requested, running, tuesday_at_ten

from klankbord.core import clock
from klankbord.engagements import models
from klankbord.engagements.actions.agreements import Plan, accept_agreement, propose_agreement
from klankbord.engagements.actions.course import go_on
from klankbord.engagements.actions.party import CannotJoin, ask_in, end_part
from klankbord.engagements.models import Agreement, Engagement, Participant, Session
from klankbord.engagements.queries.agreements import clauses_of, latest_agreement
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.today import moments_for
from klankbord.engagements.rules.agreement import AgreementFacts
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.texts import filled_clauses
from klankbord.people.models import Notification, Person
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
FACTS = AgreementFacts(client="Johan", coach="Marieke", sponsor="Anton", direction="Alleen voor wie het mag lezen.")


@pytest.fixture
def story(told: Story) -> Story:
    """A running coaching of two, into which Johan asks Anton."""
    story, cast = told, told.cast
    with as_person(cast.johan):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)
    return story


@pytest.fixture
def anton(cast: Cast, story: Story) -> Visitor:
    return Visitor(cast.anton, story.engagement.pk)


def propose(person: Person, engagement: Engagement, facts: AgreementFacts = FACTS) -> Agreement:
    """Somebody of the two lays down a version."""
    with as_person(person):
        standing = engagement_for(person, engagement.pk)
        last = latest_agreement(engagement)
        plan = Plan(**last.plan) if last else Plan(first=tuesday_at_ten(3).isoformat(), place="Kamer 4.12")
        version = last.version if last else 0
        return propose_agreement(
            standing=standing, slug=SLUG, clauses=filled_clauses(facts, "nl"), plan=plan, based_on=version
        )


def say_yes(person: Person, engagement: Engagement) -> None:
    """Somebody of the two says yes to the last version."""
    with as_person(person):
        standing = engagement_for(person, engagement.pk)
        last = latest_agreement(engagement)
        assert last is not None
        accept_agreement(standing=standing, slug=SLUG, agreement=last)


def seen_by(person: Person) -> dict[str, int]:
    """How many rows of each table of engagements this person's database shows."""
    with as_person(person):
        tables = {name: getattr(models, name) for name in models.__all__ if hasattr(getattr(models, name), "objects")}
        counts = {name: model.objects.count() for name, model in tables.items()}
    return {name: count for name, count in counts.items() if count}


# --- asked in by the client ---------------------------------------------------------------------------------------


def test_the_manager_is_offered_first_and_anybody_can_be_found_by_name(cast, story):
    johan = Visitor(cast.johan, story.engagement.pk)
    johan.send("third_party_end")
    assert "Anton Visser, your manager" in text_of(johan.open("third_party"))
    found = text_of(johan.send("third_party", {"find": "1", "name": "fati"}))
    assert "Fatima el Amrani" in found
    assert "Ruben" not in found


def test_asking_somebody_in_leads_to_writing_what_they_will_read(cast, story):
    johan = Visitor(cast.johan, story.engagement.pk)
    johan.send("third_party_end")
    answer = johan.send("third_party", {"person": str(cast.fatima.pk), "name": "fatima"})
    assert answer.headers["Location"] == johan.address("agreement_edit")
    page = text_of(johan.open("agreement_edit"))
    assert "Fatima reads it as soon as you lay it down, exactly as it stands below" in page
    assert "Who else is a party to this" in page or "Met wie we dit nog meer afspreken" in page


def test_the_clauses_that_name_the_parties_are_filled_again_and_own_words_stay(cast, story):
    johan = Visitor(cast.johan, story.engagement.pk)
    form = johan.open("agreement_edit").context["form"]
    assert form["in_sponsor"].value() is True
    assert "Anton" in form["text_sponsor"].value()
    assert form["text_changing"].value().endswith("als Johan, Marieke en Anton er ja tegen zeggen.")
    propose(cast.johan, story.engagement)
    johan.send("third_party_end")
    again = johan.open("agreement_edit").context["form"]
    assert "text_sponsor" not in again.fields
    assert again["text_changing"].value().endswith("als we er allebei ja tegen zeggen.")
    johan.send("third_party", {"person": str(cast.fatima.pk), "name": "fatima"})
    assert "Fatima" in johan.open("agreement_edit").context["form"]["text_sponsor"].value()


@pytest.mark.parametrize("sent", [{}, {"person": "no-id"}, {"name": "fatima"}])
def test_without_a_choice_nobody_is_asked_in(cast, story, sent):
    johan = Visitor(cast.johan, story.engagement.pk)
    johan.send("third_party_end")
    assert johan.send("third_party", sent).status_code == 422
    assert seen_by(cast.fatima).get("Participant") is None


def test_only_the_client_asks_in_and_ends(cast, story):
    marieke = Visitor(cast.marieke, story.engagement.pk)
    assert marieke.open("third_party").status_code == 403
    assert marieke.send("third_party_end").status_code == 403
    assert marieke.send("third_party", {"person": str(cast.fatima.pk)}).status_code == 403


def test_there_is_one_third_party_at_a_time_and_asking_twice_asks_once(cast, story):
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        ask_in(standing=standing, slug=SLUG, person=cast.anton)
        with pytest.raises(CannotJoin):
            ask_in(standing=standing, slug=SLUG, person=cast.fatima)
    with as_person(cast.anton):
        assert Notification.objects.filter(kind="party_asked").count() == 1


@pytest.mark.parametrize("name", ["johan", "marieke", "noor"])
def test_neither_of_the_two_and_nobody_from_elsewhere_becomes_the_third(cast, name):
    story = running(cast)
    with as_person(cast.johan), pytest.raises(CannotJoin), transaction.atomic():
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.named(name))


@pytest.mark.parametrize("name", ["marieke", "anton", "fatima", "els", "noor"])
def test_the_database_lets_nobody_but_the_client_ask_somebody_in(cast, name):
    story = running(cast)
    with as_person(cast.named(name)), connection.cursor() as cursor:
        arguments = [story.engagement.pk, cast.fatima.pk, story.engagement.pk, clock.now()]
        cursor.execute("select engagements_ask_in(%s, %s, %s, %s)", arguments)
        assert cursor.fetchone() == (False,)


def test_who_the_third_is_is_told_to_those_who_take_part_and_to_nobody_else(cast, story):
    told = {}
    for name in ("johan", "marieke", "anton", "fatima", "els", "noor"):
        with as_person(cast.named(name)), connection.cursor() as cursor:
            cursor.execute("select engagements_third_party(%s)", [story.engagement.pk])
            told[name] = cursor.fetchone()[0] == cast.anton.pk
    assert told == {"johan": True, "marieke": True, "anton": True, "fatima": False, "els": False, "noor": False}


# --- what the third party sees ------------------------------------------------------------------------------------


def test_who_was_asked_in_sees_that_there_is_coaching_and_no_earlier_version(cast, story, anton):
    seen = seen_by(cast.anton)
    assert {name: seen.get(name) for name in ("Engagement", "Participant")} == {"Engagement": 1, "Participant": 1}
    assert "Agreement" not in seen
    assert "Nothing lies before you yet" in text_of(anton.open("party"))


def test_beside_the_agreement_the_third_party_sees_no_row_of_the_coaching(cast, story):
    propose(cast.johan, story.engagement)
    # His own letter, the question to him and what Johan shares with his manager were there before.
    own = {"Referral": 1, "ReferralQuestion": 1, "Share": 1}
    # The account of a year is for everybody.
    own["YearAccount"] = 1
    assert seen_by(cast.anton) == {"Agreement": 1, "Engagement": 1, "Participant": 1, **own}


def test_what_a_coach_writes_reaches_the_third_party_only_once_the_client_said_yes(cast, story, anton):
    propose(cast.marieke, story.engagement)
    assert "Agreement" not in seen_by(cast.anton)
    with as_person(cast.anton):
        assert not Notification.objects.filter(kind="party_agreement").exists()
    say_yes(cast.johan, story.engagement)
    assert "Alleen voor wie het mag lezen." in text_of(anton.open("party"))
    with as_person(cast.anton):
        assert Notification.objects.filter(kind="party_agreement").count() == 1


def test_a_new_third_party_reads_nothing_that_was_meant_for_the_one_before(cast, story):
    propose(cast.johan, story.engagement)
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        end_part(standing=standing, slug=SLUG)
        ask_in(standing=standing, slug=SLUG, person=cast.fatima)
    assert "Agreement" not in seen_by(cast.fatima)
    propose(cast.johan, story.engagement, AgreementFacts(client="Johan", coach="Marieke", sponsor="Fatima"))
    assert seen_by(cast.fatima)["Agreement"] == 1


def test_whoever_is_asked_in_again_begins_anew(cast, story):
    propose(cast.johan, story.engagement)
    with as_person(cast.johan):
        standing = story.standing(cast.johan)
        end_part(standing=standing, slug=SLUG)
        ask_in(standing=standing, slug=SLUG, person=cast.anton)
    assert seen_by(cast.anton).get("Participant") == 1
    assert "Agreement" not in seen_by(cast.anton)


def test_every_page_of_the_coaching_is_not_there_for_the_third_party(cast, story, anton):
    propose(cast.johan, story.engagement)
    upload = uploaded(cast)
    open_to_them = {name for name in addresses() if name.startswith("party")}
    wrong = {}
    for route in sorted(addresses()):
        if "engagement" in keywords(route) and route not in open_to_them:
            where = address(route, story, upload)
            for method in ("get", "post"):
                with transaction.atomic():
                    status = getattr(anton.client, method)(where).status_code
                    transaction.set_rollback(True)
                if status not in (404, 405):
                    wrong[where] = status
    assert wrong == {}


@pytest.mark.parametrize("name", ["johan", "marieke", "fatima", "els", "willem", "noor"])
def test_the_third_partys_pages_are_for_the_third_party_alone(cast, story, name):
    propose(cast.johan, story.engagement)
    visitor = Visitor(cast.named(name), story.engagement.pk)
    for route, more in (("party", {}), ("party_version", {"version": 2}), ("party_pdf", {"version": 2})):
        assert visitor.open(route, **more).status_code == 404, route
    for route in ("party_accept", "party_talk"):
        assert visitor.send(route, {"version": 2}).status_code == 404, route


def test_the_third_partys_page_tells_who_sees_it_and_does_not_say_that_the_manager_does_not(cast, story, anton):
    propose(cast.johan, story.engagement)
    page = anton.open("party")
    said = " ".join(line.text for line in page.context["audience"].lines)
    assert "You, Johan, and Marieke" in said
    assert "manager" not in said
    johans = Visitor(cast.johan, story.engagement.pk).open("agreement").context["audience"]
    assert "Anton" in johans.lines[0].text
    assert "Anton" not in johans.lines[-1].text


@pytest.mark.parametrize("route", ["agreement_edit", "agreement_compare", "third_party", "agreement"])
def test_no_page_of_the_agreement_says_that_the_manager_who_takes_part_does_not_see_it(cast, story, route):
    lines = Visitor(cast.johan, story.engagement.pk).open(route).context["audience"].lines
    assert any(line.text == "Anton, only when the agreement is one of three." for line in lines)
    assert "Anton" not in lines[-1].text


def test_the_coach_is_not_told_by_the_way_who_the_manager_is(cast, story):
    with as_person(cast.johan):
        end_part(standing=story.standing(cast.johan), slug=SLUG)
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.fatima)
    marieke = Visitor(cast.marieke, story.engagement.pk)
    one = marieke.open("agreement").context["audience"].lines[-1].text
    with as_person(cast.johan):
        end_part(standing=story.standing(cast.johan), slug=SLUG)
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)
    assert marieke.open("agreement").context["audience"].lines[-1].text == one


def test_what_the_third_party_opens_is_noted_for_the_client(cast, story, anton):
    propose(cast.johan, story.engagement)
    anton.open("party")
    anton.open("party")
    with as_person(cast.johan):
        assert AuditRow.objects.filter(verb="agreement.open", actor_id=cast.anton.pk).count() == 1


def test_the_paper_of_the_third_party_names_no_days_of_talks(cast, story, anton):
    propose(cast.johan, story.engagement)
    answer = anton.open("party_pdf", version=2)
    words = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
    assert "Met wie we dit nog meer afspreken" in words
    assert "De gesprekken in dit plan" not in words
    assert anton.open("party_pdf", version=1).status_code == 404
    assert anton.open("party_version", version=1).status_code == 404


# --- saying yes ---------------------------------------------------------------------------------------------------


def in_force(cast: Cast, engagement: Engagement) -> list[int]:
    """The numbers of the versions that all parties said yes to."""
    with as_person(cast.johan):
        return [one.version for one in Agreement.objects.filter(engagement=engagement) if one.in_force]


@pytest.mark.parametrize("last", ["anton", "marieke"])
def test_it_holds_once_all_three_said_yes_in_whatever_order(cast, story, anton, last):
    propose(cast.johan, story.engagement)
    order = ["marieke", "anton"] if last == "anton" else ["anton", "marieke"]
    for name in order:
        assert in_force(cast, story.engagement) == [1]
        if name == "marieke":
            say_yes(cast.marieke, story.engagement)
        else:
            assert anton.send("party_accept", {"version": 2}).status_code == 302
    assert in_force(cast, story.engagement) == [1, 2]
    assert "All three said yes to version 2." in text_of(Visitor(cast.johan, story.engagement.pk).open("agreement"))


def test_when_the_third_party_is_the_last_the_talks_are_planned_all_the_same(cast):
    engagement = matched(cast, requested(cast)[2])[1]
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        go_on(standing=standing, slug=SLUG)
        ask_in(standing=standing, slug=SLUG, person=cast.anton)
    propose(cast.johan, engagement)
    say_yes(cast.marieke, engagement)
    with as_person(cast.johan):
        assert engagement_for(cast.johan, engagement.pk).phase is Phase.AGREEMENT
        assert Session.objects.count() == 0
    visitor = Visitor(cast.anton, engagement.pk)
    visitor.send("party_accept", {"version": 1})
    with as_person(cast.johan):
        assert engagement_for(cast.johan, engagement.pk).phase is Phase.RUNNING
        assert Session.objects.count() == 7
    assert "Session" not in seen_by(cast.anton)


def test_the_third_party_is_told_who_chooses_another_moment_when_the_first_talk_has_passed(cast):
    engagement = matched(cast, requested(cast)[2])[1]
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        go_on(standing=standing, slug=SLUG)
        ask_in(standing=standing, slug=SLUG, person=cast.anton)
    propose(cast.johan, engagement)
    say_yes(cast.marieke, engagement)
    visitor = Visitor(cast.anton, engagement.pk)
    with clock.stopped_at(tuesday_at_ten(4)):
        answer: Any = visitor.client.post(visitor.address("party_accept"), {"version": 1}, follow=True)
    assert "Johan and Marieke choose another moment." in text_of(answer)
    assert in_force(cast, engagement) == []


def test_the_audit_says_that_the_third_party_said_yes_and_nobody_else_did_it(cast, story, anton):
    propose(cast.johan, story.engagement)
    say_yes(cast.marieke, story.engagement)
    anton.send("party_accept", {"version": 2})
    with as_person(cast.johan):
        rows = AuditRow.objects.filter(verb="party.accept").values_list("actor_id", "owner_id")
        assert list(rows) == [(cast.anton.pk, cast.johan.pk)]


def test_saying_yes_twice_is_one_yes(cast, story, anton):
    propose(cast.johan, story.engagement)
    for _ in range(2):
        assert anton.send("party_accept", {"version": 2}).status_code == 302
    with as_person(cast.johan):
        assert Notification.objects.filter(kind="agreement_accepted", parameters__name="Anton").count() == 1


def test_a_yes_to_an_overtaken_version_shows_the_newer_one(cast, story, anton):
    propose(cast.johan, story.engagement)
    propose(cast.johan, story.engagement, AgreementFacts(client="Johan", coach="Marieke", sponsor="Anton", weeks=2))
    answer = anton.send("party_accept", {"version": 2})
    assert answer.status_code == 409
    assert "There is a newer version." in text_of(answer)


@pytest.mark.parametrize("route", ["party_accept", "party_talk"])
def test_an_answer_without_a_version_is_no_answer(cast, story, anton, route):
    propose(cast.johan, story.engagement)
    assert anton.send(route).status_code == 422
    assert anton.send(route, {"version": 1}).status_code == 422


def test_who_wants_to_talk_first_is_heard_by_both_once_a_day_and_nothing_holds(cast, story, anton):
    propose(cast.johan, story.engagement)
    for _ in range(2):
        anton.send("party_talk", {"version": 2})
    for person in (cast.johan, cast.marieke):
        with as_person(person):
            assert Notification.objects.filter(kind="party_talk").count() == 1
    assert in_force(cast, story.engagement) == [1]


def test_nobody_says_yes_in_the_third_partys_name_and_the_third_party_in_nobodys(cast, story):
    propose(cast.johan, story.engagement)
    moment = clock.now()
    attempts: tuple[tuple[Person, dict[str, Any]], ...] = (
        (cast.johan, {"sponsor_accepted_at": moment}),
        (cast.marieke, {"sponsor_accepted_at": moment}),
        (cast.anton, {"coach_accepted_at": moment}),
        (cast.anton, {"client_accepted_at": None}),
    )
    for person, change in attempts:
        with as_person(person), pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            Agreement.objects.filter(version=2).update(**change)


def test_once_the_coaching_is_over_nobody_says_yes_any_more(cast, story, anton):
    propose(cast.johan, story.engagement)
    Visitor(cast.johan, story.engagement.pk).send("engagement_stop")
    assert "I say yes" not in text_of(anton.open("party"))
    answer = anton.client.post(anton.address("party_accept"), {"version": 2}, follow=True)
    assert "This coaching is over." in text_of(answer)
    assert in_force(cast, story.engagement) == [1]
    with as_person(cast.johan), pytest.raises(NotNow):
        ask_in(standing=story.standing(cast.johan), slug=SLUG, person=cast.anton)


# --- two again ----------------------------------------------------------------------------------------------------


def test_the_client_ends_the_part_and_the_next_version_is_one_of_two(cast, story, anton):
    propose(cast.johan, story.engagement)
    johan = Visitor(cast.johan, story.engagement.pk)
    johan.send("third_party_end")
    assert anton.open("party").status_code == 404
    assert "This version is one for three. Nobody else takes part now" in text_of(johan.open("agreement"))
    again = propose(cast.johan, story.engagement)
    assert (again.version, again.three_party) == (3, False)
    say_yes(cast.marieke, story.engagement)
    assert in_force(cast, story.engagement) == [1, 3]


def test_one_who_left_does_not_let_themselves_in_again(cast, story):
    with as_person(cast.johan):
        end_part(standing=story.standing(cast.johan), slug=SLUG)
    with as_person(cast.anton):
        assert Participant.objects.filter(person=cast.anton).update(until=None) == 0
        assert not Engagement.objects.exists()


def test_the_agreement_of_two_stays_with_the_two(cast):
    engagement = matched(cast, requested(cast)[2])[1]
    agreed(cast, engagement, tuesday_at_ten(3))
    with as_person(cast.johan):
        last = latest_agreement(engagement)
        assert last is not None
        assert not last.three_party
        assert "sponsor" not in {clause.id for clause in clauses_of(last)}


# --- where it is found --------------------------------------------------------------------------------------------


def test_the_third_party_finds_it_under_today_first_to_answer_and_then_to_read_again(cast, story, anton):
    def titles() -> list[tuple[str, bool]]:
        with as_person(cast.anton):
            return [(one.title, one.waits) for one in moments_for(cast.anton, SLUG, frozenset())]

    assert ("The agreement with Johan and Marieke", False) in titles() or (
        "De afspraken met Johan en Marieke",
        False,
    ) in titles()
    propose(cast.johan, story.engagement)
    page = text_of(anton.client.get(f"/{SLUG}/"))
    assert "Johan lays an agreement before you" in page
    anton.send("party_accept", {"version": 2})
    assert "Johan lays an agreement before you" not in text_of(anton.client.get(f"/{SLUG}/"))


def test_no_message_says_what_it_is_about_or_who_is_coached(cast, story):
    propose(cast.johan, story.engagement)
    with as_person(cast.anton):
        rows = list(Notification.objects.filter(kind__startswith="party"))
        assert {tuple(row.parameters.items()) for row in rows} == {(("name", "Johan"),)}
