"""The culture scan is read: by Johan in his team, Anton who leads it, Fatima who coordinates, and Ruben's directors."""

from datetime import timedelta

import pytest

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Unit
from tests.browser.telling import fill, press, text_of
from tests.part_report import published
from tests.scan import fill_units

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def _asked_twice(cast):
    """Two waves; since the first, feedback went up in Projecten. In Kades hardly anybody answered the second."""
    fill_units(cast, 12)
    with acting_in(cast.organisation.id, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
        kades = Unit.objects.get(name="Kades").pk
    projecten = cast.johan.unit_id

    def values(least):
        def said(wave, one):
            number = int(one.person.staff_number or 7)
            there = one.person.unit_id == projecten
            return {
                item.id: least + (number + place) % 2
                if there and item.id.startswith("feedback.")
                else 2 + (number + place) % 3
                for place, item in enumerate(wave.rated)
            }

        return said

    with clock.stopped_at(clock.now() - timedelta(days=200)):
        published(cast, values(1))

    def only(people):
        few = [one for one in people if one.person.unit_id == kades][3:]
        return [one for one in people if one not in few]

    published(cast, values(4), lambda number: {"open.helps": f"Samen terugkijken {number}"}, only)


def _johan_reads_and_decides(tell, no_barriers):
    johan = tell("johan")
    press(johan, "Hoe wij leren: wat de cultuurscan vertelt")
    assert "mensen hebben geantwoord" in text_of(johan)
    assert "Iedereen in de organisatie" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "report-of-the-organisation")
    press(johan, "Projecten")
    assert "‘Feedback vragen en geven’ ging omhoog" in text_of(johan)
    johan.get_by_text("De zinnen van Feedback vragen en geven").click()
    johan.get_by_text("Dezelfde cijfers in een tabel").first.click()
    johan.get_by_text("Hoe zeker zijn deze cijfers?").click()
    no_barriers(johan)
    tell.look(johan, "report-of-a-team")
    assert johan.get_by_role("link", name="Kades").count() == 0
    with johan.expect_download() as taken:
        johan.get_by_role("link", name="Op papier (PDF)").click()
    assert taken.value.suggested_filename.startswith("cultuurscan-projecten")

    press(johan, "Door de tijd")
    assert "van 1,5 naar 4,5" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "over-time")
    johan.go_back()
    press(johan, "Om samen over te praten")
    fill(johan, "Wat gaan we doen?", "We beginnen elk overleg met een rondje.")
    press(johan, "Schrijf het op")
    no_barriers(johan)
    tell.look(johan, "what-the-team-decides")
    return johan.url


def _willem_sees_it_in_the_dark(tell, site, no_barriers, address):
    willem = site.open_as("willem", scheme="dark")
    willem.goto(address)
    assert "We beginnen elk overleg met een rondje." in text_of(willem)
    no_barriers(willem)
    press(willem, "Projecten")
    tell.look(willem, "report-of-a-team-in-the-dark")


def _anton_meets_a_closed_report(tell, no_barriers):
    anton = tell("anton")
    press(anton, "Hoe wij leren: wat de cultuurscan vertelt")
    press(anton, "Kades")
    assert "Dit rapport blijft dicht" in text_of(anton)
    assert "en dat is fijn" in text_of(anton)
    no_barriers(anton)
    tell.look(anton, "report-that-stays-closed")


def _fatima_lays_units_beside_each_other(tell, no_barriers):
    fatima = tell("fatima")
    press(fatima, "Hoe wij leren: wat de cultuurscan vertelt")
    press(fatima, "Alle afdelingen naast elkaar")
    assert "dicht" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "heat-map")
    press(fatima, "Wat bewoog, per afdeling")
    fatima.get_by_label("Onderwerp").select_option("feedback")
    press(fatima, "Toon")
    assert "‘Feedback vragen en geven’ ging bij" in text_of(fatima)
    no_barriers(fatima)
    tell.look(fatima, "change-by-unit")


def _ruben_reads_what_goes_together_and_own_words(tell, no_barriers):
    ruben = tell("ruben")
    press(ruben, "Hoe wij leren: wat de cultuurscan vertelt")
    press(ruben, "Wat samen opgaat")
    assert "Wat de oorzaak is, zegt dit niet" in text_of(ruben)
    no_barriers(ruben)
    tell.look(ruben, "relations")
    press(ruben, "In eigen woorden")
    assert "Samen terugkijken" in text_of(ruben)
    no_barriers(ruben)
    tell.look(ruben, "own-words")


def test_each_reads_what_is_theirs_to_read(tell, site, no_barriers):
    _asked_twice(site.cast)
    address = _johan_reads_and_decides(tell, no_barriers)
    _willem_sees_it_in_the_dark(tell, site, no_barriers, address)
    _anton_meets_a_closed_report(tell, no_barriers)
    _fatima_lays_units_beside_each_other(tell, no_barriers)
    _ruben_reads_what_goes_together_and_own_words(tell, no_barriers)
