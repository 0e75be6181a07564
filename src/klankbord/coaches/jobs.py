"""What time does to the things of coaches: what ends is told before it does, and after a coach left it goes."""

from django.db import connection
from procrastinate.contrib.django import app

from klankbord.coaches.actions.departure import forget_departed
from klankbord.coaches.actions.quality import remind_of_last_day
from klankbord.coaches.lending.jobs import tell_other_side
from klankbord.coaches.models import QualityFact
from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in

# Found here by the queue, as every job of an app is.
__all__ = ["departed", "last_days", "tell_other_side"]


@app.periodic(cron="10 7 * * *")
@app.task(name="coaches.last_days", queueing_lock="coaches.last_days")
def last_days(timestamp: int) -> int:
    """Tell coaches what ends within 90 days, within 30, and on the day itself. Returns how many were told.

    A night that was skipped is made up for the next one: what counts is what was told, not which day it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, person_id, fact_id, days from coaches_ending(%s)", [clock.today()])
        ending = cursor.fetchall()
    slugs = dict(Organisation.objects.filter(pk__in={row[0] for row in ending}).values_list("pk", "slug"))
    for organisation_id, person_id, fact_id, days in ending:
        with acting_in(organisation_id, person_id):
            fact = QualityFact.objects.get(pk=fact_id)
            remind_of_last_day(slug=slugs[organisation_id], person_id=person_id, fact=fact, days=days)
    return len(ending)


@app.periodic(cron="25 3 * * *")
@app.task(name="coaches.departed", queueing_lock="coaches.departed")
def departed(timestamp: int) -> int:
    """Forget what coaches kept who left thirty days ago or longer. Returns how many coaches."""
    with connection.cursor() as cursor:
        cursor.execute("select organisation_id, person_id from coaches_departed(%s)", [clock.today()])
        due = cursor.fetchall()
    for organisation_id, person_id in due:
        with acting_in(organisation_id):
            forget_departed(person_id=person_id)
    return len(due)
