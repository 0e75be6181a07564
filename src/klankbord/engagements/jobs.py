"""What time does to engagements: texts end when the agreed term is over."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.afterwards import tell_three_months_later
from klankbord.engagements.actions.fit import publish_counts
from klankbord.engagements.actions.leaving import end_farewell, send_farewell
from klankbord.engagements.actions.nearness import look_for_nearness
from klankbord.engagements.actions.rounds import confirm_round, forget_round, lay_round, step_round
from klankbord.engagements.actions.waiting import count_first_talks, publish_waiting
from klankbord.engagements.models import Farewell
from klankbord.engagements.models.spreadsheet import sheet_scope
from klankbord.engagements.queries.rounds import weigh_round
from klankbord.engagements.rules.rounds import lay
from klankbord.people.api import STAFF_CHANGED, forget_lines
from klankbord.policy.api import policy_in_force
from klankbord.privacy import vault
from klankbord.privacy.audit import record


@app.periodic(cron="15 3 * * *")
@app.task(name="engagements.end_of_retention", queueing_lock="engagements.end_of_retention")
def end_of_retention(timestamp: int) -> int:
    """Destroy the texts of every engagement, suggestion and noted request that is due: the key first, then the rows.

    What a coaching cost goes too, once it need not be kept for the books. Returns how many were due.
    """
    engagements = _rows("select organisation_id, engagement_id from engagements_due()")
    for organisation_id, engagement_id in engagements:
        vault.destroy(vault.scope(organisation_id, "engagement", engagement_id))
        with acting_in(organisation_id):
            gone = _rows("select kind, id from engagements_forget_thoughts(%s)", engagement_id)
            gone += _rows("select kind, id from engagements_forget(%s)", engagement_id)
            record("retention.end", detail={"kind": "engagement", "count": len(gone)})
        for kind, row_id in gone:
            vault.destroy(vault.scope(organisation_id, kind, row_id))
    referrals = _rows("select organisation_id, referral_id from engagements_old_referrals()")
    for organisation_id, referral_id in referrals:
        vault.destroy(vault.scope(organisation_id, "referral", referral_id))
        with acting_in(organisation_id):
            _rows("select engagements_forget_referral(%s)", referral_id)
            record("retention.end", detail={"kind": "referral"})
    noted = _rows("select organisation_id, noted_id from engagements_old_noted()")
    for organisation_id, noted_id in noted:
        vault.destroy(vault.scope(organisation_id, "noted", noted_id))
        with acting_in(organisation_id):
            _rows("select engagements_forget_noted(%s)", noted_id)
            record("retention.end", detail={"kind": "noted"})
    costs = _rows("select organisation_id, cost_id from engagements_old_costs()")
    for organisation_id, cost_id in costs:
        with acting_in(organisation_id):
            _rows("select engagements_forget_costs(%s)", cost_id)
            record("retention.end", detail={"kind": "costs"})
    return len(engagements) + len(referrals) + len(noted) + len(costs)


@app.periodic(cron="45 3 * * *")
@app.task(name="engagements.sheets_over", queueing_lock="engagements.sheets_over")
def sheets_over(timestamp: int) -> int:
    """Forget what was taken from a spreadsheet and lay there for sixty days. Returns how much."""
    over = _rows("select organisation_id, sheet_id from engagements_old_sheets()")
    for organisation_id, sheet_id in over:
        vault.destroy(sheet_scope(organisation_id, sheet_id))
        with acting_in(organisation_id):
            _rows("select engagements_forget_sheet(%s)", sheet_id)
            record("retention.end", detail={"kind": "sheet"})
    return len(over)


@app.periodic(cron="30 6 * * *")
@app.task(name="engagements.farewells", queueing_lock="engagements.farewells")
def farewells(timestamp: int) -> int:
    """Mail the link to their own words to those who left and asked for it. Returns how many letters went out.

    Addresses that were left for a link that had its time are made unreadable.
    """
    for organisation_id, person_id, farewell_id in _rows("select * from engagements_farewells_over()"):
        with acting_in(organisation_id, person_id):
            end_farewell(farewell=Farewell.objects.get(pk=farewell_id))
    due = _rows("select organisation_id, person_id, farewell_id from engagements_farewells_due()")
    sent = 0
    for organisation_id, person_id, farewell_id in due:
        with acting_in(organisation_id, person_id):
            row = Farewell.objects.select_related("person").get(pk=farewell_id)
            sent += send_farewell(farewell=row)
    return sent


@app.periodic(cron="40 6 * * *")
@app.task(name="engagements.nearness", queueing_lock="engagements.nearness")
def nearness(timestamp: int) -> int:
    """Tell client and coach who came to stand near each other, once for each reason. Returns how many were new."""
    return sum(_look_for_nearness(organisation) for organisation in Organisation.objects.order_by("slug"))


@app.task(name=STAFF_CHANGED)
def staff_changed(organisation: str) -> int:
    """The same right after the staff changed, for one organisation.

    SECURITY: it acts as nobody, after the answer to whoever changed the staff: an administrator learns nothing of it.
    """
    return _look_for_nearness(Organisation.objects.get(pk=organisation))


def _look_for_nearness(organisation: Organisation) -> int:
    with acting_in(organisation.pk):
        return look_for_nearness(slug=organisation.slug)


@app.task(name="engagements.match_round", retry=1)
def match_round(organisation: str, person: str, round_id: str) -> None:
    """Match the group of a round, in steps that its page shows."""
    scope = (UUID(organisation), UUID(person))
    with acting_in(*scope):
        weighed = weigh_round(UUID(round_id))
    if weighed is None:
        return
    with acting_in(*scope):
        step_round(round_id=UUID(round_id), step=1)
    laid = lay(weighed.facts)
    with acting_in(*scope):
        lay_round(round_id=UUID(round_id), weighed=weighed, laid=laid)


@app.task(name="engagements.confirm_round")
def confirm_large_round(organisation: str, person: str, round_id: str) -> None:
    """Confirm a round that is too large to wait for."""
    with acting_in(UUID(organisation), UUID(person)):
        slug = Organisation.objects.get(pk=organisation).slug
        confirm_round(round_id=UUID(round_id), slug=slug)


@app.periodic(cron="25 3 * * *")
@app.task(name="engagements.rounds_over", queueing_lock="engagements.rounds_over")
def rounds_over(timestamp: int) -> int:
    """Throw away rounds that were confirmed before today, and those that lay for three months."""
    over = _rows("select organisation_id, round_id from engagements_rounds_over()")
    for organisation_id, round_id in over:
        with acting_in(organisation_id):
            forget_round(round_id=round_id)
    return len(over)


@app.periodic(cron="50 6 * * *")
@app.task(name="engagements.three_months_later", queueing_lock="engagements.three_months_later")
def three_months_later(timestamp: int) -> int:
    """Tell clients that three months have passed since they rounded off, once, as long as their texts are there.

    Returns how many were told.
    """
    told = _rows(
        "select organisation_id, engagement_id, client_id from engagements_three_months_ago(%s)", clock.today()
    )
    for organisation_id, engagement_id, client_id in told:
        slug = Organisation.objects.get(pk=organisation_id).slug
        with acting_in(organisation_id):
            tell_three_months_later(engagement_id=engagement_id, client_id=client_id, slug=slug)
    return len(told)


@app.periodic(cron="5 4 * * 1")
@app.task(name="engagements.waiting", queueing_lock="engagements.waiting")
def waiting(timestamp: int) -> int:
    """Count first talks, publish how long they took when a quarter is over, and forget lines that count no more.

    Returns how many figures were published.
    """
    published = 0
    for organisation in Organisation.objects.all():
        with acting_in(organisation.pk):
            count_first_talks()
            published += publish_waiting(today=clock.today())
            years = policy_in_force().content.match.line_years
            forget_lines(before=clock.today() - timedelta(days=366 * (years + 1)))
    return published


@app.periodic(cron="20 4 * * *")
@app.task(name="engagements.fit_counts", queueing_lock="engagements.fit_counts")
def fit_counts(timestamp: int) -> int:
    """After the turn of the year, count what was passed on in the year before. Returns in how many organisations."""
    uncounted = _rows("select organisation_id from engagements_fit_uncounted()")
    for (organisation_id,) in uncounted:
        with acting_in(organisation_id):
            publish_counts()
    return len(uncounted)


@app.periodic(cron="10 0 * * *")
@app.task(name="engagements.end_lending", queueing_lock="engagements.end_lending")
def end_lending(timestamp: int) -> int:
    """End what ends with the day of lending coaches. Returns how many guests come in no more."""
    return int(_rows("select engagements_end_lending()")[0][0])


def _rows(statement: str, *parameters: UUID | date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found
