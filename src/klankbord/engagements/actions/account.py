"""Publishing the account of a year, once."""

from uuid import UUID

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.models import YearAccount
from klankbord.engagements.queries.account import figures_of, published_of
from klankbord.engagements.rules.account import is_over
from klankbord.people.api import Person
from klankbord.privacy.audit import action, record


class YearRuns(Exception):
    """The year is not over."""


@action("account.publish")
def publish_account(*, once: UUID, author: Person, year: int, language: str, words: str, plan: str) -> YearAccount:
    """Count a year that is over and publish it for everybody. Whoever comes second gets what was published first.

    Raises ``YearRuns``.
    """
    if not is_over(year, clock.today()):
        raise YearRuns
    one_at_a_time(f"account {current_scope().organisation_id} {year}")
    known = published_of(year)
    if known:
        record("account.publish", known, detail={"outcome": "again"})
        return known
    row = YearAccount(
        id=once,
        organisation_id=current_scope().organisation_id,
        year=year,
        figures=figures_of(year),
        language=language,
        words=words,
        plan=plan,
        author=author,
    )
    row.save(force_insert=True)
    record("account.publish", row, detail={"number": year})
    return row
