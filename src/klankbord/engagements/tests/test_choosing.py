"""From wishes to a coach: what is asked, who is put forward and why, and who may say no."""

import json
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse
from tests.cast import Cast
from tests.part_pool import WORDS as PROFILE
from tests.part_pool import presented
from tests.story import SLUG, as_person

from klankbord.coaches.actions.profiles import set_room
from klankbord.core import clock
from klankbord.engagements.actions.course import other_coach
from klankbord.engagements.actions.requests import (
    Wishes,
    choose_coach,
    decline_proposal,
    propose_coach,
    propose_coaches,
    send_request,
    withdraw_request,
)
from klankbord.engagements.models import Engagement, Proposal, Request, RequestPreference
from klankbord.engagements.queries import matching_facts
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.matching import shortlist, suggestion
from klankbord.engagements.rules.lifecycle import ProposalState, RequestState
from klankbord.people.models import Membership, Notification, Person
from klankbord.policy.actions import begin_draft, publish_policy
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import MatchRules
from klankbord.policy.rules.finding import NotNow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Het loopt vast."
WISHES = Wishes(themes=("project",), sensitive_themes=("strain",), place="meet", ways=("walking",))


def visitor(person):
    assert person.account
    client = Client()
    client.force_login(person.account)
    return client


def address(route: str, *args: object) -> str:
    return reverse(route, args=[SLUG, *args])


def asked(cast: Cast, person: Person | None = None, wishes: Wishes = WISHES, *, shared: bool = False) -> Request:
    person = person or cast.johan
    with as_person(person):
        return send_request(
            once=uuid4(), slug=SLUG, client=person, words="Het loopt vast.", shared=shared, wishes=wishes
        )


def put_forward(cast: Cast, request: Request, *coaches: Person) -> list[Proposal]:
    with as_person(cast.fatima):
        return propose_coaches(slug=SLUG, request=request, coaches=coaches)


def policy(cast: Cast, rules: MatchRules) -> None:
    """What holds from now on."""
    with as_person(cast.fatima):
        draft = begin_draft()
        PolicyVersion.objects.filter(pk=draft.pk).update(body=replace(draft.content, match=rules).as_json())
        draft.refresh_from_db()
        publish_policy(draft=draft, note="Wie met wie.", review_on=clock.today() + timedelta(days=365))


def told(person: Person) -> list[str]:
    with as_person(person):
        return list(Notification.objects.filter(person=person).order_by("made_at").values_list("kind", flat=True))


# --- asking -----------------------------------------------------------------------------------------------------


def steps(client: Client, **wishes: object) -> None:
    client.post(address("ask"), {"once": uuid4(), "words": WORDS, "coach": wishes.pop("came", "")})
    usual = {"length": "several", "language": "nl", "place": "any", "employer": "any"}
    assert client.post(address("ask_wishes"), {**usual, **wishes}).status_code == 302


def sent(client: Client) -> None:
    page = client.get(address("ask_send"))
    form = page.context["form"]
    client.post(address("ask_send"), {"once": form.initial["once"], "seen": form.initial["seen"]})


def test_more_wishes_lie_folded_until_there_is_one_and_come_along_with_the_request(cast):
    johan = visitor(cast.johan)
    johan.post(address("ask"), {"once": uuid4(), "words": WORDS})
    assert '<details class="more"><summary>Meer wensen' in johan.get(address("ask_wishes")).content.decode()
    steps(johan, ways=["walking", "writing"], day_parts=["evening"])
    assert '<details class="more" open>' in johan.get(address("ask_wishes")).content.decode()
    assert "Wandelend, Schrijven tussen de gesprekken" in johan.get(address("ask_send")).content.decode()
    sent(johan)
    with as_person(cast.johan):
        request = Request.objects.get(client=cast.johan)
        assert (request.ways, request.day_parts) == (["walking", "writing"], ["evening"])
        assert not RequestPreference.objects.exists()


def test_whoever_comes_from_the_page_of_a_coach_may_ask_for_that_coach(cast):
    johan = visitor(cast.johan)
    assert cast.marieke.name in johan.get(f"{address('ask')}?coach={cast.marieke.pk}").content.decode()
    steps(johan, came=str(cast.marieke.pk), coach=str(cast.marieke.pk))
    sent(johan)
    with as_person(cast.johan):
        assert RequestPreference.objects.get().coach == cast.marieke
    with as_person(cast.fatima):
        request = Request.objects.get(client=cast.johan)
        assert shortlist(request).possible[0].coach == cast.marieke
    assert "Gevraagd" in visitor(cast.fatima).get(address("request_to_match", request.pk)).content.decode()


