"""The account of a year: counted once, read by everybody, changed by nobody, and never about a few people."""

import io
import re
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader
from tests.part_account import MAY, YEAR, a_year, coached
from tests.story import SLUG, as_person
from tests.test_bounded_queries import colleagues

from klankbord.core import clock
from klankbord.engagements.actions.account import YearRuns, publish_account
from klankbord.engagements.actions.costs import note_invoice, plan_costs
from klankbord.engagements.actions.requests import step_aside
from klankbord.engagements.models import Engagement, YearAccount
from klankbord.engagements.queries.account import figures_of
from klankbord.engagements.queries.costs import totals_for_leadership
from klankbord.people.actions import give_role
from klankbord.people.models import Membership

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def figures(cast, year=YEAR):
    with as_person(cast.fatima):
        return figures_of(year)


def publish(cast, author=None, **changed):
    author = author or cast.fatima
    told = {"year": YEAR, "language": "nl", "words": "Een goed begin.", "plan": "Meer coaches.", **changed}
    with as_person(author):
        return publish_account(once=uuid4(), author=author, **told)


def visit(person, route, **keys):
    client = Client()
    client.force_login(person.account)
    return client.get(reverse(route, kwargs={"organisation": SLUG, **keys}))


def send(person, fields, year=YEAR):
    client = Client()
    client.force_login(person.account)
    return client.post(reverse("make_year_account", kwargs={"organisation": SLUG, "year": year}), fields)


def test_from_five_people_on_it_tells_how_many_began_and_how_long_they_talked(cast):
    a_year(cast)
    told = figures(cast)
    assert told["requests"] == {"total": 6, "one_talk": {"one": 0, "more": 6}}
    assert told["begun"] == {
        "total": 6,
        "employer": {"internal": 6, "external": 0},
        "at_the_end": {"over": 0, "running": 6},
    }
    assert told["hours"] == 10


def test_four_people_are_not_told_of(cast):
    a_year(cast, clients=4)
    told = figures(cast)
    assert (told["requests"]["total"], told["begun"]["total"], told["hours"]) == (None, None, None)


def test_hours_and_the_kind_of_coach_are_not_told_of_a_few_coaches(cast):
    a_year(cast, clients=8, coaches=4)
    told = figures(cast)
    assert told["begun"]["total"] == 8
    assert told["begun"]["employer"] is None
    assert told["hours"] is None


def test_a_part_of_a_few_people_takes_the_other_part_along(cast):
    a_year(cast, clients=6)
    coached(cast.johan, cast.saskia, external=True)
    told = figures(cast)
    assert told["begun"]["total"] == 7
    assert told["begun"]["employer"] is None
    assert told["requests"] == {"total": 7, "one_talk": None}
    assert told["begun"]["at_the_end"] == {"over": 0, "running": 7}


def test_what_somebody_stepped_aside_from_is_not_counted_for_anybody(cast):
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    engagement = a_year(cast)[0]
    with as_person(cast.ruben):
        step_aside(request=engagement.request)
        seen_by_ruben = figures_of(YEAR)
        assert not Engagement.objects.filter(pk=engagement.pk).exists()
    assert figures(cast) == seen_by_ruben
    assert seen_by_ruben["begun"]["total"] == 5


def test_money_is_the_sum_the_leadership_reads_and_no_other(cast):
    with as_person(cast.els):
        give_role(person=cast.fatima, role=Membership.Role.FINANCE)
        give_role(person=cast.anton, role=Membership.Role.LEADERSHIP)
    for number, engagement in enumerate(a_year(cast, external=True)):
        with as_person(cast.fatima), clock.stopped_at(MAY):
            cost = plan_costs(engagement=engagement, slug=SLUG, rate=10_000, minutes=60, talks=5, sponsor_pays=False)
            note_invoice(once=uuid4(), cost=cost, slug=SLUG, number=f"{number}", day=date(YEAR, 5, 1), cents=10_000)
    with as_person(cast.anton):
        steps = totals_for_leadership(YEAR)
    assert [(one.quarter, one.spent) for one in steps] == [(2, 60_000)]
    assert figures(cast)["spent"] == {"quarter": 2, "euros": 600}


def test_nobody_but_a_coordinator_is_told_sums_and_nobody_of_a_year_that_runs(cast):
    a_year(cast)
    asked = "select hours from engagements_account_sums(%s)"
    for person, year in ((cast.johan, YEAR), (cast.els, YEAR), (cast.noor, YEAR), (cast.fatima, YEAR + 1)):
        with as_person(person), connection.cursor() as cursor:
            cursor.execute(asked, [year])
            assert cursor.fetchone() is None
    with as_person(cast.fatima), connection.cursor() as cursor:
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("select * from engagements_cost_steps(%s, current_date)", [YEAR])


