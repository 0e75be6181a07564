""" "Onze afspraken" on the screen: filled in, changed by either, accepted by both."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from tests.cast import Cast
from tests.story import DIRECTION, SLUG, as_person, matched, requested, running, tuesday_at_ten

from klankbord.core import clock
from klankbord.engagements.actions.course import go_on
from klankbord.engagements.actions.texts import save_text
from klankbord.engagements.forms.agreement import own_ids, with_one_more
from klankbord.engagements.models import Engagement
from klankbord.engagements.queries.agreements import clauses_of, latest_agreement, versions_of
from klankbord.engagements.queries.course import sessions_of
from klankbord.engagements.queries.doors import engagement_for
from klankbord.engagements.queries.drafting import refilled
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.engagements.writings import Kind
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def engagement(cast: Cast) -> Engagement:
    """They met, go on, and Johan wrote a direction."""
    found = matched(cast, requested(cast)[2])[1]
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, found.pk)
        go_on(standing=standing, slug=SLUG)
        save_text(standing=standing, slug=SLUG, kind=Kind.DIRECTION, text=DIRECTION)
    return found


@pytest.fixture
def johan(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.johan, engagement.pk)


@pytest.fixture
def marieke(cast: Cast, engagement: Engagement) -> Visitor:
    return Visitor(cast.marieke, engagement.pk)


def _on_screen(visitor: Visitor) -> dict[str, Any]:
    """What a browser would send back from the form as it stands."""
    form = visitor.open("agreement_edit").context["form"]
    return _sendable(form)


def _sendable(form: Any) -> dict[str, Any]:
    values = {name: form[name].value() for name in form.fields}
    return {
        name: "on" if name.startswith("in_") else value
        for name, value in values.items()
        if value not in (None, False) or not name.startswith("in_")
        if value is not None
    }


def _planned(visitor: Visitor, first: datetime | None = None) -> dict[str, Any]:
    """The form with a first talk, its clauses filled again from the plan."""
    first = first or tuesday_at_ten(2)
    sent = {**_on_screen(visitor), "day": first.date().isoformat(), "time": "10:00", "place": "Kamer 4.12"}
    answer = visitor.send("agreement_edit", {**sent, "refill": "1"})
    assert answer.status_code == 200
    return _sendable(answer.context["form"])


def _clauses(cast: Cast, engagement: Engagement) -> dict[str, str]:
    with as_person(cast.johan):
        last = latest_agreement(engagement)
        return {clause.id: clause.text for clause in clauses_of(last)} if last else {}


def _calendar(cast: Cast, engagement: Engagement) -> list[tuple[datetime, str, str]]:
    """When and where each talk is, and whether it takes place."""
    with as_person(cast.johan):
        talks = sessions_of(engagement_for(cast.johan, engagement.pk))
        return [(talk.starts_at, talk.place, talk.state) for talk in talks if talk.number > 0]


# --- filled in ----------------------------------------------------------------------------------------------------


def test_the_clauses_are_filled_with_what_is_known(johan):
    sent = _on_screen(johan)
    assert DIRECTION in sent["text_direction"]
    assert "7 gesprekken van een uur, elke 3 weken" in sent["text_talks"]
    assert "Johan vertelt zelf aan Anton" in sent["text_manager"]
    assert (sent["count"], sent["weeks"], sent["minutes"], sent["retention_months"]) == (7, 3, 60, 6)


def test_the_coachs_hand_does_not_fill_in_who_the_manager_is(marieke):
    assert "Anton" not in _on_screen(marieke)["text_manager"]


def test_each_clause_says_what_it_is_good_for(johan):
    johan.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "nl"
    assert "Weg van de eigen werkplek praat je vaak vrijer." in text_of(johan.open("agreement_edit"))


def test_changing_the_talks_fills_in_again_what_nobody_touched_and_leaves_own_words(johan):
    sent = _planned(johan)
    sent |= {"text_method": "We lopen samen door de polder.", "weeks": "2", "refill": "1"}
    again = _sendable(johan.send("agreement_edit", sent).context["form"])
    assert "om de week" in again["text_talks"]
    assert again["text_method"] == "We lopen samen door de polder."


def test_laying_down_asks_for_a_look_first_when_the_talks_changed(cast, engagement, johan):
    sent = {**_planned(johan), "weeks": "2"}
    answer = johan.send("agreement_edit", sent)
    assert answer.status_code == 422
    assert "The talks changed, so these clauses were filled in again." in text_of(answer)
    assert _clauses(cast, engagement) == {}
    assert johan.send("agreement_edit", _sendable(answer.context["form"])).status_code == 302


def test_the_days_of_the_talks_are_shown_with_the_holidays_they_avoid(johan):
    first = date(clock.today().year + 1, 3, 1)
    first += timedelta(days=(0 - first.weekday()) % 7)  # twenty Mondays from March on: Easter Monday is among them
    sent = {**_on_screen(johan), "day": first.isoformat(), "time": "10:00", "count": "20", "weeks": "1"}
    answer = johan.send("agreement_edit", {**sent, "refill": "1"})
    assert len(answer.context["talks"]) == 20
    assert "Easter Monday" in text_of(answer)


def test_a_first_talk_in_the_past_is_named_at_the_field(johan):
    sent = {**_on_screen(johan), "day": "2020-01-07", "time": "10:00"}
    answer = johan.send("agreement_edit", sent)
    assert answer.status_code == 422
    assert "This moment has passed already." in text_of(answer)


def test_numbers_that_make_no_sense_get_words_and_nothing_typed_is_lost(johan):
    sent = {**_on_screen(johan), "count": "0", "evaluate_after": "x", "text_method": "Mijn eigen woorden."}
    page = text_of(johan.send("agreement_edit", sent))
    assert page.count("Choose a number from 1 to 30.") >= 2
    assert "Mijn eigen woorden." in page


# --- own words ----------------------------------------------------------------------------------------------------


def test_a_clause_can_be_left_out_and_one_of_their_own_added(cast, engagement, johan):
    sent = _planned(johan)
    del sent["in_effort"]
    added = _sendable(johan.send("agreement_edit", {**sent, "add": "1"}).context["form"])
    added |= {"title_own-1": "Onze hond", "text_own-1": "De hond mag mee.", "in_own-1": "on"}
    assert johan.send("agreement_edit", added).status_code == 302
    clauses = _clauses(cast, engagement)
    assert "effort" not in clauses
    assert clauses["own-1"] == "De hond mag mee."


def test_a_clause_that_belongs_but_is_empty_is_asked_about(johan):
    answer = johan.send("agreement_edit", {**_planned(johan), "text_method": "  "})
    assert answer.status_code == 422
    assert "Write a few words, or leave this clause out." in text_of(answer)


def test_what_was_being_typed_is_there_again_with_what_was_left_out(johan):
    sent = _on_screen(johan)
    del sent["in_effort"]
    johan.type({**sent, "text_method": "Half af."}, "agreement_edit")
    again = _on_screen(johan)
    assert again["text_method"] == "Half af."
    assert "in_effort" not in again


@pytest.mark.parametrize(
    ("text", "ids"),
    [("own-1,own-3", ("own-1", "own-3")), ("own-0,direction,own-1,own-1", ("own-1",)), ("", ())],
)
def test_only_ids_of_ones_own_clauses_are_taken(text, ids):
    assert own_ids(text) == ids


def test_one_more_clause_takes_the_first_free_number():
    assert with_one_more({"own": "own-1,own-3"})["own"] == "own-1,own-3,own-2"


def test_only_what_reads_as_it_was_filled_is_filled_again():
    assert refilled("elke  3 weken", "elke 3 weken", "om de week") == "om de week"
    assert refilled("wanneer we willen", "elke 3 weken", "om de week") == "wanneer we willen"


# --- saying yes ---------------------------------------------------------------------------------------------------


def test_who_writes_says_yes_and_the_other_is_asked(johan, marieke):
    assert johan.send("agreement_edit", _planned(johan)).status_code == 302
    assert "I say yes" not in text_of(johan.open("agreement"))
    page = text_of(marieke.open("agreement"))
    assert "Johan said yes to this version. And you?" in page
    assert '<button class="button">I say yes</button>' in page


def test_once_both_said_yes_the_talks_stand_planned(cast, engagement, johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    assert marieke.send("agreement_accept", {"version": 1}).headers["Location"] == marieke.address("engagement")
    with as_person(cast.johan):
        standing = engagement_for(cast.johan, engagement.pk)
        talks = [talk for talk in sessions_of(standing) if talk.number > 0]
        assert standing.phase is Phase.RUNNING
        assert (len(talks), talks[0].starts_at) == (7, tuesday_at_ten(2))


def test_nobody_says_yes_to_talks_that_would_begin_in_the_past(cast, engagement, johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    with clock.stopped_at(tuesday_at_ten(3)):
        for reader in (johan, marieke):
            page = text_of(reader.open("agreement"))
            assert "that moment has passed. Choose another moment for it" in page
            assert "I say yes" not in page
        answer = marieke.client.post(marieke.address("agreement_accept"), {"version": 1}, follow=True)
        assert text_of(answer).count("that moment has passed. Choose another moment for it") == 2
    with as_person(cast.johan):
        last = latest_agreement(engagement)
        assert last is not None
        assert last.coach_accepted_at is None
        assert [talk for talk in sessions_of(engagement_for(cast.johan, engagement.pk)) if talk.number > 0] == []


def test_new_words_leave_the_talks_where_they_are_also_one_that_was_moved(cast):
    story = running(cast)
    johan, marieke = Visitor(cast.johan, story.engagement.pk), Visitor(cast.marieke, story.engagement.pk)
    day = tuesday_at_ten(7).date() + timedelta(days=1)
    johan.send("session_move", {"day": day.isoformat(), "time": "14:30", "place": "De hei"}, number=5)
    johan.send("session_cancel", number=6)
    before = _calendar(cast, story.engagement)
    changed = {"text_method": "Anders dan eerst.", "retention_months": "12", "refill": "1"}
    again = johan.send("agreement_edit", {**_on_screen(johan), **changed})
    assert johan.send("agreement_edit", _sendable(again.context["form"])).status_code == 302
    marieke.send("agreement_accept", {"version": 2})
    with as_person(cast.johan):
        assert [one.version for one in versions_of(story.engagement) if one.in_force] == [2, 1]
        assert engagement_for(cast.johan, story.engagement.pk).course.retention_months == 12
    assert _calendar(cast, story.engagement) == before


def test_another_plan_plans_the_talks_that_are_still_to_come_again(cast):
    story = running(cast)
    johan, marieke = Visitor(cast.johan, story.engagement.pk), Visitor(cast.marieke, story.engagement.pk)
    before = _calendar(cast, story.engagement)
    filled = johan.send("agreement_edit", {**_on_screen(johan), "place": "Buiten", "refill": "1"}).context["form"]
    assert johan.send("agreement_edit", _sendable(filled)).status_code == 302
    marieke.send("agreement_accept", {"version": 2})
    after = _calendar(cast, story.engagement)
    assert [place for _, place, _ in after] == [
        "Buiten" if moment > clock.now() else place for moment, place, _ in before
    ]


def test_a_yes_without_a_version_is_no_yes(cast, engagement, johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    answer = marieke.send("agreement_accept")
    assert answer.status_code == 422
    with as_person(cast.johan):
        last = latest_agreement(engagement)
        assert last is not None
        assert not last.in_force


def test_a_yes_to_a_version_that_was_overtaken_shows_the_newer_one(cast, engagement, johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    johan.send("agreement_edit", {**_on_screen(johan), "text_method": "Nieuwer dan versie 1."})
    answer = marieke.send("agreement_accept", {"version": 1})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Johan wrote a newer version while you were reading." in page
    assert "Nieuwer dan versie 1." in page


def test_the_other_sees_word_by_word_what_was_changed(johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    marieke.send("agreement_edit", {**_on_screen(marieke), "text_costs": "Voor deze coaching betaalt niemand."})
    page = text_of(johan.open("agreement"))
    assert "What differs from version 1" in page
    assert "betaalt niemand." in page.split("<ins>")[1]


def test_two_who_write_at_once_keep_their_words_and_the_second_sees_the_first(cast, engagement, johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    mine, theirs = _on_screen(johan), _on_screen(marieke)
    marieke.send("agreement_edit", {**theirs, "text_method": "Woorden van Marieke."})
    answer = johan.send("agreement_edit", {**mine, "text_method": "Woorden van Johan."})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "Marieke wrote version 2 while you were writing" in page
    assert "Marieke.</del>" in page
    again = _sendable(answer.context["form"])
    assert again["text_method"] == "Woorden van Johan."
    assert johan.send("agreement_edit", again).status_code == 302
    assert _clauses(cast, engagement)["method"] == "Woorden van Johan."


def test_sending_the_same_agreement_twice_makes_one_version(cast, engagement, johan):
    sent = _planned(johan)
    for _ in range(2):
        assert johan.send("agreement_edit", sent).headers["Location"] == johan.address("agreement")
    with as_person(cast.johan):
        assert [one.version for one in versions_of(engagement)] == [1]


def test_a_change_of_the_plan_alone_is_shown_too(johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    sent = marieke.send("agreement_edit", {**_on_screen(marieke), "time": "11:00", "refill": "1"}).context["form"]
    marieke.send("agreement_edit", _sendable(sent))
    page = text_of(johan.open("agreement"))
    assert "First talk on" in page
    assert "11.00</ins>" in page


def test_an_earlier_version_can_be_read_back(johan, marieke):
    johan.send("agreement_edit", _planned(johan))
    marieke.send("agreement_edit", {**_on_screen(marieke), "text_method": "Woorden van Marieke."})
    assert "Woorden van Marieke." not in text_of(johan.open("agreement_version", version=1))
    assert "Woorden van Marieke." in text_of(johan.open("agreement_version", version=2))
    assert johan.open("agreement_version", version=3).status_code == 404


def test_the_coach_writes_no_agreement_before_the_client_goes_on(cast):
    found = matched(cast, requested(cast)[2])[1]
    marieke = Visitor(cast.marieke, found.pk)
    assert marieke.open("agreement_edit").headers["Location"] == marieke.address("agreement")
    assert "Begin our agreement" not in text_of(marieke.open("agreement"))


def test_while_the_talks_run_the_first_one_may_stay_where_it_was(cast):
    story = running(cast)
    johan = Visitor(cast.johan, story.engagement.pk)
    with clock.stopped_at(tuesday_at_ten(6)):
        answer = johan.send("agreement_edit", {**_on_screen(johan), "text_method": "Anders dan eerst."})
    assert answer.status_code == 302


def test_the_words_of_a_destroyed_agreement_are_gone_and_the_page_says_so(cast):
    story = running(cast)
    vault.destroy(story.engagement.vault_scope)
    page = text_of(Visitor(cast.johan, story.engagement.pk).open("agreement"))
    assert "The words of this agreement were destroyed, as you agreed." in page


def test_nobody_else_reads_an_agreement(cast, engagement, johan):
    johan.send("agreement_edit", _planned(johan))
    for name in ("anton", "fatima", "els", "ruben", "willem"):
        assert Visitor(cast.named(name), engagement.pk).open("agreement").status_code == 404


@pytest.mark.parametrize(
    ("route", "more"), [("agreement", {}), ("agreement_version", {"version": 1}), ("agreement_edit", {})]
)
def test_a_coach_who_reads_the_agreement_leaves_a_trail_for_the_client(cast, route, more):
    story = running(cast)
    for person in (cast.marieke, cast.marieke, cast.johan):
        assert Visitor(person, story.engagement.pk).open(route, **more).status_code == 200
    with as_person(cast.johan):
        opened = AuditRow.objects.filter(verb="agreement.open", owner_id=cast.johan.pk)
        assert [row.actor_id for row in opened] == [cast.marieke.pk]
