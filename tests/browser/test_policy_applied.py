"""A policy and what two people agreed, through the screen: a newer version rewrites nothing, and is chosen by both."""

import pytest

from klankbord.policy.rules.content import PolicyContent, TalkRules
from tests.browser.telling import Teller, fill, press, text_of
from tests.published import publish
from tests.story import matched, requested, tuesday_at_ten

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])

FIRST = PolicyContent(talks=TalkRules(count=5, weeks=2, most=6))
SECOND = PolicyContent(talks=TalkRules(count=8, weeks=2, most=10), retention_months=12)


def test_an_agreement_stays_as_it_is_until_both_go_on_under_the_newer_policy(tell: Teller, no_barriers) -> None:
    cast = tell.site.cast
    publish(cast, FIRST)
    engagement = matched(cast, requested(cast)[2])[1]
    place = f"{tell.site.url}/waterland/coaching/{engagement.pk}/"
    johan_writes_under_the_first(tell, place, no_barriers)
    publish(cast, SECOND)
    fatima_sees_who_is_under_the_first(tell, no_barriers)
    johan_takes_over_the_second(tell, place, no_barriers)


def johan_writes_under_the_first(tell: Teller, place: str, no_barriers) -> None:
    johan = tell("johan")
    johan.goto(place + "kennismaking/")
    press(johan, "Ik ga verder met Marieke")
    johan.goto(place + "afspraken/schrijven/")
    assert johan.get_by_label("Hoeveel gesprekken?").input_value() == "5"
    fill(johan, "Eerste gesprek op", tuesday_at_ten(2).date().isoformat())
    fill(johan, "Om", "10:00")
    fill(johan, "Hoeveel gesprekken?", "8")
    press(johan, "Vul de afspraken opnieuw in")
    assert "Het beleid gaat uit van hoogstens 6 gesprekken. Dit zijn er 8." in text_of(johan)
    assert "Waarom?" in text_of(johan)
    no_barriers(johan)
    tell.look(johan, "too-many")
    fill(johan, "Hoeveel gesprekken?", "5")
    press(johan, "Vul de afspraken opnieuw in")
    assert "Het beleid gaat uit van" not in text_of(johan)
    press(johan, "Leg voor aan Marieke")
    marieke = tell("marieke")
    marieke.goto(place + "afspraken/")
    press(marieke, "Ik zeg ja")


def fatima_sees_who_is_under_the_first(tell: Teller, no_barriers) -> None:
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/trajecten/")
    press(fatima, "Welke lopen onder een eerder beleid?")
    shown = text_of(fatima)
    assert "Onder versie 1" in shown
    assert "Johan de Wit" in shown
    assert "eerst 5 gesprekken, nu 8 gesprekken" in shown
    no_barriers(fatima)
    tell.look(fatima, "earlier")


def johan_takes_over_the_second(tell: Teller, place: str, no_barriers) -> None:
    johan, marieke = tell("johan"), tell("marieke")
    for page in (johan, marieke):
        page.goto(place + "afspraken/")
        assert "Jullie afspraken zijn gemaakt onder versie 1 van het beleid." in text_of(page)
        assert "Wat jullie afspraken, blijft staan." in text_of(page)
        page.get_by_text("Wat er anders zou zijn").click()
        assert "eerst 6 maanden, nu 12 maanden" in text_of(page)
        assert "5 gesprekken" in text_of(page)
        tell.look(page, "differs")
    no_barriers(johan)
    press(johan, "Ik pas iets aan")
    johan.get_by_label("We gaan verder onder versie 2 van het beleid").check()
    no_barriers(johan)
    tell.look(johan, "choose")
    press(johan, "Leg voor aan Marieke")
    marieke.goto(place + "afspraken/")
    assert "Verder onder versie 2 van het beleid" in text_of(marieke)
    no_barriers(marieke)
    tell.look(marieke, "take-over")
    press(marieke, "Ik zeg ja")
    johan.goto(place + "afspraken/")
    assert "Onder versie 2 van het beleid." in text_of(johan)
    tell.look(johan, "taken-over")
    fatima = tell("fatima")
    fatima.goto(f"{tell.site.url}/waterland/trajecten/eerder-beleid/")
    assert "Niets loopt onder een eerder beleid" in text_of(fatima)
    tell.look(fatima, "none")
