"""What a team decided is kept for two years: the key goes first, then the row, and nothing else with it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.scan import fill_units, opened_wave

from klankbord.core import clock
from klankbord.core.tenant import acting_in, current_scope
from klankbord.culture import decisions, jobs
from klankbord.culture.actions import team
from klankbord.culture.actions.team import write_decision
from klankbord.culture.models import TeamDecision
from klankbord.culture.queries.reports import decisions_of
from klankbord.culture.rules.decisions import DECISIONS_KEPT, kept_since, kept_until
from klankbord.privacy import vault
from klankbord.privacy.audit import record

LAST_DAY = DECISIONS_KEPT.days
database = pytest.mark.django_db(databases=["default", "keys"])


def test_the_last_day_on_which_it_is_read_is_the_last_day_on_which_it_is_kept():
    day = date(2026, 11, 30)
    assert kept_until(day) == date(2028, 11, 29)
    assert kept_since(kept_until(day)) == day
    assert kept_since(kept_until(day) + timedelta(days=1)) > day


@pytest.fixture
def wave(cast):
    fill_units(cast, 1)
    return opened_wave(cast)


def decided(cast, wave, person, text="We beginnen met een rondje.") -> TeamDecision:
    with acting_in(cast.organisation.id, person.pk):
        return write_decision(once=uuid4(), wave=wave, unit_id=person.unit_id, text=text)


def ago(days: int):
    return clock.stopped_at(clock.now() - timedelta(days=days))


def read_by(cast, person) -> list[str]:
    with acting_in(cast.organisation.id, person.pk):
        return [one.text for one in decisions_of(person.unit_id)]


@pytest.fixture
def old(cast, wave) -> TeamDecision:
    """Yesterday was its last day."""
    with ago(LAST_DAY + 1):
        return decided(cast, wave, cast.johan)


@database
def test_on_its_last_day_it_is_there_and_the_night_after_it_is_gone_with_its_key(cast, wave, old, monkeypatch):
    with ago(LAST_DAY):
        younger = decided(cast, wave, cast.johan, "Elke maand een uur om te leren.")
    rows = []

    def kept(verb, subject=None, *, owner=None, detail=None):
        rows.append((verb, current_scope().person_id, detail))
        record(verb, subject, owner=owner, detail=detail)

    monkeypatch.setattr(team, "record", kept)
    assert [jobs.forget_decisions(0) for _twice in range(2)] == [1, 0]
    assert read_by(cast, cast.willem) == ["Elke maand een uur om te leren."]
    assert (vault.has_key(old.vault_scope), vault.has_key(younger.vault_scope)) == (False, True)
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert list(TeamDecision.objects.values_list("pk", flat=True)) == [younger.pk]
    assert rows == [("team_decision.forget", None, {"count": 1})]


@database
def test_when_the_machine_stops_between_key_and_row_the_page_still_opens_and_the_next_night_goes_on(
    cast, old, monkeypatch
):
    def torn(**_given):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(jobs, "forget_decided", torn)
        with pytest.raises(KeyboardInterrupt):
            jobs.forget_decisions(0)
    assert not vault.has_key(old.vault_scope)
    assert read_by(cast, cast.johan) == []
    assert jobs.forget_decisions(0) == 1


@database
def test_what_is_past_its_time_is_not_shown_while_it_waits_for_the_night(cast, old):
    assert vault.has_key(old.vault_scope)
    assert read_by(cast, cast.johan) == []


@database
def test_nobody_who_acts_finds_old_decisions_or_takes_them_away_and_no_day_that_is_given_takes_a_young_one(
    cast, wave, old
):
    with ago(LAST_DAY - 1):
        young = decided(cast, wave, cast.johan)
    both, today, far = [old.pk, young.pk], clock.today(), date(2999, 1, 1)
    for person in (cast.fatima, cast.els, cast.johan):
        with acting_in(cast.organisation.id, person.pk):
            assert decisions.old_decisions(today) == {}
            assert decisions.forget_decisions(both, today) == 0
    with acting_in(cast.elsewhere.id):
        assert decisions.forget_decisions(both, today) == 0
    with acting_in(cast.organisation.id):
        assert decisions.forget_decisions(both, old.decided_on) == 0
        assert decisions.old_decisions(old.decided_on) == {}
        assert decisions.old_decisions(far) == {cast.organisation.id: [old.pk]}
        assert decisions.forget_decisions(both, far) == 1
    assert read_by(cast, cast.johan) == ["We beginnen met een rondje."]


@database
def test_the_page_of_the_team_says_until_which_day_it_stays(told):
    johan = Client()
    johan.force_login(told.cast.johan.account)
    keys = [told.parts["published"], told.parts["team"]]
    page = johan.get(reverse("culture_team", args=["waterland", *keys])).text
    last = clock.today() + DECISIONS_KEPT
    assert page.count(f"Blijft staan tot en met {last.day} ") == 1
    assert "Na twee jaar gaat het weg." in page
