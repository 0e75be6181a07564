"""Every address, tried as everybody: the answers are those of the access table, and no address is left out."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from klankbord.privacy.access import Page, pages
from tests.addresses import address, address_of_nothing, addresses, keywords, uploaded

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MEMBERS = ("johan", "marieke", "anton", "fatima", "els", "ruben", "willem", "bram", "saskia")
ROUTES = sorted(addresses())
PLACES = {"number", "version", "kind"}


def test_every_address_of_an_organisation_stands_in_the_access_table_and_the_other_way_round():
    assert sorted(pages()) == ROUTES


@pytest.fixture(scope="module")
def signed_in(_told_once, django_db_blocker) -> dict[str, str]:
    """By first name: the session of everybody, signed in once for all tests."""
    found = {}
    with django_db_blocker.unblock():
        for name in (*MEMBERS, "noor"):
            client = Client()
            client.force_login(_told_once.cast.named(name).account)
            found[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    return found


def _answer(session: str | None, where: str, method: str) -> int:
    client = Client()
    if session is not None:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    answer = client.generic(method, where, content_type="application/x-www-form-urlencoded")
    sent_to_sign_in = reverse(settings.LOGIN_URL) in answer.headers.get("Location", "")
    assert sent_to_sign_in == (session is None), "who is signed in, and only who is, is taken for somebody"
    return answer.status_code


def _fits(page: Page, name: str, got: int) -> bool:
    wanted = page.answers.get(name, page.otherwise)
    if page.methods == ("POST",) and wanted < 400:
        # An empty form: taken, sent back, or refused with words; never an error and never "not yours".
        return got in (200, 204, 302, 303, 409, 422)
    return got == wanted


@pytest.mark.parametrize("route", ROUTES)
def test_everybody_is_answered_as_the_access_table_says(route, told, signed_in):
    page = pages()[route]
    where = address(route, told, uploaded(told.cast))
    method = page.methods[0]
    wrong = {}
    for name in MEMBERS:
        # Each tries it on the same story: what one of them does is undone before the next.
        with transaction.atomic():
            got = _answer(signed_in[name], where, method)
            transaction.set_rollback(True)
        if not _fits(page, name, got):
            wrong[name] = got
    assert not wrong, f"{method} {where}: {wrong}, the table says {dict(page.answers)}, else {page.otherwise}"
    assert _answer(signed_in["noor"], where, method) == 404
    assert _answer(None, where, method) == 302
    allowed = next((name for name in MEMBERS if page.answers.get(name, page.otherwise) < 400), None)
    if allowed is not None:
        for other in {"GET", "POST", "PUT", "DELETE"} - set(page.methods):
            assert _answer(signed_in[allowed], where, other) == 405


@pytest.mark.parametrize("route", [route for route in ROUTES if keywords(route) - PLACES])
def test_an_id_of_nothing_is_answered_like_an_id_of_somebody_else(route, told, signed_in):
    page = pages()[route]
    strict = page.otherwise if page.otherwise in (403, 404) else 404
    assert _answer(signed_in["johan"], address_of_nothing(route), page.methods[0]) in (404, strict)
