"""Two browsers send with one link at the same moment: one ballot, and nobody hears of an error."""

from threading import Barrier, Thread

import pytest
from django.db import connections

from klankbord.core.tenant import acting_in
from klankbord.culture import ballots
from tests.answering import Answerer
from tests.cast import build_cast
from tests.scan import asked, closed_by_fatima, fill_units, opened_wave

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_of_two_that_are_sent_at_once_one_counts(db):
    cast = build_cast()
    fill_units(cast, 1)
    wave = opened_wave(cast)
    link = asked(cast, wave)[0].given
    both = [Answerer(link), Answerer(link)]
    for value, one in zip("25", both, strict=True):
        one.to_overview(wave, value)
    start = Barrier(2)

    def send(one: Answerer) -> None:
        start.wait()
        one.press("send")
        connections.close_all()

    threads = [Thread(target=send, args=(one,)) for one in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(one.heading for one in both) == ["Dank je wel", "Deze link is al gebruikt, of bestaat niet"]
    closed_by_fatima(cast, wave)
    with acting_in(cast.organisation.id):
        (counted,), spoiled = ballots.opened(wave)
    winner = next(value for value, one in zip("25", both, strict=True) if one.heading == "Dank je wel")
    assert (counted.ballot.digits, spoiled) == (winner * 34, 0)
