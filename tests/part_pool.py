"""What the pool adds to Johan's story: Marieke tells who she is, with a face and a paper, and Fatima had a look."""

import uuid
from datetime import timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image

from klankbord.coaches.actions.profiles import ProfileWords, check_profile, publish_profile, put_photo, write_profile
from klankbord.coaches.actions.quality import Proof, Statement, state_quality
from klankbord.coaches.models import CoachProfile, QualityFact
from klankbord.coaches.picture import photo_from
from klankbord.core import clock
from klankbord.people.models import Person

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.story import Story

INTRODUCTION = "Ik luister eerst lang, en vraag dan door."
WORDS = ProfileWords(
    introduction=INTRODUCTION,
    story_first="In een eerste gesprek drinken we koffie.",
    themes=("leading", "project"),
    sensitive_themes=("strain",),
    ways=("walking",),
    languages=("nl", "en"),
    places=("Utrecht",),
    day_parts=("tuesday_morning",),
)


def drawn(width: int = 900, height: int = 600, kind: str = "JPEG", **more: object) -> bytes:
    """A picture that somebody might upload."""
    kept = BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(kept, kind, **more)
    return kept.getvalue()


def presented(cast: "Cast", coach: Person, words: ProfileWords = WORDS) -> CoachProfile:
    """A coach with a profile that colleagues see."""
    from tests.story import SLUG, as_person

    with as_person(coach):
        write_profile(slug=SLUG, coach=coach, words=words)
        profile = publish_profile(slug=SLUG, coach=coach)
    with as_person(cast.fatima):
        assert check_profile(slug=SLUG, profile=profile, seen=profile.mark)
    with as_person(coach):
        profile.refresh_from_db()
    return profile


def part(story: "Story") -> dict[str, object]:
    """Marieke's profile, her photo, and a training with its paper."""
    from tests.story import SLUG, as_person

    cast = story.cast
    presented(cast, cast.marieke)
    with as_person(cast.marieke):
        put_photo(coach=cast.marieke, picture=photo_from(drawn()))
        fact = state_quality(
            once=uuid.uuid4(),
            slug=SLUG,
            coach=cast.marieke,
            statement=Statement(
                kind=QualityFact.Kind.TRAINING, name="Coachen", valid_from=clock.today() - timedelta(days=400)
            ),
            proof=Proof(b"%PDF-1.7 een diploma", "application/pdf"),
        )
    return {"coach": cast.marieke.pk, "fact": fact.pk}
