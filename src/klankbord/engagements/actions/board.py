"""On the board of a talk: opening it, walking over it, and putting thoughts on it, moving and changing them."""

from uuid import UUID

from klankbord.core import clock
from klankbord.core.comparison import Conflict, merge_or_conflict
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import note_reading, refuse_when_over
from klankbord.engagements.actions.texts import Overtaken
from klankbord.engagements.models import Board, BoardStep, Card, Field, Session
from klankbord.engagements.queries.board import CHANGED, gate_of, hours_of
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.board import Gate, field_after, moment_of, shut
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

__all__ = [
    "Shut",
    "TakenAway",
    "add_card",
    "change_card",
    "note_reading",
    "open_board",
    "put_back",
    "shut_board",
    "take_away",
    "walk",
]


class Shut(NotNow):
    """The talk is going on, and the two did not both open the board."""

    def __init__(self) -> None:
        super().__init__(shut())


class TakenAway(Exception):
    """The thought was taken off the board while somebody was writing in it."""


def _board(standing: Standing, session: Session) -> Board:
    """The board, locked until this change is done: made when it is not there yet."""
    refuse_when_over(standing)
    one_at_a_time(f"board {session.pk}")
    board = Board.objects.select_for_update().filter(session=session).first()
    if board is None:
        board = Board(
            organisation_id=standing.engagement.organisation_id, engagement=standing.engagement, session=session
        )
        board.save(force_insert=True)
    return board


def _open(standing: Standing, session: Session) -> Board:
    """The board, to change something on it. Raises :class:`Shut`, and ``NotNow`` once the coaching is over."""
    board = _board(standing, session)
    if gate_of(standing, session, board) is not Gate.OPEN:
        raise Shut
    return board


def _changed(board: Board) -> None:
    """Whoever looks at the board sees from its revision that something is new."""
    board.revision += 1
    board.save(update_fields=["revision"])


@action("board.open_together")
def open_board(*, standing: Standing, session: Session) -> None:
    """Open the board during the talk, for oneself. It opens once the other did so too."""
    board = _board(standing, session)
    if standing.is_client:
        board.client_opened_at = clock.now()
    else:
        board.coach_opened_at = clock.now()
    board.save(update_fields=["client_opened_at", "coach_opened_at"])
    _changed(board)
    record("board.open_together", board, owner=standing.engagement.client_id, detail={"number": session.number})


@action("board.shut")
def shut_board(*, standing: Standing, session: Session) -> None:
    """Shut the board again during the talk: it is shut for both, until both open it once more."""
    board = _board(standing, session)
    if standing.is_client:
        board.client_opened_at = None
    else:
        board.coach_opened_at = None
    board.save(update_fields=["client_opened_at", "coach_opened_at"])
    _changed(board)
    record("board.shut", board, owner=standing.engagement.client_id, detail={"number": session.number})


@action("board.walk")
def walk(*, standing: Standing, session: Session, field: Field) -> None:
    """Go to a field of the board. Going to where one is already is no step. Raises ``NotNow``."""
    board = _open(standing, session)
    steps = BoardStep.objects.filter(board=board, person=standing.person).order_by("-made_at", "-pk")
    if steps.values_list("field", flat=True).first() != field:
        BoardStep(
            organisation_id=board.organisation_id,
            engagement=standing.engagement,
            board=board,
            field=field,
            person=standing.person,
        ).save(force_insert=True)
        _changed(board)
    record("board.walk", board, owner=standing.engagement.client_id, detail={"number": session.number})


@action("card.add")
def add_card(*, once: UUID, standing: Standing, session: Session, field: Field, text: str) -> Card:
    """Put one thought in a field. Sending the same form twice puts it there once. Raises ``NotNow``."""
    one_at_a_time(once)
    known = Card.objects.filter(pk=once, author=standing.person, board__session=session).first()
    if known:
        record("card.add", known, owner=standing.person.pk, detail={"outcome": "again"})
        return known
    board = _open(standing, session)
    card = Card(
        id=once,
        organisation_id=board.organisation_id,
        engagement=standing.engagement,
        board=board,
        field=field,
        moment=moment_of(clock.now(), hours_of(session)).value,
        author=standing.person,
    )
    vault.seal(card, "body", text)
    card.save(force_insert=True)
    _changed(board)
    record("card.add", card, owner=standing.engagement.client_id)
    return card


def _locked(card: Card) -> Card:
    return Card.objects.select_for_update().get(pk=card.pk)


@action("card.change")
def change_card(
    *,
    standing: Standing,
    session: Session,
    card: Card,
    text: str,
    based_on: int,
    shown: Field,
    chosen: Field,
    back: bool = False,
) -> Card:
    """Change the words of a thought, move it, or both. Either of the two may.

    *based_on* is the revision that was looked at, *shown* the field it lay in then. Raises
    :class:`~klankbord.engagements.actions.texts.Overtaken` when the other changed the words in the meantime,
    :class:`TakenAway` when it was taken off the board and *back* does not ask for it again, and ``NotNow``.
    """
    board = _open(standing, session)
    card = _locked(card)
    if card.removed_at is not None and not back:
        raise TakenAway
    stood = vault.read(card, "body")
    outcome = merge_or_conflict(
        base_revision=min(based_on, card.revision), current_revision=card.revision, theirs=stood, mine=text
    )
    if isinstance(outcome, Conflict):
        raise Overtaken(outcome, card.revision)
    card.field = field_after(shown=shown, chosen=chosen, current=card.field)
    card.removed_at = None
    if outcome.text != stood:
        vault.seal(card, "body", outcome.text)
        card.revision += 1
        record(CHANGED, card, owner=card.author_id, detail={"version": card.revision})
    else:
        record("card.move", card, owner=card.author_id)
    card.changed_at = clock.now()
    card.save(update_fields=["body", "field", "revision", "changed_at", "removed_at"])
    _changed(board)
    return card


@action("card.take_away")
def take_away(*, standing: Standing, session: Session, card: Card) -> None:
    """Take a thought off the board. It can be put back. Raises ``NotNow``."""
    _lay(standing, session, card, on_board=False)
    record("card.take_away", card, owner=card.author_id)


@action("card.put_back")
def put_back(*, standing: Standing, session: Session, card: Card) -> None:
    """Put a thought back where it lay. Raises ``NotNow``."""
    _lay(standing, session, card, on_board=True)
    record("card.put_back", card, owner=card.author_id)


def _lay(standing: Standing, session: Session, card: Card, *, on_board: bool) -> None:
    board = _open(standing, session)
    standing_card = _locked(card)
    if (standing_card.removed_at is None) is on_board:
        return
    standing_card.removed_at = None if on_board else clock.now()
    standing_card.save(update_fields=["removed_at"])
    _changed(board)
