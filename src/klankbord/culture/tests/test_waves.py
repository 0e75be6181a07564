"""A wave from draft to counted, with the ballot box between people and answers."""

import pytest
from tests.scan import all_answer, answer, asked, closed_by_fatima, fill_units, opened_wave

from klankbord.core.tenant import acting_in
from klankbord.culture import ballots
from klankbord.culture.actions import Received
from klankbord.culture.jobs import finish
from klankbord.culture.models import Answer, Wave

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_wave_is_opened_answered_closed_and_counted(cast):
    fill_units(cast, 2)
    wave = opened_wave(cast)
    people = asked(cast, wave)
    said = all_answer(cast, wave, people[:12], words="Meer tijd")
    assert answer(cast, people[0].given) is Received.NO_RIGHT
    closed_by_fatima(cast, wave)
    assert answer(cast, people[13].given) is Received.CLOSED
    finish(str(cast.organisation.id), str(wave.pk))
    with acting_in(cast.organisation.id):
        assert Wave.objects.get(pk=wave.pk).state == "closed"
        kept = ballots.kept_answers(wave)
        assert sorted(digits for _unit, _group, digits in kept) == sorted(said.values())
        assert Answer.objects.count() == 0
    assert answer(cast, people[13].given) is Received.NO_RIGHT
