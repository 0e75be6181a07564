"""Telling a story through the screen: everybody has a browser of their own, and the calendar can be turned."""

from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page

from klankbord.core import clock
from tests.browser.conftest import Site


class Teller:
    """Everybody's own browser, and the calendar on the wall."""

    def __init__(self, site: Site, monkeypatch: Any, shots: Path | None) -> None:
        self.site = site
        self.shots = shots
        self.monkeypatch = monkeypatch
        self.pages: dict[str, Page] = {}
        self.shot = 0

    def __call__(self, name: str) -> Page:
        """Somebody's browser, at "Vandaag"."""
        if name not in self.pages:
            self.pages[name] = self.site.open_as(name, width=390 if name == "johan" else 1280)
        page = self.pages[name]
        page.goto(f"{self.site.url}/waterland/")
        return page

    def it_is(self, moment: datetime) -> None:
        """Turn the calendar, for every thread of the server."""
        turned = SimpleNamespace(now=lambda: moment, localdate=timezone.localdate)
        self.monkeypatch.setattr(clock, "timezone", turned)

    def look(self, page: Page, name: str) -> None:
        """Keep a picture, when asked for."""
        if self.shots:
            self.shot += 1
            page.screenshot(path=self.shots / f"story-{self.shot:02d}-{name}.png", full_page=True)


def press(page: Page, name: str) -> None:
    """Press the button, or follow the link, with these words."""
    page.locator("main").get_by_role("button", name=name).or_(
        page.locator("main").get_by_role("link", name=name)
    ).first.click()
    page.wait_for_load_state()


def fill(page: Page, label: str, words: str) -> None:
    """Write in the field with this label."""
    page.get_by_label(label).first.fill(words)


def text_of(page: Page) -> str:
    """What stands on the page."""
    return page.locator("main").inner_text()
