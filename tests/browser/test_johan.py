"""Johan's coaching, lived in a browser from a suggestion to the closing, by everybody who has a part in it."""

import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from klankbord.core import clock
from tests.browser.conftest import Site, run_queue
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import AMSTERDAM, tuesday_at_ten

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

LETTER = "Ik denk dat een coach je kan helpen om dit project niet alleen te dragen."
QUESTION = "Hoor jij dan wat ik daar vertel?"
REPLY = "Nee. Dat is van jou."
WORDS = "Ik moet een pilot van de grond krijgen met een team dat ik niet zelf koos."
HOPE = "Dat ik hardop mag denken."
OFFER = "Ik vraag vooral door."
DIRECTION = "Een projectplan dat iedereen draagt."
TOPIC = "Mijn opdrachtgever wil eerder beginnen dan ik kan."
NOTES = "We onderzochten wat half-half betekent."
NOTES_OF_MARIEKE = "Uitproberen: de financiële man vooraf spreken."
REFLECTION = "Ik merk dat ik alles zelf wil doen."
COACH_PAGE = "Ik gaf raad waar een vraag beter was."
REPORT = "Ik durf nu te zeggen wat ik nodig heb."
TOLD = "Het plan ligt er, en het team schreef mee."
SECRETS = (
    LETTER, QUESTION, REPLY, WORDS, HOPE, OFFER, DIRECTION, TOPIC, NOTES, NOTES_OF_MARIEKE, REFLECTION, COACH_PAGE,
    REPORT, TOLD,
)  # fmt: skip


def test_johan_asks_is_coached_and_closes(tell, site, no_barriers):
    suggested_by_anton(tell)
    asked_by_johan(tell)
    matched_by_fatima(tell)
    got_to_know_each_other(tell)
    agreed(tell)
    talked(tell)
    closed(tell)
    nobody_else_read_along(tell)
    mail_was_neutral(site)
    nothing_lies_readable_on_the_disk()


def suggested_by_anton(tell: Teller) -> None:
    anton = tell("anton")
    anton.goto(f"{tell.site.url}/waterland/voorstellen/")
    anton.locator("select[name=client]").select_option(label="Johan de Wit")
    anton.locator("textarea").first.fill(LETTER)
    tell.look(anton, "anton-suggests")
    anton.locator("main form button.primary").first.click()
    johan = tell("johan")
    press(johan, "Lees het")
    assert LETTER in text_of(johan)
    assert "Nu niet" in text_of(johan)
    tell.look(johan, "johan-reads")
    press(johan, "Eerst een vraag stellen")
    johan.get_by_label("Anton").first.check()
    johan.locator("textarea").first.fill(QUESTION)
    johan.locator("main form button.primary").first.click()
    anton = tell("anton")
    press(anton, "Lees de vraag")
    assert QUESTION in text_of(anton)
    anton.locator("textarea").first.fill(REPLY)
    anton.locator("main form button.primary").first.click()
    johan = tell("johan")
    press(johan, "Lees het")
    assert REPLY in text_of(johan)
    press(johan, "Ik wil een kennismaking")


def asked_by_johan(tell: Teller) -> None:
    johan = tell("johan")
    johan.goto(f"{tell.site.url}/waterland/vraag/")
    johan.locator("textarea").first.fill(WORDS)
    johan.get_by_label("Een lastig project met veel belangen").check()
    johan.get_by_label("Spanning en werkdruk").check()
    tell.look(johan, "johan-words")
    press(johan, "Volgende")
    press(johan, "Volgende")
    assert WORDS in text_of(johan)
    assert "coördinator" in text_of(johan)
    tell.look(johan, "johan-checks")
    press(johan, "Versturen")
    expect(johan).to_have_url(re.compile(r"/vraag/[0-9a-f-]+/"))


def matched_by_fatima(tell: Teller) -> None:
    fatima = tell("fatima")
    press(fatima, "Open de aanvragen")
    fatima.get_by_role("link", name="Johan de Wit").click()
    seen = text_of(fatima)
    assert WORDS not in seen
    assert "Spanning en werkdruk" not in seen
    assert "Een lastig project met veel belangen" in seen
    tell.look(fatima, "fatima-looks")
    assert re.search(r"Willem.*", seen)
    for name in ("Willem", "Bram"):
        assert fatima.get_by_role("button", name=re.compile(name)).count() == 0
    assert "dezelfde leidinggevende" in seen
    fatima.get_by_role("button", name=re.compile("Marieke")).click()
    johan = tell("johan")
    press(johan, "Bekijk")
    tell.look(johan, "johan-chooses")
    press(johan, "Ik wil kennismaken met Marieke")


