"""Every address, tried as everybody: the answers are those of the access table, and no address is left out."""

import pytest
from django.db import transaction
from django.test import Client

from klankbord.privacy.access import Page, pages
from tests.addresses import address, address_of_nothing, addresses, keywords, uploaded
from tests.story import running

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MEMBERS = ("johan", "marieke", "anton", "fatima", "els", "ruben", "willem", "bram", "saskia")
ROUTES = sorted(addresses())
PLACES = {"number", "version", "kind"}


def test_every_address_of_an_organisation_stands_in_the_access_table_and_the_other_way_round():
    assert sorted(pages()) == ROUTES


def _answer(account, where: str, method: str) -> int:
    client = Client()
    if account is not None:
        client.force_login(account)
    return client.generic(method, where, content_type="application/x-www-form-urlencoded").status_code


def _fits(page: Page, name: str, got: int) -> bool:
    wanted = page.answers.get(name, page.otherwise)
    if page.methods == ("POST",) and wanted < 400:
        # An empty form: taken, sent back, or refused with words; never an error and never "not yours".
        return got in (200, 204, 302, 303, 409, 422)
    return got == wanted


@pytest.mark.parametrize("route", ROUTES)
def test_everybody_is_answered_as_the_access_table_says(route, cast):
    page = pages()[route]
    where = address(route, running(cast), uploaded(cast))
    method = page.methods[0]
    wrong = {}
    for name in MEMBERS:
        # Each tries it on the same story: what one of them does is undone before the next.
        with transaction.atomic():
            got = _answer(cast.named(name).account, where, method)
            transaction.set_rollback(True)
        if not _fits(page, name, got):
            wrong[name] = got
    assert not wrong, f"{method} {where}: {wrong}, the table says {dict(page.answers)}, else {page.otherwise}"
    # Where nobody signs in, who is signed in elsewhere makes no difference.
    assert _answer(cast.noor.account, where, method) == (page.otherwise if page.public else 404)
    assert _answer(None, where, method) == (page.otherwise if page.public else 302)
    allowed = next((name for name in MEMBERS if page.answers.get(name, page.otherwise) < 400), None)
    if allowed is not None:
        for other in {"GET", "POST", "PUT", "DELETE"} - set(page.methods):
            assert _answer(cast.named(allowed).account, where, other) == 405


@pytest.mark.parametrize("route", [route for route in ROUTES if keywords(route) - PLACES])
def test_an_id_of_nothing_is_answered_like_an_id_of_somebody_else(route, cast):
    page = pages()[route]
    strict = page.otherwise if page.public or page.otherwise in (403, 404) else 404
    assert _answer(cast.johan.account, address_of_nothing(route), page.methods[0]) in (404, strict)
