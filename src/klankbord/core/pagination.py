"""Long lists, page by page, at the price of one page."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet


class LongList[M: Model](Paginator):  # type: ignore[type-arg]
    """A paginator that first finds which rows stand on a page, and only then fetches what is shown of them.

    In one query the database carries every column of every joined table through the sorting of the whole list: of
    100,000 people by manager, for the fifty on the page. Two queries, whatever the length.
    """

    object_list: QuerySet[M]

    def page(self, number: int | str) -> Page:  # type: ignore[type-arg]
        """The rows of one page, in the order of the list, with the relations that the list asked for."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        keys = list(self.object_list.values_list("pk", flat=True)[first : min(first + self.per_page, self.count)])
        return Page(self._rows(keys), number, self)

    def _rows(self, keys: Sequence[Any]) -> list[M]:
        found: QuerySet[M] = self.object_list.model._default_manager.all()
        found.query.select_related = self.object_list.query.select_related
        rows = found.in_bulk(keys)
        # A row that was removed between the two queries is not there any more.
        return [rows[key] for key in keys if key in rows]
