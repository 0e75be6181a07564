"""A spreadsheet in Johan's story: Fatima took over that he talks with Saskia, and it waits."""

from typing import TYPE_CHECKING

from klankbord.engagements.actions.spreadsheet import offer_rows
from klankbord.engagements.models import SheetLetter, SheetNote
from klankbord.engagements.queries.spreadsheet import plan_for
from klankbord.engagements.rules.spreadsheet import Kind, SheetRow

if TYPE_CHECKING:
    from tests.story import Story


def coached(client: str, coach: str, **more: str) -> SheetRow:
    """A row that says who is coached by whom."""
    return SheetRow(Kind.ENGAGEMENTS, "Trajecten", 2, {"client": client, "coach": coach, "since": "1-3-2025", **more})


def part(story: "Story") -> dict[str, object]:
    """The ids of what was laid before Johan, and of the note of it."""
    from tests.story import SLUG, as_person

    rows = [coached(story.cast.johan.email, story.cast.saskia.email)]
    with as_person(story.cast.fatima):
        offer_rows(slug=SLUG, author=story.cast.fatima, rows=rows, seen=plan_for(story.cast.fatima, rows).mark)
        note = SheetNote.objects.get(person=story.cast.johan)
    with as_person(story.cast.johan):
        letter = SheetLetter.objects.get(pk=note.pk)
    return {"sheet_note": note.pk, "sheet_letter": letter.pk}
