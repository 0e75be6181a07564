"""The database refuses what code forgets to filter."""

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from klankbord.core.models import Organisation
from klankbord.core.tenant import NoScope, acting_in, current_scope
from klankbord.people.actions import add_person
from klankbord.people.models import Membership, Person, Unit


def test_the_application_is_no_superuser_bypasses_nothing_and_owns_nothing(cast):
    with connection.cursor() as cursor:
        cursor.execute("select current_user, rolsuper, rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == ("klankbord_app", False, False)
        cursor.execute(
            "select count(*) from pg_class where relowner = (select oid from pg_roles where rolname = current_user)"
        )
        assert cursor.fetchone() == (0,)


def test_without_settings_nothing_of_any_organisation_is_visible(cast):
    assert Person.objects.count() == 0
    assert Unit.objects.count() == 0
    assert Membership.objects.count() == 0


def test_with_nonsense_in_the_setting_the_query_is_refused_and_not_answered(cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('klankbord.organisation', 'waterland', true)")
        with pytest.raises(Exception, match="uuid"), transaction.atomic():
            Person.objects.count()
        cursor.execute("select set_config('klankbord.organisation', '', true)")


def test_each_organisation_sees_its_own_people_only(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        assert set(Person.objects.values_list("organisation_id", flat=True)) == {cast.organisation.id}
        assert not Person.objects.filter(pk=cast.noor.pk).exists()
    with acting_in(cast.elsewhere.id, cast.noor.id):
        assert set(Person.objects.all()) == {cast.noor, cast.tom, cast.hanna}


def test_a_row_of_another_organisation_cannot_be_written(cast):
    with acting_in(cast.elsewhere.id, cast.noor.id), pytest.raises(ProgrammingError, match="row-level security"):
        with transaction.atomic():
            Unit(organisation=cast.organisation, name="x", path="x", parent=None).save(force_insert=True)


def test_only_an_administrator_adds_a_person(cast):
    with acting_in(cast.organisation.id, cast.johan.id), pytest.raises(ProgrammingError, match="row-level security"):
        with transaction.atomic():
            add_person(name="Piet Pot", email="piet@waterland.example", staff_number="900", unit=cast.johan.unit)


def test_nobody_gives_themselves_a_role(cast):
    with acting_in(cast.organisation.id, cast.johan.id), pytest.raises(ProgrammingError, match="row-level security"):
        with transaction.atomic():
            Membership(organisation=cast.organisation, person=cast.johan, role=Membership.Role.COORDINATOR).save(
                force_insert=True
            )


def test_a_reference_to_a_hidden_row_of_another_organisation_is_refused(cast):
    with pytest.raises(IntegrityError, match="same_org"), transaction.atomic():
        with acting_in(cast.organisation.id, cast.els.id):
            Person.objects.filter(pk=cast.johan.pk).update(manager_id=cast.noor.pk)
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")


def test_the_outer_scope_is_restored_after_an_inner_one(cast):
    with acting_in(cast.organisation.id, cast.johan.id):
        with acting_in(cast.elsewhere.id, cast.noor.id):
            assert current_scope().organisation_id == cast.elsewhere.id
        assert current_scope().organisation_id == cast.organisation.id
        assert not Person.objects.filter(pk=cast.noor.pk).exists()
        assert Person.objects.filter(pk=cast.johan.pk).exists()


def test_the_scope_is_gone_after_its_end_and_after_an_exception(cast):
    with pytest.raises(RuntimeError, match="on purpose"), acting_in(cast.organisation.id, cast.johan.id):
        raise RuntimeError("on purpose")
    assert Person.objects.count() == 0
    with pytest.raises(NoScope):
        current_scope()


def test_the_application_founds_no_organisation_by_hand_and_renames_none(cast):
    for attempt in (
        lambda: Organisation(slug="x", name="x").save(force_insert=True),
        lambda: Organisation.objects.filter(slug="waterland").update(name="x"),
        lambda: Organisation.objects.filter(slug="waterland").delete(),
    ):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            attempt()


def test_the_application_cannot_switch_row_security_off(cast):
    for statement in (
        "alter table people_person disable row level security",
        "drop policy read on people_person",
        "set role klankbord_owner",
        "truncate people_notification",
    ):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    with transaction.atomic(), connection.cursor() as cursor:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            cursor.execute("set local row_security = off")
            cursor.execute("select * from people_person")
