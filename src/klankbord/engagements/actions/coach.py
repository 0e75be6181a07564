"""A coach notes what stood out in the own coaching. For the coach alone, and about the coach alone."""

from collections.abc import Mapping, Sequence

from django.utils.timezone import localtime

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import refuse_when_over
from klankbord.engagements.models import CoachLook, Session
from klankbord.engagements.queries.coach import Noted, look_after, noted_in
from klankbord.engagements.queries.doors import Standing
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


class LookOvertaken(Exception):
    """The coach saved this look in another window in the meantime, with another why. Carries what stands there."""

    def __init__(self, noted: Noted) -> None:
        super().__init__("this look was saved in another window")
        self.noted = noted


@action("coach_look.save")
def save_look(
    *,
    standing: Standing,
    session: Session,
    chosen: Mapping[str, Sequence[str]],
    why: str = "",
    based_on: str = "",
) -> CoachLook | None:
    """Note the choices by group (see ``rules.coach_look.GROUPS``), and why. With nothing in it the look goes away.

    Raises :class:`LookOvertaken` when another window saved other words, ``NotNow`` once the coaching is over.
    """
    refuse_when_over(standing)
    one_at_a_time(f"{standing.person.pk} look {session.pk}")
    row = look_after(standing, session)
    noted = noted_in(row)
    if row is not None and based_on != noted.mark and not same_words(why, noted.why):
        raise LookOvertaken(noted)
    # SECURITY: the audit row does not name the look: once the engagement is forgotten, nothing leads back to it.
    record("coach_look.save", owner=standing.person.pk)
    if not why.strip() and not any(chosen.values()):
        if row is not None:
            row.delete()
        return None
    row = row or _begun(standing, session)
    for group in ("pitfalls", "sides", "tensions", "aspects"):
        setattr(row, group, sorted(chosen.get(group, ())))
    row.steering = next(iter(chosen.get("steering", ())), CoachLook.Steering.UNSAID)
    if why.strip():
        vault.seal(row, "why", why)
    else:
        row.why = None
    row.changed_at = clock.now()
    row.save()
    return row


def _begun(standing: Standing, session: Session) -> CoachLook:
    return CoachLook(
        organisation_id=standing.engagement.organisation_id,
        coach=standing.person,
        engagement=standing.engagement,
        session=session,
        on=localtime(session.starts_at).date(),
    )
