"""Answering through the screens: by link or by code, without signing in, and without a trace before or after."""

import gzip
import logging
import re
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.sessions.models import Session
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.answering import Answerer
from tests.scan import asked, closed_by_fatima, fill_units, opened_wave, plan

from klankbord.config.logs import formatter
from klankbord.core.tenant import acting_in
from klankbord.core.wording import Wording
from klankbord.culture import ballots, wrong_codes
from klankbord.culture.actions import choose_paper, draft_wave, open_wave
from klankbord.culture.models import Wave
from klankbord.culture.rules.ballots import Ballot
from klankbord.culture.rules.codes import code_from, spoken_code
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

UNKNOWN = "Deze link is al gebruikt, of bestaat niet"
CLOSED = "De vragenlijst is gesloten"
WORDS = "Tijd om na te denken, en een collega die vraagt hoe het ging."


@pytest.fixture(autouse=True)
def _no_wrong_codes():
    wrong_codes.forget()


@pytest.fixture
def wave(cast) -> Wave:
    fill_units(cast, 1)
    return opened_wave(cast)


@pytest.fixture
def links(cast, wave) -> list[str]:
    return [one.given for one in asked(cast, wave)]


def in_the_box(cast, wave) -> list[Ballot]:
    """What lies in the box, as only whoever closes the wave gets it."""
    closed_by_fatima(cast, wave)
    with acting_in(cast.organisation.id):
        return [one.ballot for one in ballots.opened(wave)[0]]


def sent_by(link: str, wave: Wave, **words: str) -> Answerer:
    """Somebody who answered everything."""
    one = Answerer(link)
    one.to_overview(wave)
    one.press("send", **words)
    return one


# --- from the first page to the last --------------------------------------------------------------------------------


def test_somebody_answers_screen_by_screen_and_what_they_chose_lies_in_the_box(cast, wave, links):
    one = Answerer(links[0])
    one.open()
    assert one.heading == "Hoe leren we hier van elkaar?"
    assert "ongeveer vier minuten" in one.page
    assert "minstens 5 mensen" in one.page
    assert "Naast je antwoorden ligt alleen bij welk deel van de organisatie je hoort." in one.page
    assert "Fatima el Amrani" in one.page
    one.press("next")
    assert "1 van 10" in one.page
    one.press("next", **{"listening.question": "5", "listening.finish": "0"})
    assert "2 van 10" in one.page
    one.press("back")
    assert one.fields["listening.question"] == "5"
    one.press("10")
    assert "Noem liever geen namen, niets over gezondheid" in one.page
    one.press("next", **{"open.helps": WORDS})
    assert one.heading == "Kijk het na, en verstuur"
    assert "Wat open staat, mag open blijven." in one.page
    one.press("send")
    assert one.heading == "Dank je wel"
    (ballot,) = in_the_box(cast, wave)
    assert ballot.digits == "5" + "0" * 33
    assert ballot.words == {"open.helps": WORDS}


def test_a_pulse_with_a_sentence_of_our_own_is_two_screens(cast):
    fill_units(cast, 1)
    own = (Wording(nl="Wij eten samen.", en="We eat together."),)
    wave = opened_wave(cast, kind="pulse", own_items=own)
    one = Answerer(asked(cast, wave)[0].given)
    one.open()
    assert "ongeveer een minuut" in one.page
    one.to_overview(wave, "2")
    one.press("send")
    assert one.heading == "Dank je wel"
    assert [ballot.digits for ballot in in_the_box(cast, wave)] == ["222222"]


def test_the_other_language_keeps_the_place_and_every_answer(wave, links):
    one = Answerer(links[0])
    one.open()
    one.press("9", **{"feedback.better": "2"})
    one.press(to_language="en", **{"outcome.stay": "4"})
    assert '<html lang="en">' in one.page
    assert "9 of 10" in one.page
    assert (one.fields["feedback.better"], one.fields["outcome.stay"]) == ("2", "4")
    one.press("next")
    assert one.heading == "In your own words"
    one.press(to_language="nl", **{"open.helps": "woord " * 400})
    assert one.heading == "In je eigen woorden"
    assert one.fields["open.helps"] == "woord " * 400


