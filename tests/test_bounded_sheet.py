"""How often pages of a spreadsheet ask the database: as often for twenty rows as for one."""

import json
from collections.abc import Iterator

import pytest
from django.test import Client

from klankbord.engagements.actions.spreadsheet import offer_rows
from klankbord.engagements.queries.spreadsheet import plan_for
from klankbord.engagements.rules.spreadsheet import Kind, SheetRow
from klankbord.people.models import Membership
from klankbord.privacy.drafts import keep_draft
from tests.cast import Cast
from tests.part_sheet import coached
from tests.story import SLUG, as_person
from tests.test_bounded_queries import MANY, Growing, _asked, _repeated, address, colleagues

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def _laid_down(cast: Cast, *rows: SheetRow) -> None:
    with as_person(cast.fatima):
        offer_rows(slug=SLUG, author=cast.fatima, rows=rows, seen=plan_for(cast.fatima, rows).mark)


def _hours(cast: Cast, year: int) -> SheetRow:
    said = {"coach": cast.marieke.email, "from_year": str(year), "hours": "10", "source": "Rijndam"}
    return SheetRow(Kind.HOURS, "Uren", year, said)


def letters_of_a_coach(cast: Cast) -> Iterator[str]:
    _laid_down(cast, _hours(cast, 1990))
    yield address("sheet_letters")
    _laid_down(cast, *(_hours(cast, 1990 + number) for number in range(1, MANY)))


def letters_of_a_client(cast: Cast) -> Iterator[str]:
    _laid_down(cast, coached(cast.johan.email, cast.marieke.email))
    yield address("sheet_letters")
    more = colleagues(cast, MANY - 1, role=Membership.Role.COACH)
    _laid_down(cast, *(coached(cast.johan.email, coach.email) for coach in more))


def notes(cast: Cast) -> Iterator[str]:
    _laid_down(cast, _hours(cast, 1990))
    yield address("take_over")
    _laid_down(cast, *(_hours(cast, 1990 + number) for number in range(1, MANY)))


def looked_at(cast: Cast) -> Iterator[str]:
    def kept(coaches: list[str]) -> None:
        rows = [coached(cast.johan.email, email) for email in coaches]
        body = json.dumps([[row.kind, row.sheet, row.row, row.said] for row in rows])
        with as_person(cast.fatima):
            keep_draft(address("take_over_look"), {"rows": body, "ignored": "", "file": "x.csv"})

    kept([cast.willem.email])
    yield address("take_over_look")
    more = colleagues(cast, MANY - 1, role=Membership.Role.COACH)
    kept([cast.willem.email, *(coach.email for coach in more)])


PAGES: tuple[tuple[str, Growing], ...] = (
    ("marieke", letters_of_a_coach),
    ("johan", letters_of_a_client),
    ("fatima", notes),
    ("fatima", looked_at),
)


@pytest.mark.parametrize(("who", "growing"), PAGES, ids=[page.__name__ for _who, page in PAGES])
def test_a_page_of_a_spreadsheet_asks_as_often_for_twenty_rows_as_for_one(
    cast: Cast, who: str, growing: Growing
) -> None:
    client = Client()
    client.force_login(cast.named(who).account)
    making = growing(cast)
    page = next(making)
    with_one, few = _asked(client, page)
    assert list(making) == []
    with_twenty, many = _asked(client, page)
    assert len(with_one) != len(with_twenty), "the page shows what was added"
    for alias, asked_for_one in few.items():
        assert len(many[alias]) == len(asked_for_one), _repeated(many[alias])