@pytest.mark.parametrize("who", ["els", "noor", "nobody"])
def test_whoever_is_no_coach_here_cannot_be_asked_for(cast, who):
    given = str(cast.named(who).pk) if who != "nobody" else "wie dan ook"
    page = visitor(cast.johan).get(f"{address('ask')}?coach={given}")
    assert page.status_code == 200
    assert page.context["came_for"] is None


def test_whether_a_woman_or_a_man_is_asked_only_where_the_policy_allows_it(cast):
    johan = visitor(cast.johan)
    johan.post(address("ask"), {"once": uuid4(), "words": WORDS})
    assert "gender" not in johan.get(address("ask_wishes")).context["form"].fields
    policy(cast, MatchRules(wishes_about_person=True))
    assert "gender" in johan.get(address("ask_wishes")).context["form"].fields
    steps(johan, gender="woman")
    sent(johan)
    with as_person(cast.johan):
        assert RequestPreference.objects.get().gender == "woman"


# --- whom somebody would rather have ----------------------------------------------------------------------------


def test_no_coach_reads_whom_the_client_would_rather_have(cast):
    request = asked(cast, wishes=replace(WISHES, coach=cast.saskia.pk, gender="woman"))
    put_forward(cast, request, cast.marieke)
    for person in (cast.marieke, cast.saskia, cast.anton, cast.els):
        with as_person(person):
            assert not RequestPreference.objects.exists()
    with as_person(cast.marieke):
        assert Request.objects.filter(pk=request.pk).exists()
    with as_person(cast.fatima):
        assert RequestPreference.objects.get().coach == cast.saskia


def test_nobody_wishes_in_the_name_of_another(cast):
    request = asked(cast)
    for person, client in ((cast.fatima, cast.johan), (cast.anton, cast.anton), (cast.fatima, cast.fatima)):
        wish = RequestPreference(
            organisation_id=cast.organisation.id, request_id=request.pk, client_id=client.pk, coach_id=cast.saskia.pk
        )
        with as_person(person), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            wish.save(force_insert=True)
    wanted = asked(cast, wishes=replace(WISHES, coach=cast.saskia.pk))
    with as_person(cast.fatima):
        assert RequestPreference.objects.filter(request=wanted).update(gender="man") == 0


def test_a_request_that_is_withdrawn_leaves_no_preference_behind(cast):
    request = asked(cast, wishes=replace(WISHES, coach=cast.saskia.pk))
    with as_person(cast.johan):
        withdraw_request(request=request)
        assert not RequestPreference.objects.exists()


# --- who is put forward -----------------------------------------------------------------------------------------


def test_the_best_fit_stands_first_with_what_fits_and_what_does_not(cast):
    presented(cast, cast.marieke)
    presented(cast, cast.saskia, replace(PROFILE, themes=("leading",), ways=(), places=()))
    request = asked(cast)
    with as_person(cast.fatima):
        found = shortlist(request)
        assert [one.coach for one in found.possible] == [cast.marieke, cast.saskia]
        saskia = [reason.text("nl") for reason in found.possible[1].fit.less_good]
    assert "Kan alleen online; Johan wil elkaar liever zien." in saskia


def test_a_sensitive_theme_weighs_only_where_the_client_ticked_it(cast):
    presented(cast, cast.marieke)
    for shared in (False, True):
        request = asked(cast, shared=shared)
        with as_person(cast.fatima):
            good = " ".join(one.text("nl") for one in suggestion(request, cast.marieke).fit.good)
        assert ("Spanning en werkdruk" in good) is shared


def test_a_coordinator_who_is_the_chosen_coach_does_not_match_by_what_only_the_coach_reads(cast):
    presented(cast, cast.marieke)
    request = asked(cast)
    [proposal] = put_forward(cast, request, cast.marieke)
    with as_person(cast.johan):
        choose_coach(slug=SLUG, proposal=proposal)
    with as_person(cast.els):
        Membership(organisation_id=cast.organisation.id, person=cast.marieke, role="coordinator").save()
    with as_person(cast.marieke):
        good = suggestion(request, cast.marieke).fit.good
    assert "Spanning" not in " ".join(one.text("nl") for one in good)


def test_a_coach_who_pauses_or_is_full_cannot_be_put_forward(cast):
    with as_person(cast.marieke):
        set_room(coach=cast.marieke, capacity=3, paused=True, paused_until=clock.today())
    with as_person(cast.saskia):
        set_room(coach=cast.saskia, capacity=1, paused=False)
    put_forward_to = asked(cast, cast.willem)
    [proposal] = put_forward(cast, put_forward_to, cast.saskia)
    with as_person(cast.willem):
        choose_coach(slug=SLUG, proposal=proposal)
    request = asked(cast)
    with as_person(cast.fatima):
        codes = {one.coach: [finding.code for finding in one.findings] for one in shortlist(request).impossible}
    assert "match.takes_a_break" in codes[cast.marieke]
    assert "match.no_free_place" in codes[cast.saskia]


