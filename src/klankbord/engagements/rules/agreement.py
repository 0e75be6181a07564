"""The agreement between client and coach: clauses filled from facts, versions compared, acceptance counted.

A clause is a proposal, not a form. It is filled once; after that its words belong to the two people, who may
change every one of them.
"""

from __future__ import annotations

import re
import string
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from klankbord.core.comparison import Segment, normalised, same_words, word_diff
from klankbord.core.spoken import (
    duration_words,
    months_words,
    rhythm_words,
    talks_words,
    time_words,
    weekday_words,
)
from klankbord.core.wording import Language, Wording
from klankbord.engagements.rules.lifecycle import Role
from klankbord.policy.rules.content import TEMPLATE


@dataclass(frozen=True, slots=True)
class ClauseTemplate:
    """A clause before it is filled.

    ``without`` is the wording for when one of the facts named by ``needs`` is not known (yet); ``why`` says in
    one line what the clause is good for. A clause with ``only_with`` is left out altogether without those facts.
    """

    id: str
    title: Wording
    body: Wording
    why: Wording
    needs: tuple[str, ...] = ()
    without: Wording | None = None
    only_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause as the two people read it, in one language."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """What the clauses are filled with. Empty words mean: not known yet, and the clause then says so.

    ``weekday`` counts from Monday = 0; ``direction``, ``place`` and ``costs`` are people's own words.
    ``direction`` and ``costs`` stand as sentences of their own, ``place`` after a colon.
    """

    client: str
    coach: str
    manager: str = ""
    sponsor: str = ""
    direction: str = ""
    count: int = TEMPLATE.talks.count
    minutes: int = TEMPLATE.talks.minutes
    weeks: int = TEMPLATE.talks.weeks
    weekday: int | None = None
    time: time | None = None
    place: str = ""
    evaluate_after: int = TEMPLATE.talks.interim_after
    retention_months: int = TEMPLATE.retention_months
    costs: str = ""

    def words(self, language: Language) -> dict[str, str]:
        """Every placeholder a clause may use, in words."""
        return {
            "client": self.client,
            "coach": self.coach,
            "manager": self.manager,
            "sponsor": self.sponsor,
            "direction": self.direction.strip(),
            "count": talks_words(self.count, language),
            "minutes": duration_words(self.minutes, language),
            "weeks": rhythm_words(self.weeks, language),
            "weekday": "" if self.weekday is None else weekday_words(self.weekday, language),
            "time": "" if self.time is None else time_words(self.time, language),
            "place": self.place.strip().rstrip("."),
            "evaluate_after": talks_words(self.evaluate_after, language),
            "retention_months": months_words(self.retention_months, language),
            "costs": self.costs.strip(),
        }


PLACEHOLDERS = frozenset(AgreementFacts(client="", coach="").words("nl"))


ANYBODY = "\0"
"""Stands in a filled clause for a name that is not known any more; nobody can type it."""


def reads_as_filled(text: str, filled: str) -> bool:
    """Whether somebody left a clause as it was filled, whoever the third party was (``ANYBODY`` in *filled*)."""
    pattern = re.escape(normalised(filled)).replace(re.escape(ANYBODY), ".+")
    return re.fullmatch(pattern, normalised(text), flags=re.DOTALL) is not None


def placeholders_in(text: str) -> frozenset[str]:
    """The names between braces in a template."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


def fill_clauses(templates: Iterable[ClauseTemplate], facts: AgreementFacts, language: Language) -> list[Clause]:
    """The clauses in ``language`` with the facts put in, in the order of the templates."""
    words = facts.words(language)
    fitting = [one for one in templates if all(words[name] for name in one.only_with)]
    return [Clause(one.id, one.title.text(language), _body(one, words, language)) for one in fitting]


def _body(template: ClauseTemplate, words: dict[str, str], language: Language) -> str:
    lacking = any(not words[name] for name in template.needs)
    wording = template.without if lacking and template.without else template.body
    return wording.text(language).format_map(words)


class ChangeKind(StrEnum):
    """What happened to a clause between two versions."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause that differs. ``title`` is the newest; ``old_title`` only differs when it was renamed."""

    id: str
    kind: ChangeKind
    title: str
    old_title: str
    segments: tuple[Segment, ...]


def differences(old: Sequence[Clause], new: Sequence[Clause]) -> list[ClauseChange]:
    """What changed from ``old`` to ``new``, in reading order of the new version, what was left out at the end.

    Moving a clause is no change: the order carries no meaning.
    """
    before = {clause.id: clause for clause in old}
    kept = {clause.id for clause in new}
    changes = [change for clause in new if (change := _change(before.get(clause.id), clause))]
    changes += [
        ClauseChange(clause.id, ChangeKind.REMOVED, clause.title, clause.title, word_diff(clause.text, ""))
        for clause in old
        if clause.id not in kept
    ]
    return changes


def _change(before: Clause | None, after: Clause) -> ClauseChange | None:
    if before is None:
        return ClauseChange(after.id, ChangeKind.ADDED, after.title, after.title, word_diff("", after.text))
    if same_words(before.text, after.text) and normalised(before.title) == normalised(after.title):
        return None
    segments = word_diff(before.text, after.text)
    return ClauseChange(after.id, ChangeKind.CHANGED, after.title, before.title, segments)


def is_same(old: Sequence[Clause], new: Sequence[Clause]) -> bool:
    """Whether two versions read the same, so that no new version (and no new acceptance) is needed."""
    return not differences(old, new)


def waits_for(parties: Collection[Role], accepted_by: Collection[Role]) -> tuple[Role, ...]:
    """Who has yet to accept a version. Empty: the agreement holds. A changed clause starts this count anew."""
    return tuple(role for role in Role if role in parties and role not in accepted_by)