def got_to_know_each_other(tell: Teller) -> None:
    first = tuesday_at_ten(1)
    marieke = tell("marieke")
    press(marieke, "Plan het")
    assert WORDS in text_of(marieke)
    fill(marieke, "Dag", first.date().isoformat())
    fill(marieke, "Tijd", "10:00")
    marieke.locator("input[name=place]").fill("Kamer 4.12")
    tell.look(marieke, "marieke-plans")
    press(marieke, "Zet dit moment neer")
    for name, words in (("johan", HOPE), ("marieke", OFFER)):
        page = tell(name)
        page.goto(engagement(tell) + "kennismaking/")
        open_everything(page)
        page.locator("textarea").first.fill(words)
        page.locator("form:has(textarea) button.primary").first.click()
    tell.it_is(first + timedelta(hours=2))
    johan = tell("johan")
    johan.goto(engagement(tell) + "kennismaking/")
    assert HOPE in text_of(johan)
    assert OFFER in text_of(johan)
    tell.look(johan, "johan-introduction")
    press(johan, "Ik ga verder met Marieke")
    johan.goto(engagement(tell) + "richting/")
    johan.locator("textarea").first.fill(DIRECTION)
    johan.locator("form:has(textarea) button.primary").first.click()


def engagement(tell: Teller) -> str:
    """The address of Johan's engagement."""
    johan = tell.pages["johan"]
    johan.goto(f"{tell.site.url}/waterland/coaching/")
    link = johan.locator("main a[href*='/coaching/']").first.get_attribute("href") or ""
    found = re.match(r"/waterland/coaching/[0-9a-f-]+/", link)
    assert found, link
    return tell.site.url + found[0]


def open_everything(page: Page) -> None:
    """Open what is folded."""
    page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")


def agreed(tell: Teller) -> None:
    first = tuesday_at_ten(3)
    where = engagement(tell)
    johan = tell("johan")
    johan.goto(where + "afspraken/schrijven/")
    johan.locator("input[name=day]").fill(first.date().isoformat())
    johan.locator("input[name=time]").fill("10:00")
    johan.locator("input[name=place]").fill("Kamer 4.12")
    johan.locator("button[name=refill]").click()
    confidentiality = johan.locator("textarea").nth(3)
    confidentiality.fill(confidentiality.input_value() + " Marieke bespreekt dit ook niet in haar intervisie.")
    tell.look(johan, "johan-agreement")
    johan.locator("main form button.primary").last.click()
    johan.wait_for_url(re.compile(r"/afspraken/$"))
    marieke = tell("marieke")
    marieke.goto(where + "afspraken/")
    assert "ook niet in haar intervisie" in text_of(marieke)
    tell.look(marieke, "marieke-agreement")
    press(marieke, "Ik zeg ja")
    marieke.goto(where)
    tell.look(marieke, "marieke-line")
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/trajecten/")
    row = fatima.locator("tr", has_text="Johan de Wit").inner_text()
    assert "lopend" in row.lower()
    assert "intern" in row.lower()
    tell.look(fatima, "fatima-outline")


def talked(tell: Teller) -> None:
    where = engagement(tell)
    johan = tell("johan")
    johan.goto(where + "gesprek/1/")
    johan.locator("textarea[name=text]").first.fill(TOPIC)
    press(johan, "Naar Marieke sturen")
    johan.goto(where + "gesprek/2/")
    press(johan, "Ik kom gewoon")
    johan.goto(where + "gesprek/3/verzetten/")
    johan.locator("input[name=time]").fill("14:30")
    johan.locator("main form button.primary").first.click()
    tell.it_is(tuesday_at_ten(3) + timedelta(hours=3))
    marieke = tell("marieke")
    marieke.goto(where + "gesprek/1/")
    assert TOPIC in text_of(marieke)
    two_people_edit_one_text(tell, where)
    johan.goto(where + "gesprek/1/")
    form = "form[action$='/tekst/reflection/']"
    johan.locator(f"{form} textarea").fill(REFLECTION)
    johan.locator(f"{form} button", has_text="voor mij alleen").click()
    marieke.goto(where + "gesprek/1/")
    assert REFLECTION not in text_of(marieke)
    johan.goto(where + "gesprek/1/")
    johan.locator(f"{form} button", has_text="sturen").click()
    marieke.goto(where + "gesprek/1/")
    assert REFLECTION in text_of(marieke)
    own = "form[action$='/tekst/coach_page/']"
    marieke.locator(f"{own} textarea").fill(COACH_PAGE)
    marieke.locator(f"{own} button").last.click()
    tell.look(marieke, "marieke-session")
    johan.goto(where + "gesprek/1/")
    assert COACH_PAGE not in johan.content()
    tell.look(johan, "johan-session")


