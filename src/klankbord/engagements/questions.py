"""The collection of reflective questions, read from ``content/questions/``: one file for each field of the board."""

from functools import cache, partial

from klankbord.engagements.content_files import ContentError, ContentFile, Table, by_id, read_content
from klankbord.engagements.rules.questions import FIND_MY_WAY, HOLD_ON, About, ComesIn, Phase, Question, Step

LONGEST = 120


@cache
def questions() -> tuple[Question, ...]:
    """All questions, in the order of the files. Raises ``ContentError`` for what cannot be used."""
    found = tuple(one for phase in Phase for one in read_content(f"questions/{phase}", partial(_file, phase)))
    ids = [one.id for one in found]
    if len(set(ids)) != len(ids):
        raise ContentError("two questions share an id")
    return found


def question(wanted: str) -> Question:
    """The question with this id. Raises ``KeyError``."""
    return by_id(questions(), wanted)


def _file(phase: Phase, file: ContentFile) -> tuple[Question, ...]:
    return file.each("question", partial(read_question, phase))


def read_question(phase: Phase, table: Table) -> Question:
    """One question with its tags. Raises ``ContentError`` when something about it cannot be right."""
    one = Question(
        id=table.string("id"),
        wording=table.own_wording(),
        phase=phase,
        steps=_tags(table, "steps", Step),
        least=table.number("least"),
        most=table.number("most"),
        comes_in=_tags(table, "comes_in", ComesIn),
        about=table.choice("about", About),
    )
    if not one.id.startswith(f"{phase}."):
        raise ContentError(f"{one.id} stands among the questions of {phase}")
    if not HOLD_ON <= one.least <= one.most <= FIND_MY_WAY:
        raise ContentError(f"{one.id}: from {one.least} to {one.most} is no range of self-steering")
    for text in (one.wording.nl, one.wording.en):
        if not text.endswith("?") or len(text) > LONGEST:
            raise ContentError(f"{one.id} should be one short question")
    return one


def _tags[E: (Step, ComesIn)](table: Table, key: str, kind: type[E]) -> frozenset[E]:
    words = table.strings(key)
    if not words or not set(words) <= set(kind):
        raise ContentError(f"{key} should be some of {', '.join(kind)}, not {', '.join(words) or 'nothing'}")
    return frozenset(kind(word) for word in words)
