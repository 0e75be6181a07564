"""Money of external coaching: who sees it, who says yes to it, and what leaves the organisation."""

import io
import uuid
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.story import AMSTERDAM, SLUG, as_person, tuesday_at_ten

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.costs import agree_to_costs, book_budget, note_invoice, plan_costs
from klankbord.engagements.actions.requests import Wishes, choose_coach, propose_coach, send_request, step_aside
from klankbord.engagements.jobs import end_of_retention
from klankbord.engagements.models import EngagementCost, Invoice, Request, YearBudget
from klankbord.engagements.queries.costs import year_and_costs
from klankbord.people.actions import give_role
from klankbord.people.models import Membership, Notification
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import MoneyRules, PolicyContent

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def keeper(cast):
    """Fatima keeps the money, and Anton is of the leadership."""
    with as_person(cast.els):
        give_role(person=cast.fatima, role=Membership.Role.FINANCE)
        give_role(person=cast.anton, role=Membership.Role.LEADERSHIP)


@pytest.fixture
def coaching(cast, keeper):
    """Johan is coached by Saskia, who works for a bureau."""
    return coached(cast, cast.johan)


def coached(cast, client, asks=None):
    wishes = Wishes(coach=asks)
    with as_person(client):
        request = send_request(
            once=uuid.uuid4(), slug=SLUG, client=client, words="Ik wil dit leren.", shared=False, wishes=wishes
        )
    with as_person(cast.fatima):
        proposal = propose_coach(slug=SLUG, request=request, coach=cast.saskia)
    with as_person(client):
        return choose_coach(slug=SLUG, proposal=proposal)


def planned(cast, engagement, rate=12_000):
    with as_person(cast.fatima):
        return plan_costs(engagement=engagement, slug=SLUG, rate=rate, minutes=60, talks=5, sponsor_pays=False)


def page(person, route, **keys):
    client = Client()
    client.force_login(person.account)
    return client.get(reverse(route, kwargs={"organisation": SLUG, **keys}))


def send(person, route, fields, **keys):
    client = Client()
    client.force_login(person.account)
    return client.post(reverse(route, kwargs={"organisation": SLUG, **keys}), fields)


def test_the_keeper_plans_the_coach_says_yes_and_both_and_the_client_see_it(cast, coaching):
    planned(cast, coaching)
    assert page(cast.johan, "costs_for_two", engagement=coaching.pk).status_code == 200
    answer = send(cast.saskia, "costs_agree", {"seen": 60_000}, engagement=coaching.pk)
    assert answer.status_code == 302
    with as_person(cast.fatima):
        row = EngagementCost.objects.get()
        assert (row.planned_cents, row.agreed_cents) == (60_000, 60_000)
    assert "ging op" in page(cast.fatima, "costs", engagement=coaching.pk).content.decode()


def test_an_amount_that_changed_is_not_what_the_coach_said_yes_to(cast, coaching):
    planned(cast, coaching)
    planned(cast, coaching, rate=15_000)
    send(cast.saskia, "costs_agree", {"seen": 60_000}, engagement=coaching.pk)
    with as_person(cast.fatima):
        assert EngagementCost.objects.get().agreed_cents is None


def test_nobody_else_sees_it(cast, coaching):
    planned(cast, coaching)
    for person in (cast.anton, cast.marieke, cast.els, cast.ruben, cast.willem):
        assert page(person, "costs_for_two", engagement=coaching.pk).status_code == 404
        assert page(person, "costs", engagement=coaching.pk).status_code == 404
        with as_person(person):
            assert not EngagementCost.objects.exists()
    with as_person(cast.noor):
        assert not EngagementCost.objects.exists()


def test_a_coordinator_without_the_task_and_the_task_without_the_coordinator_see_nothing(cast, coaching):
    planned(cast, coaching)
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
        give_role(person=cast.willem, role=Membership.Role.FINANCE)
    for person in (cast.ruben, cast.willem):
        assert page(person, "budget").status_code == 403
        with as_person(person):
            assert not EngagementCost.objects.exists()