def test_erasing_goes_back_to_the_first_page_with_nothing_filled_in(wave, links):
    one = Answerer(links[0])
    one.to_overview(wave)
    one.press("erase")
    assert one.heading == "Hoe leren we hier van elkaar?"
    assert "listening.question" not in one.fields


# --- nothing gets lost, and nothing gets in that does not belong ----------------------------------------------------


def test_a_changed_value_is_told_at_its_sentence_and_nothing_else_is_lost(cast, wave, links):
    one = Answerer(links[0])
    one.to_overview(wave)
    one.press("send", **{"safety.doubt": "7", "open.helps": WORDS, "outcome.none": "3", "__class__": "1"})
    assert 'id="safety.doubt_error"' in one.page
    assert "Dit antwoord kwam niet goed aan. Kies het nog een keer." in one.page
    assert 'href="#safety.doubt.1"' in one.page
    assert one.fields["open.helps"] == WORDS
    one.press("11", **{"safety.doubt": "1"})
    one.press("send")
    assert one.heading == "Dank je wel"
    (ballot,) = in_the_box(cast, wave)
    assert sorted(ballot.digits) == ["1", *"4" * 33]
    assert ballot.words == {"open.helps": WORDS}


@pytest.mark.parametrize("way", ["next", "send", "11"])
def test_too_many_words_are_told_at_the_field_and_stay_there(wave, links, way):
    one = Answerer(links[0])
    one.to_overview(wave)
    one.press("10")
    long = "Ik vertel het graag. " * 120
    one.press(way, **{"open.easier": long})
    assert "Dit is ongeveer 110 woorden te lang. Haal er iets uit." in one.page
    assert 'aria-invalid="true"' in one.page
    assert one.fields["open.easier"] == long
    one.press("back")
    one.press("next")
    assert one.fields["open.easier"] == long


def test_markup_in_an_answer_stays_words_on_every_page(wave, links):
    one = Answerer(links[0])
    one.to_overview(wave)
    for go in ("10", "9", "11", "0"):
        one.press(go, **{"open.helps": "</textarea><script>x</script>\"'>"})
        assert "<script>x" not in one.page
        assert one.fields["open.helps"].startswith("</textarea><script>")


@pytest.mark.parametrize("fields", [{}, {"at": "x", "go": "y"}, {"at": "-3", "go": "next", "language": "fr"}])
def test_a_form_that_makes_no_sense_is_a_page_and_no_error(wave, links, fields):
    answer = Client().post(Answerer(links[0]).action, fields)
    assert answer.status_code == 200
    assert b"<h1" in answer.content


# --- one answer for each invitation ---------------------------------------------------------------------------------


def test_sending_twice_puts_one_ballot_in_the_box_and_thanks_twice(cast, wave, links):
    one = Answerer(links[0])
    one.to_overview(wave)
    fields = dict(one.fields)
    one.press("send")
    one.action, one.fields = Answerer(links[0]).action, fields
    one.press("send")
    assert one.heading == UNKNOWN
    assert "Heb je al geantwoord? Dank je wel, dan is alles klaar." in one.page
    assert len(in_the_box(cast, wave)) == 1


def test_a_link_that_was_used_and_one_that_never_was_get_the_same_page(wave, links):
    sent_by(links[0], wave)
    pages = set()
    for link in (links[0], "x" * 32, links[1][:-1], "(" * 200, "\0é%"):
        one = Answerer(link)
        answer = one.open()
        assert answer.status_code == 200
        masked = one.page.replace(one.action, "…")
        pages.add((re.sub(r'data-done="[0-9a-f]{32}"', "", masked), tuple(sorted(answer.headers.items()))))
        one.press("next", **{"listening.question": "3"})
        assert one.heading == UNKNOWN
    assert len({page for page, _headers in pages}) == 1


def test_when_the_wave_is_over_every_link_says_so(cast, wave, links):
    late = Answerer(links[1])
    late.to_overview(wave)
    sent_by(links[0], wave)
    closed_by_fatima(cast, wave)
    late.press("send")
    assert late.heading == CLOSED
    for link in (links[0], links[1], "x" * 32):
        one = Answerer(link)
        one.open()
        assert one.heading == CLOSED


