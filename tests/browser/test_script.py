"""What our script adds to a page, in a real browser, without a server behind it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from klankbord.web import assets

ADDRESS = "http://klankbord.test/"

DRAFT = """<form data-draft="/draft/"><input type="hidden" name="csrfmiddlewaretoken" value="secret">
<textarea name="topic"></textarea><input type="file" name="proof">
<span data-draft-status data-saving="…" data-saved="Bewaard" data-failed="Nog niet bewaard" data-conflict="Twee">
</span></form>"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> assets.Built:
    return assets.build(tmp_path_factory.mktemp("build"))


class Room:
    """A page with our stylesheet and script, and a record of what it sent."""

    def __init__(self, page: Page, built: assets.Built) -> None:
        self.page = page
        self.sent: list[Request] = []
        self.answer = 204
        self.html = ""
        self.files: dict[str, tuple[str, Path]] = {
            "/s.css": ("text/css", built.stylesheet),
            "/s.js": ("text/javascript", built.script),
        }
        page.set_default_timeout(5_000)
        page.route("**/*", self._serve)

    def open(self, body: str) -> Page:
        head = '<link rel="stylesheet" href="/s.css"><script defer src="/s.js"></script>'
        self.html = f"<!doctype html><html lang='nl'><title>x</title>{head}<body><main>{body}</main>"
        self.page.goto(ADDRESS)
        return self.page

    def _serve(self, route: Route) -> None:
        path = "/" + route.request.url.removeprefix(ADDRESS)
        if route.request.method == "POST":
            self.sent.append(route.request)
            route.fulfill(status=self.answer, body="")
        elif path in self.files:
            kind, file = self.files[path]
            route.fulfill(content_type=kind, body=file.read_text())
        else:
            route.fulfill(content_type="text/html; charset=utf-8", body=self.html)


@pytest.fixture
def room(browser: Browser, built: assets.Built) -> Iterator[Room]:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    yield Room(page, built)
    page.close()


def test_a_draft_is_sent_once_you_stop_typing(room: Room) -> None:
    page = room.open(DRAFT)
    page.get_by_role("textbox").press_sequentially("Ik kom er niet aan toe", delay=5)
    assert room.sent == []
    page.get_by_text("Bewaard", exact=True).wait_for()
    assert len(room.sent) == 1
    assert parse_qs(room.sent[0].post_data or "") == {"topic": ["Ik kom er niet aan toe"]}
    assert room.sent[0].headers["x-csrftoken"] == "secret"


@pytest.mark.parametrize(("answer", "words"), [(500, "Nog niet bewaard"), (409, "Twee")])
def test_a_draft_that_was_not_saved_says_so(room: Room, answer: int, words: str) -> None:
    room.answer = answer
    page = room.open(DRAFT)
    page.get_by_role("textbox").fill("Hallo")
    page.get_by_text(words, exact=True).wait_for()


def test_a_form_is_sent_once(room: Room) -> None:
    page = room.open('<form method="post" action="/send/"><button>Verstuur</button></form>')
    prevented = page.evaluate(
        """() => { const seen = []; const form = document.querySelector("form");
        window.addEventListener("submit", (event) => { seen.push(event.defaultPrevented); event.preventDefault(); });
        form.requestSubmit(); form.requestSubmit(); return seen; }"""
    )
    assert prevented == [False, True]
    page.wait_for_function("document.querySelector('button').disabled")


def test_the_summary_of_errors_takes_focus(room: Room) -> None:
    page = room.open('<input><div id="summary" tabindex="-1" data-error-summary>Kijk nog even</div>')
    page.wait_for_function("document.activeElement.id === 'summary'")


def _line(before: str) -> str:
    past = "".join(
        f'<li class="past"><span class="dot"></span><p class="when">{n}</p><p>Gesprek</p></li>' for n in range(20)
    )
    return f'{before}<ol class="line" data-line>{past}<li class="present" data-present id="now"><p>Nu</p></li></ol>'


def test_a_long_line_opens_at_the_present(room: Room) -> None:
    page = room.open(_line("<h1>Mijn coaching</h1>"))
    page.wait_for_function("window.scrollY > 0")
    assert 0 < page.evaluate("document.getElementById('now').getBoundingClientRect().top") < 844


def test_a_line_further_down_leaves_the_page_at_its_top(room: Room) -> None:
    page = room.open(_line('<div class="stack">' + "<p>Eerst iets anders.</p>" * 30 + "</div>"))
    page.wait_for_load_state()
    assert page.evaluate("window.scrollY") == 0


def test_the_print_button_appears_because_there_is_a_script(room: Room) -> None:
    page = room.open('<button type="button" data-print hidden>Print</button>')
    page.get_by_role("button", name="Print").wait_for()
