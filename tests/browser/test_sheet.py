"""Coming from a spreadsheet: Fatima brings three sheets, Marieke and Johan decide about their own rows."""

import io

import pytest
import xlsxwriter

from klankbord.engagements.models import Engagement
from tests.browser.telling import press, text_of
from tests.story import as_person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

COACHES = (["coach", "thema's", "aantal tegelijk"], ["marieke@waterland.example", "Samenwerken", "4"])
HOURS = (
    ["coach", "van jaar", "tot en met jaar", "uren", "waar"],
    ["marieke@waterland.example", 2021, 2024, 310, "Rijndam"],
)


def book(client: str, since: str) -> dict[str, object]:
    """A workbook with three sheets."""
    stream = io.BytesIO()
    whole = xlsxwriter.Workbook(stream, {"in_memory": True})
    runs = (["medewerker", "coach", "sinds", "gesprekken te gaan"], [client, "marieke@waterland.example", since, 3])
    for name, rows in (("Coaches", COACHES), ("Trajecten", runs), ("Uren", HOURS)):
        sheet = whole.add_worksheet(name)
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    whole.close()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "coaching.xlsx", "mimeType": mime, "buffer": stream.getvalue()}


def test_fatima_leaves_her_spreadsheet_and_everybody_decides_about_the_own_row(tell, site, no_barriers):
    fatima = tell("fatima")
    fatima.goto(f"{site.url}/waterland/overnemen/")
    no_barriers(fatima)
    fatima.get_by_label("Je spreadsheet").set_input_files(book("jan@waterland.example", "ooit"))
    press(fatima, "Bekijk wat er zou gebeuren")
    said = text_of(fatima)
    assert "Trajecten, rij 2, medewerker: “jan@waterland.example” staat niet in de organisatie" in said
    assert "Trajecten, rij 2, sinds: “ooit” is geen datum die we begrijpen" in said
    tell.look(fatima, "sheet-problems")
    no_barriers(fatima)
    fatima.get_by_role("link", name="Kies het verbeterde bestand").click()
    fatima.get_by_label("Je spreadsheet").set_input_files(book("johan@waterland.example", "maart 2025"))
    press(fatima, "Bekijk wat er zou gebeuren")
    assert "met Marieke" in text_of(fatima)
    tell.look(fatima, "sheet-look")
    no_barriers(fatima)
    press(fatima, "Leg het hun voor")
    assert "Voorgelegd aan 2 mensen" in fatima.locator("body").inner_text()
    tell.look(fatima, "sheet-laid-down")

    marieke = tell("marieke")
    assert "Fatima nam iets voor je over uit een spreadsheet" in text_of(marieke)
    press(marieke, "Bekijk")
    assert "310 uur, 2021–2024" in text_of(marieke)
    assert "Johan" not in text_of(marieke)
    tell.look(marieke, "sheet-coach")
    no_barriers(marieke)
    press(marieke, "Zet het in mijn profiel")
    press(marieke, "Zet het bij mijn uren")
    assert "Rijndam" in text_of(marieke)

    johan = tell("johan")
    press(johan, "Bekijk")
    assert "Praat je met Marieke?" in text_of(johan)
    tell.look(johan, "sheet-client")
    no_barriers(johan)
    press(johan, "Ja, dat klopt")
    assert "Marieke" in text_of(johan)
    tell.look(johan, "sheet-runs")
    with as_person(site.cast.marieke):
        assert Engagement.objects.get().client_id == site.cast.johan.pk
