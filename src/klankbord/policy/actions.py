"""What changes about the policy: a draft is begun, written part by part, and published or thrown away."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from klankbord.core import clock
from klankbord.core.comparison import normalised
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import acting_person_id, current_scope
from klankbord.core.wording import Language
from klankbord.people.models import Person
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import State, in_place_of, mark_of, state_of, version_in_force
from klankbord.policy.rules.content import PolicyContent
from klankbord.policy.rules.soundness import Unsound, unsound
from klankbord.policy.rules.values import with_values
from klankbord.policy.texts import section, template
from klankbord.privacy.audit import action, record


class NotSound(ValueError):
    """Values that do not go together, with which they are."""

    def __init__(self, found: tuple[Unsound, ...]) -> None:
        super().__init__(", ".join(one.flaw for one in found))
        self.found = found


class Changed(Exception):
    """Somebody else changed the draft since it was looked at: read it first."""


@dataclass(frozen=True)
class SectionConflict:
    """Somebody else saved another version of this part in the meantime. Nothing was saved; both are here."""

    who: str
    theirs: PolicyContent
    mark: str


def _locked() -> None:
    one_at_a_time(f"policy {current_scope().organisation_id}")


def _locked_draft(draft: PolicyVersion) -> PolicyVersion:
    """The draft as it is now, held until the end. Raises ``Changed`` when it is no draft any more."""
    _locked()
    found = PolicyVersion.objects.filter(pk=draft.pk, state=State.DRAFT).first()
    if found is None:
        raise Changed
    return found


@action("policy.begin")
def begin_draft(*, language: Language = "nl") -> PolicyVersion:
    """Begin to write: from the policy in force, or the first time from the template in *language*.

    There is one draft; beginning when there is one goes on with that.
    """
    _locked()
    known = PolicyVersion.objects.filter(state=State.DRAFT).first()
    if known:
        record("policy.begin", known, detail={"outcome": "again"})
        return known
    before = version_in_force()
    content = before.content if before else template(language)
    draft = PolicyVersion(
        organisation_id=current_scope().organisation_id,
        author_id=acting_person_id(),
        language=before.language if before else language,
        body=content.as_json(),
    )
    draft.save(force_insert=True)
    record("policy.begin", draft)
    return draft


@action("policy.save_section")
def save_section(
    *, draft: PolicyVersion, section_id: str, written: PolicyContent, seen: str | None = None
) -> PolicyVersion | SectionConflict:
    """Save one part of the draft as it stands in *written*; all other parts stay as they are.

    *seen* is the mark of the part the writer began from (``mark_of``); when somebody else has changed it since, nothing
    is saved and both texts come back. Raises ``NotSound`` for values of this part that do not go together, ``Changed``
    when the draft was published or thrown away.
    """
    section(section_id)
    held = _locked_draft(draft)
    content = held.content
    changed = with_values(content, in_place_of(content, section_id, _tidy(written, section_id)))
    mark, mine = mark_of(content, section_id), mark_of(changed, section_id)
    if seen is not None and mark not in (seen, mine):
        record("policy.save_section", held, detail={"kind": section_id, "outcome": "conflict"})
        return SectionConflict(_hand(held, section_id), content, mark)
    here = set(state_of(content, section_id))
    if wrong := tuple(one for one in unsound(changed) if here & set(one.values)):
        raise NotSound(wrong)
    held.body = changed.as_json()
    held.hands = {**held.hands, section_id: str(acting_person_id())}
    held.author_id, held.changed_at = acting_person_id(), clock.now()
    held.save(update_fields=["body", "hands", "author", "changed_at"])
    record("policy.save_section", held, detail={"kind": section_id})
    return held


def _tidy(written: PolicyContent, section_id: str) -> PolicyContent:
    texts = {section_id: normalised(written.texts.get(section_id, ""))}
    addresses = {name: " ".join(text.split()) for name, text in written.addresses.items()}
    tidied: dict[str, Any] = {"texts": texts, "addresses": addresses}
    return with_values(written, tidied)


def _hand(draft: PolicyVersion, section_id: str) -> str:
    """The first name of who last saved this part, or of who began the draft."""
    known = Person.objects.filter(pk=draft.hands.get(section_id, draft.author_id)).first()
    return known.first_name if known else ""


@action("policy.publish")
def publish_policy(*, draft: PolicyVersion, note: str, review_on: date, seen: str | None = None) -> PolicyVersion:
    """Put the draft in force under the next number, in the acting person's name; what was in force goes to the archive.

    *note* says what changed and why. *seen* is ``last_change`` of the draft that was read. Raises ``Changed`` when it
    was changed since, ``NotSound`` when its values do not go together.
    """
    held = _locked_draft(draft)
    if seen is not None and seen != held.last_change:
        raise Changed
    if wrong := unsound(held.content):
        raise NotSound(wrong)
    before = version_in_force()
    now = clock.now()
    if before:
        before.state, before.archived_at = State.ARCHIVED, now
        before.save(update_fields=["state", "archived_at"])
    published = PolicyVersion.objects.exclude(state=State.DRAFT)
    held.number = (published.aggregate(last=Max("number"))["last"] or 0) + 1
    held.state, held.published_at, held.changed_at = State.PUBLISHED, now, now
    held.author_id, held.note, held.review_on, held.hands = acting_person_id(), normalised(note), review_on, {}
    held.save()
    # The database dates it.
    held.refresh_from_db(fields=["published_at"])
    record("policy.publish", held, detail={"version": held.number})
    return held


@action("policy.discard")
def discard_draft(*, draft: PolicyVersion) -> None:
    """Throw the draft away. What is published stays as it is. Raises ``Changed`` when it is no draft any more."""
    held = _locked_draft(draft)
    record("policy.discard", held)
    held.delete()
