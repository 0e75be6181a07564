"""Work about lending that happens after the answer."""

from procrastinate.contrib.django import app

from klankbord.coaches.lending.queries import untold


@app.periodic(cron="*/5 * * * *")
@app.task(name="coaches.tell_other_side", queueing_lock="coaches.tell_other_side")
def tell_other_side(timestamp: int) -> int:
    """Mail what one side of an agreement has to say to the other. Whoever acted could not know whom that is."""
    waiting = untold()
    for organisation, person, notification in waiting:
        app.configure_task("people.send_notification", lock=str(notification)).defer(
            organisation=str(organisation), person=str(person), notification=str(notification)
        )
    return len(waiting)
