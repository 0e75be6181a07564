"""What writing "onze afspraken" starts from: the facts, the clauses filled with them, and the last version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.core.comparison import same_words
from klankbord.core.wording import Language
from klankbord.engagements.models import Agreement
from klankbord.engagements.queries.agreements import clauses_of, third_party_of
from klankbord.engagements.queries.doors import PartyStanding, Standing
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.agreement import ANYBODY, AgreementFacts, Clause, differences, reads_as_filled
from klankbord.engagements.rules.planning import plan_sessions
from klankbord.engagements.rules.short import is_of_one_talk
from klankbord.engagements.texts import clauses, filled_clauses
from klankbord.engagements.writings import Kind
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.access import Role as SeenAs


@dataclass(frozen=True)
class Offer:
    """A clause as it is offered for writing. ``filled`` is what the facts alone would make of it."""

    id: str
    title: str
    text: str
    filled: str
    included: bool = True


@dataclass(frozen=True)
class PlannedTalk:
    """A talk in the plan; ``because`` says why it is on another day than usual."""

    number: int
    starts_at: datetime
    because: str


@dataclass(frozen=True)
class Difference:
    """One clause in which two versions differ, for reading."""

    title: str
    kind: str
    old: str
    new: str


def tongue_of(standing: Standing | PartyStanding) -> Language:
    """The one language of an agreement: the client's, whoever is writing or reading."""
    return "en" if standing.engagement.client.language.startswith("en") else "nl"


def facts_of(standing: Standing, plan: Mapping[str, Any] | None = None) -> AgreementFacts:
    """What the clauses are filled with. The coach's hand never fills in who the client's manager is."""
    engagement = standing.engagement
    texts = texts_of(standing, [Kind.DIRECTION])
    third = third_party_of(engagement)
    direction = texts.mine(Kind.DIRECTION) if standing.is_client else texts.theirs(Kind.DIRECTION)
    given: dict[str, Any] = {}
    if plan is not None:
        first = first_moment(plan)
        given = {**plan, "weekday": first.weekday(), "time": first.time()}
        del given["first"]
    return AgreementFacts(
        client=engagement.client.first_name,
        coach=engagement.coach.first_name,
        manager=standing.names.get(SeenAs.MANAGER, ""),
        sponsor=third.first_name if third else "",
        direction=direction.body if direction else "",
        costs=_costs(standing),
        **given,
    )


def _costs(standing: Standing) -> str:
    if not standing.engagement.external:
        return ""
    with translation.override(tongue_of(standing)):
        return _("The organisation pays for this coaching.")


def readable_clauses(agreement: Agreement) -> list[Clause] | None:
    """The clauses of a version; None when its key was destroyed."""
    try:
        return clauses_of(agreement)
    except vault.Unreadable:
        return None


def first_moment(plan: Mapping[str, Any]) -> datetime:
    """When the first talk is, on the clock of the organisation."""
    return localtime(datetime.fromisoformat(plan["first"]))


def offers_for(standing: Standing, last: Agreement | None, usual: Mapping[str, Any] | None = None) -> list[Offer]:
    """The clauses to write from: those of the last version, else those that the facts fill; left-out ones at hand.

    *usual* is what the talks begin with where nothing was agreed yet.
    """
    facts, tongue = facts_of(standing, last.plan if last else None), tongue_of(standing)
    facts = facts if last else replace(facts, **(usual or {}))
    filled = {one.id: one for one in filled_clauses(facts, tongue)}
    written = (readable_clauses(last) or []) if last else list(filled.values())
    if is_of_one_talk(written):
        written = list(filled.values())
    elif last:
        written = _with_other_parties(written, filled, facts, tongue, last)
    by_id = {one.id: one for one in written}
    known = [_offer(one, by_id.get(one.id)) for one in filled.values()]
    own = [Offer(one.id, one.title, one.text, "") for one in written if one.id not in filled]
    return known + own


def _with_other_parties(
    written: list[Clause], filled: Mapping[str, Clause], facts: AgreementFacts, tongue: Language, last: Agreement
) -> list[Clause]:
    """The clauses of the last version, where those that name the parties and that nobody touched are filled again."""
    before = replace(facts, sponsor=ANYBODY if last.three_party else "")
    was = {one.id: one.text for one in filled_clauses(before, tongue)}
    known = {one.id for one in written}
    again = [
        filled[one.id] if one.id in filled and one.id in was and reads_as_filled(one.text, was[one.id]) else one
        for one in written
    ]
    return again + [one for one in filled.values() if one.id not in was and one.id not in known]


def _offer(filled: Clause, written: Clause | None) -> Offer:
    if written is None:
        return Offer(filled.id, filled.title, filled.text, filled.text, included=False)
    return Offer(filled.id, filled.title, written.text, filled.text)


def refilled(text: str, was_filled: str, now_filled: str) -> str:
    """A clause after the facts changed: filled again, unless somebody made it their own."""
    return now_filled if same_words(text, was_filled) else text


def clause_titles(tongue: Language, *, for_three: bool = False) -> dict[str, str]:
    """The titles of the clauses that an agreement of two or of three may start from, in order."""
    return {one.id: one.title.text(tongue) for one in clauses().templates if for_three or not one.only_with}


def clause_reasons(tongue: Language) -> dict[str, str]:
    """What each clause is good for, in one line."""
    return {one.id: one.why.text(tongue) for one in clauses().templates}


def talks_in(plan: Mapping[str, Any], tongue: Language) -> list[PlannedTalk]:
    """The talks that this plan puts in the calendar. Raises ``NotNow`` when no day can be found."""
    planned = plan_sessions(first_moment(plan), count=plan["count"], every_weeks=plan["weeks"], minutes=plan["minutes"])
    return [
        PlannedTalk(one.number, one.starts, one.moved_because.text(tongue) if one.moved_because else "")
        for one in planned
    ]


def planned_talks(plan: Mapping[str, Any], tongue: Language) -> list[PlannedTalk]:
    """The same, and none when no day can be found."""
    try:
        return talks_in(plan, tongue)
    except NotNow:
        return []


def differences_between(old: Sequence[Clause], new: Sequence[Clause]) -> list[Difference]:
    """The clauses in which two versions differ, with both texts."""
    before, after = {one.id: one.text for one in old}, {one.id: one.text for one in new}
    return [
        Difference(change.title, change.kind.value, before.get(change.id, ""), after.get(change.id, ""))
        for change in differences(old, new)
    ]
