"""References between tables point down the layers, as imports do. A reference by name hides from the import check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps

from tests.architecture.source_code import expect_nothing

LAYERS = ("core", "privacy", "people", "policy", "coaches", "engagements", "culture", "web", "demo")
"""The apps that may have tables, from the bottom up."""


@dataclass(frozen=True)
class Reference:
    """A field of a model in `source` that points to a model in `target`; both are labels of apps."""

    source: str
    field: str
    target: str


def references() -> Iterator[Reference]:
    """Every foreign key, one-to-one and many-to-many between our own tables, the generated ones included."""
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("klankbord.")}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in ours:
            continue
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many, *model._meta.private_fields):
            target = field.related_model
            if target is not None and not isinstance(target, str) and target._meta.app_label in ours:
                name = f"{model.__name__}.{field.name}"
                yield Reference(model._meta.app_label, name, target._meta.app_label)


def upward(found: Iterable[Reference], layers: tuple[str, ...] = LAYERS) -> list[str]:
    """The references that point to a higher layer, or to or from an app that has no place in the layers."""
    wrong = []
    for one in found:
        if one.source not in layers or one.target not in layers:
            wrong.append(f"{one.field} in {one.source} points to {one.target}: give both a place in LAYERS")
        elif layers.index(one.target) > layers.index(one.source):
            wrong.append(f"{one.field} in {one.source} points up to {one.target}")
    return wrong


def test_no_table_refers_to_a_higher_layer() -> None:
    found = list(references())
    assert found, "no references found: the check looks in the wrong place"
    expect_nothing(upward(found))


def test_every_app_with_tables_has_a_place_in_the_layers() -> None:
    ours = {model._meta.app_label for model in apps.get_models() if model.__module__.startswith("klankbord.")}
    labels = {label.removeprefix("klankbord_") for label in ours} - {"keys"}
    assert labels <= set(LAYERS)


def test_the_check_sees_a_reference_that_points_up_and_an_app_it_does_not_know() -> None:
    down = Reference("engagements", "Engagement.client", "people")
    up = Reference("core", "Organisation.coordinator", "people")
    stranger = Reference("people", "Person.badge", "badges")
    assert [line.split()[0] for line in upward([down, up, stranger])] == ["Organisation.coordinator", "Person.badge"]
