"""Johan looks for a goal, puts it in words out of small questions, and puts it otherwise; Marieke writes beside it."""

import re
from datetime import timedelta

import pytest

from klankbord.core import clock
from klankbord.engagements.models import Goal
from klankbord.engagements.queries.doors import engagement_for, session_for
from tests.browser.telling import Teller, fill, press, text_of
from tests.story import Story, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

WHAT = "aan mijn opdrachtgever zeggen wat wel en niet lukt"
SENTENCE = f"Aan het eind van de zomer kan ik {WHAT}. Dat merk ik aan rustiger slapen."
OTHER = "Ik zeg op tijd wat ik nodig heb, ook als het spannend is."


@pytest.fixture
def story(site) -> Story:
    story = running(site.cast)
    with as_person(site.cast.johan):
        talk = session_for(engagement_for(site.cast.johan, story.engagement.pk), 3)
        talk.starts_at = clock.now() - timedelta(hours=2)
        talk.save(update_fields=["starts_at"])
        Goal.objects.filter(engagement=story.engagement).update(changed_at=clock.now() - timedelta(days=9))
    return story


def test_a_goal_is_looked_for_found_and_put_otherwise(tell: Teller, story: Story, no_barriers) -> None:
    johan = tell("johan")
    where = f"{tell.site.url}/waterland/coaching/{story.engagement.pk}/"
    asked_whether_it_fits(tell, johan, where)
    built_out_of_small_questions(tell, johan, where, no_barriers)
    described_and_marked(tell, johan, no_barriers)
    marieke = tell("marieke")
    marieke_writes_beside_it(tell, marieke, where, no_barriers)
    johan_takes_it_over_and_harvests(tell, johan, where, no_barriers)


def asked_whether_it_fits(tell: Teller, johan, where: str) -> None:
    johan.goto(where + "gesprek/3/")
    assert "Klopt je doel nog?" in text_of(johan)
    johan.locator("#sentence > summary").click()
    fill(johan, "In één zin, in je eigen woorden", "Ik hoef het niet alleen te doen.")
    tell.look(johan, "talk")
    press(johan, "Bewaar, zodat Marieke het kan lezen")
    press(johan, "Ja")
    assert "Dan blijft het zoals het is." in text_of(johan)
    assert "Klopt je doel nog?" not in text_of(johan)


def built_out_of_small_questions(tell: Teller, johan, where: str, no_barriers) -> None:
    johan.goto(where + "doelen/")
    no_barriers(johan)
    tell.look(johan, "room")
    press(johan, "Begin met vijf kleine vragen")
    fill(johan, "Aan het eind van", "de zomer")
    fill(johan, "Wat dan?", WHAT)
    johan.locator("#preview p").wait_for()
    assert f"Aan het eind van de zomer kan ik {WHAT}." in johan.locator("#preview").inner_text()
    fill(johan, "Waaraan merk je het?", "rustiger slapen")
    no_barriers(johan)
    tell.look(johan, "questions")
    press(johan, "Laat de zin zien")
    assert johan.get_by_label("Jouw zin").input_value() == SENTENCE
    no_barriers(johan)
    tell.look(johan, "sentence")
    press(johan, "Bewaar deze zin")
    johan.wait_for_url(re.compile(r"/doelen/[0-9a-f-]{36}/"))
    assert SENTENCE in text_of(johan)


def described_and_marked(tell: Teller, johan, no_barriers) -> None:
    goal = johan.url
    press(johan, "Beschrijf het in kleine stappen")
    johan.get_by_label("Waar ik begon", exact=True).fill("Ik zeg het pas achteraf.")
    fill(johan, "Wat ik hoop te bereiken", "Ik zeg het dezelfde week.")
    no_barriers(johan)
    tell.look(johan, "levels")
    press(johan, "Bewaar")
    for level in ("Waar ik begon: Ik zeg het pas achteraf.", "Wat ik hoop te bereiken: Ik zeg het dezelfde week."):
        johan.goto(goal)
        johan.get_by_text("Zeg waar het nu staat").click()
        johan.get_by_label(level, exact=True).check()
        johan.locator("#where button").click()
        johan.wait_for_load_state()
    assert "Waar het stond" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "goal")


def marieke_writes_beside_it(tell: Teller, marieke, where: str, no_barriers) -> None:
    marieke.goto(where + "doelen/")
    assert "Ik hoef het niet alleen te doen." in text_of(marieke)
    marieke.get_by_text("Een getal over de doelen").click()
    assert "Zoals Johan het ziet: 50" in text_of(marieke)
    assert "met niemand anders" in text_of(marieke)
    tell.look(marieke, "number")
    marieke.get_by_role("link", name=re.compile("Aan het eind van de zomer")).click()
    press(marieke, "Zeg het in andere woorden")
    fill(marieke, "Hoe zeg je het nu?", OTHER)
    tell.look(marieke, "other-words")
    press(marieke, "Bewaar")
    assert "Marieke zegt het zo" in text_of(marieke)
    no_barriers(marieke)
    tell.look(marieke, "beside")


def johan_takes_it_over_and_harvests(tell: Teller, johan, where: str, no_barriers) -> None:
    johan.emulate_media(color_scheme="dark")
    johan.reload()
    press(johan, "Verder met deze woorden")
    assert johan.get_by_label("Hoe zeg je het nu?").input_value() == OTHER
    press(johan, "Bewaar")
    johan.get_by_text("Hoe het eerder klonk").click()
    no_barriers(johan)
    tell.look(johan, "history")
    johan.get_by_text("Bereikt? Of loslaten?").click()
    fill(johan, "Wil je er iets bij schrijven?", "Het project is klaar.")
    press(johan, "Ik laat het los")
    press(johan, "Pak het weer op")
    johan.goto(where + "oogst/")
    fill(johan, "Wat heeft het al gebracht?", "Ik bel nu eerder.")
    press(johan, "Bewaar")
    johan.set_viewport_size({"width": 320, "height": 800})
    no_barriers(johan)
    tell.look(johan, "harvest")
    johan.goto(where + "doelen/")
    assert "Ik bel nu eerder." in text_of(johan)
    assert OTHER in text_of(johan)
    assert johan.evaluate("document.documentElement.scrollWidth <= innerWidth")
    tell.look(johan, "room-full")
