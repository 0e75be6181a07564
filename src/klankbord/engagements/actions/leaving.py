"""Taking the own words along: at once, by an address for a while, or by one that is mailed when somebody leaves."""

from dataclasses import dataclass
from functools import partial
from smtplib import SMTPException
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.engagements.models import Farewell
from klankbord.engagements.rules.leaving import WORKS_FOR, ends_at, hash_of, new_secret
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@dataclass(frozen=True)
class Way:
    """An address that was just made: its link, known here and in the letter only, and whether that letter went out."""

    farewell: Farewell
    link: str
    mailed: bool


@action("words.take_along")
def note_taken_along(*, person: Person) -> None:
    """Somebody took the own words along as a file."""
    record("words.take_along", owner=person.pk)


@action("farewell.make")
def make_farewell(*, once: UUID, person: Person, address: str, on_leaving: bool) -> Way:
    """Make an address that shows the own words for a while, and mail it; with *on_leaving* only once somebody left.

    The same form sent twice makes one. The secret of the second sending is no longer known: then the link is empty.
    """
    one_at_a_time(once)
    known = Farewell.objects.filter(pk=once, person=person).first()
    if known:
        record("farewell.make", known, owner=person.pk, detail={"outcome": "again"})
        return Way(known, "", mailed=True)
    row = Farewell(id=once, organisation_id=current_scope().organisation_id, person=person, on_leaving=on_leaving)
    vault.seal(row, "address", address)
    link = "" if on_leaving else _give_secret(row)
    row.save(force_insert=True)
    record("farewell.make", row, owner=person.pk)
    return Way(row, link, mailed=bool(link) and _mail_link(person, address, link))


def _give_secret(row: Farewell) -> str:
    """A new secret for this row, as a link. It stands after the ``#``, which a browser sends to nobody."""
    secret = new_secret()
    row.secret_hash, row.expires_at = hash_of(secret), ends_at(clock.now())
    return f"{settings.BASE_URL}{reverse('words_by_address')}#{secret}"


def _mail_link(person: Person, address: str, link: str) -> bool:
    """Mail the link to a private address; whether that went out. The letter tells no organisation and no coaching."""
    with translation.override(person.language):
        context = {"first_name": person.first_name, "link": link, "days": WORKS_FOR.days}
        letter = EmailMessage(
            subject=_("Your own words"),
            body=render_to_string("engagements/leaving/letter.txt", context),
            to=[address],
        )
    try:
        letter.send()
    except (OSError, SMTPException):
        return False
    return True


@action("farewell.withdraw")
def withdraw_farewell(*, farewell: Farewell) -> None:
    """The address stops working, and the private address is unreadable at once."""
    _end(farewell)
    record("farewell.withdraw", farewell, owner=farewell.person_id)


@action("farewell.end")
def end_farewell(*, farewell: Farewell) -> None:
    """The link had its time: the private address that was left for it is unreadable from now on."""
    _end(farewell)
    record("farewell.end", farewell, owner=farewell.person_id)


def _end(farewell: Farewell) -> None:
    farewell.withdrawn_at = farewell.withdrawn_at or clock.now()
    farewell.save(update_fields=["withdrawn_at"])
    transaction.on_commit(partial(vault.destroy, farewell.vault_scope))


@action("farewell.use")
def use_farewell(*, farewell: Farewell) -> None:
    """Somebody with the link reads the words."""
    farewell.used_at = clock.now()
    farewell.save(update_fields=["used_at"])
    record("farewell.use", farewell, owner=farewell.person_id)


@action("farewell.send")
def send_farewell(*, farewell: Farewell) -> bool:
    """Somebody left: make the link and mail it. When the letter does not go out, it is tried again another day."""
    address = vault.read(farewell, "address")
    link = _give_secret(farewell)
    sent = _mail_link(farewell.person, address, link)
    if sent:
        farewell.save(update_fields=["secret_hash", "expires_at"])
    record("farewell.send", farewell, owner=farewell.person_id, detail={"outcome": "sent" if sent else "later"})
    return sent
