"""The pool at a glance: how much room there is, where it is, and what waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """One coach: how many clients now, how many fit, and whether new ones are welcome."""

    open: int
    capacity: int
    rests: bool

    @property
    def free(self) -> int:
        """How many new clients fit now; none during a pause."""
        return 0 if self.rests else max(self.capacity - self.open, 0)


@dataclass(frozen=True, slots=True)
class Glance:
    """The whole pool in a few numbers."""

    coaches: int
    open: int
    free: int
    full: int
    resting: int


def at_a_glance(loads: Iterable[Load]) -> Glance:
    """The numbers above the pool. Who rests is not counted as full."""
    all_of_them = list(loads)
    return Glance(
        coaches=len(all_of_them),
        open=sum(one.open for one in all_of_them),
        free=sum(one.free for one in all_of_them),
        full=sum(not one.rests and one.free == 0 for one in all_of_them),
        resting=sum(one.rests for one in all_of_them),
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """How many coaches there are in one part or at one place; ``share`` is of the longest bar, in per cent."""

    name: str
    count: int
    share: int


@dataclass(frozen=True, slots=True)
class Spread:
    """Where the coaches are, most first, and where there are none."""

    bars: tuple[Bar, ...]
    without: tuple[str, ...]


def spread_over(names: Iterable[str], *, among: Sequence[str] = ()) -> Spread:
    """How often each name comes up; of those in *among* that never do, the names alone."""
    counts = Counter(names)
    longest = max(counts.values(), default=1)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0].casefold()))
    bars = tuple(Bar(name, count, round(100 * count / longest)) for name, count in ordered)
    return Spread(bars, tuple(name for name in among if name not in counts))


def part_of(path: str, parts: Mapping[str, str]) -> str:
    """The name of the part of the organisation that this unit belongs to; empty for who works above all of them."""
    pieces = path.split("/")
    return parts.get("/".join(pieces[:2]), "") if len(pieces) > 1 else ""