def test_a_link_of_waterland_opens_nothing_elsewhere(wave, links):
    where = Answerer(links[0]).action.replace("/waterland/", "/bergland/")
    answer = Client().get(where)
    assert CLOSED in answer.content.decode()
    assert Client().get(where.replace("bergland", "nergens")).status_code == 404


# --- with the code of a letter --------------------------------------------------------------------------------------


@pytest.fixture
def code(cast) -> str:
    """The code of Johan, who gets a letter on paper."""
    fill_units(cast, 1)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        drafted = draft_wave(once=cast.johan.pk, plan=plan(), contact=cast.fatima)
        choose_paper(wave=drafted, people=[cast.johan.pk], paper=True)
        wave = open_wave(wave=drafted)
    return next(one.given for one in asked(cast, wave) if one.person.pk == cast.johan.pk)


def test_a_code_as_people_type_it_opens_the_questionnaire_and_never_stands_in_the_address(cast, code):
    one = Answerer()
    one.open()
    assert one.heading == "Vul de code uit je brief in"
    one.press(code=f" {spoken_code(code).lower().replace(' ', ' - ')} ")
    assert one.heading == "Hoe leren we hier van elkaar?"
    one.press("next")
    assert "1 van 10" in one.page
    one.press("11", **{"listening.question": "1"})
    assert one.action == "/waterland/scan/"
    one.press("send")
    assert one.heading == "Dank je wel"
    again = Answerer()
    again.open()
    again.press(code=code)
    assert again.heading == UNKNOWN
    assert "Vul een andere code in" in again.page


@pytest.mark.parametrize("typed", ["", "ABC", "1" * 14, "x" * 500])
def test_a_code_that_does_not_fit_its_check_is_told_at_the_field(cast, typed):
    one = Answerer()
    one.open()
    one.press(code=typed)
    assert "De code klopt niet helemaal." in one.page
    assert 'aria-describedby="code_helptext code_error"' in one.page
    assert one.fields["code"] == typed
    one.press(to_language="en")
    assert "not quite right" not in one.page
    assert one.fields["code"] == typed


def test_who_tries_codes_by_the_dozen_has_to_wait_and_loses_nothing(code, monkeypatch):
    tried = Answerer()
    for number in range(wrong_codes.MOST):
        tried.open()
        answer = tried.press(code=code_from(number.to_bytes(9, "big")))
        assert answer.status_code == 200
    mine = Answerer()
    mine.open()
    answer = mine.press("3", code=code, **{"listening.question": "2"})
    assert answer.status_code == 429
    assert mine.heading == "Wacht tien minuten"
    elsewhere = Answerer(client=Client(REMOTE_ADDR="203.0.113.9"))
    elsewhere.open()
    elsewhere.press(code=code)
    assert elsewhere.heading == "Hoe leren we hier van elkaar?"
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + wrong_codes.WITHIN + 1)
    monkeypatch.setattr(wrong_codes, "time", later)
    mine.press("3")
    assert "3 van 10" in mine.page
    assert mine.fields["listening.question"] == "2"


def test_an_address_that_somebody_made_up_in_a_header_is_not_believed(rf, settings):
    def seen(header: str) -> str:
        request = rf.get("/", headers={"X-Forwarded-For": header}, REMOTE_ADDR="10.0.0.1")
        return wrong_codes._address(request)

    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    assert seen("1.2.3.4") == "10.0.0.1"
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert seen("1.2.3.4, 198.51.100.7") == "198.51.100.7"


# --- who is there, nobody knows -------------------------------------------------------------------------------------


def test_somebody_who_is_signed_in_gets_the_page_of_everybody(cast, wave, links):
    signed_in = Client()
    signed_in.force_login(cast.johan.account)
    pages = []
    for client in (Client(), signed_in):
        one = Answerer(links[0], client)
        for step in (one.open, lambda one=one: one.press("1"), lambda one=one: one.press("11")):
            step()
            pages.append(one.page)
    assert pages[:3] == pages[3:]
    assert "Johan" not in "".join(pages)
    assert "Vandaag" not in "".join(pages)


