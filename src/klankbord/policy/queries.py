"""Reads about the policy, within the acting person's organisation."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404

from klankbord.core import clock
from klankbord.policy.models import PolicyVersion
from klankbord.policy.rules.content import PolicyContent
from klankbord.policy.texts import places_for_help, rule_values

REMIND_BEFORE = timedelta(days=30)
COMPLAINTS = "complaints"
State = PolicyVersion.State


@dataclass(frozen=True)
class InForce:
    """What holds now. ``number`` is 0 and ``version_id`` None where no policy was published yet: then the template."""

    number: int
    version_id: UUID | None
    content: PolicyContent


def policy_in_force() -> InForce:
    """The published policy of this organisation, or the template's rules as long as there is none."""
    version = version_in_force()
    if version is None or version.number is None:
        return InForce(0, None, PolicyContent())
    return InForce(version.number, version.pk, version.content)


def version_in_force() -> PolicyVersion | None:
    """The published version, if there is one."""
    return PolicyVersion.objects.filter(state=State.PUBLISHED).first()


def versions() -> list[PolicyVersion]:
    """Every version that was published, newest first, without what it says."""
    return list(PolicyVersion.objects.exclude(state=State.DRAFT).select_related("author").defer("body"))


def version_numbered(number: int) -> PolicyVersion:
    """A version that was published. A number that was not is not there."""
    found = PolicyVersion.objects.exclude(state=State.DRAFT).filter(number=number).select_related("author").first()
    if found is None:
        raise Http404
    return found


def draft_of_policy() -> PolicyVersion | None:
    """The draft, for those who may see it."""
    return PolicyVersion.objects.filter(state=State.DRAFT).select_related("author").first()


def places_in(section_id: str) -> tuple[str, ...]:
    """The ids of the addresses that stand in this part."""
    return {"forms": tuple(places_for_help()), COMPLAINTS: (COMPLAINTS,)}.get(section_id, ())


def state_of(content: PolicyContent, section_id: str) -> dict[str, Any]:
    """All that one part holds: its text, its values, its addresses, and for the words the word."""
    state: dict[str, Any] = {"text": content.texts.get(section_id, "")}
    state |= {one.id: one.of(content) for one in rule_values() if one.section == section_id}
    state |= {f"address.{one}": content.addresses.get(one, "") for one in places_in(section_id)}
    if section_id == "words":
        stored = content.as_json()["word"]
        state |= {f"word.{name}": value for name, value in stored.items()}
    return state


def mark_of(content: PolicyContent, section_id: str) -> str:
    """What one part holds, in a few letters: two people who looked at the same hold the same mark."""
    held = json.dumps(state_of(content, section_id), sort_keys=True, default=list)
    return hashlib.sha256(held.encode()).hexdigest()[:16]


def in_place_of(content: PolicyContent, section_id: str, other: PolicyContent) -> Mapping[str, Any]:
    """The values of one part of *other*, by id, to be put in *content* with ``with_values``."""
    values = {one.id: one.of(other) for one in rule_values() if one.section == section_id}
    values["texts"] = {**content.texts, section_id: other.texts.get(section_id, "")}
    places = places_in(section_id)
    kept = {name: text for name, text in content.addresses.items() if name not in places}
    values["addresses"] = kept | {name: other.addresses[name] for name in places if other.addresses.get(name)}
    if section_id == "words":
        values["word"] = other.word
    return values


@dataclass(frozen=True)
class Waiting:
    """What the policy asks of a coordinator: nothing published yet, a draft that lies open, or a review that nears."""

    published: bool
    draft_since: date | None
    review_on: date | None


def waiting_for_coordinator() -> Waiting:
    """What there is to do about the policy, in one question. For whoever may see drafts."""
    rows = PolicyVersion.objects.exclude(state=State.ARCHIVED).values_list("state", "changed_at", "review_on")
    found = {state: (changed_at, review_on) for state, changed_at, review_on in rows}
    draft, published = found.get(State.DRAFT), found.get(State.PUBLISHED)
    review_on = published[1] if published else None
    return Waiting(
        published=published is not None,
        draft_since=draft[0].date() if draft else None,
        review_on=review_on if review_on and review_on <= clock.today() + REMIND_BEFORE else None,
    )
