"""The coaching policy of the demo: published from the template about a year ago, and reviewed since."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from klankbord.core import clock
from klankbord.core.content_files import ContentFile, Table, read_content
from klankbord.demo.diary import working_moment
from klankbord.demo.tales import CONTENT
from klankbord.demo.telling import Stage
from klankbord.policy.api import PolicyContent, begin_draft, publish_policy, save_section

BEGUN, REVIEWED, A_YEAR = timedelta(days=380), timedelta(days=45), timedelta(days=365)


@dataclass(frozen=True)
class Place:
    """Where to find one kind of help in Waterland."""

    id: str
    where: str


@dataclass(frozen=True)
class PolicyTale:
    """The notes of both versions, what was added to the text of one part, and the addresses."""

    begun: str
    reviewed: str
    sponsor: str
    places: tuple[Place, ...]


def policy_tale() -> PolicyTale:
    """What was written."""

    def tale(file: ContentFile) -> PolicyTale:
        places = file.each("place", _place)
        return PolicyTale(file.string("begun"), file.string("reviewed"), file.string("sponsor"), places)

    return read_content(CONTENT, "policy", tale)


def _place(table: Table) -> Place:
    return Place(table.string("id"), table.string("where"))


def tell_policy(stage: Stage) -> None:
    """Two versions, each published by the coordinator when it was."""
    tale = policy_tale()
    begun = working_moment(stage.today - BEGUN, 10, 15)
    reviewed = working_moment(stage.today - REVIEWED, 14, 30)
    for moment, note, written in ((begun, tale.begun, _as_begun), (reviewed, tale.reviewed, _as_reviewed)):
        with stage.acting(stage.coordinator, moment):
            draft = begin_draft(language="nl")
            for section_id, content in written(draft.content, tale).items():
                save_section(draft=draft, section_id=section_id, written=content)
            publish_policy(draft=draft, note=note, review_on=clock.today() + A_YEAR)


def _as_begun(content: PolicyContent, tale: PolicyTale) -> dict[str, PolicyContent]:
    """Part by part, as Waterland filled it in at first."""
    helped = replace(content, addresses={one.id: one.where for one in tale.places})
    return {
        "forms": helped,
        "complaints": helped,
        "quality": replace(content, quality=replace(content.quality, internal_intervision=6)),
        "retention": replace(content, retention_months=12),
    }


def _as_reviewed(content: PolicyContent, tale: PolicyTale) -> dict[str, PolicyContent]:
    """Part by part, what the first year taught."""
    texts = dict(content.texts)
    texts["sponsor"] = f"{texts['sponsor']}\n\n{tale.sponsor}"
    return {
        "quality": replace(content, quality=replace(content.quality, internal_intervision=4)),
        "sponsor": replace(content, texts=texts),
        "money": replace(content, money=replace(content.money, rate_most=175)),
        "retention": replace(content, retention_months=6),
    }
