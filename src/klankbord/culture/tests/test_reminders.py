"""Reminders that are planned: on which days, and that they go by themselves, once and to everybody alike."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.scan import all_answer, asked, closed_by_fatima, now, opened_wave, plan

from klankbord.core import clock
from klankbord.core.tenant import acting_in, current_scope
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import draft_wave, open_wave, plan_reminders, remind, waves
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import invitation_of
from klankbord.culture.rules.waves import (
    MOST_REMINDERS,
    NotInThisState,
    first_to_plan,
    proposed_reminders,
    reminder_from,
    reminders_to_come,
    wrong_reminders,
)
from klankbord.privacy.audit import record
from klankbord.privacy.models import AuditRow

MONDAY = date(2026, 11, 2)


def days(*after: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=one) for one in after)


# --- rules ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("closes", "proposed"),
    [
        (20, (10, 17)),  # Thursday halfway, and Thursday before Sunday
        (12, (4, 9)),  # Sunday halfway becomes Friday
        (7, (4,)),  # halfway lies too near the other one
        (3, (1,)),  # three days before the last day is the first day
        (2, (1,)),
        (1, ()),
    ],
)
def test_reminders_are_proposed_halfway_and_three_days_before_the_last_day_and_never_in_a_weekend(closes, proposed):
    found = proposed_reminders(MONDAY, MONDAY + timedelta(days=closes))
    assert found == days(*proposed)
    assert all(one.weekday() < 5 for one in found)


def test_every_proposal_is_a_plan_that_may_be():
    for start in range(7):
        opens = MONDAY + timedelta(days=start)
        for long in range(1, 61):
            closes = opens + timedelta(days=long)
            assert plan(opens=opens, closes=closes, reminders=proposed_reminders(opens, closes))


def test_a_reminder_goes_strictly_between_the_first_and_the_last_day_and_on_a_day_of_its_own():
    first, last = days(1, 13)
    assert wrong_reminders(days(1, 13), first=first, last=last) == {}
    assert set(wrong_reminders([None, *days(0, 5, 5, 14)], first=first, last=last)) == {1, 3, 4}
    assert "Alleen 3 november" in wrong_reminders(days(9), first=first, last=first)[0].nl
    assert "Laat dit leeg" in wrong_reminders(days(1), first=last, last=first)[0].nl
    for wrong in (days(0), days(14), days(5, 5), days(2, 4, 6, 8)):
        with pytest.raises(ValueError, match="reminder"):
            plan(opens=MONDAY, closes=MONDAY + timedelta(days=14), reminders=wrong)


def test_what_is_to_come_has_not_had_its_letter_and_a_day_that_went_by_goes_on_the_next_morning():
    opened, second, fifth, ninth = days(0, 2, 5, 9)
    planned = (second, fifth, ninth)
    assert reminders_to_come(planned, opened, opened) == planned
    assert reminders_to_come(planned, second, second) == (fifth, ninth)
    assert reminders_to_come(planned, opened, fifth) == (fifth, ninth)
    # By hand on the sixth day: what was planned for the fifth has had its letter with it.
    assert reminders_to_come(planned, days(6)[0], days(6)[0]) == (ninth,)
    assert first_to_plan(planned, opened, second) == second
    assert first_to_plan(planned, second, second) == second + timedelta(days=1)


def test_by_hand_there_is_no_room_for_what_is_planned_already():
    opened, closes = days(0, 14)
    assert reminder_from(1, opened, closes, planned=MOST_REMINDERS) is None
    assert reminder_from(1, opened, closes, planned=MOST_REMINDERS - 1) == days(1)[0]
    assert reminder_from(MOST_REMINDERS + 1, opened, closes) is None
    assert reminder_from(2, closes, closes) is None


# --- as they go -----------------------------------------------------------------------------------------------------

database = pytest.mark.django_db(databases=["default", "keys"])


def ahead(*after: int) -> tuple[date, ...]:
    return tuple(clock.today() + timedelta(days=one) for one in after)


def planned_wave(cast, *after: int, **more) -> Wave:
    return opened_wave(cast, reminders=ahead(*after), **more)


def mornings(days_on: int) -> int:
    with clock.stopped_at(clock.now() + timedelta(days=days_on)):
        return jobs.reminders(0)


def queued(number: int) -> int:
    """How often the letter with this number was handed over to be sent."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from procrastinate_jobs where task_name = 'culture.send_letters'"
            " and (args->>'number')::integer = %s",
            [number],
        )
        return int(cursor.fetchone()[0])


