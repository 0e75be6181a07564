"""Every page of the story: nothing in the way of anybody, on any screen, in both languages, light and dark."""

import pytest
from django.test import Client

from klankbord.people.actions import choose_language
from klankbord.privacy.access import pages
from tests.addresses import address, uploaded
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PARTS_OF_A_PAGE = {"board_look"}
LOOKS = {
    "nl": ((390, "dark"), (1280, "light")),
    "en": ((320, "light"), (1600, "dark")),
}


def _viewers(page) -> list[str]:
    """The client, the coach and whoever else may look; two of them see all there is to see."""
    allowed = [name for name, status in page.answers.items() if status == 200]
    return allowed[:2] if allowed else ["johan"] if page.otherwise == 200 else []


def _pages_of_html(site, routes, story, upload) -> list[str]:
    """Those that are no file to download, no picture and no script, asked before a browser would save them."""
    found = []
    for route in sorted(routes):
        for name in _viewers(pages()[route])[:1]:
            client = Client()
            client.force_login(site.cast.named(name).account)
            answer = client.get(address(route, story, upload))
            if answer["Content-Type"].startswith("text/html") and "Content-Disposition" not in answer:
                found.append(route)
    assert len(found) > 100, "hardly any pages found"
    return found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_axe_is_silent_and_nothing_sticks_out_on_any_page(site, no_barriers, shots, language):
    story = running(site.cast)
    upload = uploaded(site.cast)
    # A page that must not know who is there does not know their language either: it has a story of its own.
    shown = {route for route, page in pages().items() if "GET" in page.methods and not page.public}
    routes = _pages_of_html(site, shown - PARTS_OF_A_PAGE, story, upload)
    for name in {viewer for route in routes for viewer in _viewers(pages()[route])}:
        with as_person(site.cast.named(name)):
            choose_language(person=site.cast.named(name), language=language)
        for width, scheme in LOOKS[language]:
            page = site.open_as(name, width=width, scheme=scheme)
            for route in routes:
                if name not in _viewers(pages()[route]):
                    continue
                answer = page.goto(site.url + address(route, story, upload))
                assert answer is not None
                assert answer.status == 200, f"{route} as {name}"
                assert page.locator("html").get_attribute("lang") == language
                assert page.locator("h1").inner_text().strip(), f"{route} has no heading"
                wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                assert wide <= 0, f"{route} as {name} is {wide} px too wide at {width}"
                no_barriers(page)
                if shots:
                    page.screenshot(path=shots / f"{route}-{name}-{language}-{width}-{scheme}.png", full_page=True)
            page.context.close()
