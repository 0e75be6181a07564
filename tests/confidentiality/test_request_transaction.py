"""One request is one transaction: it keeps everything or nothing, and leaves no settings behind."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.test import Client

from klankbord.core.tenant import acting_in
from klankbord.people.actions import choose_language
from klankbord.people.models import Person
from klankbord.privacy.models import AuditRow
from klankbord.web import views
from tests.story import SLUG, as_person


@pytest.fixture
def johan(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.johan.account)
    return client


def _after_writing(monkeypatch, what) -> None:
    """Make "Vandaag" write something and then do *what*."""

    def moments(person, slug, roles):
        choose_language(person=person, language="en")
        return what()

    monkeypatch.setattr(views, "moments_for", moments)


def _raises(error: Exception):
    def what():
        raise error

    return what


def _breaks_the_database():
    with connection.cursor() as cursor:
        cursor.execute("select 1 / 0")


@pytest.mark.parametrize(
    ("what", "status"),
    [
        (_raises(RuntimeError("on purpose")), 500),
        (_raises(Http404()), 404),
        (_raises(PermissionDenied()), 403),
        (_breaks_the_database, 500),
    ],
)
def test_a_view_that_raises_changes_nothing_and_still_explains_itself(cast, johan, monkeypatch, what, status):
    _after_writing(monkeypatch, what)
    answer = johan.get(f"/{SLUG}/")
    assert answer.status_code == status
    assert b"<h1" in answer.content
    with as_person(cast.johan):
        assert Person.objects.get(pk=cast.johan.pk).language == "nl"
        assert not AuditRow.objects.filter(verb="language.choose").exists()


def test_an_answer_of_500_changes_nothing(cast, johan, monkeypatch):
    monkeypatch.setattr(views, "render", lambda *args: HttpResponse(status=500))
    _after_writing(monkeypatch, list)
    assert johan.get(f"/{SLUG}/").status_code == 500
    with as_person(cast.johan):
        assert Person.objects.get(pk=cast.johan.pk).language == "nl"


def test_what_a_view_wrote_stays_when_all_went_well(cast, johan, monkeypatch):
    _after_writing(monkeypatch, list)
    assert johan.get(f"/{SLUG}/").status_code == 200
    with as_person(cast.johan):
        assert Person.objects.get(pk=cast.johan.pk).language == "en"


def test_no_settings_are_left_after_a_request(cast, johan):
    assert johan.get(f"/{SLUG}/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute(
            "select current_setting('klankbord.organisation', true), current_setting('klankbord.person', true)"
        )
        assert all(not setting for setting in cursor.fetchone())


def test_a_page_of_an_organisation_may_not_stream(cast, johan, monkeypatch):
    monkeypatch.setattr(views, "render", lambda *args: StreamingHttpResponse(["x"]))
    assert johan.get(f"/{SLUG}/").status_code == 500


def test_a_denial_is_noted_although_its_request_is_undone(cast, johan):
    assert johan.get(f"/{SLUG}/aanvragen/").status_code == 403
    with as_person(cast.johan):
        row = AuditRow.objects.get(verb="denied")
        assert row.detail == {"route": "requests", "status": 403, "method": "GET"}


def test_somebody_who_left_gets_in_nowhere(cast, johan):
    with acting_in(cast.organisation.id, cast.els.id):
        Person.objects.filter(pk=cast.johan.pk).update(active=False)
    assert johan.get(f"/{SLUG}/").status_code == 404


def test_the_two_databases_answer_no_statement_of_a_request_outside_its_transaction(cast, johan):
    seen: list[bool] = []

    def watch(execute, sql, params, many, context):
        if "people_person" in sql and "klankbord_enter" not in sql:
            seen.append(context["connection"].in_atomic_block)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        johan.get(f"/{SLUG}/")
    assert seen
    assert all(seen)


@pytest.mark.parametrize("place", ["mensen/?q=%00", "aanvragen/?q=Jo%00han", "trajecten/?q=%00&page=2", "?%00"])
def test_a_character_that_no_database_has_is_answered_in_words(cast, place):
    client = Client(raise_request_exception=False)
    client.force_login(cast.fatima.account)
    answer = client.get(f"/{SLUG}/{place}")
    assert answer.status_code == 400
    assert b"<h1" in answer.content
