"""Goals: a sentence in the client's own words, how far it is, and what that comes to over several goals.

A goal is looked for and not demanded: everything here works with what is there, and has nothing to say about what is
not.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from typing import Any

from klankbord.core.comparison import normalised

# --- a sentence out of small answers ------------------------------------------------------------------------------

_LOOSE_END = re.compile(r"[\s.,;:]+$")


@dataclass(frozen=True, slots=True)
class Parts:
    """The small answers a sentence is made of. Each may be empty; ``way`` is the id of a way to begin."""

    when: str = ""
    way: str = ""
    what: str = ""
    about: str = ""
    notice: str = ""
    why: str = ""

    def missing(self) -> tuple[str, ...]:
        """What was not answered, in the order of the questions. The way to begin is never missing."""
        return tuple(one.name for one in fields(self) if one.name != "way" and not tidy(getattr(self, one.name)))


@dataclass(frozen=True, slots=True)
class Pattern:
    """The words around the small answers, in one language; ``[]`` is where an answer goes.

    ``opening`` comes before a way to begin (*after_when*), ``first`` begins the sentence without it.
    """

    opening: str
    after_when: Mapping[str, str]
    first: Mapping[str, str]
    about: str
    about_alone: str
    notice: str
    why: str


def tidy(answer: str) -> str:
    """An answer as it fits within a sentence: on one line, without a full stop at its end."""
    return _LOOSE_END.sub("", " ".join(normalised(answer).split()))


def sentence(parts: Parts, pattern: Pattern) -> str:
    """The sentence these answers make; every answer stands in it as it was given. Empty without any answer."""
    notice, why = tidy(parts.notice), tidy(parts.why)
    said = [_first(parts, pattern)]
    said += [pattern.notice.replace("[]", notice)] if notice else []
    said += [pattern.why.replace("[]", why)] if why else []
    return " ".join(f"{one}." for one in said if one)


def _first(parts: Parts, pattern: Pattern) -> str:
    when, what, about = tidy(parts.when), tidy(parts.what), tidy(parts.about)
    way = parts.way if parts.way in pattern.first else next(iter(pattern.first))
    opening = pattern.opening.replace("[]", when) if when else ""
    if not what:
        return ", ".join(one for one in (opening, pattern.about_alone.replace("[]", about) if about else "") if one)
    begun = f"{opening} {pattern.after_when[way]}" if opening else pattern.first[way]
    return f"{begun} {what}" + (pattern.about.replace("[]", about) if about else "")


# --- a wording, as it is kept -------------------------------------------------------------------------------------

LEVELS = (-2, -1, 0, 1, 2)


@dataclass(frozen=True, slots=True)
class GoalText:
    """How a goal is put: the sentence, the answers it was made of, and what each level would look like.

    ``turned`` is the state the goal was brought to with this wording, if it was.
    """

    sentence: str
    parts: Parts = field(default_factory=Parts)
    levels: Mapping[int, str] = field(default_factory=dict)
    turned: str = ""

    @property
    def levels_in_words(self) -> str:
        """The levels as one text, from the lowest to the highest, a line for each that was described."""
        return "\n".join(f"{level:+d}: {self.levels[level]}" for level in LEVELS if self.levels.get(level))

    def kept(self) -> dict[str, Any]:
        """What is written down, sealed. Made into a text again by :func:`goal_text`."""
        levels = {str(level): words for level, words in self.levels.items() if words}
        return {"sentence": self.sentence, "parts": asdict(self.parts), "levels": levels, "turned": self.turned}


def goal_text(kept: Mapping[str, Any]) -> GoalText:
    """The wording that :meth:`GoalText.kept` wrote down."""
    levels = {int(level): words for level, words in kept.get("levels", {}).items()}
    return GoalText(kept["sentence"], Parts(**kept.get("parts", {})), levels, kept.get("turned", ""))


def leading[W](wordings: Sequence[W], by_client: Sequence[bool]) -> int | None:
    """Which of these wordings, oldest first, leads: the client's last, or the last of all when there is none.

    What the coach wrote since stands beside it until the client takes it over.
    """
    own = [place for place, of_client in enumerate(by_client) if of_client]
    if own:
        return own[-1]
    return len(wordings) - 1 if wordings else None


# --- does it still fit? -------------------------------------------------------------------------------------------


def asks_whether_it_fits(
    *, number: int, evaluate_after: int, begun: bool, starts_at: datetime, changed: Sequence[datetime]
) -> bool:
    """Whether the page of this talk asks if the goal still fits.

    Once, after the talk at which the two look back: whoever answered, or did anything with a goal since, is not
    asked again. *changed* are the moments at which the goals were last touched; without a goal there is no question.
    """
    return number == evaluate_after and begun and bool(changed) and max(changed) < starts_at


# --- how far, in one number ---------------------------------------------------------------------------------------

EXPECTED_CORRELATION = 0.30


def t_score(
    levels: Sequence[float], weights: Sequence[float] | None = None, correlation: float = EXPECTED_CORRELATION
) -> float:
    """Attainment over several goals as one number: 50 when everything is as was hoped for, 10 is one spread.

        T = 50 + 10 * sum(w*x) / sqrt((1 - r) * sum(w^2) + r * sum(w)^2)

    *levels* are the x of the goals, from -2 to 2; *weights* their w, all above zero and all equal when left out;
    *correlation* the r that goals of one person are expected to have. Raises ``ValueError`` without goals, for a
    weight that is not above zero, or for as many weights as there are no goals.

    Source: T. J. Kiresuk and R. E. Sherman, "Goal attainment scaling: a general method for evaluating comprehensive
    community mental health programs", Community Mental Health Journal 4 (1968), 443-453.
    """
    weighed = [1.0] * len(levels) if weights is None else list(weights)
    if not levels or len(weighed) != len(levels) or min(weighed) <= 0:
        raise ValueError("a score needs goals, and a weight above zero for each")
    total = sum(weight * level for weight, level in zip(weighed, levels, strict=True))
    spread = (1 - correlation) * sum(weight**2 for weight in weighed) + correlation * sum(weighed) ** 2
    return 50 + 10 * total / math.sqrt(spread)


# --- the small picture --------------------------------------------------------------------------------------------

LEFT, RIGHT, TOP, BOTTOM = 30.0, 228.0, 10.0, 90.0


@dataclass(frozen=True, slots=True)
class Spot:
    """One mark in the picture."""

    x: float
    y: float


def height(level: int) -> float:
    """Where a level lies in the picture; the highest is on top."""
    return round(BOTTOM - (BOTTOM - TOP) * (level - LEVELS[0]) / (LEVELS[-1] - LEVELS[0]), 1)


def spots(moments: Sequence[datetime], levels: Sequence[int], start: datetime, end: datetime) -> tuple[Spot, ...]:
    """Where these marks lie between *start* and *end*; when those are one moment, in the middle."""
    whole = (end - start).total_seconds()
    return tuple(
        Spot(round(LEFT + (RIGHT - LEFT) * ((at - start).total_seconds() / whole if whole else 0.5), 1), height(level))
        for at, level in zip(moments, levels, strict=True)
    )


def path(through: Sequence[Spot]) -> str:
    """The line through these spots, as a drawing writes it; empty with fewer than two."""
    return "M" + " L".join(f"{spot.x} {spot.y}" for spot in through) if len(through) > 1 else ""
