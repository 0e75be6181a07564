"""The keys' database cannot be reached: people are told, nothing changes, and nothing is written down unsealed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.db import connections
from django.urls import reverse

from klankbord.engagements.models import Writing
from klankbord.privacy.models import AuditRow, Draft
from tests.faults.conftest import signed_in
from tests.story import NOTES, SLUG, as_person, running

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
WORDS = "Dit mag nergens open en bloot staan."


@contextmanager
def keys_away() -> Iterator[None]:
    """The server of the keys does not answer."""
    keys = connections["keys"]
    keys.close()
    here = keys.settings_dict["HOST"]
    keys.settings_dict["HOST"] = "/nonexistent"
    try:
        yield
    finally:
        keys.settings_dict["HOST"] = here


def everything_written() -> str:
    """Every row of every table of ours in the main database, as text."""
    with connections["default"].cursor() as cursor:
        place = connections["default"].settings_dict
        cursor.execute("select tablename from pg_tables where schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
    with psycopg.connect(host=place["HOST"], user="klankbord_owner", dbname=place["NAME"]) as owner:
        rows = [str(owner.execute(f'select to_jsonb(t) from "{table}" t').fetchall()) for table in tables]
    return "\n".join(rows)


def traces(cast) -> tuple[int, int, int]:
    """How many texts, drafts and rows in the trail there are for Johan."""
    with as_person(cast.johan):
        return Writing.objects.count(), Draft.objects.count(), AuditRow.objects.filter(actor_id=cast.johan.pk).count()


@pytest.fixture
def talk(cast) -> str:
    """The address of a talk with texts."""
    story = running(cast)
    return reverse("session", kwargs={"organisation": SLUG, "engagement": story.engagement.pk, "number": 1})


def test_a_page_that_needs_a_key_says_in_words_that_something_went_wrong(cast, talk):
    with keys_away():
        answer = signed_in(cast.johan).get(talk)
    assert answer.status_code >= 500
    assert "<h1" in answer.content.decode()
    assert NOTES not in answer.content.decode()
    assert NOTES in signed_in(cast.johan).get(talk).content.decode(), "and it is back when the keys are"


def test_a_text_that_cannot_be_sealed_is_not_kept_at_all(cast, talk):
    johan = signed_in(cast.johan)
    before = traces(cast)
    with keys_away():
        saved = johan.post(f"{talk}tekst/notes/", {"text": WORDS, "based_on": "1"})
        typed = johan.post(f"/{SLUG}/concept/?place={talk}tekst/notes/", {"text": WORDS})
    assert min(saved.status_code, typed.status_code) >= 500
    assert traces(cast) == before
    written = everything_written()
    assert WORDS not in written
    assert WORDS.encode().hex() not in written


def test_the_check_of_what_is_written_sees_plain_words(cast, talk):
    written = everything_written()
    assert "Johan de Wit" in written
    with as_person(cast.johan):
        sealed = bytes(Writing.objects.filter(author=cast.johan)[0].body)
    assert sealed.hex() in written


def test_pages_without_texts_go_on_as_ever(cast, talk):
    with keys_away():
        assert signed_in(cast.johan).get(f"/{SLUG}/").status_code == 200
