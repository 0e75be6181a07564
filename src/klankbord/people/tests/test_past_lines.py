"""Who stood above somebody before: kept by the database, readable like the line of today, and not to be forged."""

from datetime import timedelta

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.models import LineSpell, Person
from klankbord.people.queries import led_by, past_lines

TODAY = clock.today()
LONG_AGO = TODAY - timedelta(days=730)

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def long_since(cast):
    """Every spell of today began three years ago: what only the owner of the database can say.

    The owner looks from another connection, so this is for tests that commit.
    """
    _as_owner("update people_linespell set since = current_date - 1095")
    return cast


def _as_owner(statement: str) -> None:
    place = connection.settings_dict
    with psycopg.connect(host=place["HOST"], user="klankbord_owner", dbname=place["NAME"]) as owner:
        owner.execute(statement)


def test_the_present_line_is_in_it_with_its_levels(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.els)
        assert past_lines([cast.johan.pk, cast.els.pk], LONG_AGO) == {
            cast.johan.pk: ((1, cast.anton.pk), (2, cast.els.pk))
        }


def test_a_manager_entered_and_mended_on_one_day_never_led(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.fatima)
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.els)
        assert past_lines([cast.johan.pk], LONG_AGO) == {cast.johan.pk: ((1, cast.els.pk),)}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_who_led_before_is_found_as_long_as_it_counts(long_since):
    cast = long_since
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.els)
    _as_owner(
        f"update people_linespell set until = current_date - 30 where manager_id = '{cast.anton.pk}' "
        "and until is not null"
    )
    with acting_in(cast.organisation.id, cast.johan.pk):
        assert {who for _, who in past_lines([cast.johan.pk], LONG_AGO)[cast.johan.pk]} == {cast.anton.pk, cast.els.pk}
        assert past_lines([cast.johan.pk], TODAY - timedelta(days=7)) == {cast.johan.pk: ((1, cast.els.pk),)}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_two_levels_up_counts_only_while_both_relations_held_together(long_since):
    cast = long_since
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.els)
    # Anton came under Ruben only after Johan had left Anton.
    _as_owner("update people_linespell set until = current_date - 30 where until is not null")
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.ruben)
        found = {who for _, who in past_lines([cast.johan.pk], LONG_AGO)[cast.johan.pk]}
        assert found == {cast.anton.pk, cast.els.pk}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_what_no_policy_asks_for_any_more_goes_and_the_last_year_stays(long_since):
    cast = long_since
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk__in=[cast.johan.pk, cast.willem.pk]).update(manager=cast.els)
    _as_owner(
        f"update people_linespell set until = current_date - 900 where person_id = '{cast.johan.pk}' "
        "and until is not null"
    )
    with acting_in(cast.organisation.id, cast.els.pk), connection.cursor() as cursor:
        cursor.execute("select people_forget_lines(%s)", [TODAY])
        assert cursor.fetchone() == (0,), "whoever acts as a person forgets nothing"
    with acting_in(cast.organisation.id), connection.cursor() as cursor:
        cursor.execute("select people_forget_lines(%s)", [TODAY])
        assert cursor.fetchone() == (1,)
    with acting_in(cast.organisation.id, cast.els.pk):
        assert LineSpell.objects.filter(person_id=cast.willem.pk, manager_id=cast.anton.pk).exists()


def test_who_leaves_has_no_line_any_more_and_gets_one_on_coming_back(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.johan.pk).update(active=False)
        assert not LineSpell.objects.filter(person_id=cast.johan.pk, until=None).exists()
        Person.objects.filter(pk=cast.johan.pk).update(active=True)
        assert past_lines([cast.johan.pk], LONG_AGO) == {cast.johan.pk: ((1, cast.anton.pk),)}


def test_a_ring_ends_the_walk(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.johan)
        assert past_lines([cast.johan.pk], LONG_AGO) == {cast.johan.pk: ((1, cast.anton.pk),)}


def test_another_organisation_sees_none_of_it(cast):
    with acting_in(cast.elsewhere.id, cast.noor.pk):
        assert past_lines([cast.johan.pk], LONG_AGO) == {}


def test_not_even_an_administrator_rewrites_who_led_whom(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        before = LineSpell.objects.count()
        assert before
        assert LineSpell.objects.filter(person_id=cast.johan.pk).update(manager_id=cast.els.pk) == 0
        LineSpell.objects.all().delete()
        assert LineSpell.objects.count() == before
        forged = LineSpell(
            organisation_id=cast.organisation.id, person_id=cast.johan.pk, manager_id=cast.els.pk, since=LONG_AGO
        )
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            forged.save(force_insert=True)


def test_many_people_cost_as_many_queries_as_one(cast, django_assert_num_queries):
    with acting_in(cast.organisation.id, cast.els.pk), django_assert_num_queries(1):
        past_lines([cast.johan.pk, cast.willem.pk, cast.bram.pk, cast.marieke.pk], LONG_AGO)


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_looking_down_misses_nobody_whom_looking_up_finds(long_since):
    cast = long_since
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.johan.pk).update(manager=cast.els)
    _as_owner("update people_linespell set until = current_date - 30 where until is not null")
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.ruben)
        everybody = list(Person.objects.values_list("pk", flat=True))
        above = past_lines(everybody, LONG_AGO)
        for leader in everybody:
            under = led_by([leader], LONG_AGO, at_most=len(everybody))
            assert under is not None
            assert {one for one, line in above.items() if leader in {who for _, who in line}} <= under
        # Johan left Anton before Anton came under Ruben: looking down is too wide there, and never too narrow.
        assert cast.johan.pk in (led_by([cast.ruben.pk], LONG_AGO, at_most=99) or ())
        assert cast.johan.pk not in (led_by([cast.anton.pk], TODAY, at_most=99) or ())


def test_looking_down_stops_where_looking_up_is_quicker(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        under = led_by([cast.anton.pk], LONG_AGO, at_most=99)
        assert under is not None
        assert {cast.anton.pk, cast.johan.pk} <= under
        assert led_by([cast.anton.pk], LONG_AGO, at_most=len(under)) == under
        assert led_by([cast.anton.pk], LONG_AGO, at_most=len(under) - 1) is None
