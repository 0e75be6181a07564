"""Writing: a text is saved for its writer, sent to the other, or kept by two together."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.comparison import Conflict, merge_or_conflict
from klankbord.core.tenant import current_scope
from klankbord.engagements.actions._steps import note_reading, refuse_when_over, tell_other
from klankbord.engagements.models import Session, Writing
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = ["NotYours", "Overtaken", "cancel_session", "just_come", "move_session", "note_reading", "save_text"]


class Overtaken(Exception):
    """The other saved this text in the meantime. Carries both versions and the revision to go on from."""

    def __init__(self, conflict: Conflict, revision: int) -> None:
        super().__init__("the other saved this text in the meantime")
        self.conflict = conflict
        self.revision = revision


class NotYours(Exception):
    """This role does not write this kind of text."""


def _standing_text(standing: Standing, kind: Kind, session: Session | None) -> Writing | None:
    texts = Writing.objects.select_for_update().filter(engagement=standing.engagement, kind=kind, session=session)
    return (texts if MANNERS[kind].together else texts.filter(author=standing.person)).first()


@action("text.save")
def save_text(
    *,
    standing: Standing,
    slug: str,
    kind: Kind,
    text: str,
    session: Session | None = None,
    based_on: int = 0,
    send: bool = False,
    notice: str = "text_sent",
    link: str = "",
) -> Writing:
    """Save a text, and with *send* let the other read it, who is told with *notice* and gets *link*.

    *based_on* is the revision the writer was looking at (0: there was none yet). Raises :class:`Overtaken` when the
    other saved in between, :class:`NotYours` for a role that does not write this kind, ``NotNow`` once it is over.
    """
    manner = MANNERS[kind]
    if standing.role.value not in manner.writers:
        raise NotYours(kind)
    refuse_when_over(standing, after_closing=manner.after_closing, after_stopping=manner.after_stopping)
    known = _standing_text(standing, kind, session)
    writing = _revised(known, text, based_on) if known else _begun(standing, kind, session, text, based_on)
    first_time = writing.shared_at is None
    if manner.audience and (send or manner.on_saving) and first_time:
        writing.audience, writing.shared_at = list(manner.audience), clock.now()
    writing.save()
    record("text.save", writing, owner=writing.author_id, detail={"kind": kind.value, "version": writing.revision})
    if send and first_time and writing.shared_at:
        tell_other(standing, slug, notice, link=link or _place(standing, slug, kind, session))
    return writing


def _revised(writing: Writing, text: str, based_on: int) -> Writing:
    outcome = merge_or_conflict(
        base_revision=min(based_on, writing.revision),
        current_revision=writing.revision,
        theirs=vault.read(writing, "body"),
        mine=text,
    )
    if isinstance(outcome, Conflict):
        raise Overtaken(outcome, writing.revision)
    vault.seal(writing, "body", outcome.text)
    writing.revision += 1
    writing.written_at = clock.now()
    return writing


def _begun(standing: Standing, kind: Kind, session: Session | None, text: str, based_on: int) -> Writing:
    writing = Writing(
        organisation_id=current_scope().organisation_id,
        engagement=standing.engagement,
        session=session,
        kind=kind,
        author=standing.person,
    )
    vault.seal(writing, "body", text)
    try:
        with transaction.atomic():
            writing.save(force_insert=True)
    except IntegrityError:
        # Two people began the same text at the same moment: the second goes on from what the first wrote.
        known = _standing_text(standing, kind, session)
        if known is None:
            raise
        return _revised(known, text, based_on)
    return writing


def _place(standing: Standing, slug: str, kind: Kind, session: Session | None) -> str:
    where: dict[str, object] = {"organisation": slug, "engagement": standing.engagement.pk}
    if session is not None:
        return reverse("session", kwargs={**where, "number": session.number})
    return reverse("closing" if kind is Kind.REPORT else "engagement", kwargs=where)


@action("session.just_come")
def just_come(*, standing: Standing, session: Session) -> None:
    """The client comes without a question. That is as good as any."""
    session.just_coming = True
    session.save(update_fields=["just_coming"])
    record("session.just_come", session, owner=standing.engagement.client_id)


@action("session.move")
def move_session(*, standing: Standing, slug: str, session: Session, starts_at: datetime, place: str) -> None:
    """Another time or place for one talk; the others stay where they are."""
    session.starts_at, session.place, session.state = starts_at, place, Session.State.PLANNED
    session.save(update_fields=["starts_at", "place", "state"])
    record("session.move", session, owner=standing.engagement.client_id, detail={"number": session.number})
    tell_other(standing, slug, "session_moved")


@action("session.cancel")
def cancel_session(*, standing: Standing, slug: str, session: Session) -> None:
    """This talk does not take place, or did not. Nobody asks why; another moment makes it a talk again."""
    session.state = Session.State.CANCELLED
    session.save(update_fields=["state"])
    record("session.cancel", session, owner=standing.engagement.client_id, detail={"number": session.number})
    tell_other(standing, slug, "session_cancelled" if session.starts_at > clock.now() else "session_not_held")