def test_a_large_pool_is_held_against_the_same_lines_as_a_small_one(cast, monkeypatch):
    with as_person(cast.els):
        Person.objects.filter(pk=cast.marieke.pk).update(manager=cast.anton)
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.willem)
    request = asked(cast, cast.willem)
    found = []
    for few in (50, 0):
        monkeypatch.setattr(matching_facts, "FEW", few)
        with as_person(cast.fatima):
            short = shortlist(request)
        found.append({one.coach: [reason.code for reason in one.findings] for one in short.possible + short.impossible})
    assert "match.client_leads_coach" in found[0][cast.marieke]
    assert found[1] == found[0]


def test_who_comes_first_does_not_depend_on_how_many_are_shown(cast):
    for coach in (cast.marieke, cast.saskia):
        presented(cast, coach)
    request = asked(cast)
    with as_person(cast.fatima):
        all_of_them = [one.coach for one in shortlist(request, at_once=1000).possible]
        assert len(all_of_them) == 2
        assert [one.coach for one in shortlist(request, at_once=1).possible] == all_of_them[:1]


def test_a_pause_ends_by_itself(cast):
    with as_person(cast.marieke):
        yesterday = clock.today() - timedelta(days=1)
        set_room(coach=cast.marieke, capacity=3, paused=True, paused_until=yesterday)
    request = asked(cast)
    with as_person(cast.fatima):
        assert suggestion(request, cast.marieke).possible


def test_a_coach_who_does_not_speak_the_language_of_the_talk_cannot_be_put_forward(cast):
    presented(cast, cast.marieke, replace(PROFILE, languages=("nl",)))
    request = asked(cast, wishes=replace(WISHES, language="en"))
    with as_person(cast.fatima), pytest.raises(NotNow, match="does not speak the language"):
        propose_coach(slug=SLUG, request=request, coach=cast.marieke)


def test_the_policy_decides_about_the_unit_and_about_coaches_from_outside(cast):
    policy(cast, MatchRules(same_unit=True, external=False))
    request = asked(cast, cast.fatima)
    with as_person(cast.els):
        Membership(organisation_id=cast.organisation.id, person=cast.els, role="coordinator").save()
        assert suggestion(request, cast.marieke).possible
        assert [f.code for f in suggestion(request, cast.saskia).findings if f.clause == "match.external"] == [
            "match.external_if_sensitive"
        ]
    policy(cast, MatchRules(external=False, external_for_sensitive=False))
    with as_person(cast.els):
        assert not suggestion(request, cast.marieke).possible
        assert not suggestion(request, cast.saskia).possible


def test_parting_early_and_rounding_off_read_the_same_and_the_client_may_ask_again(cast):
    request = asked(cast)
    [proposal] = put_forward(cast, request, cast.marieke)
    with as_person(cast.johan):
        engagement = choose_coach(slug=SLUG, proposal=proposal)
        other_coach(standing=engagement_for(cast.johan, engagement.pk), slug=SLUG)
    with as_person(cast.fatima):
        (reason,) = [one for one in suggestion(request, cast.marieke).findings if one.blocks]
        assert reason.text("nl") == (
            "Marieke en Johan zijn al eens samen begonnen. Opnieuw samen kan als Johan om Marieke vraagt."
        )
    again = asked(cast, wishes=replace(WISHES, coach=cast.marieke.pk))
    with as_person(cast.fatima):
        assert suggestion(again, cast.marieke).possible


def test_the_page_says_who_cannot_why_and_where_the_policy_says_so(cast):
    page = visitor(cast.fatima).get(address("request_to_match", asked(cast).pk)).content.decode()
    assert "Bram en Johan vallen onder dezelfde leidinggevende." in page
    assert f'href="{address("policy")}#who"' in page


def test_the_best_few_are_put_forward_with_one_press(cast):
    request = asked(cast)
    fatima = visitor(cast.fatima)
    page = fatima.get(address("request_to_match", request.pk))
    best = [coach.pk for coach in page.context["best"]]
    assert set(best) == {cast.marieke.pk, cast.saskia.pk}
    fatima.post(address("request_propose", request.pk), {"coach": best})
    with as_person(cast.johan):
        assert set(Proposal.objects.filter(request=request).values_list("coach_id", flat=True)) == set(best)
    assert told(cast.johan).count("proposal") == 1
    assert told(cast.marieke).count("put_forward") == told(cast.saskia).count("put_forward") == 1


def test_several_are_put_forward_all_or_none(cast):
    request = asked(cast)
    page = visitor(cast.fatima).post(
        address("request_propose", request.pk), {"coach": [cast.marieke.pk, cast.bram.pk]}, follow=True
    )
    assert "Bram en Johan vallen onder dezelfde leidinggevende." in page.content.decode()
    with as_person(cast.johan):
        assert not Proposal.objects.filter(request=request).exists()