def two_people_edit_one_text(tell: Teller, where: str) -> None:
    johan, marieke = tell.pages["johan"], tell.pages["marieke"]
    form = "form[action$='/tekst/notes/']"
    for page in (johan, marieke):
        page.goto(where + "gesprek/1/")
        page.locator("#notes > summary").click()
    johan.locator(f"{form} textarea").fill(NOTES)
    johan.locator(f"{form} button").last.click()
    marieke.locator(f"{form} textarea").fill(NOTES_OF_MARIEKE)
    marieke.locator(f"{form} button").last.click()
    marieke.wait_for_load_state()
    assert NOTES in text_of(marieke)
    assert marieke.locator(f"{form} textarea").input_value() == NOTES_OF_MARIEKE
    tell.look(marieke, "marieke-overtaken")
    marieke.locator(f"{form} textarea").fill(f"{NOTES}\n{NOTES_OF_MARIEKE}")
    marieke.locator(f"{form} button").last.click()
    johan.goto(where + "gesprek/1/")
    kept = johan.locator(f"{form} textarea").input_value()
    assert NOTES in kept
    assert NOTES_OF_MARIEKE in kept


def closed(tell: Teller) -> None:
    where = engagement(tell)
    tell.it_is(datetime(clock.today().year, 12, 31, 12, tzinfo=AMSTERDAM) + timedelta(days=160))
    johan = tell("johan")
    johan.goto(where + "afronden/")
    tell.look(johan, "johan-closing")
    begin = johan.locator("form[action$='/afronden/beginnen/'] button")
    if begin.count():
        begin.first.click()
        johan.goto(where + "afronden/")
    johan.goto(where + "afronden/verslag/")
    johan.locator("textarea").first.fill(REPORT)
    johan.locator("button[name=send]").first.click()
    marieke = tell("marieke")
    marieke.goto(where + "afronden/verslag/")
    assert REPORT in text_of(marieke)
    johan.goto(where + "delen/")
    johan.locator("textarea[name=own]").fill(TOLD)
    press(johan, "Bekijk wat Anton gaat lezen")
    assert TOLD in text_of(johan)
    assert REPORT not in johan.locator("figure.letter").first.inner_text()
    tell.look(johan, "johan-preview")
    press(johan, "Deel dit met Anton")
    anton = tell("anton")
    press(anton, "Lees het")
    assert TOLD in text_of(anton)
    assert REPORT not in anton.content()
    tell.look(anton, "anton-reads")
    johan.goto(where + "afronden/")
    johan.locator("form[action$='/afronden/sluiten/'] button").first.click()
    johan.goto(where + "afronden/")
    assert re.search(r"bewaard|vernietigd", text_of(johan))
    tell.look(johan, "johan-closed")
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/trajecten/")
    assert "afgerond" in fatima.locator("tr", has_text="Johan de Wit").inner_text().lower()


def nobody_else_read_along(tell: Teller) -> None:
    where = engagement(tell)
    for name in ("anton", "fatima", "els", "ruben"):
        page = tell(name)
        for part in ("", "kennismaking/", "afspraken/", "gesprek/1/", "afronden/"):
            answer = page.goto(where + part)
            assert answer is not None
            assert answer.status == 404, f"{name} {part}"


def mail_was_neutral(site: Site) -> None:
    run_queue()
    assert len(site.mailbox.letters) >= 12
    for letter in site.mailbox.letters:
        assert letter["Subject"] == "Er staat iets voor je klaar in Klankbord"
        plain, html = letter.get_body(("plain",)), letter.get_body(("html",))
        assert plain is not None
        assert html is not None
        for secret in SECRETS:
            assert secret not in plain.get_content() + html.get_content()


def nothing_lies_readable_on_the_disk() -> None:
    """Every byte that the database server keeps: tables, indexes, dead rows, write-ahead log, server log."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_current_wal_lsn()")
    folder = Path(os.environ["KLANKBORD_DATA"])
    read, found = 0, []
    wanted = [secret.encode() for secret in SECRETS]
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            read += len(content)
            found += [(path.name, secret) for secret in wanted if secret in content]
    assert read > 10_000_000, "the database must have been read, or this proves nothing"
    assert found == []
