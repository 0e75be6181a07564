"""Who stands above somebody in the line."""

import pytest

from klankbord.core.tenant import acting_in
from klankbord.people.models import Person
from klankbord.people.queries import lines_up

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_line_goes_up_from_the_nearest_manager(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.els)
        assert lines_up([cast.johan.pk, cast.bram.pk]) == {
            cast.johan.pk: (cast.anton.pk, cast.els.pk),
            cast.bram.pk: (cast.anton.pk, cast.els.pk),
        }


def test_whoever_has_no_manager_has_no_line(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        assert lines_up([cast.els.pk]) == {}


def test_a_ring_in_the_line_ends_the_walk(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        Person.objects.filter(pk=cast.anton.pk).update(manager=cast.johan)
        assert lines_up([cast.johan.pk]) == {cast.johan.pk: (cast.anton.pk, cast.johan.pk)}
