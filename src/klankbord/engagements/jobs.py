"""What time does to engagements: texts end when the agreed term is over."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from procrastinate.contrib.django import app

from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.engagements.actions.afterwards import tell_three_months_later
from klankbord.engagements.actions.leaving import end_farewell, send_farewell
from klankbord.engagements.actions.otherwise import tell_nearness
from klankbord.engagements.models import Farewell
from klankbord.engagements.queries.doors import engagement_for
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.audit import record


@app.periodic(cron="15 3 * * *")
@app.task(name="engagements.end_of_retention", queueing_lock="engagements.end_of_retention")
def end_of_retention(timestamp: int) -> int:
    """Destroy the texts of every engagement and every suggestion that is due: the key first, then the rows.

    Returns how many were due.
    """
    engagements = _rows("select organisation_id, engagement_id from engagements_due()")
    for organisation_id, engagement_id in engagements:
        vault.destroy(vault.scope(organisation_id, "engagement", engagement_id))
        with acting_in(organisation_id):
            gone = _rows("select kind, id from engagements_forget(%s)", engagement_id)
            record("retention.end", detail={"kind": "engagement", "count": len(gone)})
        for kind, row_id in gone:
            vault.destroy(vault.scope(organisation_id, kind, row_id))
    referrals = _rows("select organisation_id, referral_id from engagements_old_referrals()")
    for organisation_id, referral_id in referrals:
        vault.destroy(vault.scope(organisation_id, "referral", referral_id))
        with acting_in(organisation_id):
            _rows("select engagements_forget_referral(%s)", referral_id)
            record("retention.end", detail={"kind": "referral"})
    return len(engagements) + len(referrals)


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
    new = 0
    for organisation_id, engagement_id, client_id in _rows(
        "select organisation_id, engagement_id, client_id from engagements_maybe_near()"
    ):
        with acting_in(organisation_id, client_id):
            client = Person.objects.select_related("organisation").get(pk=client_id)
            standing = engagement_for(client, engagement_id)
            new += tell_nearness(standing=standing, slug=client.organisation.slug)
    return new


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