def test_whoever_stepped_aside_does_not_see_the_money_either(cast, coaching):
    planned(cast, coaching)
    with as_person(cast.els):
        give_role(person=cast.ruben, role=Membership.Role.COORDINATOR)
        give_role(person=cast.ruben, role=Membership.Role.FINANCE)
    with as_person(cast.ruben):
        assert EngagementCost.objects.exists()
        step_aside(request=Request.objects.get(pk=coaching.request_id))
        assert not EngagementCost.objects.exists()
    assert page(cast.ruben, "costs", engagement=coaching.pk).status_code == 404


def test_nobody_writes_the_other_side_of_an_amount(cast, coaching):
    row = planned(cast, coaching)
    with as_person(cast.saskia), pytest.raises(DatabaseError, match="only who has the task"), transaction.atomic():
        EngagementCost.objects.filter(pk=row.pk).update(planned_cents=900_000)
    with as_person(cast.saskia), pytest.raises(DatabaseError, match="to the amount"), transaction.atomic():
        EngagementCost.objects.filter(pk=row.pk).update(agreed_cents=900_000)
    with as_person(cast.fatima), pytest.raises(DatabaseError, match="only the coach"), transaction.atomic():
        EngagementCost.objects.filter(pk=row.pk).update(agreed_cents=60_000)
    with as_person(cast.johan):
        assert EngagementCost.objects.filter(pk=row.pk).update(planned_cents=1) == 0


def test_a_rate_above_the_policy_is_refused_at_the_field_and_nothing_typed_is_lost(cast, coaching):
    with as_person(cast.fatima):
        PolicyVersion(
            organisation=cast.organisation,
            number=1,
            state="published",
            body=PolicyContent(money=MoneyRules(rate_most=100)).as_json(),
            author=cast.fatima,
        ).save(force_insert=True)
    fields = {"rate": "120", "minutes": "60", "talks": "5"}
    answer = send(cast.fatima, "costs", fields, engagement=coaching.pk)
    assert answer.status_code == 422
    assert "ten hoogste 100 euro per uur" in answer.content.decode()
    assert 'value="120"' in answer.content.decode()


def test_an_invoice_is_noted_once_and_its_number_is_not_used_again(cast, coaching):
    planned(cast, coaching)
    fields = {"once": str(uuid.uuid4()), "number": "2026-14", "day": clock.today().isoformat(), "cents": "240,00"}
    for _twice in range(2):
        assert send(cast.fatima, "costs_invoice", fields, engagement=coaching.pk).status_code == 302
    again = send(cast.fatima, "costs_invoice", {**fields, "once": str(uuid.uuid4())}, engagement=coaching.pk)
    assert again.status_code == 422
    assert "al een factuur met dit nummer" in again.content.decode()
    with as_person(cast.saskia):
        assert [one.cents for one in Invoice.objects.all()] == [24_000]


def test_keepers_are_told_once_when_a_budget_is_nearly_full(cast, coaching):
    year = coaching.started_on.year
    with as_person(cast.fatima):
        book_budget(year=year, cents=70_000)
    planned(cast, coaching)
    planned(cast, coaching, rate=12_500)
    with as_person(cast.fatima):
        assert Notification.objects.filter(kind="budget").count() == 1
        assert YearBudget.objects.get().warned_at is not None
    assert "80 procent" in page(cast.fatima, "budget").content.decode()


def test_what_finance_gets_names_nobody(cast, coaching):
    row = planned(cast, coaching)
    with as_person(cast.fatima):
        note_invoice(once=uuid.uuid4(), cost=row, slug=SLUG, number="=2026-1", day=date(2026, 1, 5), cents=24_000)
    csv = page(cast.fatima, "budget_csv").content.decode("utf-8-sig")
    assert f"{row.reference};'=2026-1;2026-01-05;240,00" in csv
    book = CalamineWorkbook.from_filelike(io.BytesIO(page(cast.fatima, "budget_xlsx").content))
    cells = [str(cell) for line in book.get_sheet_by_index(0).to_python() for cell in line]
    assert row.reference in cells
    for secret in ("Johan", "Saskia", "Bureau", "Projecten", "Anton"):
        assert secret not in csv
        assert not any(secret in cell for cell in cells)


