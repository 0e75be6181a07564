"""What answering adds to Johan's story: a link of nothing. Everybody is answered the same there, whoever they are."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.story import Story


def part(story: "Story") -> dict[str, object]:
    """The secret of a link that was never given out."""
    return {"token": "x" * 32}
