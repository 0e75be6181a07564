"""The demo organisation: whole, alive, built once, and closed to the organisation next door."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from klankbord.coaches.api import profiles_of
from klankbord.coaches.queries.profiles import Looking, cards_of, coaches_found
from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.culture.ballots import token_of
from klankbord.culture.models import Invitation, PublishedUnit, Wave
from klankbord.culture.queries.reports import whole_unit
from klankbord.culture.queries.waves import publication_of, tree_of, wave_behind, words_of
from klankbord.culture.rules.waves import band_words
from klankbord.demo.build import build_demo
from klankbord.demo.cast import BERGLAND, CAST, WATERLAND
from klankbord.demo.half_year import Ends, cases
from klankbord.demo.opinions import scan
from klankbord.demo.tales import suggestion, tales
from klankbord.engagements.models import (
    Agreement,
    Board,
    CameNear,
    CoachLook,
    Course,
    Engagement,
    Experiment,
    Goal,
    NotedRequest,
    Proposal,
    Referral,
    Request,
    RequestWords,
    Session,
    Share,
    SpiralStep,
    ThreeWayText,
    Witness,
    Writing,
)
from klankbord.engagements.queries.costs import year_and_costs
from klankbord.engagements.queries.matching import relation_between, shortlist
from klankbord.engagements.queries.pool import pool
from klankbord.engagements.queries.today import moments_for, standings_of
from klankbord.engagements.queries.waiting import usual_wait
from klankbord.engagements.rules.lifecycle import Phase, RequestState
from klankbord.people.models import Membership, Notification, Person
from klankbord.people.queries import account_by_email, places_of
from klankbord.policy.api import PolicyVersion, policy_in_force
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = [pytest.mark.usefixtures("built"), pytest.mark.django_db(databases=["default", "keys"])]


def somebody(email: str) -> Person:
    """The person of the demo with this address."""
    account = account_by_email(email)
    assert account
    organisation = Organisation.objects.get(slug=email.partition("@")[2].removesuffix(".example"))
    with acting_in(organisation.id):
        return Person.objects.select_related("manager", "unit").get(account=account)


def reached(*ends: Ends) -> int:
    """How many of the half year stand at one of these."""
    return sum(case.ends in ends for case in cases())


def seen_by(person: Person):
    """Look with somebody's eyes."""
    return acting_in(person.organisation_id, person.pk)


def waterlander(name: str) -> Person:
    """The person of Waterland with this first part of an address."""
    return somebody(f"{name}@waterland.example")


