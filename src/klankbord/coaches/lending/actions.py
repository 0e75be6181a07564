"""What changes about lending coaches. What reaches the other organisation goes through functions of the database."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from klankbord.coaches.lending.rules import Refused, refusal
from klankbord.coaches.models import LendingAgreement, LendingInvitation, Side
from klankbord.core import clock
from klankbord.core.tenant import current_scope
from klankbord.people.api import Person
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.audit import action, record

CODE_BYTES = 16
CODE_STANDS_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Terms:
    """What a version of an agreement says."""

    text: str
    language: str
    starts_on: date
    until: date | None
    places: int | None
    named_only: bool
    notice_months: int


def _asked(statement: str, *values: UUID | date | str | int | bool | bytes | None) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _hash(code: str) -> bytes:
    return hashlib.sha256("".join(code.split()).encode()).digest()


@action("lending.invite")
def invite(*, coordinator: Person, side: Side) -> str:
    """A code to give to one other organisation. It is shown once; only its hash is kept."""
    code = secrets.token_urlsafe(CODE_BYTES)
    row = LendingInvitation(
        organisation_id=current_scope().organisation_id,
        side=side,
        code_hash=_hash(code),
        made_by=coordinator,
        expires_at=clock.now() + CODE_STANDS_FOR,
    )
    row.save(force_insert=True)
    record("lending.invite", row)
    return code


@action("lending.take_up")
def take_up(*, code: str) -> UUID:
    """Begin an agreement with whoever gave this code. Raises ``NotNow`` for a code that opens nothing."""
    own = _asked("select coaches_lending_take_up(%s)", _hash(code))
    if not isinstance(own, UUID):
        raise NotNow(refusal(Refused.NO_SUCH_CODE))
    record("lending.take_up")
    return own


@action("lending.write")
def write(*, agreement: LendingAgreement, terms: Terms, based_on: int) -> int:
    """The next version, on both sides; whoever writes says yes with it. Raises ``NotNow``."""
    number = _asked(
        "select coaches_lending_write(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
        agreement.pk,
        based_on,
        terms.text,
        terms.language,
        terms.starts_on,
        terms.until,
        terms.places,
        terms.named_only,
        terms.notice_months,
    )
    if not isinstance(number, int):
        raise NotNow(refusal(Refused.IS_OVER))
    if not number:
        raise NotNow(refusal(Refused.A_LATER_ONE))
    record("lending.write", agreement, detail={"version": number})
    return number


@action("lending.say_yes")
def say_yes(*, agreement: LendingAgreement, number: int) -> None:
    """Say yes to the version the other side wrote, for this organisation. Raises ``NotNow``."""
    if not _asked("select coaches_lending_say_yes(%s, %s)", agreement.pk, number):
        raise NotNow(refusal(Refused.A_LATER_ONE))
    record("lending.say_yes", agreement, detail={"version": number})


@action("lending.end")
def end(*, agreement: LendingAgreement, last_day: date) -> None:
    """No new coaching after this day; what runs is finished. Raises ``NotNow`` before the agreed term is over."""
    went = _asked("select coaches_lending_end(%s, %s)", agreement.pk, last_day)
    if went != "ends":
        raise NotNow(refusal(Refused.TOO_SOON if went == "too_soon" else Refused.IS_OVER))
    record("lending.end", agreement)


@action("lending.name")
def name_coach(*, agreement: LendingAgreement, coach: Person, named: bool) -> None:
    """Say that this coach may be lent, or no longer. The coach decides. Raises ``NotNow`` for whoever is no coach."""
    if not _asked("select coaches_lending_name(%s, %s, %s)", agreement.pk, coach.pk, named):
        raise NotNow(refusal(Refused.NO_COACH))
    record("lending.name", agreement, owner=coach.pk, detail={"outcome": "named" if named else "taken off"})


@action("lending.be_lent")
def be_lent(*, agreement: LendingAgreement, coach: Person, at_most: int) -> None:
    """The coach's own yes: the other organisation may propose them, and gets their profile as it is now.

    Saying it again brings the profile there up to date. Raises ``NotNow`` with the reason.
    """
    went = _asked("select coaches_be_lent(%s, %s)", agreement.pk, at_most)
    if went != "lent":
        raise NotNow(refusal(next((why for why in Refused if why == went), Refused.NOT_IN_FORCE)))
    record("lending.be_lent", agreement, owner=coach.pk)


@action("lending.be_lent_no_longer")
def be_lent_no_longer(*, agreement: LendingAgreement, coach: Person) -> None:
    """The coach takes the yes back: nobody new there. What runs is finished."""
    gone = _asked("select coaches_be_lent_no_longer(%s)", agreement.pk)
    record("lending.be_lent_no_longer", agreement, owner=coach.pk, detail={"outcome": "ends" if gone else "again"})
