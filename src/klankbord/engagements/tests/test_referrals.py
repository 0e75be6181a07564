"""A manager suggests coaching; the employee answers, and only the employee tells."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.cast import Cast

from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.referrals import answer_referral, ask_about_referral, suggest_coaching
from klankbord.engagements.models import Referral, ReferralAnswer, ReferralQuestion
from klankbord.engagements.rules.lifecycle import ReferralAct, ReferralState
from klankbord.people.models import Notification
from klankbord.privacy import vault
from klankbord.privacy.drafts import draft_at
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TEXT = "Johan, ik zie dat het project je veel kost.\nNee is ook goed. <i>Anton</i>"
QUESTION = "Wat hoor jij hiervan terug?"


def _as(person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def _address(route: str, *args) -> str:
    return reverse(route, args=["waterland", *args])


def _written(cast: Cast) -> Referral:
    with acting_in(cast.organisation.id, cast.anton.pk):
        return suggest_coaching(once=uuid4(), slug="waterland", manager=cast.anton, client=cast.johan, text=TEXT)


def _asked(cast: Cast, referral: Referral, asked) -> ReferralQuestion:
    with acting_in(cast.organisation.id, cast.johan.pk):
        return ask_about_referral(once=uuid4(), slug="waterland", referral=referral, asked=asked, text=QUESTION)


def _state(cast: Cast, referral: Referral) -> str:
    with acting_in(cast.organisation.id, cast.johan.pk):
        return str(ReferralAnswer.objects.get(referral=referral).state)


def _shown(page) -> str:
    """What stands on the page, without the tokens that are new on every page."""
    return re.sub(r"[A-Za-z0-9_-]{20,}", "", str(page.content.decode()))


def test_a_manager_writes_and_the_employee_reads_it_literally(cast):
    answer = _as(cast.anton).post(_address("suggest"), {"once": uuid4(), "client": cast.johan.pk, "text": TEXT})
    assert answer.status_code == 302
    with acting_in(cast.organisation.id, cast.johan.pk):
        referral = Referral.objects.get(client=cast.johan)
    page = _as(cast.johan).get(_address("referral", referral.pk)).content.decode()
    assert "Johan, ik zie dat het project je veel kost." in page
    assert "&lt;i&gt;Anton&lt;/i&gt;" in page


def test_sending_the_same_suggestion_twice_sends_it_once(cast):
    fields = {"once": uuid4(), "client": cast.johan.pk, "text": TEXT}
    client = _as(cast.anton)
    client.post(_address("suggest"), fields)
    client.post(_address("suggest"), fields)
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert Referral.objects.count() == 1


def test_somebody_who_manages_nobody_has_no_such_page(cast):
    assert _as(cast.johan).get(_address("suggest")).status_code == 403


def test_a_manager_can_only_choose_people_of_their_own(cast):
    answer = _as(cast.anton).post(_address("suggest"), {"once": uuid4(), "client": cast.marieke.pk, "text": TEXT})
    assert answer.status_code == 422
    assert TEXT.split("\n", maxsplit=1)[0] in answer.content.decode()


def test_what_the_manager_was_typing_is_there_again_and_gone_after_sending(cast):
    client = _as(cast.anton)
    client.post(f"{_address('draft')}?place={_address('suggest')}", {"once": uuid4(), "text": "Half een zin"})
    assert "Half een zin" in client.get(_address("suggest")).content.decode()
    client.post(_address("suggest"), {"once": uuid4(), "client": cast.johan.pk, "text": TEXT})
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert draft_at(_address("suggest")) == {}


@pytest.mark.parametrize("act", [None, ReferralAct.SAY_YES, ReferralAct.SAY_NOT_NOW])
def test_the_manager_sees_the_same_page_whatever_the_employee_answered(cast, act):
    referral = _written(cast)
    client = _as(cast.anton)
    places = (_address("referral", referral.pk), _address("suggest"), _address("today"))
    before = [_shown(client.get(place)) for place in places]
    if act:
        with acting_in(cast.organisation.id, cast.johan.pk):
            answer_referral(referral=referral, act=act)
    assert [_shown(client.get(place)) for place in places] == before


def test_the_three_ways_weigh_the_same(cast):
    referral = _written(cast)
    page = _as(cast.johan).get(_address("referral", referral.pk)).content.decode()
    ways = re.search(r'<div class="ways">(.*?)</div>', page, re.S)
    assert ways
    assert len(re.findall(r'class="button"', ways.group(1))) == 3
    assert "primary" not in ways.group(1)


def test_yes_leads_to_asking_in_your_own_words(cast):
    referral = _written(cast)
    answer = _as(cast.johan).post(_address("referral_answer", referral.pk), {"act": "say_yes"})
    assert answer.headers["Location"] == _address("ask")
    assert _state(cast, referral) == ReferralState.YES


def test_not_now_is_told_to_nobody(cast):
    referral = _written(cast)
    with acting_in(cast.organisation.id, cast.anton.pk):
        before = Notification.objects.filter(person=cast.anton).count()
    _as(cast.johan).post(_address("referral_answer", referral.pk), {"act": "say_not_now"})
    assert _state(cast, referral) == ReferralState.NOT_NOW
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert Notification.objects.filter(person=cast.anton).count() == before
        assert not ReferralAnswer.objects.exists()


def test_after_not_now_one_can_still_come_back_to_it(cast):
    referral = _written(cast)
    client = _as(cast.johan)
    client.post(_address("referral_answer", referral.pk), {"act": "say_not_now"})
    client.post(_address("referral_answer", referral.pk), {"act": "say_yes"})
    assert _state(cast, referral) == ReferralState.YES


def test_the_manager_cannot_answer_for_the_employee(cast):
    referral = _written(cast)
    assert _as(cast.anton).post(_address("referral_answer", referral.pk), {"act": "say_yes"}).status_code == 404


def test_a_question_first_reaches_the_manager_and_the_answer_stands_under_the_letter(cast):
    referral = _written(cast)
    johan = _as(cast.johan)
    fields = {"once": uuid4(), "asked": cast.anton.pk, "text": QUESTION}
    assert johan.post(_address("referral_ask", referral.pk), fields).status_code == 302
    with acting_in(cast.organisation.id, cast.anton.pk):
        question = ReferralQuestion.objects.get(asked=cast.anton)
    anton = _as(cast.anton)
    assert QUESTION in anton.get(_address("referral_question", question.pk)).content.decode()
    anton.post(_address("referral_question", question.pk), {"text": "Niets, tenzij jij het vertelt."})
    page = johan.get(_address("referral", referral.pk)).content.decode()
    assert "Niets, tenzij jij het vertelt." in page
    assert 'value="say_yes"' in page


def test_a_coordinator_who_is_asked_reads_the_question_and_not_the_letter(cast):
    referral = _written(cast)
    question = _asked(cast, referral, cast.fatima)
    fatima = _as(cast.fatima)
    page = fatima.get(_address("referral_question", question.pk)).content.decode()
    assert QUESTION in page
    assert "het project je veel kost" not in page
    assert fatima.get(_address("referral", referral.pk)).status_code == 404
    assert _as(cast.anton).get(_address("referral_question", question.pk)).status_code == 404


def test_the_line_under_a_question_keeps_out_whoever_was_not_asked(cast):
    referral = _written(cast)
    to_manager, to_coordinator = _asked(cast, referral, cast.anton), _asked(cast, referral, cast.fatima)
    johan = _as(cast.johan)

    def hidden(question) -> str:
        told = johan.get(_address("referral_question", question.pk)).context["audience"]
        return str(next(line.text for line in told.lines if line.kind == "hidden"))

    assert "Anton" not in hidden(to_manager)
    assert "Anton" in hidden(to_coordinator)
    assert "Fatima" not in hidden(to_coordinator)


def test_only_the_writer_and_coordinators_can_be_asked(cast):
    referral = _written(cast)
    fields = {"once": uuid4(), "asked": cast.els.pk, "text": QUESTION}
    assert _as(cast.johan).post(_address("referral_ask", referral.pk), fields).status_code == 422


def test_who_asked_cannot_answer_the_own_question(cast):
    question = _asked(cast, _written(cast), cast.anton)
    assert _as(cast.johan).post(_address("referral_question", question.pk), {"text": "Zelf"}).status_code == 404


def test_an_answer_that_was_sent_stays_as_it_is(cast):
    question = _asked(cast, _written(cast), cast.anton)
    anton = _as(cast.anton)
    anton.post(_address("referral_question", question.pk), {"text": "Eerste"})
    anton.post(_address("referral_question", question.pk), {"text": "Tweede"})
    with acting_in(cast.organisation.id, cast.anton.pk):
        assert vault.read(ReferralQuestion.objects.get(pk=question.pk), "answer") == "Eerste"


def test_an_empty_answer_comes_back(cast):
    question = _asked(cast, _written(cast), cast.anton)
    assert _as(cast.anton).post(_address("referral_question", question.pk), {"text": " "}).status_code == 422


def test_opening_a_question_is_noted_once_a_day_for_who_asked_it(cast):
    question = _asked(cast, _written(cast), cast.anton)
    anton = _as(cast.anton)
    anton.get(_address("referral_question", question.pk))
    anton.get(_address("referral_question", question.pk))
    with acting_in(cast.organisation.id, cast.johan.pk):
        noted = AuditRow.objects.filter(verb="referral_question.open", owner_id=cast.johan.pk, actor_id=cast.anton.pk)
        assert noted.count() == 1


def test_a_suggestion_is_nobody_elses(cast):
    referral = _written(cast)
    for other in (cast.fatima, cast.els, cast.marieke, cast.willem):
        assert _as(other).get(_address("referral", referral.pk)).status_code == 404
