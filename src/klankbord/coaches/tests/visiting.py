"""Somebody of the cast in a browser that asks for English, so that a test does not hang on a translation."""

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from tests.story import SLUG

from klankbord.people.models import Person


class Visitor:
    """One person, who opens and sends pages about coaches."""

    def __init__(self, person: Person) -> None:
        assert person.account is not None
        self.client = Client()
        self.client.force_login(person.account)
        self.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    def open(self, route: str, query: dict[str, str] | None = None, **more: object) -> Any:
        """Open a page."""
        return self.client.get(reverse(route, kwargs={"organisation": SLUG, **more}), query or {})

    def send(self, route: str, words: dict[str, Any] | None = None, **more: object) -> Any:
        """Send a form."""
        return self.client.post(reverse(route, kwargs={"organisation": SLUG, **more}), words or {})


def text_of(response: HttpResponse) -> str:
    """The page, with the quotes as people read them."""
    return response.content.decode().replace("&#x27;", "'").replace("&quot;", '"')


def file(content: bytes, name: str = "foto.jpg") -> SimpleUploadedFile:
    """A file as a browser sends one."""
    return SimpleUploadedFile(name, content)