# --- the client reads and chooses -------------------------------------------------------------------------------


def test_the_client_reads_who_it_is_and_the_reasons_and_no_figure(cast):
    presented(cast, cast.marieke, replace(PROFILE, places=()))
    request = asked(cast)
    put_forward(cast, request, cast.marieke)
    page = visitor(cast.johan).get(address("request", request.pk)).content.decode()
    assert PROFILE.introduction in page
    assert "Noemt wat er speelt: Een lastig project met veel belangen; Spanning en werkdruk." in page
    assert "Kan alleen online; je wilde elkaar zien." in page
    assert "plaatsen vrij" not in page


def test_the_client_does_not_read_a_profile_that_nobody_looked_at(cast):
    presented(cast, cast.marieke)
    request = asked(cast)
    put_forward(cast, request, cast.marieke)
    with as_person(cast.els):
        Membership(organisation_id=cast.organisation.id, person=cast.johan, role="coordinator").save()
    from klankbord.coaches.actions.profiles import withdraw_profile

    with as_person(cast.marieke):
        withdraw_profile(coach=cast.marieke)
    assert PROFILE.introduction not in visitor(cast.johan).get(address("request", request.pk)).content.decode()


# --- a coach who cannot now -------------------------------------------------------------------------------------


def test_a_coach_who_was_put_forward_reads_what_is_asked_and_not_by_whom(cast):
    request = asked(cast)
    [proposal] = put_forward(cast, request, cast.marieke)
    page = visitor(cast.marieke).get(address("proposal_for_coach", proposal.pk)).content.decode()
    assert "Een lastig project met veel belangen" in page
    assert "Johan" not in page
    assert "Spanning en werkdruk" not in page
    for other in (cast.saskia, cast.fatima, cast.johan):
        assert visitor(other).get(address("proposal_for_coach", proposal.pk)).status_code == 404


def test_one_coach_cannot_and_the_client_keeps_the_others(cast):
    request = asked(cast)
    first, _second = put_forward(cast, request, cast.marieke, cast.saskia)
    visitor(cast.marieke).post(address("proposal_decline", first.pk))
    page = visitor(cast.johan).get(address("request", request.pk)).content.decode()
    assert "Marieke kan nu niet. Dat ligt niet aan jou." in page
    assert "Saskia Mulder" in page
    assert told(cast.johan)[-1] == "one_declined"
    with as_person(cast.johan):
        assert Request.objects.get(pk=request.pk).state == RequestState.PROPOSED
    with as_person(cast.marieke):
        assert not Request.objects.filter(pk=request.pk).exists()


def test_when_the_last_one_cannot_the_search_goes_on(cast):
    request = asked(cast)
    [proposal] = put_forward(cast, request, cast.marieke)
    with as_person(cast.marieke):
        decline_proposal(slug=SLUG, proposal=Proposal.objects.get(pk=proposal.pk))
    with as_person(cast.johan):
        assert Request.objects.get(pk=request.pk).state == RequestState.SENT
        assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.REFUSED
    assert told(cast.johan)[-1] == "last_declined"
    assert told(cast.fatima)[-1] == "passed"


@pytest.mark.parametrize("how", ["chosen", "another chosen", "declined"])
def test_what_is_no_longer_open_cannot_be_declined(cast, how):
    request = asked(cast)
    mine, other = put_forward(cast, request, cast.marieke, cast.saskia)
    if how == "declined":
        visitor(cast.marieke).post(address("proposal_decline", mine.pk))
    else:
        with as_person(cast.johan):
            choose_coach(slug=SLUG, proposal=mine if how == "chosen" else other)
    with as_person(cast.johan):
        before = Proposal.objects.get(pk=mine.pk).state
    with as_person(cast.marieke), pytest.raises(NotNow):
        decline_proposal(slug=SLUG, proposal=Proposal.objects.get(pk=mine.pk))
    with as_person(cast.johan):
        assert Proposal.objects.get(pk=mine.pk).state == before
        assert Engagement.objects.filter(client=cast.johan, closed_on=None).exists() is (how != "declined")


def test_the_database_tells_a_coach_nothing_about_requests_of_others(cast):
    from klankbord.engagements.queries.matching import only_proposal

    request = asked(cast)
    put_forward(cast, request, cast.saskia)
    with as_person(cast.saskia):
        assert only_proposal(request)
    for other in (cast.marieke, cast.anton):
        with as_person(other):
            assert not only_proposal(request)


def test_what_is_kept_of_a_wish_is_what_was_sent(cast):
    request = asked(cast)
    with as_person(cast.fatima), pytest.raises(DatabaseError, match="only a function"), transaction.atomic():
        Request.objects.filter(pk=request.pk).update(ways=["firm"])
    assert json.dumps(request.ways) == '["walking"]'
