"""The pool at a glance: room, what waits, what ends, and where there is no coach nearby."""

import uuid
from datetime import timedelta
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook
from tests.cast import Cast
from tests.part_pool import WORDS, presented
from tests.story import SLUG, as_person, matched, requested

from klankbord.coaches.actions.profiles import publish_profile, set_room, write_profile
from klankbord.coaches.actions.quality import Statement, state_quality
from klankbord.coaches.models import QualityFact
from klankbord.core import clock
from klankbord.engagements.queries.pool import narrowed, pool
from klankbord.engagements.rules.pool import Glance, Load, at_a_glance, part_of, spread_over
from klankbord.engagements.tests.visitors import Visitor, text_of
from klankbord.people.actions import add_unit
from klankbord.people.models import Unit

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_who_rests_has_no_place_and_is_not_full():
    loads = [Load(2, 6, rests=False), Load(6, 6, rests=False), Load(7, 6, rests=False), Load(1, 4, rests=True)]
    assert [load.free for load in loads] == [4, 0, 0, 0]
    assert at_a_glance(loads) == Glance(coaches=4, open=16, free=4, full=2, resting=1)
    assert at_a_glance([]) == Glance(0, 0, 0, 0, 0)


def test_a_spread_names_most_first_and_where_there_is_nobody():
    spread = spread_over(["Zuid", "Noord", "Zuid"], among=["Noord", "Oost", "Zuid"])
    assert [(bar.name, bar.count, bar.share) for bar in spread.bars] == [("Zuid", 2, 100), ("Noord", 1, 50)]
    assert spread.without == ("Oost",)
    assert part_of("Waterland/Mens/HR/Advies", {"Waterland/Mens": "Mens"}) == "Mens"
    assert part_of("Waterland", {"Waterland/Mens": "Mens"}) == ""


def test_the_pool_counts_what_runs_and_names_what_waits_and_ends(cast: Cast):
    presented(cast, cast.marieke)
    matched(cast, requested(cast)[2])
    with as_person(cast.willem):
        set_room(coach=cast.willem, capacity=4, paused=True)
    with as_person(cast.saskia):
        write_profile(slug=SLUG, coach=cast.saskia, words=WORDS)
        publish_profile(slug=SLUG, coach=cast.saskia)
        soon = clock.today() + timedelta(days=40)
        statement = Statement(
            kind=QualityFact.Kind.ACCREDITATION, body="icf", valid_from=clock.today(), valid_until=soon
        )
        state_quality(once=uuid.uuid4(), slug=SLUG, coach=cast.saskia, statement=statement)
    with as_person(cast.els):
        add_unit(name="Directie Geld", parent=Unit.objects.get(parent=None))
    with as_person(cast.fatima):
        found = pool()
        shown = {
            show: {one.person.first_name for one in narrowed(found.coaches, search="", show=show, sort="")}
            for show in ("room", "rests", "waits", "none", "asked", "full")
        }
        fewest = [one.person.first_name for one in narrowed(found.coaches, search="", show="", sort="-clients")]
    assert found.glance == Glance(coaches=4, open=1, free=5 + 6 + 6, full=0, resting=1)
    assert shown == {
        "room": {"Marieke", "Bram", "Saskia"},
        "rests": {"Willem"},
        "waits": {"Saskia"},
        "none": {"Willem", "Bram"},
        "asked": {"Marieke", "Willem", "Bram", "Saskia"},
        "full": set(),
    }
    assert fewest[0] == "Marieke"
    assert found.parts.without == ("Directie Geld",)
    assert [(bar.name, bar.count) for bar in found.parts.bars] == [("Directie Water", 2), ("Directie Mens", 1)]
    assert [fact.body for fact in found.ending] == ["icf"]


def test_the_page_names_who_waits_for_a_proposal_and_never_what_about(cast: Cast):
    requested(cast)
    page = text_of(Visitor(cast.fatima).open("pool"))
    assert "One request waits for a proposal" in page
    assert "Johan de Wit" in page
    assert "strain" not in page.lower()


def test_the_pool_as_a_spreadsheet_holds_what_the_screen_holds(cast: Cast):
    presented(cast, cast.marieke)
    answer = Visitor(cast.fatima).client.get(Visitor(cast.fatima).address("pool_file") + "?q=marieke")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Name", "Marieke Bos"]
    assert dict(zip(rows[0], rows[1], strict=True))["Where"] == "Utrecht, online"


@pytest.mark.parametrize("name", ["johan", "marieke", "anton", "els", "ruben"])
def test_the_pool_is_for_coordinators(cast: Cast, name: str):
    visitor = Visitor(cast.named(name))
    assert [visitor.open(route).status_code for route in ("pool", "pool_file")] == [403, 403]
