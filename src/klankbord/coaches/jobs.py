"""What time does to the things of coaches: they end some time after a coach has left."""

from django.db import connection
from procrastinate.contrib.django import app

from klankbord.coaches.actions.departure import forget_departed
from klankbord.core import clock
from klankbord.core.tenant import acting_in


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
