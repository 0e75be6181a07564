"""Keeping a question at hand, and writing one's own."""

from uuid import UUID

from klankbord.core.locks import one_at_a_time
from klankbord.engagements.models import FavouriteQuestion, OwnQuestion
from klankbord.people.api import Person
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft


@action("question.keep")
def keep_question(*, person: Person, question: str) -> None:
    """Keep a question of the collection at hand. Keeping it twice keeps it once."""
    one_at_a_time(f"{person.pk} {question}")
    kept = FavouriteQuestion.objects.filter(person=person, question=question).first()
    if kept is None:
        kept = FavouriteQuestion(organisation_id=person.organisation_id, person=person, question=question)
        kept.save(force_insert=True)
    record("question.keep", kept, owner=person.pk)


@action("question.let_go")
def let_go_of_question(*, person: Person, question: str) -> None:
    """Keep it at hand no longer."""
    FavouriteQuestion.objects.filter(person=person, question=question).delete()
    record("question.let_go", owner=person.pk)


@action("own_question.add")
def add_own_question(*, once: UUID, person: Person, text: str, phase: str = "") -> OwnQuestion:
    """Write a question of one's own. Sending the same form twice makes one."""
    one_at_a_time(once)
    known = OwnQuestion.objects.filter(pk=once, person=person).first()
    if known:
        record("own_question.add", known, owner=person.pk, detail={"outcome": "again"})
        return known
    own = OwnQuestion(id=once, organisation_id=person.organisation_id, person=person, phase=phase)
    vault.seal(own, "text", text)
    own.save(force_insert=True)
    record("own_question.add", own, owner=person.pk)
    return own


@action("own_question.remove")
def remove_own_question(*, own: OwnQuestion, place: str) -> None:
    """Take a question of one's own away. Its words wait as a draft at *place*, for whoever presses undo."""
    try:
        keep_draft(place, {"text": vault.read(own, "text"), "phase": own.phase, "once": str(own.pk)})
    except vault.Unreadable:
        # Nobody can read it any more, so there is nothing to bring back either.
        drop_draft(place)
    record("own_question.remove", own, owner=own.person_id)
    own.delete()


@action("own_question.restore")
def restore_own_question(*, person: Person, place: str) -> bool:
    """Bring back what was taken away last. Whether there was anything to bring back."""
    words = draft_at(place)
    if not words.get("text"):
        record("own_question.restore", owner=person.pk, detail={"outcome": "nothing"})
        return False
    add_own_question(once=UUID(words["once"]), person=person, text=words["text"], phase=words["phase"])
    drop_draft(place)
    record("own_question.restore", owner=person.pk)
    return True
