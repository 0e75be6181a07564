"""The culture scan is read by group: by Ruben for the whole organisation, by Marieke of her own directorate."""

import pytest

from tests.browser.telling import press, text_of
from tests.by_group import LONG, asked_by_group

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_groups_are_read_beside_everyone_and_what_is_withheld_is_closed(tell, site, no_barriers):
    asked_by_group(site.cast)
    ruben = tell("ruben")
    press(ruben, "Hoe wij leren: wat de cultuurscan vertelt")
    press(ruben, "Per groep")
    assert "de groepen liggen uit elkaar bij ‘Feedback vragen en geven’" in text_of(ruben)
    ruben.get_by_text("Dezelfde cijfers in een tabel").first.click()
    ruben.get_by_text("Ook per groep: de andere onderdelen").click()
    ruben.get_by_label("Onderwerp", exact=True).select_option("feedback")
    no_barriers(ruben)
    tell.look(ruben, "groups-of-the-organisation")
    press(ruben, "Toon")
    assert "over elkaar" in text_of(ruben)
    assert ruben.get_by_role("link", name="Kades").count() == 0

    marieke = tell("marieke")
    press(marieke, "Hoe wij leren: wat de cultuurscan vertelt")
    press(marieke, "Directie Mens")
    assert marieke.get_by_role("heading", name="Per groep: Dienstjaren").count() == 1
    assert LONG in text_of(marieke)
    marieke.get_by_text("Ook per groep: de andere onderdelen").click()
    no_barriers(marieke)
    tell.look(marieke, "groups-of-a-unit")
