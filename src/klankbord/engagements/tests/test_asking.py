"""Asking for a coach: three steps, one sealed draft, and nothing sent but what was read back."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.requests import Wishes, propose_coach, send_request, step_aside
from klankbord.engagements.models import Engagement, Proposal, Request, RequestWords
from klankbord.engagements.rules.lifecycle import ProposalState, RequestState
from klankbord.people.actions import take_role
from klankbord.people.models import Membership, Person
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
WORDS = "Mijn project zit vast.\n\nIk kom er <b>alleen</b> niet uit."
WISHES = {"language": "nl", "place": "meet", "employer": "any"}


def _as(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def _address(route: str, *args) -> str:
    return reverse(route, args=["waterland", *args])


def _hidden(answer, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, f"{name} is not in the form"
    return found.group(1)


def _to_last_step(client: Client, **more):
    """Through steps 1 and 2, as a browser does; answers with the page of step 3."""
    once = _hidden(client.get(_address("ask")), "once")
    told = {"once": once, "words": WORDS, "themes": ["project"], "close_themes": ["strain"], **more}
    client.post(_address("ask"), told)
    client.post(_address("ask_wishes"), WISHES)
    return client.get(_address("ask_send"))


def _send(client: Client, page):
    return client.post(_address("ask_send"), {name: _hidden(page, name) for name in ("once", "seen")})


def _sent(cast: Cast, person=None, *, shared: bool = False, sensitive: tuple[str, ...] = ()) -> Request:
    asker = person or cast.johan
    with acting_in(cast.organisation.id, asker.pk):
        return send_request(
            once=uuid4(),
            slug="waterland",
            client=asker,
            words=WORDS,
            shared=shared,
            wishes=Wishes(themes=("project",), sensitive_themes=sensitive),
        )


def _proposed(cast: Cast, request: Request, coach=None) -> Proposal:
    with acting_in(cast.organisation.id, cast.fatima.pk):
        return propose_coach(slug="waterland", request=request, coach=coach or cast.marieke)


def test_three_steps_make_one_request_with_the_words_and_the_wishes(cast):
    client = _as(cast.johan)
    answer = _send(client, _to_last_step(client))
    with acting_in(cast.organisation.id, cast.johan.pk):
        request = Request.objects.get(client=cast.johan)
        words = RequestWords.objects.get(request=request)
        assert vault.read(words, "text") == WORDS.replace("\n", "\r\n") or vault.read(words, "text") == WORDS
        assert vault.read(words, "sensitive") == '["strain"]'
        assert words.shared is False
    assert (request.themes, request.place, request.employer) == (["project"], "meet", "any")
    assert answer.headers["Location"] == _address("request", request.pk)


def test_a_sensitive_theme_never_stands_with_the_themes_the_coordinator_reads(cast):
    client = _as(cast.johan)
    answer = client.post(_address("ask"), {"once": uuid4(), "words": WORDS, "themes": ["strain"]})
    assert answer.status_code == 422


def test_pressing_send_twice_makes_one_request_and_leads_to_it_both_times(cast):
    client = _as(cast.johan)
    page = _to_last_step(client)
    first, second = _send(client, page), _send(client, page)
    assert first.headers["Location"] == second.headers["Location"]
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Request.objects.filter(client=cast.johan).count() == 1


def test_a_page_left_open_after_sending_does_not_swallow_new_words(cast):
    client = _as(cast.johan)
    page = _to_last_step(client)
    once = _hidden(page, "once")
    _send(client, page)
    client.post(_address("ask"), {"once": once, "words": "Iets heel anders."})
    client.post(_address("ask_wishes"), WISHES)
    _send(client, client.get(_address("ask_send")))
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Request.objects.filter(client=cast.johan).count() == 2


def test_nothing_is_sent_but_what_was_read_back(cast):
    client = _as(cast.johan)
    page = _to_last_step(client)
    client.post(_address("ask"), {"once": _hidden(page, "once"), "words": "In een ander venster veranderd.", **WISHES})
    answer = _send(client, page)
    assert answer.status_code == 200
    assert "In een ander venster veranderd." in answer.content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert not Request.objects.filter(client=cast.johan).exists()


def test_going_back_keeps_the_words_the_themes_and_the_wishes(cast):
    client = _as(cast.johan)
    _to_last_step(client, shared="on")
    client.post(_address("ask_wishes"), {**WISHES, "place": "online", "back": "1"})
    first = client.get(_address("ask")).content.decode()
    assert "Mijn project zit vast." in first
    assert re.search(r'value="strain"[^>]*checked', first)
    assert re.search(r'name="shared"[^>]*checked', first)
    assert re.search(r'value="online"[^>]*checked', client.get(_address("ask_wishes")).content.decode())


def test_a_draft_that_saves_itself_on_step_1_keeps_the_wishes_of_step_2(cast):
    client = _as(cast.johan)
    _to_last_step(client)
    page = client.get(_address("ask"))
    typed = {name: _hidden(page, name) for name in ("once", "language", "place", "employer")}
    draft = f"{_address('draft')}?place={_address('ask')}"
    answer = client.post(draft, {**typed, "words": "Nog een zin.", "themes": ["project", "change"]})
    assert answer.status_code == 204
    assert re.search(r'value="meet"[^>]*checked', client.get(_address("ask_wishes")).content.decode())
    last = client.get(_address("ask_send")).content.decode()
    assert "Nog een zin." in last
    assert "Veranderingen in de organisatie" in last or "Changes in the organisation" in last


def test_the_words_lie_sealed_between_the_steps_and_in_no_session(cast):
    client = _as(cast.johan)
    _to_last_step(client)
    assert "project" not in str(dict(client.session))
    with acting_in(cast.organisation.id, cast.johan.pk), connection.cursor() as cursor:
        assert draft_at(_address("ask"))["words"].startswith("Mijn project")
        cursor.execute("select body from privacy_draft")
        kept = [bytes(row[0]) for row in cursor.fetchall()]
    assert kept
    assert not any(b"project" in body for body in kept)


def test_the_draft_is_gone_after_sending(cast):
    client = _as(cast.johan)
    _send(client, _to_last_step(client))
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert draft_at(_address("ask")) == {}


def test_without_words_the_form_comes_back_and_says_what_helps(cast):
    answer = _as(cast.johan).post(_address("ask"), {"once": uuid4(), "words": "  ", "themes": ["project"]})
    assert answer.status_code == 422
    assert 'href="#id_words"' in answer.content.decode()
    assert re.search(r'value="project"[^>]*checked', answer.content.decode())


def test_words_that_are_too_long_come_back_whole(cast):
    long = "a" * 20_001
    answer = _as(cast.johan).post(_address("ask"), {"once": uuid4(), "words": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()


def test_what_somebody_wrote_is_shown_as_text_and_never_as_markup(cast):
    page = _to_last_step(_as(cast.johan)).content.decode()
    assert "&lt;b&gt;alleen&lt;/b&gt;" in page
    assert "<b>alleen</b>" not in page


def test_sending_without_having_written_anything_leads_to_the_first_step(cast):
    client = _as(cast.johan)
    assert client.post(_address("ask_send"), {"once": uuid4(), "seen": "x"}).headers["Location"] == _address("ask")


def test_step_3_says_which_of_the_two_the_coordinator_reads(cast):
    client = _as(cast.johan)
    kept_back = _to_last_step(client)
    shared = _to_last_step(client, shared="on")
    assert kept_back.context["asking"].shared is False
    assert shared.context["asking"].shared is True
    assert kept_back.content != shared.content


def test_a_running_request_is_pointed_out_and_forbids_nothing(cast):
    request = _sent(cast)
    page = _as(cast.johan).get(_address("ask"))
    assert _address("request", request.pk) in page.content.decode()
    assert page.status_code == 200


def test_other_help_shows_the_urgent_help_first(cast):
    page = _as(cast.johan).get(_address("other_help")).content.decode()
    assert page.index("113") < page.index("ediation")


def test_the_client_reads_the_own_words_back_and_nobody_else_gets_the_page(cast):
    request = _sent(cast)
    assert "Mijn project zit vast." in _as(cast.johan).get(_address("request", request.pk)).content.decode()
    for other in (cast.anton, cast.fatima, cast.els, cast.marieke, cast.noor):
        assert _as(other).get(_address("request", request.pk)).status_code == 404


def test_a_proposed_coach_comes_with_the_reason_in_words(cast):
    request = _sent(cast)
    _proposed(cast, request, cast.saskia)
    page = _as(cast.johan).get(_address("request", request.pk)).content.decode()
    assert "Saskia werkt niet bij jouw organisatie." in page
    assert "Bureau Stroom" in page


def test_choosing_a_coach_leads_to_the_coaching_and_lets_the_coach_read_the_words(cast):
    request = _sent(cast)
    proposal = _proposed(cast, request)
    answer = _as(cast.johan).post(_address("proposal_choose", proposal.pk))
    with acting_in(cast.organisation.id, cast.marieke.pk):
        engagement = Engagement.objects.get(request=request)
        assert RequestWords.objects.filter(request=request).exists()
    assert answer.headers["Location"] == _address("engagement", engagement.pk)


def test_after_choosing_the_page_shows_the_way_to_the_coaching_and_no_other_choice(cast):
    request = _sent(cast)
    proposal, _other = _proposed(cast, request), _proposed(cast, request, cast.saskia)
    client = _as(cast.johan)
    client.post(_address("proposal_choose", proposal.pk))
    page = client.get(_address("request", request.pk)).content.decode()
    assert "Saskia" not in page
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert _address("engagement", Engagement.objects.get(request=request).pk) in page


def test_rather_somebody_else_sends_the_request_back_without_asking_why(cast):
    request = _sent(cast)
    proposal = _proposed(cast, request)
    client = _as(cast.johan)
    assert client.post(_address("proposal_pass", proposal.pk)).headers["Location"] == _address("request", request.pk)
    assert "Marieke" not in client.get(_address("request", request.pk)).content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Request.objects.get(pk=request.pk).state == RequestState.SENT
        assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.PASSED


def test_choosing_a_coach_who_is_no_longer_on_the_table_explains_itself(cast):
    request = _sent(cast)
    proposal = _proposed(cast, request)
    client = _as(cast.johan)
    client.post(_address("proposal_pass", proposal.pk))
    answer = client.post(_address("proposal_choose", proposal.pk), follow=True)
    assert answer.status_code == 200
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert not Engagement.objects.filter(request=request).exists()


def test_once_the_two_have_begun_rather_somebody_else_leads_to_the_coaching_and_changes_nothing(cast):
    request = _sent(cast)
    proposal = _proposed(cast, request)
    johan = _as(cast.johan)
    johan.post(_address("proposal_choose", proposal.pk))
    answer = johan.post(_address("proposal_pass", proposal.pk), follow=True)
    assert "Jij en Marieke zijn al begonnen. Hier kun je een andere coach kiezen." in answer.content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        coaching = Engagement.objects.get(request=request, closed_on=None)
        assert answer.redirect_chain[-1][0] == _address("engagement", coaching.pk)
        assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.CHOSEN
        assert Request.objects.get(pk=request.pk).state == RequestState.CHOSEN


def test_choosing_one_coach_takes_the_others_off_the_table(cast):
    request = _sent(cast)
    chosen, other = _proposed(cast, request), _proposed(cast, request, cast.saskia)
    johan = _as(cast.johan)
    johan.post(_address("proposal_choose", chosen.pk))
    johan.post(_address("proposal_pass", other.pk))
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert Proposal.objects.get(pk=other.pk).state == ProposalState.PASSED
        assert Request.objects.get(pk=request.pk).state == RequestState.CHOSEN


def _refused_choice(cast, proposal, words: str) -> None:
    answer = _as(cast.johan).post(_address("proposal_choose", proposal.pk), follow=True)
    assert words in answer.content.decode()
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert not Engagement.objects.filter(client=cast.johan).exists()
        assert Proposal.objects.get(pk=proposal.pk).state == ProposalState.PROPOSED
        assert Request.objects.get(pk=proposal.request_id).state == RequestState.PROPOSED


def test_a_coach_who_came_under_the_same_manager_since_the_proposal_cannot_be_chosen(cast):
    proposal = _proposed(cast, _sent(cast))
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.marieke.pk).update(manager=cast.anton)
    _refused_choice(cast, proposal, "Marieke en jij vallen onder dezelfde leidinggevende.")


@pytest.mark.parametrize("change", ["role", "left"])
def test_somebody_who_is_no_coach_any_more_cannot_be_chosen(cast, change):
    proposal = _proposed(cast, _sent(cast))
    with acting_in(cast.organisation.id, cast.els.pk):
        if change == "role":
            take_role(person=cast.marieke, role=Membership.Role.COACH)
        else:
            Person.objects.filter(pk=cast.marieke.pk).update(active=False)
    _refused_choice(cast, proposal, "Marieke is niet meer beschikbaar als coach.")


def test_withdrawing_destroys_the_words_and_shows_the_way_back(cast, django_capture_on_commit_callbacks):
    request = _sent(cast)
    client = _as(cast.johan)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(_address("request_withdraw", request.pk))
    page = client.get(_address("request", request.pk)).content.decode()
    assert "Mijn project" not in page
    assert _address("ask") in page


def test_once_a_coach_was_chosen_withdrawing_leads_to_the_coaching_instead(cast):
    request = _sent(cast)
    client = _as(cast.johan)
    client.post(_address("proposal_choose", _proposed(cast, request).pk))
    answer = client.post(_address("request_withdraw", request.pk))
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert answer.headers["Location"] == _address("engagement", Engagement.objects.get(request=request).pk)
        assert vault.read(RequestWords.objects.get(request=request), "text") == WORDS


def test_a_request_page_survives_a_coordinator_who_stepped_aside(cast):
    request = _sent(cast)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        step_aside(request=Request.objects.get(pk=request.pk))
    assert _as(cast.johan).get(_address("request", request.pk)).status_code == 200


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_steps_read_in_both_languages(cast, language):
    client = _as(cast.johan)
    client.cookies["klankbord_language"] = language
    wanted = {"nl": "Leidinggeven", "en": "Leading people"}[language]
    assert wanted in client.get(_address("ask")).content.decode()


def test_after_sending_the_line_for_a_phone_no_longer_says_only_you(cast):
    page = _as(cast.johan).get(_address("request", _sent(cast).pk))
    assert page.context["audience"].short not in ("Alleen jij.", "Only you.")
