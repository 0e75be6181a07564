"""Somebody of the cast in a browser that asks for English, so that a test does not hang on a translation."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.story import SLUG

from klankbord.people.models import Person


class Visitor:
    """One person, who opens and sends the pages of one engagement."""

    def __init__(self, person: Person, engagement_id: UUID | None = None) -> None:
        assert person.account is not None
        self.client = Client()
        self.client.force_login(person.account)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        self.engagement_id = engagement_id

    def address(self, route: str, **more: object) -> str:
        """The address of a page of this engagement."""
        within = {"engagement": self.engagement_id} if self.engagement_id else {}
        return reverse(route, kwargs={"organisation": SLUG, **within, **more})

    def open(self, route: str, **more: object) -> Any:
        """Open a page."""
        return self.client.get(self.address(route, **more))

    def send(self, route: str, words: dict[str, Any] | None = None, **more: object) -> Any:
        """Send a form."""
        return self.client.post(self.address(route, **more), words or {})

    def type(self, words: dict[str, Any], route: str, **more: object) -> Any:
        """Type into a form without sending it: the draft is kept."""
        place = self.address(route, **more)
        return self.client.post(reverse("draft", kwargs={"organisation": SLUG}) + f"?place={place}", words)


def text_of(response: HttpResponse) -> str:
    """The page, with the quotes as people read them."""
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')