def test_it_is_published_once_and_whoever_comes_second_gets_the_first(cast):
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
    first = publish(cast)
    a_year(cast)
    again = publish(cast, author=cast.ruben, words="Iets anders.")
    assert (again.pk, again.words, again.author_id) == (first.pk, "Een goed begin.", cast.fatima.pk)
    assert again.figures["begun"]["total"] is None
    with pytest.raises(YearRuns):
        publish(cast, year=YEAR + 1)


def test_nobody_changes_it_takes_it_away_or_puts_one_under_another_name(cast):
    publish(cast)
    for person in (cast.fatima, cast.els, cast.johan):
        with as_person(person):
            assert YearAccount.objects.update(words="Alles anders.") == 0
            assert YearAccount.objects.all().delete()[0] == 0
    forged = {"organisation_id": cast.organisation.pk, "figures": {}}
    for person, author, year in (
        (cast.johan, cast.johan, YEAR - 1),
        (cast.fatima, cast.johan, YEAR - 1),
        (cast.noor, cast.noor, YEAR - 1),
        (cast.fatima, cast.fatima, YEAR + 1),
    ):
        with as_person(person), pytest.raises(DatabaseError), transaction.atomic():
            YearAccount(**forged, year=year, author_id=author.pk).save(force_insert=True)
    with as_person(cast.noor):
        assert not YearAccount.objects.exists()


def test_everybody_reads_it_once_it_is_published_and_only_a_coordinator_before(cast):
    assert visit(cast.fatima, "make_year_account", year=YEAR).status_code == 200
    assert visit(cast.anton, "make_year_account", year=YEAR).status_code == 403
    assert visit(cast.johan, "year_account", year=YEAR).status_code == 404
    answer = send(cast.fatima, {"once": uuid4(), "words": "Veel\n\nmensen.", "plan": ""})
    assert answer.status_code == 302
    for person in (cast.johan, cast.anton, cast.els, cast.saskia):
        shown = visit(person, "year_account", year=YEAR).content.decode()
        assert "Veel mensen." in shown
        assert str(YEAR) in visit(person, "year_accounts").content.decode()
    assert visit(cast.noor, "year_account", year=YEAR).status_code == 404
    assert visit(cast.fatima, "make_year_account", year=YEAR).status_code == 302


def test_a_year_that_runs_is_looked_at_without_hours_and_money_and_cannot_be_published(cast):
    shown = visit(cast.fatima, "make_year_account", year=YEAR + 1)
    assert shown.status_code == 200
    assert not {"waiting", "hours", "money"} & {one.key for one in shown.context["chapters"]}
    assert send(cast.fatima, {"once": uuid4(), "words": "Nu al."}, YEAR + 1).status_code == 422
    assert visit(cast.fatima, "make_year_account", year=YEAR + 2).status_code == 404
    with as_person(cast.fatima):
        assert not YearAccount.objects.exists()


def test_what_is_too_long_comes_back_as_it_was_typed(cast):
    answer = send(cast.fatima, {"once": uuid4(), "words": "w" * 501, "plan": "Verder."})
    assert answer.status_code == 422
    assert "w" * 501 in answer.content.decode()
    assert "Verder." in answer.content.decode()


def test_the_paper_is_one_page_that_can_be_read_aloud_also_with_the_most_words(cast):
    a_year(cast, clients=12, coaches=6)
    publish(cast, words="W" * 250 + " " + "W" * 249, plan="M" * 400)
    paper = PdfReader(io.BytesIO(visit(cast.johan, "year_account_paper", year=YEAR).content))
    assert len(paper.pages) == 1
    words = " ".join(paper.pages[0].extract_text().split())
    assert "12 " in words
    catalogue: Any = paper.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "nl"
    assert re.search(r"pdfuaid:part[^0-9]*1", catalogue["/Metadata"].get_object().get_data().decode())


@pytest.mark.parametrize("route", ["year_account", "make_year_account"])
def test_a_page_asks_as_often_for_twenty_coachings_as_for_one(cast, route):
    def questions():
        client = Client()
        client.force_login(cast.fatima.account)
        where = reverse(route, kwargs={"organisation": SLUG, "year": YEAR})
        client.get(where)
        with CaptureQueriesContext(connections["default"]) as asked_for:
            assert client.get(where).status_code == 200
        return len(asked_for)

    coached(cast.johan, cast.marieke)
    if route == "year_account":
        publish(cast)
    few = questions()
    for coach in colleagues(cast, 6, role=Membership.Role.COACH):
        coached(coach, cast.marieke)
    a_year(cast, clients=13)
    assert questions() == few
