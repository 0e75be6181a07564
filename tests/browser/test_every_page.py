"""Every page of the story: nothing in the way of anybody, on any screen, in both languages, light and dark."""

import pytest
from django.db import transaction
from django.test import Client

from klankbord.people.actions import choose_language
from klankbord.privacy.access import pages
from tests.addresses import address, uploaded
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
# Files, pictures and scripts. Told by name, so that nothing stops being a page without anybody noticing.
FILES = {
    "agreement_pdf",
    "budget_csv",
    "budget_xlsx",
    "calm_sync",
    "calm_worker",
    "coach_photo",
    "craft_statement_paper",
    "culture_change_xlsx",
    "culture_overview_xlsx",
    "culture_unit_paper",
    "culture_unit_xlsx",
    "import_template",
    "lending_pdf",
    "my_words_data",
    "my_words_page",
    "outline_file",
    "people_file",
    "policy_paper",
    "policy_version_paper",
    "pool_file",
    "quality_proof",
    "take_over_example",
    "year_account_paper",
}
PARTS_OF_A_PAGE = {"board_look"}
LOOKS = {
    "nl": ((390, "dark"), (1280, "light")),
    "en": ((320, "light"), (1600, "dark")),
}
# So many tests a language, so that those who test at the same time each take some.
SHARES = 3


def _viewers(page) -> list[str]:
    """The client, the coach and whoever else may look; two of them see all there is to see."""
    allowed = [name for name, status in page.answers.items() if status == 200]
    return allowed[:2] if allowed else ["johan"] if page.otherwise == 200 else []


def _is_page(site, route, story, upload) -> bool:
    """Whether it is no file to download, no picture and no script, asked before a browser would save it."""
    client = Client()
    # What asking does is undone: the browser is to meet what is new as new.
    with transaction.atomic():
        client.force_login(site.cast.named(_viewers(pages()[route])[0]).account)
        answer = client.get(address(route, story, upload))
        transaction.set_rollback(True)
    return answer["Content-Type"].startswith("text/html") and "Content-Disposition" not in answer


def _shown(part: int) -> list[str]:
    """One share of all that is shown; each share has something of every part of the product."""
    # A page that must not know who is there does not know their language either: it has a story of its own.
    found = {route for route, page in pages().items() if "GET" in page.methods and not page.public}
    shown = sorted(found - PARTS_OF_A_PAGE)
    return [route for route in shown[part::SHARES] if _viewers(pages()[route])]


def _too_wide(page, width, scheme) -> int:
    """By how much the page that is there sticks out on this screen."""
    # Colours would glide from light to dark and from wide to small, and contrast is that of where they arrive.
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("part", range(SHARES))
@pytest.mark.parametrize("language", LOOKS)
def test_axe_is_silent_and_nothing_sticks_out_on_any_page(site, no_barriers, shots, language, part):
    story = running(site.cast)
    upload = uploaded(site.cast)
    routes = [route for route in _shown(part) if _is_page(site, route, story, upload)]
    assert set(_shown(part)) - set(routes) == FILES & set(_shown(part)), "a page that is none any more, or a new file"
    assert len(routes) > 100 / SHARES, "hardly any pages found"
    for name in sorted({viewer for route in routes for viewer in _viewers(pages()[route])}):
        with as_person(site.cast.named(name)):
            choose_language(person=site.cast.named(name), language=language)
        page = site.open_as(name)
        for route in routes:
            if name not in _viewers(pages()[route]):
                continue
            answer = page.goto(site.url + address(route, story, upload))
            assert answer is not None
            assert answer.status == 200, f"{route} as {name}"
            assert page.locator("html").get_attribute("lang") == language
            assert page.locator("h1").inner_text().strip(), f"{route} has no heading"
            for width, scheme in LOOKS[language]:
                wide = _too_wide(page, width, scheme)
                assert wide <= 0, f"{route} as {name} is {wide} px too wide at {width}"
                no_barriers(page)
                if shots:
                    page.screenshot(path=shots / f"{route}-{name}-{language}-{width}-{scheme}.png", full_page=True)
        page.context.close()