@database
def test_a_planned_reminder_goes_in_the_morning_of_its_day_once_and_leaves_its_row(waterland, monkeypatch):
    cast, rows = waterland, []

    def kept(verb, wave, detail=None):
        rows.append((verb, current_scope().person_id, detail))
        record(verb, wave, detail=detail)

    wave = planned_wave(cast, 3, 6)
    everybody = len(asked(cast, wave))
    # Nobody in particular did it, and so nobody but the owner of the database reads its row.
    monkeypatch.setattr(waves, "record", kept)
    assert [mornings(one) for one in (0, 2)] == [0, 0]
    assert [mornings(3) for _ in range(2)] == [1, 0]
    assert (now(cast, wave).letters, queued(2), queued(3)) == (2, 1, 0)
    with acting_in(cast.organisation.id):
        assert len(ballots.letters_due(wave.pk, 2)) == everybody
    assert [mornings(one) for one in (4, 6, 7)] == [0, 1, 0]
    assert now(cast, wave).reminded == list(ahead(3, 6))
    told = [("wave.remind_as_planned", None, {"number": number}) for number in (1, 2)]
    assert rows == told


@database
def test_after_a_standstill_one_letter_goes_and_not_one_for_each_day_that_was_missed(waterland):
    wave = planned_wave(waterland, 3, 5)
    assert [mornings(7), mornings(7), mornings(8)] == [1, 0, 0]
    assert now(waterland, wave).letters == 2
    other = planned_wave(waterland, 3)
    # Of one day missed until after the last day nothing goes any more.
    assert mornings(15) == 0
    assert now(waterland, other).letters == 1


@database
def test_by_hand_and_planned_there_is_one_letter_a_day_and_three_reminders_in_all(waterland):
    cast = waterland
    wave = planned_wave(cast, 3, 6)

    def by_hand(days_on):
        with clock.stopped_at(clock.now() + timedelta(days=days_on)), acting_in(cast.organisation.id, cast.fatima.pk):
            return remind(wave=wave).letters

    assert by_hand(3) == 2
    assert mornings(3) == 0
    assert by_hand(4) == 3
    with pytest.raises(NotInThisState):
        by_hand(5)  # the one that is planned makes three
    assert mornings(6) == 1
    with pytest.raises(NotInThisState):
        by_hand(7)
    assert (now(cast, wave).letters, now(cast, wave).reminded) == (4, list(ahead(3, 4, 6)))


@database
def test_who_answered_makes_no_difference_to_who_is_reminded(waterland):
    cast = waterland
    wave = planned_wave(cast, 3)
    people = asked(cast, wave)
    all_answer(cast, wave, people[:20])
    assert mornings(3) == 1
    with acting_in(cast.organisation.id):
        due = ballots.letters_due(wave.pk, 2)
    assert {person for _invitation, person in due} == {one.person.pk for one in people}
    for invitation, person in due:
        with clock.stopped_at(clock.now() + timedelta(days=3)):
            jobs.send_letter(str(cast.organisation.id), str(person), str(invitation), 2)
    letters = set()
    for one in people:
        with acting_in(cast.organisation.id, one.person.pk):
            row = invitation_of(wave, one.person)
            assert row is not None
            letters.add((row.letters, row.letter_on, row.by))
    assert letters == {(2, ahead(3)[0], "mail")}


@database
def test_a_wave_that_is_shut_or_a_draft_reminds_nobody(waterland):
    cast = waterland
    shut = planned_wave(cast, 3)
    closed_by_fatima(cast, shut)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        draft_wave(once=uuid4(), plan=plan(reminders=ahead(3)), contact=cast.fatima)
    assert mornings(3) == 0


@database
def test_opening_later_than_was_meant_leaves_out_the_reminders_whose_day_has_come(waterland):
    cast = waterland
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(reminders=ahead(3, 8)), contact=cast.fatima)
        with clock.stopped_at(clock.now() + timedelta(days=3)):
            wave = open_wave(wave=wave)
    assert wave.reminders == list(ahead(8))
    assert mornings(4) == 0


@database
def test_only_a_coordinator_changes_what_is_to_come_and_only_to_days_that_can_be(waterland):
    cast = waterland
    wave = planned_wave(cast, 3, 6)
    assert mornings(3) == 1

    def changed(person, *after, organisation=None):
        moment = clock.stopped_at(clock.now() + timedelta(days=3))
        with moment, acting_in(organisation or cast.organisation.id, person and person.pk):
            plan_reminders(wave=wave, days=after)

    wrong = [ahead(3), ahead(2), ahead(14), ahead(20), ahead(4, 5, 6)]
    for given in wrong:
        with pytest.raises(NotInThisState):
            changed(cast.fatima, *given)
    for person in (None, cast.johan, cast.els):
        with pytest.raises(NotInThisState):
            changed(person, *ahead(9))
    with pytest.raises(NotInThisState):
        changed(cast.tom, *ahead(9), organisation=cast.elsewhere.id)
    changed(cast.fatima, *ahead(9, 11))
    assert now(cast, wave).reminders == list(ahead(3, 9, 11))
    changed(cast.fatima)
    assert now(cast, wave).reminders == list(ahead(3))
    assert mornings(9) == 0
    with acting_in(cast.organisation.id, cast.fatima.pk):
        rows = AuditRow.objects.filter(verb="wave.plan_reminders").order_by("at")
        assert [(one.actor_id, one.detail) for one in rows] == [
            (cast.fatima.pk, {"count": 2}),
            (cast.fatima.pk, {"count": 0}),
        ]