def test_no_session_and_no_cookie_is_made_and_none_is_renewed(cast, wave, links):
    signed_in = Client()
    signed_in.force_login(cast.johan.account)
    before = list(Session.objects.values_list("session_key", "expire_date", "session_data"))
    for client in (Client(), signed_in):
        one = Answerer(links.pop(), client)
        seen = [one.open(), one.press("next"), one.press(to_language="en"), one.press("11"), one.press("send")]
        assert one.heading == "Thank you"
        assert not any(answer.cookies for answer in seen)
    assert not Client().get("/waterland/scan/").cookies
    assert list(Session.objects.values_list("session_key", "expire_date", "session_data")) == before


def test_a_page_may_not_be_kept_told_on_or_found(wave, links):
    one = Answerer(links[0])
    for answer in (one.open(), one.press("next"), Client().get("/waterland/scan/")):
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer["X-Robots-Tag"]
    assert '<meta name="referrer" content="no-referrer">' in one.page
    assert "csrf" not in one.page.lower()


def test_before_sending_nothing_is_written_and_a_page_asks_the_same_few_questions(wave, links):
    one = Answerer(links[0])
    many = []
    for step in (one.open, lambda: one.press("1"), lambda: one.press("10", **{"safety.doubt": "1"})):
        with CaptureQueriesContext(connection) as asked_of_it:
            step()
        said = [each["sql"].lower() for each in asked_of_it]
        assert not [each for each in said if re.search(r"\b(insert|update|delete|culture_cast)\b", each)]
        many.append(len(said))
    assert max(many) <= 10
    assert many[1] == many[2]


def test_answering_leaves_no_row_in_the_audit(cast, wave, links):
    def rows() -> int:
        with acting_in(cast.organisation.id, cast.els.pk):
            return AuditRow.objects.count()

    before = rows()
    sent_by(links[0], wave)
    Answerer(links[0]).open()
    assert rows() == before


def test_no_line_of_any_log_holds_a_link_a_code_or_an_answer(wave, links, caplog):
    logging.getLogger().addHandler(caplog.handler)
    with caplog.at_level(logging.INFO):
        one = Answerer(links[0])
        one.to_overview(wave)
        one.press("send", **{"safety.doubt": "7"})
        one.press("10", **{"safety.doubt": "1"})
        one.press("11", **{"open.helps": WORDS})
        one.press("send")
        assert one.heading == "Dank je wel"
        one.open()
        Client().put(Answerer(links[1]).action, {})
        coded = Answerer()
        coded.open()
        coded.press(code="K7PX3" * 3)
    lines = [formatter().format(record) for record in caplog.records]
    assert not [line for line in lines if links[0] in line or links[1] in line or "K7PX3" in line or WORDS in line]
    # The one line there is tells of a verb that no form uses.
    assert all("Method Not Allowed" in line for line in lines)


def test_when_something_breaks_the_log_names_no_link(wave, links, caplog, monkeypatch):
    from klankbord.culture.views import answering

    def broken(**given: object) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(answering, "cast_ballot", broken)
    one = Answerer(links[0], Client(raise_request_exception=False))
    one.to_overview(wave)
    with caplog.at_level(logging.INFO):
        one.press("send", **{"open.helps": WORDS})
    lines = [formatter().format(record) for record in caplog.records]
    assert any("the disk is full" in line for line in lines)
    assert not [line for line in lines if links[0] in line or WORDS in line]


# --- small enough for any telephone ---------------------------------------------------------------------------------


def test_a_first_load_is_three_requests_and_under_60_kb(wave, links):
    one = Answerer(links[0])
    for answer in (one.open(), one.press("1")):
        fetched = re.findall(r'<(?:script[^>]+src|link rel="stylesheet" href|img[^>]+src)="/static/([^"]+)"', one.page)
        assert len(fetched) == 2
        assert re.findall(r'<link rel="icon" href="([^"]+)"', one.page) == ["data:,"]
        files = [Path(str(finders.find(_plain(name)))) for name in fetched]
        weight = sum(len(gzip.compress(each.read_bytes())) for each in files) + len(gzip.compress(answer.content))
        assert weight < 60_000


def _plain(name: str) -> str:
    """The file behind a name with its fingerprint."""
    return re.sub(r"\.[0-9a-f]{12}\.", ".", name)
