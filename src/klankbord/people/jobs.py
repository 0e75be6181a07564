"""Work that happens after the answer: mail, and putting right what a stopped worker left behind."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.people.kept_words import forget_expired
from klankbord.people.messages import messages
from klankbord.people.models import Notification, Person

MAX_MAIL_ATTEMPTS = 8
STALLED_AFTER = timedelta(minutes=10)


@app.task(
    name="people.send_notification",
    retry=RetryStrategy(max_attempts=MAX_MAIL_ATTEMPTS, exponential_wait=3),
)
def send_notification(organisation: str, person: str, notification: str) -> None:
    """Mail one notification to the person it is for, acting as that person.

    The attempt is counted in a committed row before the mail server is spoken to: if we die in between, we know that
    it may have been sent.
    """
    scope = (UUID(organisation), UUID(person))
    with acting_in(*scope):
        row = Notification.objects.select_related("person", "organisation").get(pk=notification)
        if row.sent_at is not None:
            return
        Notification.objects.filter(pk=row.pk).update(attempts=row.attempts + 1)
        mail = notification_mail(row)
    mail.send()
    with acting_in(*scope):
        Notification.objects.filter(pk=row.pk).update(sent_at=clock.now())


def notification_mail(row: Notification) -> EmailMultiAlternatives:
    """The mail for one notification, plain and HTML, in the language of whoever receives it."""
    message = messages()[row.kind]
    with translation.override(row.person.language):
        context = {
            "first_name": row.person.first_name,
            "organisation": row.organisation,
            "line": str(message.line) % row.parameters,
            "action_label": str(message.button),
            "action_url": f"{settings.BASE_URL}{row.link}",
        }
        mail = EmailMultiAlternatives(
            subject=str(message.subject),
            body=render_to_string("people/notice_mail.txt", context),
            to=[f'"{row.person.name}" <{row.person.email}>'],
        )
        mail.attach_alternative(render_to_string("people/notice_mail.html", context), "text/html")
    return mail


@app.task(
    name="people.tell_old_address",
    retry=RetryStrategy(max_attempts=MAX_MAIL_ATTEMPTS, exponential_wait=3),
)
def tell_old_address(organisation: str, person: str, address: str) -> None:
    """Mail somebody at the *address* they had, now that an administrator entered another one.

    The old address is an argument because it stands nowhere else any more; a job that succeeded is deleted.
    """
    with acting_in(UUID(organisation), UUID(person)):
        mail = address_changed_mail(Person.objects.select_related("organisation").get(pk=person), address)
    mail.send()


def address_changed_mail(person: Person, address: str) -> EmailMultiAlternatives:
    """That the address was changed and what that means, in plain and HTML. It does not tell the new address."""
    with translation.override(person.language):
        context = {"first_name": person.first_name, "organisation": person.organisation}
        mail = EmailMultiAlternatives(
            subject=_("Something changed in Klankbord"),
            body=render_to_string("people/address_mail.txt", context),
            to=[address],
        )
        mail.attach_alternative(render_to_string("people/address_mail.html", context), "text/html")
    return mail


@app.periodic(cron="*/10 * * * *")
@app.task(name="people.retry_stalled", pass_context=True, queueing_lock="people.retry_stalled")
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Put back the jobs of a worker that was killed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER.total_seconds()):
        await manager.retry_job(job)


@app.periodic(cron="25 3 * * *")
@app.task(name="people.clear_sessions", queueing_lock="people.clear_sessions")
def clear_sessions(timestamp: int) -> int:
    """Clear ended sessions, and destroy what was kept in them for somebody who did not come back."""
    return forget_expired()
