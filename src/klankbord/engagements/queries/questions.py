"""Reads of somebody's own questions and favourites, and of what makes a question fit a talk."""

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from klankbord.engagements.models import BoardStep, FavouriteQuestion, OwnQuestion, Session, SpiralStep, SteeringWish
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.rules.questions import Phase, Step
from klankbord.people.api import Person
from klankbord.privacy import vault


@dataclass(frozen=True)
class OwnWords:
    """A question of somebody's own, unsealed. An empty text with ``gone`` means that its key was destroyed."""

    id: str
    text: str
    phase: str
    gone: bool = False


def favourites_of(person: Person) -> frozenset[str]:
    """The ids of the questions somebody keeps at hand."""
    return frozenset(FavouriteQuestion.objects.filter(person=person).values_list("question", flat=True))


def own_questions_of(person: Person) -> list[OwnWords]:
    """Somebody's own questions, the newest first. Two queries, however many there are."""
    rows = list(OwnQuestion.objects.filter(person=person).order_by("-made_at"))
    vault.prepare(rows)
    return [_opened(row) for row in rows]


def _opened(row: OwnQuestion) -> OwnWords:
    try:
        text, gone = vault.read(row, "text"), False
    except vault.Unreadable:
        text, gone = "", True
    return OwnWords(id=str(row.pk), text=text, phase=row.phase, gone=gone)


def own_question_for(person: Person, pk: UUID) -> OwnQuestion:
    """The door to a question of one's own."""
    found = OwnQuestion.objects.filter(pk=pk, person=person).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class TalkNow:
    """Where a talk is: on the board, on the client's spiral, and how much steering the client said is welcome."""

    phase: Phase | None
    step: Step | None
    level: int | None


def talk_now(standing: Standing, talk: Session) -> TalkNow:
    """The last step on the board of this talk, on the spiral, and the last wish. What is not there is not missing."""
    of_engagement = {"engagement": standing.engagement}
    field = BoardStep.objects.filter(**of_engagement, board__session=talk).order_by("made_at").values_list("field")
    step = SpiralStep.objects.filter(**of_engagement).order_by("turn", "made_at").values_list("step")
    level = SteeringWish.objects.filter(**of_engagement).order_by("made_at").values_list("level", flat=True)
    on_board, on_spiral = field.last(), step.last()
    return TalkNow(
        phase=Phase(on_board[0]) if on_board else None,
        step=Step(on_spiral[0]) if on_spiral else None,
        level=level.last(),
    )
