"""What coaches write about themselves, when it is seen, and how a coordinator has a look."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from klankbord.coaches.actions._telling import tell_coordinators
from klankbord.coaches.models import CoachPhoto, CoachProfile, ProfileWord
from klankbord.coaches.queries.profiles import own_profile
from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import acting_person_id, current_scope
from klankbord.people.api import Person, notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@dataclass(frozen=True, kw_only=True)
class ProfileWords:
    """Everything a coach says on the profile; choices are ids from the content."""

    introduction: str
    story_first: str = ""
    story_during: str = ""
    story_limits: str = ""
    themes: tuple[str, ...] = ()
    sensitive_themes: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    languages: tuple[str, ...] = ("nl",)
    places: tuple[str, ...] = ()
    online: bool = True
    day_parts: tuple[str, ...] = ()
    # Asked only where the policy allows wishes about a person; None leaves what was said before.
    gender: str | None = None


def _kept_by(coach: Person) -> CoachProfile:
    """The own profile, held for this change."""
    one_at_a_time(f"profile {coach.pk}")
    return own_profile(coach)


def _save(profile: CoachProfile) -> None:
    profile.changed_at = clock.now()
    profile.save(force_insert=profile._state.adding)
    # The database lets the look lapse when the words changed.
    profile.refresh_from_db(fields=["checked_at", "checked_by"])


@action("profile.write")
def write_profile(*, slug: str, coach: Person, words: ProfileWords) -> CoachProfile:
    """Put the own profile in these words. Other words on a profile that colleagues see wait for a new look."""
    profile = _kept_by(coach)
    seen_before = profile.visible
    for name, value in asdict(words).items():
        if value is not None:
            setattr(profile, name, list(value) if isinstance(value, tuple) else value)
    _save(profile)
    record("profile.write", profile, owner=coach.pk, detail={"outcome": "visible" if profile.visible else "not_yet"})
    if seen_before and not profile.visible:
        tell_coordinators(slug=slug, kind="profile_to_look_at", coach=coach)
    return profile


@action("profile.room")
def set_room(*, coach: Person, capacity: int, paused: bool, paused_until: date | None = None) -> CoachProfile:
    """Say how many clients fit at the same time, and whether new ones are welcome now."""
    profile = _kept_by(coach)
    profile.capacity, profile.paused = capacity, paused
    profile.paused_until = paused_until if paused else None
    _save(profile)
    record("profile.room", profile, owner=coach.pk, detail={"count": capacity})
    return profile


@action("profile.publish")
def publish_profile(*, slug: str, coach: Person) -> CoachProfile:
    """Lay the own profile before the coordinators; colleagues see it once one of them had a look."""
    profile = _kept_by(coach)
    already = profile.published_at is not None
    if not already:
        profile.published_at = clock.now()
        _save(profile)
    record("profile.publish", profile, owner=coach.pk, detail={"outcome": "again" if already else "published"})
    if not already and profile.waits_for_a_look:
        tell_coordinators(slug=slug, kind="profile_to_look_at", coach=coach)
    return profile


@action("profile.withdraw")
def withdraw_profile(*, coach: Person) -> CoachProfile:
    """Take the own profile away from colleagues. The words stay, for later."""
    profile = _kept_by(coach)
    profile.published_at = None
    _save(profile)
    record("profile.withdraw", profile, owner=coach.pk)
    return profile


@action("profile.remove")
def remove_profile(*, profile: CoachProfile) -> None:
    """Take the own profile away for good; what coordinators said about it goes too, with its keys."""
    one_at_a_time(f"profile {profile.person_id}")
    record("profile.remove", profile, owner=profile.person_id)
    _forget_words(profile.person_id)
    profile.delete()


@action("photo.put")
def put_photo(*, coach: Person, picture: bytes) -> CoachPhoto:
    """Keep this photo, made by :func:`klankbord.coaches.picture.photo_from`, instead of the one before."""
    one_at_a_time(f"profile {coach.pk}")
    found = CoachPhoto.objects.filter(person=coach).first()
    photo = found or CoachPhoto(organisation_id=coach.organisation_id, person=coach)
    photo.content, photo.digest, photo.changed_at = picture, sha256(picture).hexdigest(), clock.now()
    photo.save(force_insert=found is None)
    record("photo.put", photo, owner=coach.pk)
    return photo


@action("photo.remove")
def remove_photo(*, coach: Person) -> None:
    """Take the own photo away."""
    count, _by_model = CoachPhoto.objects.filter(person=coach).delete()
    record("photo.remove", owner=coach.pk, detail={"count": count})


# --- the coordinator's look -----------------------------------------------------------------------------------------


@action("profile.check")
def check_profile(*, slug: str, profile: CoachProfile, seen: str) -> bool:
    """A coordinator had a look, and colleagues may see it. Returns False when it changed since *seen*.

    What was said about it before is gone, with its keys. Raises ``PermissionDenied`` for the coach's own profile.
    """
    if profile.person_id == acting_person_id():
        raise PermissionDenied
    row = CoachProfile.objects.select_for_update().get(pk=profile.pk)
    if seen != row.mark or row.published_at is None:
        record("profile.check", row, owner=row.person_id, detail={"outcome": "changed"})
        return False
    row.checked_at, row.checked_by_id = clock.now(), acting_person_id()
    row.save(update_fields=["checked_at", "checked_by"])
    _forget_words(row.person_id)
    record("profile.check", row, owner=row.person_id, detail={"outcome": "visible"})
    link = reverse("my_profile", kwargs={"organisation": slug})
    notify(person_id=row.person_id, kind="profile_visible", link=link, name="")
    return True


def _forget_words(coach_id: UUID) -> None:
    words = ProfileWord.objects.filter(coach_id=coach_id)
    for word in words:
        transaction.on_commit(partial(vault.destroy, word.vault_scope))
    words.delete()


@action("profile.say")
def say_about_profile(*, once: UUID, slug: str, coach: Person, author: Person, text: str) -> ProfileWord:
    """A coordinator says what had better be otherwise. The coach reads it, and changes what the coach wants to change.

    Sending the same form twice says it once. Raises ``PermissionDenied`` for the own profile.
    """
    if coach.pk == author.pk:
        raise PermissionDenied
    one_at_a_time(once)
    known = ProfileWord.objects.filter(pk=once, author=author).first()
    if known:
        record("profile.say", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    word = ProfileWord(id=once, organisation_id=current_scope().organisation_id, coach=coach, author=author)
    vault.seal(word, "text", text)
    word.save(force_insert=True)
    record("profile.say", word, owner=coach.pk)
    link = reverse("my_profile", kwargs={"organisation": slug})
    notify(person_id=coach.pk, kind="profile_word", link=link, name=author.first_name)
    return word


@action("pool.download")
def note_pool_downloaded(*, count: int) -> None:
    """Somebody took the pool along as a spreadsheet."""
    record("pool.download", detail={"count": count})
