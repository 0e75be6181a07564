"""The coach's own story, sharing a part of it, and the talks of coach and coordinator."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.urls import reverse

from klankbord.coaches.actions._sharing import end_share
from klankbord.coaches.models import ContactMoment, ContactNote, IntervisionGroup, StoryPart, StoryShare
from klankbord.coaches.queries.growth import story_of, words_of
from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.people.api import Person, notify
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record


@action("story.write")
def write_story(*, coach: Person, texts: Mapping[str, str], revisions: Mapping[str, int]) -> frozenset[str]:
    """Keep the parts of the own story that changed. What is left empty goes.

    Returns the parts that were changed in another window meanwhile: those are not overwritten.
    """
    one_at_a_time(f"{coach.pk} story")
    known, clashed = story_of(coach), set()
    for part, text in texts.items():
        row = known.get(part)
        if text == (words_of(row, "body") if row else ""):
            continue
        if row and row.revision != revisions.get(part, 0):
            clashed.add(part)
        elif row and not text:
            row.delete()
        else:
            _keep_part(coach, part, row, text)
    record("story.write", owner=coach.pk)
    return frozenset(clashed)


def _keep_part(coach: Person, part: str, row: StoryPart | None, text: str) -> None:
    if row is None:
        row = StoryPart(organisation_id=coach.organisation_id, coach=coach, part=part, revision=0)
    row.revision += 1
    row.written_at = clock.now()
    vault.seal(row, "body", text)
    row.save(force_insert=row.revision == 1)


@action("story.share")
def share_story(
    *, once: UUID, slug: str, coach: Person, part: str, audience: str, group: IntervisionGroup | None, text: str
) -> StoryShare:
    """Share a copy of a part as it reads in the preview. Sharing the same part there again replaces the copy."""
    one_at_a_time(once)
    known = StoryShare.objects.filter(pk=once, coach=coach).first()
    if known:
        record("story.share", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    for old in StoryShare.objects.filter(coach=coach, part=part, audience=audience, group=group, withdrawn_at=None):
        end_share(old)
    share = StoryShare(
        id=once,
        organisation_id=coach.organisation_id,
        coach=coach,
        part=part,
        audience=audience,
        group=group,
        made_at=clock.now(),
    )
    vault.seal(share, "text", text)
    share.save(force_insert=True)
    record("story.share", share, owner=coach.pk)
    return share


@action("story.withdraw")
def withdraw_story(*, share: StoryShare) -> None:
    """Stop sharing: the copy is unreadable at once. What somebody read already, they go on knowing."""
    end_share(share)
    record("story.withdraw", share, owner=share.coach_id)


# --- coach and coordinator ------------------------------------------------------------------------------------------


@action("contact.plan")
def plan_contact(*, once: UUID, slug: str, by: Person, coach: Person, coordinator: Person, on: date) -> ContactMoment:
    """Plan a talk of coach and coordinator, or note one that was. The other of the two hears of it."""
    one_at_a_time(once)
    known = ContactMoment.objects.filter(pk=once).first()
    if known:
        record("contact.plan", known, owner=coach.pk, detail={"outcome": "again"})
        return known
    row = ContactMoment(
        id=once,
        organisation_id=coach.organisation_id,
        coach=coach,
        coordinator=coordinator,
        on=on,
        held=on < clock.today(),
    )
    row.save(force_insert=True)
    record("contact.plan", row, owner=coach.pk)
    other = coordinator if by.pk == coach.pk else coach
    link = reverse("contact", kwargs={"organisation": slug, "coach": coach.pk})
    notify(person_id=other.pk, kind="contact_planned", link=link, name=by.first_name)
    return row


@action("contact.open")
def note_contact_opened(*, coach: Person) -> None:
    """A coordinator opened the page of the talks with this coach."""
    record("contact.open", owner=coach.pk)


@action("contact.hold")
def hold_contact(*, contact: ContactMoment, held: bool) -> None:
    """Say that the talk took place, or did not after all."""
    contact.held = held
    contact.save(update_fields=["held"])
    record("contact.hold", contact, owner=contact.coach_id)


@action("contact.note")
def note_contact(*, once: UUID, author: Person, contact: ContactMoment, text: str) -> ContactNote:
    """Keep something of the talk, for the two of it. Sending the same form twice keeps one."""
    one_at_a_time(once)
    known = ContactNote.objects.filter(pk=once, author=author).first()
    if known:
        record("contact.note", known, owner=contact.coach_id, detail={"outcome": "again"})
        return known
    row = ContactNote(
        id=once,
        organisation_id=contact.organisation_id,
        contact=contact,
        coach_id=contact.coach_id,
        coordinator_id=contact.coordinator_id,
        author=author,
        made_at=clock.now(),
    )
    vault.seal(row, "body", text)
    row.save(force_insert=True)
    record("contact.note", row, owner=contact.coach_id)
    return row