def _spend(cast, clients, at, asks=None):
    with clock.stopped_at(at):
        for client in clients:
            engagement = coached(cast, client, asks)
            row = planned(cast, engagement)
            with as_person(cast.fatima):
                note_invoice(
                    once=uuid.uuid4(), cost=row, slug=SLUG, number=str(row.pk)[:8], day=at.date(), cents=10_000
                )


def test_the_leadership_reads_sums_that_never_come_down_to_fewer_than_five(cast, keeper):
    year = clock.today().year - 1
    march = tuesday_at_ten(0).replace(year=year, month=3, day=10, tzinfo=AMSTERDAM)
    everybody = (cast.johan, cast.willem, cast.bram, cast.marieke, cast.ruben, cast.anton)
    _spend(cast, everybody[:5], march)
    _spend(cast, everybody[5:], march.replace(month=5))
    with as_person(cast.anton), connection.cursor() as cursor:
        cursor.execute("select quarter, cents from engagements_cost_totals(%s, current_date)", [year])
        assert cursor.fetchall() == [(1, 50_000)]
    with as_person(cast.els), connection.cursor() as cursor:
        cursor.execute("select * from engagements_cost_totals(%s, current_date)", [year])
        assert cursor.fetchall() == []
    shown = page(cast.anton, "budget")
    assert shown.status_code == 200
    client = Client()
    client.force_login(cast.anton.account)
    text = client.get(reverse("budget", kwargs={"organisation": SLUG}) + f"?year={year}").content.decode()
    assert "500,00" in text
    assert "600,00" not in text


def test_five_coachings_of_fewer_people_are_no_five_people(cast, keeper):
    year = clock.today().year - 1
    march = tuesday_at_ten(0).replace(year=year, month=3, day=10, tzinfo=AMSTERDAM)
    _spend(cast, (cast.johan, cast.willem, cast.bram, cast.ruben), march)
    _spend(cast, (cast.ruben,), march, asks=cast.saskia.pk)
    with as_person(cast.anton), connection.cursor() as cursor:
        cursor.execute("select quarter, cents from engagements_cost_totals(%s, current_date)", [year])
        assert cursor.fetchall() == []


def test_a_yes_twice_is_one_yes(cast, coaching):
    row = planned(cast, coaching)
    with as_person(cast.saskia):
        agree_to_costs(cost=row, seen=60_000)
        first = EngagementCost.objects.get().agreed_at
        agree_to_costs(cost=row, seen=60_000)
        assert EngagementCost.objects.get().agreed_at == first


def test_money_goes_seven_years_after_the_last_that_was_done_with_it_and_nobody_takes_it_away_sooner(cast, keeper):
    year = clock.today().year - 8
    with clock.stopped_at(clock.now().replace(year=year, month=6, day=15)):
        over, kept = (planned(cast, coached(cast, client)) for client in (cast.johan, cast.willem))
        with as_person(cast.fatima):
            for cost, day in ((over, date(year, 12, 31)), (kept, date(year + 1, 1, 1))):
                note_invoice(once=uuid.uuid4(), cost=cost, slug=SLUG, number="1", day=day, cents=60_000)
    told = page(cast.johan, "costs_for_two", engagement=over.engagement_id).content.decode()
    assert f"31 december {year + 7}" in told
    forget = "select engagements_forget_costs(%s)"
    for actor, cost in ((cast.fatima, over), (None, kept)):
        who = as_person(actor) if actor else acting_in(cast.organisation.id)
        with who, connection.cursor() as cursor, pytest.raises(DatabaseError, match="still kept"), transaction.atomic():
            cursor.execute(forget, [cost.pk])
    assert end_of_retention(0) == 1
    with as_person(cast.fatima):
        assert [one.pk for one in EngagementCost.objects.all()] == [kept.pk]
        assert [one.cost_id for one in Invoice.objects.all()] == [kept.pk]
        assert [line.row for line in year_and_costs(year)[1]] == [kept], "nothing asks for a plan again"
    assert end_of_retention(0) == 0
