"""A long list, page by page."""

import pytest

from klankbord.core.pagination import LongList
from klankbord.core.tenant import acting_in
from klankbord.people.models import Person
from klankbord.people.queries import people_listed

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_the_pages_together_are_the_list_in_its_order(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        for sort in ("name", "-unit", "manager", "-manager"):
            everybody = people_listed(sort=sort)
            pages: LongList[Person] = LongList(everybody, 4)
            assert [one.pk for number in pages.page_range for one in pages.page(number)] == [
                one.pk for one in everybody
            ]


def test_a_page_takes_two_queries_with_what_the_rows_show(cast, django_assert_num_queries):
    with acting_in(cast.organisation.id, cast.els.pk):
        pages: LongList[Person] = LongList(people_listed(sort="manager"), 50)
        assert pages.count > 5
        with django_assert_num_queries(2):
            shown = [(one.unit.name, one.manager.name if one.manager else "") for one in pages.page(1)]
        assert ("Projecten", "Anton Visser") in shown


def test_an_empty_list_has_one_empty_page(cast):
    with acting_in(cast.organisation.id, cast.els.pk):
        nobody: LongList[Person] = LongList(Person.objects.filter(name="nobody").order_by("pk"), 50)
        assert list(nobody.get_page(7)) == []
