"""What people write stays words: on no page, in no drawing and in no file does it become markup."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from klankbord.engagements.models import Session
from klankbord.privacy import vault
from klankbord.privacy.access import pages
from tests.addresses import address, addresses, uploaded
from tests.story import as_person, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MARKUP = "<script>x</script>'\"><img src=x onerror=x></title></text></textarea>{{ 7|add:7 }}"
NOT_WORDS = {"id", "ring", "levels", "revision", "first", "state", "turned"}
NEVER = ("<script>x", "<img src=x", "</title></text>", "'\">", "&amp;lt;script")

# Written by the product from a field for dates, and read back as one.
A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def with_markup(value: Any) -> Any:
    """The same, with markup behind every word somebody wrote."""
    if isinstance(value, dict):
        return {name: one if name in NOT_WORDS else with_markup(one) for name, one in value.items()}
    if isinstance(value, list):
        return [with_markup(one) for one in value]
    if not isinstance(value, str) or not value or A_DAY.fullmatch(value):
        return value
    return value + MARKUP


@pytest.fixture
def hostile(cast, monkeypatch):
    """Johan's story, in which every sealed text ends in markup, and every place."""
    story = running(cast)
    with as_person(cast.johan):
        Session.objects.filter(engagement=story.engagement).update(place=MARKUP)
    plain = vault.read

    def read(row: Any, field: str) -> str:
        text = plain(row, field)
        if text.startswith(("{", "[")):
            return json.dumps(with_markup(json.loads(text)))
        return with_markup(text)

    monkeypatch.setattr(vault, "read", read)
    return story


@pytest.mark.parametrize("name", ["johan", "marieke", "anton"])
def test_what_people_write_never_becomes_markup(hostile, cast, name):
    browser, upload, shown = Client(), uploaded(cast), 0
    browser.force_login(cast.named(name).account)
    for route in addresses():
        if "GET" not in pages()[route].methods or not address(route, hostile, upload).count("/waterland/"):
            continue
        answer = browser.get(address(route, hostile, upload))
        if answer.status_code != 200 or "html" not in answer["Content-Type"]:
            continue
        page = answer.content.decode()
        shown += "&lt;script&gt;x" in page
        for markup in NEVER:
            assert markup not in page, (route, page[max(0, page.find(markup) - 200) :][:400])
    assert shown, "some page must show the words, or this test proves nothing"
