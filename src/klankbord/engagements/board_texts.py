"""The four fields of the board and their questions, read from ``content/board.toml``."""

from dataclasses import dataclass
from functools import cache

from klankbord.core.wording import Wording
from klankbord.engagements.content_files import Table, read_content


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field of the board: what it is called, and the open question that belongs to it."""

    id: str
    name: Wording
    question: Wording


@cache
def board_fields() -> tuple[FieldText, ...]:
    """The four fields, as they lie on the table from left to right. Nobody has to walk them in that order."""
    return read_content("board", lambda file: file.each("field", _field))


def _field(table: Table) -> FieldText:
    return FieldText(id=table.string("id"), name=table.wording("name"), question=table.wording("question"))
