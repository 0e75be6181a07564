"""A request by telephone: Fatima notes it, Johan makes it his own and sends it."""

import pytest

from klankbord.engagements.models import Request
from tests.browser.telling import fill, press, text_of
from tests.story import as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_johan_rings_and_sends_what_fatima_noted(tell, site, no_barriers):
    fatima = tell("fatima")
    fatima.get_by_role("link", name="Aanvragen").first.click()
    press(fatima, "Een aanvraag noteren")
    fill(fatima, "Wie is het?", "joh")
    fill(fatima, "Wat vertelde die persoon?", "Wil leren om nee te zeggen.")
    press(fatima, "Zoek")
    fatima.get_by_text("Johan de Wit, Projecten").click()
    no_barriers(fatima)
    tell.look(fatima, "noting")
    press(fatima, "Noteer het en laat het weten")
    assert "Genoteerd en nog niet verstuurd" in fatima.locator("body").inner_text()

    johan = tell("johan")
    press(johan, "Lees het")
    assert "Fatima noteerde dat je een coach wilt" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "noted")
    press(johan, "Ik maak het af in mijn eigen woorden")
    words = johan.get_by_label("Vertel het in je eigen woorden")
    assert words.input_value() == "Wil leren om nee te zeggen."
    words.fill("Ik wil leren om nee te zeggen.")
    press(johan, "Volgende")
    press(johan, "Volgende")
    press(johan, "Versturen")
    with as_person(site.cast.fatima):
        assert Request.objects.get().client_id == site.cast.johan.pk
    assert "Genoteerd en nog niet verstuurd" not in tell("fatima").locator("body").inner_text()
