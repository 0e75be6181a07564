"""That somebody read what people wrote in their own words."""

from klankbord.culture.models import Wave
from klankbord.privacy.audit import action, record


@action("wave.read_words")
def note_words_read(*, wave: Wave) -> None:
    """Keep that the acting person read the answers in own words of this wave."""
    record("wave.read_words", wave)
