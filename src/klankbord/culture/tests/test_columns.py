"""Cells of units are kept as columns. What was kept as rows before became the same, and can become rows again."""

import json
from importlib import import_module

import pytest
from django.db import connection

from klankbord.culture.models.published import rows_of
from klankbord.culture.publication import publish
from klankbord.culture.tests.organisations import told, wave_of

pytestmark = pytest.mark.django_db
MIGRATION = import_module("klankbord.culture.migrations.0009_columns")


@pytest.mark.parametrize("classes", [0, 3])
def test_what_was_kept_as_rows_becomes_the_same_in_columns_and_rows_again(classes: int) -> None:
    whole = told(publish(wave_of(2, people=120, units=14, classes=classes)))
    unit = whole["cells"][0]["unit"]
    cells = [
        {name: value for name, value in one.items() if name not in {"unit", "attribute"}}
        for one in whole["cells"]
        if one["unit"] == unit
    ]
    withheld = [{"class": one["class"], "item": one["item"]} for one in whole["withheld"]]
    assert cells
    assert withheld
    with connection.cursor() as cursor:
        cursor.execute(MIGRATION.COLUMNS_OF + MIGRATION.ROWS_OF)
        for rows in (cells, withheld, []):
            cursor.execute("select pg_temp.columns_of(%s::jsonb)", [json.dumps(rows)])
            (columns,) = cursor.fetchone()
            assert rows_of(columns) == rows
            cursor.execute("select pg_temp.rows_of(%s::json)", [json.dumps(columns)])
            assert json.loads(cursor.fetchone()[0]) == rows
