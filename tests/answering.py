"""Somebody who answers the questionnaire without JavaScript: reads a page, and sends its form with what they typed."""

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from klankbord.culture.models import Wave
from tests.story import SLUG


class _Fields(HTMLParser):
    """What a browser would send of a page: hidden fields, chosen points, and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.action = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.action = one["action"]
        elif tag == "input" and (one["type"] != "radio" or "checked" in one):
            self.found[one["name"]] = one["value"]
        elif tag == "textarea":
            self.area = one["name"]
            self.found[self.area] = ""

    def handle_data(self, data: str) -> None:
        if self.area:
            self.found[self.area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.found[self.area] = self.found[self.area].removeprefix("\n")
            self.area = ""


class Answerer:
    """One browser at one link, or where codes are typed."""

    def __init__(self, token: str = "", client: Client | None = None) -> None:
        place = {"organisation": SLUG}
        self.client = client or Client()
        self.action = reverse("scan", kwargs=place | {"token": token}) if token else reverse("scan_code", kwargs=place)
        self.fields: dict[str, str] = {}
        self.page = ""

    def open(self) -> Any:
        """Follow the link."""
        return self._read(self.client.get(self.action))

    def press(self, go: str = "", *, to_language: str = "", **typed: str) -> Any:
        """Fill in, and press a button."""
        pressed = {"go": go} if go else {}
        if to_language:
            pressed = {"to_language": to_language}
        return self._read(self.client.post(self.action, self.fields | typed | pressed))

    def _read(self, response: Any) -> Any:
        self.page = response.content.decode().replace("&#x27;", "'")
        parser = _Fields()
        parser.feed(self.page)
        self.fields, self.action = parser.found, parser.action
        return response

    @property
    def heading(self) -> str:
        """The heading of the page."""
        return self.page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]

    def to_overview(self, wave: Wave, value: str = "4") -> None:
        """Answer every sentence with this point, screen by screen."""
        self.open()
        self.press("next")
        while 'value="send"' not in self.page:
            here = [one.id for one in wave.rated if f'name="{one.id}" id=' in self.page]
            self.press("next", **dict.fromkeys(here, value))
