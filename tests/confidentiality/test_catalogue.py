"""What stands in the database is what the access tables say: nothing more, nothing less, nothing forgotten."""

import pytest
from django.apps import apps
from django.db import connection

from klankbord.core.models import OrganisationModel
from klankbord.privacy.policies import standing_policies, standing_references, wanted_policies, wanted_references

# Tables without an organisation, and why that is right.
WITHOUT_ORGANISATION = {
    "core_organisation": "which organisations exist is in every address",
    "people_account": "a way to sign in, of a human and not of an organisation",
}


@pytest.mark.django_db
def test_every_table_has_the_policies_of_its_row_in_the_access_table():
    standing = standing_policies()
    for table, thing in wanted_policies().items():
        assert standing.get(table) == dict(thing.policies()), f"{table}: run `python -m django makepolicies`"


@pytest.mark.django_db
def test_no_policy_stands_on_a_table_that_no_access_table_names():
    assert set(standing_policies()) == set(wanted_policies())


@pytest.mark.django_db
def test_every_table_of_ours_is_guarded_or_says_why_not():
    guarded = {model._meta.db_table for model in apps.get_models() if issubclass(model, OrganisationModel)}
    ours = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("klankbord.")}
    assert ours - guarded == set(WITHOUT_ORGANISATION)
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relkind = 'r' and relrowsecurity")
        assert {row[0] for row in cursor.fetchall()} == guarded


@pytest.mark.django_db
def test_every_reference_between_rows_of_organisations_is_composite():
    assert standing_references() >= wanted_references()
    assert wanted_references()


@pytest.mark.django_db
def test_no_single_column_key_points_at_a_table_of_an_organisation():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select child.relname, f.conname from pg_constraint f
            join pg_class child on child.oid = f.conrelid
            join pg_class parent on parent.oid = f.confrelid
            where f.contype = 'f' and parent.relrowsecurity and array_length(f.conkey, 1) = 1
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
def test_every_unique_constraint_of_an_organisations_table_stays_inside_it():
    with connection.cursor() as cursor:
        cursor.execute(
            """
            select c.relname, i.relname from pg_index x
            join pg_class c on c.oid = x.indrelid
            join pg_class i on i.oid = x.indexrelid
            where c.relrowsecurity and x.indisunique and not x.indisprimary
              and not exists (select 1 from pg_attribute a
                              where a.attrelid = c.oid and a.attnum = any(x.indkey) and a.attname = 'organisation_id')
            """
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_application_reaches_keys_through_three_functions_and_nothing_else():
    from django.db import ProgrammingError, connections, transaction

    for table in ("scope_key", "destroyed_key"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(using="keys"):
            with connections["keys"].cursor() as cursor:
                cursor.execute(f"select * from {table}")
    with connections["keys"].cursor() as cursor:
        cursor.execute(
            "select proname from pg_proc where pronamespace = 'public'::regnamespace "
            "and has_function_privilege(current_user, oid, 'execute') and prosecdef"
        )
        assert {row[0] for row in cursor.fetchall()} == {"key_get", "key_create", "key_destroy"}