class TestTheDemo:
    """Every test looks at the same organisation and leaves it as it was."""

    def test_waterland_published_its_policy_and_reviewed_it_and_bergland_has_none(self):
        with seen_by(waterlander("johan.dewit")):
            now, first = policy_in_force(), PolicyVersion.objects.get(number=1)
            assert (now.number, now.content.retention_months, first.content.retention_months) == (2, 6, 12)
            assert first.content.addresses["confidential_adviser"]
            assert now.content.talks == first.content.talks
            assert list(PolicyVersion.objects.filter(review_on__lte=clock.today(), state="published")) == []
        with seen_by(somebody("noor.haddad@bergland.example")):
            assert policy_in_force().number == 0

    def test_building_twice_is_building_once(self):
        assert build_demo() is False
        assert Organisation.objects.count() == 2

    def test_everybody_one_can_be_may_enter_their_own_organisation_and_no_other(self):
        for character in CAST:
            account = account_by_email(character.email)
            assert account, character.email
            assert [place.slug for place in places_of(account)] == [character.slug]
            assert somebody(character.email).name == character.name

    def test_johan_finds_coaches_to_read_about_and_fatima_one_to_look_at(self):
        johan, fatima = waterlander("johan.dewit"), waterlander("fatima.elamrani")
        with seen_by(johan):
            found = coaches_found(johan, Looking())
            assert len(found.with_room) >= 15
            shown = {card.profile.person.first_name for card in cards_of(found.person_ids, found.with_room)}
        assert shown >= {"Marieke", "Saskia", "Dewi", "Rojin"}
        assert not shown & {"Bram", "Yusuf", "Farid"}
        with seen_by(fatima):
            whole = pool()
        assert {one.person.first_name for one in whole.coaches if one.waits} == {"Bram", "Yusuf", "Farid", "Manon"}
        assert [fact.person.first_name for fact in whole.ending] == ["Lode", "Joost", "Marjolein"]
        assert whole.glance.resting == 2

    def test_johan_finds_antons_own_words_unanswered_and_has_done_nothing_yet(self):
        johan = waterlander("johan.dewit")
        with seen_by(johan):
            [referral] = Referral.objects.all()
            assert vault.read(referral, "text") == suggestion().text
            assert referral.manager.name == "Anton Visser" == johan.manager.name
            assert timedelta(days=2) < clock.now() - referral.made_at < timedelta(days=11)
            assert not Request.objects.exists()
            assert not standings_of(johan)
            assert len(moments_for(johan, WATERLAND, frozenset())) == 1

    def test_nobody_in_johans_line_or_unit_can_become_his_coach_and_somebody_elsewhere_can(self):
        johan = waterlander("johan.dewit")
        with seen_by(johan):
            request = Request(organisation_id=johan.organisation_id, client=johan)
            found = shortlist(request, at_once=1000)
        assert {"Marieke", "Saskia"} <= {one.coach.first_name for one in found.possible}
        assert {"Willem", "Bram"} <= {one.coach.first_name for one in found.impossible}

    def test_the_coordinator_finds_requests_in_every_stage_and_reads_only_the_words_that_were_shared(self):
        with seen_by(waterlander("fatima.elamrani")):
            states = Counter(Request.objects.values_list("state", flat=True))
            assert states[RequestState.SENT] == 2 + reached(Ends.WAITING)
            assert states[RequestState.PROPOSED] == 1 + reached(Ends.PROPOSED)
            begun = len(tales()) - 3 + len(cases()) - reached(Ends.WAITING, Ends.PROPOSED)
            assert states[RequestState.MATCHED] == begun
            words = {row.client.email.partition("@")[0] for row in RequestWords.objects.select_related("client")}
            told = {"priya.jagesar", "esra.yilmaz", "lena.bakker", "floor.oosterhuis"}
            assert words == told | {case.id for case in cases() if case.shared}
            assert Engagement.objects.count() == begun
            over = 2 + reached(Ends.STOPPED, Ends.ONE_TALK, Ends.CLOSED)
            assert Engagement.objects.filter(closed_on=None).count() == begun - over
            assert not Course.objects.exists()
            assert not Session.objects.exists()
            assert not Writing.objects.exists()

    def test_every_coaching_began_with_somebody_who_stood_apart_had_room_and_spoke_the_language(self):
        with seen_by(waterlander("fatima.elamrani")):
            moved = {one.engagement_id for one in CameNear.objects.all()}
            assert len(moved) == 1
            pairs = Engagement.objects.select_related(
                "client__unit", "client__manager", "coach__unit", "coach__manager", "request"
            )
            everybody = list(pairs)
            profiles = profiles_of({one.coach_id for one in everybody})
            for one in everybody:
                finding = relation_between(one.client, one.coach)
                assert (finding is not None) == (one.pk in moved), f"{one.client} and {one.coach}: {finding}"
                profile = profiles[one.coach_id]
                assert one.request.language in profile.languages
                beside = [
                    other
                    for other in everybody
                    if other.coach_id == one.coach_id
                    and other.started_on <= one.started_on
                    and (other.closed_on is None or other.closed_on > one.started_on)
                ]
                assert len(beside) <= profile.capacity, f"{one.coach} on {one.started_on}"

    def test_two_of_those_who_wait_have_nobody_left_who_speaks_english(self):
        with seen_by(waterlander("fatima.elamrani")):
            waiting = Request.objects.filter(state=RequestState.SENT, language="en").select_related("client__unit")
            found = [{one.coach: one.free_places for one in shortlist(row).possible} for row in waiting]
        rooms = {coach: free for one in found for coach, free in one.items()}
        assert len(found) == sum(rooms.values()) + 2

    def test_in_half_a_year_some_were_passed_over_some_could_not_and_it_took_a_while(self):
        with seen_by(waterlander("fatima.elamrani")):
            states = Counter(Proposal.objects.values_list("state", flat=True))
            assert min(states["passed"], states["refused"]) >= 2
            figure = usual_wait()
            assert figure
            assert figure.low <= figure.middle <= figure.high < 60
            before = Engagement.objects.filter(started_on__lt=figure.until)
            assert len(set(before.values_list("client_id", flat=True))) >= 5
            assert NotedRequest.objects.count() == 1
        with seen_by(waterlander("johan.dewit")):
            assert usual_wait() == figure

    def test_what_coaching_from_outside_costs_is_booked_agreed_and_partly_spent(self):
        with seen_by(waterlander("fatima.elamrani")):
            years = [year_and_costs(year) for year in (clock.today().year - 1, clock.today().year)]
        lines = [line for _year, some in years for line in some]
        planned = [line for line in lines if line.cost]
        assert len(planned) >= 14
        assert {line.engagement.client.first_name for line in lines if not line.cost} == {"Roos", "Carlijn"}
        assert all(line.row.rate_cents <= 17_500 for line in planned if line.row)
        assert any(line.cost.spent for line in planned if line.cost)
        assert all(year.expected < year.booked for year, some in years if some and year.booked)

    def test_bergland_lends_waterland_a_coach(self):
        with seen_by(waterlander("els.dijkstra")):
            [guest] = Person.objects.filter(guest=True)
        assert (guest.name, guest.employer) == ("Manon Hulshof", "Bergland")

    def test_mariekes_client_is_halfway_with_three_talks_behind_her_and_four_ahead(self):
        marieke = waterlander("marieke.bos")
        with seen_by(marieke):
            phases = {one.other.first_name: one.phase for one in standings_of(marieke)}
            assert phases == {"Hugo": Phase.INTRODUCTION, "Lena": Phase.RUNNING, "Floor": Phase.RUNNING}
            lena = next(one for one in standings_of(marieke) if one.other.first_name == "Lena")
            talks = Session.objects.filter(engagement=lena.engagement, number__gt=0)
            assert talks.filter(starts_at__lt=clock.now()).count() == 3
            assert talks.filter(starts_at__gt=clock.now()).count() == 4
            kinds = Counter(Writing.objects.filter(engagement=lena.engagement).values_list("kind", flat=True))
        assert kinds == {"direction": 1, "expectation": 2, "topic": 2, "notes": 3, "reflection": 1, "coach_page": 3}

    def test_floor_and_carlijn_used_everything_there_is(self):
        for name in ("floor.oosterhuis", "carlijn.bosma"):
            with seen_by(waterlander(name)):
                for model in (Goal, Board, Experiment, SpiralStep):
                    assert model.objects.exists(), f"{name} has no {model.__name__}"
        with seen_by(waterlander("marieke.bos")):
            assert CoachLook.objects.count() == 4
        with seen_by(waterlander("carlijn.bosma")):
            answers = Counter(Witness.objects.values_list("state", flat=True))
        assert answers == {"answered": 1, "asked": 1}

    def test_the_introduction_is_in_the_week_to_come(self):
        hugo = waterlander("hugo.brandsma")
        with seen_by(hugo):
            [talk] = Session.objects.all()
        assert talk.number == 0
        assert timedelta(0) < talk.starts_at - clock.now() < timedelta(days=15)

    def test_lena_keeps_one_look_back_to_herself(self):
        with seen_by(waterlander("lena.bakker")):
            mine = Writing.objects.filter(kind="reflection")
            assert mine.count() == 2
            assert mine.filter(shared_at=None).count() == 1

    def test_lena_can_see_that_marieke_opened_the_pages_of_her_talks(self):
        lena, marieke = waterlander("lena.bakker"), waterlander("marieke.bos")
        with seen_by(lena):
            opened = AuditRow.objects.filter(owner_id=lena.pk, actor_id=marieke.pk, verb="session.open")
            assert opened.count() == 3

    def test_anton_reads_what_is_shared_with_him_and_the_agreement_of_three_and_nothing_else_of_any_coaching(self):
        anton, roos = waterlander("anton.visser"), waterlander("roos.hendriks")
        with seen_by(anton):
            shares = {one.client.first_name: one for one in Share.objects.select_related("client")}
            assert set(shares) == {"Roos", "Carlijn"}
            share = shares["Roos"]
            assert vault.read(share, "text").startswith("Anton,")
            [engagement] = Engagement.objects.select_related("client")
            assert engagement.client.first_name == "Floor"
            [agreement] = Agreement.objects.all()
            assert agreement.in_force
            [text] = ThreeWayText.objects.all()
            assert text.in_force
            assert not Writing.objects.exists()
        with seen_by(roos):
            course = Course.objects.get()
            assert course.phase == Phase.CLOSED
            assert course.destroy_on
            assert course.destroy_on > clock.today()

    def test_nobody_of_bergland_sees_anything_of_waterland(self):
        noor = somebody("noor.haddad@bergland.example")
        elsewhere = Organisation.objects.get(slug=WATERLAND)
        with seen_by(noor):
            assert set(Person.objects.values_list("organisation__slug", flat=True)) == {BERGLAND}
            assert Person.objects.count() == 10
            for model in (Request, RequestWords, Referral, Engagement, Course, Session, Writing, Share, Notification):
                assert not model.objects.exists(), model
            assert not AuditRow.objects.filter(organisation=elsewhere).exists()

    def test_the_administrator_sees_people_and_no_coaching(self):
        with seen_by(waterlander("els.dijkstra")):
            assert 1_200 <= Person.objects.count() <= 1_400
            coaches = Membership.objects.filter(role="coach", person__guest=False).select_related("person")
            assert Counter(one.person.external for one in coaches) == {False: 27, True: 8}
            assert not Person.objects.filter(manager=None).exclude(employer="").exclude(unit__parent=None).exists()
            for model in (Request, Referral, Engagement, Writing, Share):
                assert not model.objects.exists(), model

    def test_two_waves_of_the_culture_scan_were_answered_and_published_and_one_is_open(self):
        with seen_by(waterlander("fatima.elamrani")):
            first, second, third = Wave.objects.order_by("opens")
            for wave in (first, second):
                assert (wave.state, wave.keys_gone) == ("published", True)
                published = publication_of(wave)
                assert published
                answered, invited = published.about["response"][str(whole_unit(wave).unit_id)]
                assert invited >= 1_200
                assert 0.6 < answered / invited < 0.72
                assert [10 <= len(texts) <= 120 for texts in words_of(wave).values()] == [True, True]
            assert (second.opens - first.opens).days > 150
            assert third.state == "open"
            assert third.closes > clock.today() > third.opens
            assert band_words(third.turnout).en == "between 25 and 50 per cent"
            assert Invitation.objects.filter(wave=third, by=Invitation.By.PAPER).count() >= 20
        with seen_by(waterlander("johan.dewit")):
            letter = Invitation.objects.get()
            assert (letter.wave_id, letter.letters) == (third.pk, 1)
            assert wave_behind(token_of(third, letter.pk)) == third

    def test_of_units_that_are_too_small_nothing_is_told_and_johans_own_is_told(self):
        with seen_by(waterlander("fatima.elamrani")):
            for wave in Wave.objects.filter(state="published"):
                told = {row.unit_id for row in PublishedUnit.objects.filter(wave=wave) if row.cells}
                hidden = {unit.name for unit in tree_of(wave) if unit.unit_id not in told}
                assert {"Archief", "Bezoekers", "Kaarten", "Muskusratten", "Pensioen", "Verzekeringen"} <= hidden
                assert len(told) > 4 * len(hidden)
        johan = waterlander("johan.dewit")
        with seen_by(johan):
            assert all(row.cells for row in PublishedUnit.objects.filter(unit_id=johan.unit_id))
            assert PublishedUnit.objects.filter(unit_id=johan.unit_id).count() == 2

    def test_change_is_found_where_it_was_made_and_nowhere_else(self):
        with seen_by(waterlander("fatima.elamrani")):
            first, second = Wave.objects.filter(state="published").order_by("opens")
            paths = {unit.unit_id: unit.path for unit in tree_of(second)}
            found = {
                (paths[row.unit_id], subject): told["difference"]
                for row in PublishedUnit.objects.filter(wave=second)
                for subject, told in row.about.get("change", {}).items()
                if told["change"] != "within_chance"
            }
            assert not any("change" in row.about for row in PublishedUnit.objects.filter(wave=first))
        made = [(one.id, subject, one.by) for one in scan().changes for subject in one.subjects]
        assert {(unit, subject) for unit, subject, _by in made} <= set(found)
        for (path, subject), difference in found.items():
            # What is true of a department moves the teams in it, and the directorate it is a part of.
            assert any(
                subject == what and difference * by > 0 and (unit.startswith(path) or path.startswith(unit))
                for unit, what, by in made
            ), f"{path}: {subject} {difference}"

    def test_history_is_not_mailed_again(self):
        # Counting a wave is left in the queue by its closing, and finds that it was done. In a transaction, as here,
        # the table of keys waits as well.
        left = set(ProcrastinateJob.objects.values_list("task_name", flat=True))
        assert left == {"culture.finish", "privacy.wipe_soon"}
        with seen_by(waterlander("johan.dewit")):
            [notice] = Notification.objects.all()
            assert notice.sent_at == notice.made_at < clock.now()

    def test_nothing_of_the_past_lies_in_the_future(self):
        for name in ("johan.dewit", "lena.bakker", "roos.hendriks", "marieke.bos", "fatima.elamrani"):
            with seen_by(waterlander(name)):
                assert not AuditRow.objects.filter(at__gte=clock.now()).exists()
                assert not Notification.objects.filter(made_at__gte=clock.now()).exists()
                assert not Writing.objects.filter(written_at__gte=clock.now()).exists()
