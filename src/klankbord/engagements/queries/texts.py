"""Reads of the texts of an engagement, as far as the acting person may read them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klankbord.engagements.models import Engagement, Session, Writing
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.writings import Kind
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow


@dataclass(frozen=True)
class Text:
    """One text, unsealed. An empty body with ``gone`` means that its key was destroyed."""

    id: UUID
    kind: Kind
    author_id: UUID
    session_id: UUID | None
    body: str
    revision: int
    sent_at: datetime | None
    written_at: datetime
    gone: bool = False


@dataclass(frozen=True)
class Texts:
    """Texts of one engagement, to be asked for by kind and by writer."""

    person_id: UUID
    rows: tuple[Text, ...]

    def mine(self, kind: Kind, session_id: UUID | None = None) -> Text | None:
        """What the acting person wrote."""
        return self._first(kind, session_id, mine=True)

    def theirs(self, kind: Kind, session_id: UUID | None = None) -> Text | None:
        """What the other wrote and lets the acting person read."""
        return self._first(kind, session_id, mine=False)

    def together(self, kind: Kind, session_id: UUID | None = None) -> Text | None:
        """The text of both, whoever began it."""
        return self._first(kind, session_id, mine=None)

    def _first(self, kind: Kind, session_id: UUID | None, *, mine: bool | None) -> Text | None:
        for row in self.rows:
            wanted = mine is None or (row.author_id == self.person_id) == mine
            if row.kind is kind and row.session_id == session_id and wanted:
                return row
        return None


def texts_of(standing: Standing, kinds: Iterable[Kind], session: Session | None = None) -> Texts:
    """The texts of these kinds: of one talk, or of the whole engagement. Two queries, however many there are."""
    found = Writing.objects.filter(engagement=standing.engagement, kind__in=list(kinds))
    if session is not None:
        found = found.filter(session=session)
    return opened(standing.person.pk, found.order_by("written_at"))


def opened(person_id: UUID, writings: Iterable[Writing]) -> Texts:
    """Unseal these rows, with one look in the keys' database."""
    rows = list(writings)
    vault.prepare(rows)
    return Texts(person_id, tuple(_text(row) for row in rows))


def _text(row: Writing) -> Text:
    try:
        body, gone = vault.read(row, "body"), False
    except vault.Unreadable:
        body, gone = "", True
    return Text(
        id=row.pk,
        kind=Kind(row.kind),
        author_id=row.author_id,
        session_id=row.session_id,
        body=body,
        revision=row.revision,
        sent_at=row.shared_at,
        written_at=row.written_at,
        gone=gone,
    )


def directions_of(person_id: UUID, engagements: Iterable[Engagement]) -> dict[UUID, str]:
    """The provisional direction of each of these engagements that has one."""
    found = Writing.objects.filter(engagement__in=list(engagements), kind=Kind.DIRECTION)
    by_row = {row.pk: row.engagement_id for row in found}
    return {by_row[text.id]: text.body for text in opened(person_id, found).rows if text.body}


def saved_by_acting_person(standing: Standing, text: Text) -> bool:
    """Whether this revision was saved by the acting person, in another window; for a text of both it may be either."""
    mine = AuditRow.objects.filter(actor_id=standing.person.pk, verb="text.save", subject_id=text.id)
    return mine.filter(detail__version=text.revision).exists()