@database
def test_what_was_planned_for_this_morning_may_stay_and_is_not_planned_afresh(waterland):
    cast = waterland
    wave = planned_wave(cast, 3)
    today = clock.stopped_at(clock.now() + timedelta(days=3))
    with today, acting_in(cast.organisation.id, cast.fatima.pk):
        plan_reminders(wave=wave, days=ahead(0, 5))
        plan_reminders(wave=wave, days=ahead(5))
        with pytest.raises(NotInThisState):
            plan_reminders(wave=wave, days=ahead(0, 5))


# --- on screen ------------------------------------------------------------------------------------------------------


@pytest.fixture
def fatima(cast) -> Client:
    client = Client()
    client.force_login(cast.fatima.account)
    return client


def place(route: str, wave: Wave, *more: object) -> str:
    return reverse(route, args=["waterland", wave.pk, *more])


def when(opens: date, closes: date, *reminders: date) -> dict[str, str]:
    fields = {f"reminder_{number}": one.isoformat() for number, one in enumerate(reminders, 1)}
    return {"opens": opens.isoformat(), "closes": closes.isoformat(), **fields}


@database
def test_a_day_that_cannot_be_is_said_at_its_field_and_what_was_typed_stays(cast, fatima):
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = draft_wave(once=uuid4(), plan=plan(), contact=cast.fatima)
    opens, closes, late = ahead(1, 15, 15)
    wrong = fatima.post(place("wave_part", wave, "wanneer"), when(opens, closes, *ahead(4), late))
    assert wrong.status_code == 422
    assert 'id="id_reminder_2_error"' in wrong.text
    assert 'id="id_reminder_1_error"' not in wrong.text
    assert f'value="{late.isoformat()}"' in wrong.text
    assert fatima.post(place("wave_part", wave, "wanneer"), when(opens, closes)).status_code == 302
    assert now(cast, wave, cast.fatima).reminders == []


@database
def test_proposed_reminders_move_along_with_the_days_and_chosen_ones_stay(cast, fatima):
    new = {"once": str(uuid4()), "kind": "full", "title_nl": "Scan", "title_en": "Scan"}
    fatima.post(reverse("wave_new", args=["waterland"]), new)
    with acting_in(cast.organisation.id, cast.fatima.pk):
        wave = Wave.objects.get(pk=new["once"])
    proposed = proposed_reminders(wave.opens, wave.closes)
    assert wave.reminders == list(proposed)
    later = wave.opens + timedelta(days=40), wave.closes + timedelta(days=50)
    fatima.post(place("wave_part", wave, "wanneer"), when(*later, *proposed))
    assert now(cast, wave, cast.fatima).reminders == list(proposed_reminders(*later))
    chosen = later[0] + timedelta(days=5)
    fatima.post(place("wave_part", wave, "wanneer"), when(*later, chosen))
    sooner = (later[0], later[1] - timedelta(days=3))
    fatima.post(place("wave_part", wave, "wanneer"), when(*sooner, chosen))
    assert now(cast, wave, cast.fatima).reminders == [chosen]


@database
def test_an_open_wave_tells_which_went_and_which_come_and_lets_what_comes_be_changed(waterland):
    fatima = Client()
    fatima.force_login(waterland.fatima.account)
    wave = planned_wave(waterland, 2, 5)
    where = place("wave_reminders", wave)
    assert mornings(2) == 1
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        page = fatima.get(place("wave", wave)).text
        assert page.count("verstuurd") == page.count("gaat vanzelf, in de ochtend") == 1
        form = fatima.get(where).text
        assert 'name="reminder_2"' in form
        assert 'name="reminder_3"' not in form
        wrong = fatima.post(where, {"reminder_1": ahead(0)[0].isoformat()})
        assert wrong.status_code == 422
        assert 'id="id_reminder_1_error"' in wrong.text
        assert fatima.post(where, {"reminder_1": ahead(4)[0].isoformat()}).status_code == 302
        assert now(waterland, wave).reminders == [*ahead(0), *ahead(4)]
        assert fatima.post(where, {}).status_code == 302
    assert now(waterland, wave).reminders == list(ahead(2))
