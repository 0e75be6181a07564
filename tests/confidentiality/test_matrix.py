"""Every address, tried as everybody: the answers are those of the access table, and no address is left out."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from klankbord.people.models import StaffImport
from klankbord.privacy.access import Page, pages
from tests.cast import Cast
from tests.story import SLUG, Story, as_person, running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MEMBERS = ("johan", "marieke", "anton", "fatima", "els", "ruben", "willem", "bram", "saskia")


def _inside(patterns: list[URLPattern | URLResolver], under: bool = False) -> Iterator[URLPattern]:
    for pattern in patterns:
        here = under or "organisation" in pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _inside(pattern.url_patterns, here)
        elif here:
            yield pattern


ADDRESSES = {str(pattern.name): pattern for pattern in _inside(get_resolver().url_patterns)}


def test_every_address_of_an_organisation_stands_in_the_access_table_and_the_other_way_round():
    assert sorted(pages()) == sorted(ADDRESSES)


def _address(route: str, story: Story, upload: uuid.UUID) -> str:
    known = {
        "organisation": SLUG,
        "request_id": story.request.pk,
        "proposal": story.proposal.pk,
        "referral": story.referral.pk,
        "question": story.question.pk,
        "engagement": story.engagement.pk,
        "share": story.share.pk,
        "number": 1,
        "version": 1,
        "kind": "topic",
        "person": story.cast.johan.pk,
        "upload": upload,
    }
    wanted = {"organisation", *ADDRESSES[route].pattern.converters}
    return reverse(route, kwargs={name: known[name] for name in wanted})


def _upload(cast: Cast) -> uuid.UUID:
    with as_person(cast.els):
        row = StaffImport(
            organisation=cast.organisation, person_id=cast.els.pk, file_name="staf.csv", content=b"naam;e-mail\n"
        )
        row.save(force_insert=True)
    return row.pk


def _answer(account, address: str, method: str) -> int:
    client = Client(raise_request_exception=True)
    if account is not None:
        client.force_login(account)
    return client.generic(method, address, content_type="application/x-www-form-urlencoded").status_code


def _fits(page: Page, name: str, got: int) -> bool:
    wanted = page.answers.get(name, page.otherwise)
    if page.methods == ("POST",) and wanted < 400:
        # An empty form: taken, sent back, or refused with words; never an error and never "not yours".
        return got in (200, 204, 302, 303, 409, 422)
    return got == wanted


@pytest.mark.parametrize("route", sorted(ADDRESSES))
def test_everybody_is_answered_as_the_access_table_says(route, cast):
    page = pages()[route]
    story = running(cast)
    address = _address(route, story, _upload(cast))
    method = page.methods[0]
    from django.db import transaction

    wrong = {}
    for name in MEMBERS:
        # Each tries it on the same story: what one of them does is undone before the next.
        with transaction.atomic():
            got = _answer(cast.named(name).account, address, method)
            transaction.set_rollback(True)
        if not _fits(page, name, got):
            wrong[name] = got
    assert not wrong, f"{method} {address}: {wrong}, the table says {dict(page.answers)}, else {page.otherwise}"
    assert _answer(cast.noor.account, address, method) == 404
    assert _answer(None, address, method) == 302


@pytest.mark.parametrize("route", sorted(ADDRESSES))
def test_an_id_of_nothing_is_answered_like_an_id_of_somebody_else(route, cast):
    wanted = {"organisation", *ADDRESSES[route].pattern.converters} - {"organisation", "number", "version", "kind"}
    if not wanted:
        return
    kwargs = {"organisation": SLUG, **{name: uuid.uuid4() for name in wanted}}
    kwargs |= {"number": 1} if "number" in ADDRESSES[route].pattern.converters else {}
    kwargs |= {"version": 1} if "version" in ADDRESSES[route].pattern.converters else {}
    kwargs |= {"kind": "topic"} if "kind" in ADDRESSES[route].pattern.converters else {}
    method = pages()[route].methods[0]
    assert _answer(cast.johan.account, reverse(route, kwargs=kwargs), method) in (404, 403)


@pytest.mark.parametrize("route", sorted(ADDRESSES))
def test_an_address_answers_only_the_methods_it_declares(route, cast):
    page = pages()[route]
    story = running(cast)
    address = _address(route, story, _upload(cast))
    allowed = next((name for name, status in page.answers.items() if status < 400), None)
    if allowed is None:
        return
    for method in {"GET", "POST", "PUT", "DELETE"} - set(page.methods):
        assert _answer(cast.named(allowed).account, address, method) == 405
