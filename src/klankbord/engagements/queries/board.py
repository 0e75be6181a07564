"""Reads of the board of a talk: whether it is open, what lies on it, and the way that was walked over it."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.engagements.models import Board, BoardStep, Card, Field, Session
from klankbord.engagements.queries.doors import Standing, session_for
from klankbord.engagements.rules import board as rules
from klankbord.engagements.rules.board import Gate, Hours
from klankbord.privacy import vault
from klankbord.privacy.models import AuditRow

CHANGED = "card.change"


def talk_with_board(standing: Standing, number: int) -> Session:
    """The door to a talk that has a board: every planned one. The introduction has none."""
    if number == 0:
        raise Http404
    return session_for(standing, number)


def board_of(talk: Session) -> Board | None:
    """The board of a talk, once somebody did something on it."""
    return Board.objects.filter(session=talk).first()


def hours_of(talk: Session) -> Hours | None:
    """When the talk is; None when it does not take place."""
    return rules.hours_of(talk.starts_at, talk.minutes, cancelled=talk.state == Session.State.CANCELLED)


def gate_of(standing: Standing, talk: Session, board: Board | None) -> Gate:
    """Whether the board is open to the acting person now."""
    openings = (board.client_opened_at, board.coach_opened_at) if board else (None, None)
    mine, theirs = openings if standing.is_client else reversed(openings)
    return rules.gate(clock.now(), hours_of(talk), mine=mine, theirs=theirs)


@dataclass(frozen=True)
class Thought:
    """One card, unsealed: ``shown`` at once, ``rest`` for who asks. ``gone`` means that its key was destroyed."""

    id: UUID
    field: Field
    author: str
    of_client: bool
    edited_by: str
    body: str
    revision: int
    removed: bool
    gone: bool

    @property
    def shown(self) -> str:
        return rules.folded(self.body)[0]

    @property
    def rest(self) -> str:
        return rules.folded(self.body)[1]


def thoughts_on(standing: Standing, board: Board) -> list[Thought]:
    """Everything on the board, and what was taken away, oldest first. Two queries and one look at the keys."""
    cards = list(Card.objects.filter(board=board).order_by("made_at", "pk"))
    vault.prepare(cards)
    edited = _edited_by_another(cards)
    return [thought(standing, card, edited=card.pk in edited) for card in cards]


def _edited_by_another(cards: Iterable[Card]) -> set[UUID | None]:
    """Which of these carry words of the other as well, by the trail that either of the two may read."""
    authors = {card.pk: card.author_id for card in cards}
    rows = AuditRow.objects.filter(verb=CHANGED, subject_id__in=list(authors)).values_list("subject_id", "actor_id")
    return {card for card, actor in rows.distinct() if card is not None and authors[card] != actor}


def thought(standing: Standing, card: Card, *, edited: bool = False) -> Thought:
    """One card, unsealed."""
    client, coach = standing.engagement.client, standing.engagement.coach
    of_client = card.author_id == client.pk
    author, other = (client, coach) if of_client else (coach, client)
    try:
        body, gone = vault.read(card, "body"), False
    except vault.Unreadable:
        body, gone = "", True
    return Thought(
        id=card.pk,
        field=Field(card.field),
        author=author.first_name,
        of_client=of_client,
        edited_by=other.first_name if edited else "",
        body=body,
        revision=card.revision,
        removed=card.removed_at is not None,
        gone=gone,
    )


def card_for(talk: Session, pk: UUID) -> Card:
    """The door to one card of this talk's board, taken away or not."""
    found = Card.objects.filter(pk=pk, board__session=talk).first()
    if found is None:
        raise Http404
    return found


def changed_by_acting_person(standing: Standing, card: Card) -> bool:
    """Whether the words as they stand are the acting person's own, from another window."""
    mine = AuditRow.objects.filter(actor_id=standing.person.pk, verb=CHANGED, subject_id=card.pk)
    return mine.filter(detail__version=card.revision).exists()


@dataclass(frozen=True)
class Walk:
    """The way over the board: the steps to show, whether more went before, and where the acting person is."""

    steps: tuple[str, ...] = ()
    more: bool = False
    at: str = ""


def walk_over(standing: Standing, board: Board) -> Walk:
    """The way the two walked over the board, as one path."""
    rows = list(BoardStep.objects.filter(board=board).order_by("made_at", "pk").values_list("field", "person_id"))
    more, steps = rules.last_steps(rules.path(field for field, _ in rows))
    at = next((field for field, person in reversed(rows) if person == standing.person.pk), "")
    return Walk(steps, more, at)
