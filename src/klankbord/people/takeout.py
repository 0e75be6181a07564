"""What somebody takes away of people and of privacy: who they are here, what was told to them, and who opened what."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Model, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy

from klankbord.core.readable import readable
from klankbord.people import trail
from klankbord.people.messages import messages
from klankbord.people.models import Account, LineSpell, Membership, Notification, Person
from klankbord.people.wording import ROLE_NAMES
from klankbord.privacy.models import AuditRow, Draft
from klankbord.privacy.takeout import Chapter, Line, Portion, Told, opened

LANGUAGES = {"nl": gettext_lazy("Dutch"), "en": gettext_lazy("English")}


def _day(moment: datetime) -> date:
    return localtime(moment).date()


def _iso_day(moment: datetime) -> str:
    return _day(moment).isoformat()


def _of_audit(row: Any, named: Mapping[Any, Model]) -> Iterable[Line]:
    # What nobody in particular did, Klankbord did.
    who = named.get(row.actor_id) if row.actor_id else None
    yield "", trail.sentence(row.verb, str(who) if who else "Klankbord")


def _of_notice(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    kind = messages().get(row.kind)
    if kind:
        yield "", str(kind.line) % row.parameters


def _of_draft(row: Any, _named: Mapping[Any, Model]) -> Iterable[Line]:
    yield "", readable(opened(row, "body")).strip()


def _from_table(words: Mapping[str, Any]) -> Callable[[Any], str]:
    return lambda value: str(words.get(value, value))


PORTIONS = (
    Portion(
        Chapter.SELF,
        Person,
        of="id",
        told=(
            Told("name", gettext_lazy("Name")),
            Told("email", gettext_lazy("E-mail address")),
            Told("staff_number", gettext_lazy("Staff number")),
            Told("unit", gettext_lazy("Part of the organisation"), words=str, data=str),
            Told("manager", gettext_lazy("Manager"), words=str),
            Told("employer", gettext_lazy("Employer")),
            Told("language", gettext_lazy("Language"), words=_from_table(LANGUAGES)),
            Told("active"),
            Told("guest"),
        ),
    ),
    Portion(
        Chapter.SELF,
        Account,
        of="persons",
        title=gettext_lazy("How you sign in"),
        told=(
            Told("email", gettext_lazy("E-mail address")),
            Told("last_login", gettext_lazy("Last signed in on")),
            Told("is_active"),
        ),
    ),
    Portion(
        Chapter.SELF,
        Membership,
        of="person",
        when="since",
        told=(Told("role", words=_from_table(ROLE_NAMES)),),
    ),
    Portion(
        Chapter.SELF,
        LineSpell,
        of="person_id",
        when="since",
        title=gettext_lazy("Who managed you, and from when to when"),
        told=(
            Told("manager_id", words=str, refers=Person),
            Told("until", gettext_lazy("Until")),
        ),
    ),
    Portion(
        Chapter.SELF,
        Notification,
        of="person",
        when="made_at",
        title=gettext_lazy("Messages to you"),
        told=(Told("kind"), Told("parameters"), Told("link"), Told("sent_at")),
        lines=_of_notice,
    ),
    Portion(
        Chapter.SELF,
        AuditRow,
        of="owner_id",
        when="at",
        title=gettext_lazy("Who opened or changed something of yours"),
        among=~Q(actor_id=F("owner_id")) & ~Q(verb__in=trail.NOT_TOLD),
        told=(Told("at", data=_iso_day), Told("actor_id", refers=Person), Told("verb")),
        lines=_of_audit,
        once=True,
    ),
    Portion(
        Chapter.SELF,
        Draft,
        of="person_id",
        when="saved_at",
        told=(Told("place"), Told("body")),
        lines=_of_draft,
    ),
)

LEFT_OUT = {
    "people_unit": "a part of the organisation is of nobody; the own one is told with the person",
    "people_staffimport": "a staff file holds everybody's names, and is thrown away once it was taken in",
}

NOT_FOLLOWED = {
    "people_person.manager": "who somebody leads is about those people",
    "people_linespell.manager_id": "who somebody led is about those people",
    "privacy_auditrow.actor_id": "what somebody did with the things of others would tell of those others",
}

NOT_TOLD = {
    "people_person.sort_key": "made of the name, to sort by",
    "people_person.account": "told as the account itself",
    "people_account.password": "there is none: one signs in with a code",
    "people_notification.attempts": "how often the mail server was asked",
    "privacy_auditrow.subject": "the name of a table",
    "privacy_auditrow.subject_id": "the id of a row, which may be one that is gone",
    "privacy_auditrow.detail": "counts and codes for whoever runs it",
}
