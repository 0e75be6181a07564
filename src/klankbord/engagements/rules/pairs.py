"""Hard rules and wishes for many clients and many coaches at once.

The same answers as :func:`match_findings` and :func:`fit` give for one pair, without the words: rows are clients,
columns are coaches, in the order in which they were given. Five thousand clients beside a thousand coaches take seconds
in words and a fraction of that here; words are made afterwards, for the few pairs that somebody reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from klankbord.engagements.rules import fit as weights
from klankbord.engagements.rules.fit import ANY, BASE, EXTERNAL, MEET, MOST, ClientWishes, CoachOffer
from klankbord.engagements.rules.match import Candidate, ClientFacts, Key
from klankbord.policy.rules.content import MatchRules

type Yes = NDArray[np.bool_]
type Whole = NDArray[np.int64]

WIDEST = 63
"""Most different themes, ways, languages or day parts in one comparison: each is a bit of a word of the machine."""


def blocked(clients: Sequence[ClientFacts], coaches: Sequence[Candidate], rules: MatchRules) -> Yes:
    """Whether a hard rule stands between client and coach; shape (clients, coaches)."""
    found: Yes = _near(clients, coaches, rules)
    found |= _in_line(clients, coaches, rules)
    found |= _without_language(clients, coaches)
    found |= _from_outside(clients, coaches, rules)
    found |= np.array([_no_room(one) for one in coaches], dtype=bool)[None, :]
    return found


def scores(wishes: Sequence[ClientWishes], offers: Sequence[CoachOffer]) -> Whole:
    """The score of :func:`fit` for every pair; shape (wishes, offers), values 0 to 1000."""
    met: Whole = np.zeros((len(wishes), len(offers)), dtype=np.int64)
    wished: Whole = np.zeros((len(wishes), 1), dtype=np.int64)
    known = np.array([one.known for one in offers], dtype=bool)
    for part, parts_met in (
        _counted(weights.THEME, [w.themes for w in wishes], [o.themes for o in offers], known),
        _counted(weights.WAY, [w.ways for w in wishes], [o.ways for o in offers], known),
        _any_of(weights.LANGUAGE, [_one(w.language) for w in wishes], [o.languages for o in offers]),
        _any_of(weights.DAY_PART, [w.day_parts for w in wishes], [o.day_parts for o in offers]),
        _any_of(weights.GENDER, [_one(w.gender) for w in wishes], [_one(o.gender) for o in offers]),
        _place(wishes, offers, known),
        _employer(wishes, offers),
        _by_name(wishes, offers),
    ):
        wished += part
        met += parts_met
    return MOST * (2 * BASE + met) // (2 * BASE + wished)


# --- hard rules -------------------------------------------------------------------------------------------------


def _near(clients: Sequence[ClientFacts], coaches: Sequence[Candidate], rules: MatchRules) -> Yes:
    both_inside = ~_outside(clients)[:, None] & ~_outside(coaches)[None, :]
    found: Yes = _same([one.manager_id for one in clients], [one.manager_id for one in coaches]) & both_inside
    if not rules.same_unit:
        found |= _same([one.unit_id for one in clients], [one.unit_id for one in coaches]) & both_inside
    columns = _places(coaches)
    for row, one in enumerate(clients):
        again = one.began_with - {one.asks_for}
        for who in (one.person_id, *again):
            found[row, columns.get(who, [])] = True
    return found


def _in_line(clients: Sequence[ClientFacts], coaches: Sequence[Candidate], rules: MatchRules) -> Yes:
    found: Yes = np.zeros((len(clients), len(coaches)), dtype=bool)
    columns, rows = _places(coaches), _places(clients)
    for row, client in enumerate(clients):
        for who in _all_above(client, rules):
            found[row, columns.get(who, [])] = True
    for column, coach in enumerate(coaches):
        for who in _all_above(coach, rules):
            found[rows.get(who, []), column] = True
    return found


def _all_above(one: ClientFacts, rules: MatchRules) -> frozenset[Key]:
    if not one.managers_up and not one.above_before:
        return frozenset(() if one.manager_id is None else (one.manager_id,)) - {one.person_id}
    now = one.line_within(rules.line_levels)
    return now | one.line_before(rules.line_levels) if rules.line_years else now


def _without_language(clients: Sequence[ClientFacts], coaches: Sequence[Candidate]) -> Yes:
    bits = _Bits()
    spoken, wanted = bits.of([one.languages for one in coaches]), bits.of([one.languages for one in clients])
    sure = np.array([one.languages_known for one in coaches], dtype=bool)
    apart = (wanted[:, None] & spoken[None, :]) == 0
    found: Yes = apart & (wanted != 0)[:, None] & ((spoken != 0) & sure)[None, :]
    return found


def _from_outside(clients: Sequence[ClientFacts], coaches: Sequence[Candidate], rules: MatchRules) -> Yes:
    if rules.external:
        return np.zeros((len(clients), len(coaches)), dtype=bool)
    open_to = [rules.external_for_sensitive and one.sensitive is not False for one in clients]
    return ~np.array(open_to, dtype=bool)[:, None] & _outside(coaches)[None, :]


def _no_room(coach: Candidate) -> bool:
    return not coach.accepts_clients or coach.free_places == 0 or any(one.blocks for one in coach.quality)


def _outside(people: Sequence[ClientFacts]) -> Yes:
    return np.array([one.external for one in people], dtype=bool)


def _places(people: Sequence[ClientFacts]) -> Mapping[Key, list[int]]:
    found = defaultdict(list)
    for place, one in enumerate(people):
        found[one.person_id].append(place)
    return found


def _same(rows: Sequence[Key | None], columns: Sequence[Key | None]) -> Yes:
    """Whether both have the same, and have one at all."""
    numbers: dict[Key, int] = {}
    here = np.array([-1 if one is None else numbers.setdefault(one, len(numbers)) for one in rows], dtype=np.int64)
    there = np.array([-2 if one is None else numbers.setdefault(one, len(numbers)) for one in columns], dtype=np.int64)
    same: Yes = here[:, None] == there[None, :]
    return same


# --- wishes -----------------------------------------------------------------------------------------------------


def _counted(
    weight: int, wished: Sequence[frozenset[str]], offered: Sequence[frozenset[str]], known: Yes
) -> tuple[Whole, Whole]:
    """Each wish of its own: half of it where the coach has no profile."""
    bits = _Bits()
    want, have = bits.of(wished), bits.of(offered)
    count = np.bitwise_count(want).astype(np.int64)[:, None]
    found = 2 * np.bitwise_count(want[:, None] & have[None, :]).astype(np.int64)
    return 2 * weight * count, weight * np.where(known[None, :], found, count)


def _any_of(weight: int, wished: Sequence[frozenset[str]], offered: Sequence[frozenset[str]]) -> tuple[Whole, Whole]:
    """One wish that is met by any of several: half of it where the coach said nothing."""
    bits = _Bits()
    want, have = bits.of(wished), bits.of(offered)
    asked = (want != 0)[:, None]
    halves = np.where((have == 0)[None, :], 1, 2 * ((want[:, None] & have[None, :]) != 0))
    return 2 * weight * asked.astype(np.int64), weight * halves * asked


def _place(wishes: Sequence[ClientWishes], offers: Sequence[CoachOffer], known: Yes) -> tuple[Whole, Whole]:
    asked = np.array([one.place != ANY for one in wishes], dtype=bool)[:, None]
    meet = np.array([one.place == MEET for one in wishes], dtype=bool)[:, None]
    meets = np.array([one.meets for one in offers], dtype=bool)[None, :]
    online = np.array([one.online for one in offers], dtype=bool)[None, :]
    halves = np.where(known[None, :], 2 * np.where(meet, meets, online), 1)
    return 2 * weights.PLACE * asked.astype(np.int64), weights.PLACE * halves * asked


def _employer(wishes: Sequence[ClientWishes], offers: Sequence[CoachOffer]) -> tuple[Whole, Whole]:
    asked = np.array([one.employer != ANY for one in wishes], dtype=bool)[:, None]
    outside = np.array([one.employer == EXTERNAL for one in wishes], dtype=bool)[:, None]
    fits = outside == np.array([one.external for one in offers], dtype=bool)[None, :]
    return 2 * weights.EMPLOYER * asked.astype(np.int64), 2 * weights.EMPLOYER * (fits & asked)


def _by_name(wishes: Sequence[ClientWishes], offers: Sequence[CoachOffer]) -> tuple[Whole, Whole]:
    asked = np.array([one.coach is not None for one in wishes], dtype=bool)[:, None]
    named = _same([one.coach for one in wishes], [one.person_id for one in offers])
    return 2 * weights.COACH * asked.astype(np.int64), 2 * weights.COACH * named


def _one(word: str) -> frozenset[str]:
    return frozenset({word} if word else ())


class _Bits:
    """Words as bits, the same word the same bit for everybody in one comparison."""

    def __init__(self) -> None:
        self._bit: dict[str, int] = {}
        self._masks: dict[frozenset[str], int] = {}

    def of(self, sets: Iterable[frozenset[str]]) -> NDArray[np.uint64]:
        """A mask for each set. Raises ``ValueError`` when there are more different words than bits."""
        masks = [self._mask(words) for words in sets]
        if len(self._bit) > WIDEST:
            raise ValueError("more different wishes than one comparison holds")
        return np.array(masks, dtype=np.uint64)

    def _mask(self, words: frozenset[str]) -> int:
        # Of thousands of coaches many offer the same.
        known = self._masks.get(words)
        if known is None:
            known = sum(1 << self._bit.setdefault(word, len(self._bit)) for word in words)
            self._masks[words] = known
        return known
