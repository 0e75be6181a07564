"""A round of matching a group: where it is, what may come of each request in it, and what would help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from klankbord.core.wording import Wording
from klankbord.engagements.rules.assignment import Assignment, Group, Help, assign, what_would_help
from klankbord.engagements.rules.fit import ClientWishes, CoachOffer
from klankbord.engagements.rules.match import Candidate, ClientFacts, match_findings
from klankbord.engagements.rules.pairs import blocked, scores
from klankbord.policy.rules.content import MatchRules
from klankbord.policy.rules.finding import Finding, Severity

# Fits are weighed in steps: a difference nobody could explain does not decide who gets whom.
STEP_OF_FIT = 25
# At most so many pairs are weighed while somebody waits for the page; more is left to the worker.
AT_ONCE = 20_000
MOST_ALTERNATIVES = 2
STEPS = 3
ROOM = "match.room"
PARTED_CLAUSE = "match.client_chooses"


class RoundState(StrEnum):
    """Where a round is."""

    WORKING = "working"
    READY = "ready"
    CONFIRMED = "confirmed"


class Outcome(StrEnum):
    """What came of a request when its round was confirmed."""

    PROPOSED = "proposed"
    NOBODY = "nobody"
    WITHDRAWN = "withdrawn"
    ELSEWHERE = "elsewhere"
    FULL = "full"
    NO_COACH = "no_coach"
    RULE = "rule"


@dataclass(frozen=True)
class Weighed:
    """Everybody in a round: in the order of the requests and of the coaches. ``again`` are pairs that parted before."""

    rules: MatchRules
    clients: Sequence[ClientFacts]
    wishes: Sequence[ClientWishes]
    candidates: Sequence[Candidate]
    offers: Sequence[CoachOffer]
    waiting: Sequence[int]
    again: Sequence[tuple[int, int]] = ()

    def shut_out(self) -> NDArray[np.bool_]:
        """Which pairs a hard rule keeps apart, room included, or an earlier no."""
        shut = blocked(self.clients, self.candidates, self.rules)
        for row, column in self.again:
            shut[row, column] = True
        return shut


@dataclass(frozen=True)
class Laid:
    """What came of a round: for each request the place of its coach or -1, and the rules that kept coaches from it."""

    coach: Sequence[int]
    why: Mapping[int, Mapping[str, int]]
    helps: Sequence[Help]


def group_of(weighed: Weighed) -> Group:
    """The question as :func:`assign` takes it."""
    fit = scores(weighed.wishes, weighed.offers) // STEP_OF_FIT
    return Group.of(
        ~weighed.shut_out(),
        fit,
        np.array([one.free_places for one in weighed.candidates], dtype=np.int64),
        taken=np.array([one.open_engagements for one in weighed.candidates], dtype=np.int64),
        waiting=np.array(weighed.waiting, dtype=np.int64),
    )


def lay(weighed: Weighed) -> Laid:
    """Match everybody, and say of whoever has nobody which rules stood in the way and what would help."""
    if not weighed.candidates or not weighed.clients:
        return Laid([-1] * len(weighed.clients), {}, [])
    group = group_of(weighed)
    answer = assign(group)
    left = [row for row, coach in enumerate(answer.coach.tolist()) if coach < 0]
    why = {row: _in_the_way(weighed, row) for row in left}
    return Laid(answer.coach.tolist(), why, _helping(weighed, group, answer) if left else [])


def _in_the_way(weighed: Weighed, row: int) -> Mapping[str, int]:
    """By clause: how many coaches a rule keeps from this request. No room counts where nothing else stands."""
    counts: Counter[str] = Counter()
    for coach in weighed.candidates:
        found = match_findings(weighed.clients[row], coach, rules=weighed.rules)
        clauses = {one.clause for one in found if one.blocks}
        # Whom nothing keeps apart has room no more once the others are served.
        counts.update(clauses - {ROOM} or {ROOM})
    return dict(counts)


def _helping(weighed: Weighed, group: Group, answer: Assignment) -> list[Help]:
    """How many places of which kind would help: with coaches who are full, of a language, from elsewhere."""
    roomy = [replace(one, open_engagements=0, capacity=1, accepts_clients=True) for one in weighed.candidates]
    could = ~replace(weighed, candidates=roomy).shut_out()
    kinds = {"room": could.any(axis=1)}
    for language in sorted({one.language for one in weighed.wishes if one.language}):
        kinds[f"language:{language}"] = np.array([one.language == language for one in weighed.wishes])
    if weighed.rules.external:
        kinds["elsewhere"] = np.ones(len(weighed.clients), dtype=bool)
    return what_would_help(group, answer, kinds)


def help_in_words(kind: str, places: int, languages: Mapping[str, Wording]) -> Wording | None:
    """What one kind of place would do, in a sentence; None for a language that has no name here."""
    nl = "Eén plaats" if places == 1 else f"{places} plaatsen"
    en = "One place" if places == 1 else f"{places} places"
    for_nl = "iemand" if places == 1 else f"{places} mensen"
    for_en = "somebody" if places == 1 else f"{places} people"
    then_nl, then_en = f"dan is er ook voor {for_nl} een coach.", f"then there is a coach for {for_en} more."
    name, _, language = kind.partition(":")
    if name == "room":
        return Wording(
            f"{nl} erbij bij coaches die nu vol zijn of pauze houden: {then_nl}",
            f"{en} more with coaches who are full or take a break now: {then_en}",
        )
    if name == "elsewhere":
        return Wording(
            f"{nl} bij een coach die van buiten komt en hun taal spreekt: {then_nl}",
            f"{en} with a coach from elsewhere who speaks their language: {then_en}",
        )
    label = languages.get(language)
    if label is None:
        return None
    return Wording(
        f"{nl} bij een coach uit een ander onderdeel die {label.nl} spreekt: {then_nl}",
        f"{en} with a coach from another unit who speaks {label.en}: {then_en}",
    )


def room_within(coach: Candidate, given: int) -> list[Finding]:
    """Why this coach takes nobody more in this round, when *given* people are with them already."""
    if given < coach.free_places:
        return []
    return [
        Finding(
            code="round.full",
            severity=Severity.BLOCKS,
            nl="{coach} heeft in deze indeling geen plaats meer. Geef eerst iemand anders een andere coach.",
            en="{coach} has no place left in this round. First give somebody else another coach.",
            clause=ROOM,
            names=(("coach", coach.name),),
        )
    ]


def alternatives(
    weighed: Weighed, first: Sequence[int], most: int, *, rows: Iterable[int]
) -> Mapping[int, Sequence[int]]:
    """Up to *most* other coaches for each of *rows*, the best fit first, out of the room that nobody got.

    Those with the fewest to choose from come first, and everybody gets one before anybody gets two.
    """
    shut, fit = weighed.shut_out(), scores(weighed.wishes, weighed.offers)
    left = np.array([one.free_places for one in weighed.candidates], dtype=np.int64)
    for coach in first:
        if coach >= 0:
            left[coach] -= 1
    order = sorted(rows, key=lambda row: (int((~shut[row]).sum()), row))
    found: dict[int, list[int]] = {row: [] for row in order}
    for _turn in range(min(most, MOST_ALTERNATIVES)):
        for row in order:
            may = ~shut[row] & (left > 0)
            may[[first[row], *found[row]]] = False
            if may.any():
                best = int(np.where(may, fit[row], -1).argmax())
                found[row].append(best)
                left[best] -= 1
    return found
