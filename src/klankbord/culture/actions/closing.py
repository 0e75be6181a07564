"""Out of the ballot box, and into figures. Done by jobs, in the name of nobody."""

from datetime import date

from klankbord.core import clock
from klankbord.culture import ballots
from klankbord.culture.models import Wave
from klankbord.culture.rules.ballots import fewest_words, in_canonical_order, words_to_keep
from klankbord.privacy.audit import action, record


@action("wave.count")
def count_wave(*, wave: Wave) -> None:
    """Open every ballot and write the answers in canonical order; the box and all rights that are left go with it.

    All of it in this one transaction, so that all answers have the same system columns. Ballots that do not open are
    left out, and how many those were is kept in the trail.
    """
    counted, spoiled = ballots.opened(wave)
    questions = [one.id for one in wave.open_questions]
    words = words_to_keep((one.ballot for one in counted), questions, fewest_words(wave.k))
    ballots.keep(
        wave,
        in_box=len(counted) + spoiled,
        answers=in_canonical_order(counted),
        words=words,
        day=clock.today(),
    )
    record("wave.count", wave, detail={"outcome": "spoiled", "number": spoiled} if spoiled else None)


@action("wave.publish")
def publish_wave(*, wave: Wave, whole: ballots.ToWrite) -> None:
    """Write the publication, for good. The answers it was made of go in the same transaction."""
    ballots.publish_rows(wave, clock.today(), whole)
    record("wave.publish", wave)


@action("wave.forget_words")
def forget_words(*, wave: Wave, before: date) -> None:
    """Take away answers in own words that have been kept long enough; their key went first."""
    ballots.forget_words(wave.pk, before)
    record("wave.forget_words", wave)
