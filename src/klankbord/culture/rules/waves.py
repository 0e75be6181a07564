"""What holds of a wave: its states, its last day, how large its classes are, and in which words response is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from klankbord.core.spoken import date_words
from klankbord.core.wording import Wording
from klankbord.culture.rules.own_items import MOST_OWN_ITEMS
from klankbord.policy.rules.finding import Severity

SMALLEST = 5
"""No figure is about fewer people. An organisation may ask for more, never for fewer."""
MOST_CLASSES = 8
LEAST_SAMPLE = 50
MOST_REMINDERS = 3
"""Planned and by hand together: what goes to people who answered already should stay little."""
BEFORE_THE_END = timedelta(days=3)
"""How long before the last day a reminder is proposed: time enough to answer, too little to put it off."""
LONGEST_DAYS = 60
TURNOUT_FROM = 20
"""People asked. Of fewer, even a band would tell too much while a wave is open."""
BANDS = (10, 25, 50, 75)
"""Per cent: response while a wave is open is told as one of five bands, of the whole organisation, once a day."""


class State(StrEnum):
    """Where a wave is. It only goes on, never back."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"
    PUBLISHED = "published"


class Attribute(StrEnum):
    """Which one thing about people is laid beside their answers."""

    NONE = "none"
    LEADS = "leads"
    EMPLOYER = "employer"
    UPLOADED = "uploaded"


NAMES: Mapping[Attribute, Wording] = {
    Attribute.LEADS: Wording(nl="Leiding geven", en="Leading people"),
    Attribute.EMPLOYER: Wording(nl="In dienst of ingehuurd", en="Employed or hired"),
}
CLASSES: Mapping[Attribute, tuple[Wording, Wording]] = {
    Attribute.LEADS: (
        Wording(nl="geeft leiding", en="leads people"),
        Wording(nl="geeft geen leiding", en="does not lead people"),
    ),
    Attribute.EMPLOYER: (
        Wording(nl="in dienst", en="employed here"),
        Wording(nl="in dienst bij een ander", en="employed elsewhere"),
    ),
}


@dataclass(frozen=True, slots=True)
class WaveFinding:
    """One thing about a wave before it opens: how heavily it weighs, and a sentence with what to do about it."""

    code: str
    severity: Severity
    sentence: Wording

    @property
    def blocks(self) -> bool:
        """Whether the wave cannot open like this."""
        return self.severity is Severity.BLOCKS


def findings_about_wave(
    *,
    opens: date,
    closes: date,
    invited: int,
    k: int,
    attribute: Attribute,
    classes: Sequence[str],
    of_people: Sequence[int],
    reminders: Sequence[date] = (),
) -> tuple[WaveFinding, ...]:
    """Everything there is to say before opening. *of_people* holds the number of each person's class, 0 for none."""
    found = []
    if closes <= opens:
        found.append(
            _blocks("closes", "De laatste dag ligt niet na de eerste.", "The last day does not lie after the first.")
        )
    elif (closes - opens).days > LONGEST_DAYS:
        found.append(
            _warns(
                "long",
                f"De vragenlijst staat langer dan {LONGEST_DAYS} dagen open. Twee tot drie weken is genoeg.",
                f"The questionnaire is open for more than {LONGEST_DAYS} days. Two or three weeks will do.",
            )
        )
    found += [_falls_away(day) for day in reminders if not opens < day < closes]
    if invited < 2 * k:
        found.append(
            _blocks(
                "few",
                f"Er worden {invited} mensen gevraagd. Onder {2 * k} komt er vrijwel niets uit.",
                f"{invited} people are asked. Below {2 * k} hardly anything will come of it.",
            )
        )
    if attribute is not Attribute.NONE:
        found += _about_classes(classes, of_people, k)
    return tuple(found)


def _falls_away(day: date) -> WaveFinding:
    return _warns(
        "reminders",
        f"De herinnering van {date_words(day, 'nl')} gaat niet: die dag ligt dan niet tussen de eerste en de laatste.",
        f"The reminder of {date_words(day, 'en')} will not go: that day does not lie between the first and the last.",
    )


def _about_classes(classes: Sequence[str], of_people: Sequence[int], k: int) -> list[WaveFinding]:
    many = Counter(of_people)
    found = []
    if not 2 <= len(classes) <= MOST_CLASSES:
        nl = f"Er zijn {len(classes)} groepen. Het moeten er 2 tot {MOST_CLASSES} zijn."
        found.append(_blocks("classes", nl, f"There are {len(classes)} classes. There should be 2 to {MOST_CLASSES}."))
    for number, name in enumerate(classes, start=1):
        if many[number] < k:
            there_nl, there_en = _so_many(many[number])
            nl = f"In ‘{name}’ {there_nl}. Onder {k} komt daar nooit een cijfer over."
            en = f"There {there_en} in ‘{name}’. Below {k} there will never be a figure about it."
            found.append(_blocks("class_too_small", nl, en))
        elif many[number] < 4 * k:
            nl = f"In ‘{name}’ zitten {many[number]} mensen. Antwoordt de helft, dan blijft die groep misschien dicht."
            en = f"There are {many[number]} people in ‘{name}’. If half of them answer, it may stay closed."
            found.append(_warns("class_small", nl, en))
    if many[0]:
        nl = f"Van {many[0]} mensen is geen groep bekend. Zij tellen alleen mee in het geheel."
        en = f"Of {many[0]} people no class is known. They count in the whole only."
        found.append(_warns("class_unknown", nl, en))
    return found


def _so_many(people: int) -> tuple[str, str]:
    if people == 1:
        return "zit één persoon", "is one person"
    return f"zitten {people} mensen", f"are {people} people"


def _blocks(code: str, nl: str, en: str) -> WaveFinding:
    return WaveFinding(code, Severity.BLOCKS, Wording(nl=nl, en=en))


def _warns(code: str, nl: str, en: str) -> WaveFinding:
    return WaveFinding(code, Severity.WARNS, Wording(nl=nl, en=en))


def is_over(closes: date, day: date) -> bool:
    """Whether the last day of a wave has passed."""
    return day > closes


def proposed_reminders(opens: date, closes: date) -> tuple[date, ...]:
    """Days on which a reminder makes sense: halfway, and three days before the last day; never in a weekend.

    Where they would follow each other closely, only the last one; in a few days perhaps none.
    """
    halfway, near_the_end = opens + (closes - opens) // 2, closes - BEFORE_THE_END
    days = [_working_day(day) for day in (halfway, near_the_end)]
    fitting = [day for day in days if opens < day < closes]
    if len(fitting) == 2 and fitting[1] - fitting[0] < BEFORE_THE_END:
        return (fitting[1],)
    return tuple(fitting)


def _working_day(day: date) -> date:
    """This day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def wrong_reminders(days: Sequence[date | None], *, first: date, last: date) -> Mapping[int, Wording]:
    """What is wrong with planned days, by their place: each from *first* to *last*, both included, and each once."""
    wrong: dict[int, Wording] = {}
    for place, day in enumerate(days):
        if day is None:
            continue
        if not first <= day <= last:
            wrong[place] = _which_days(first, last)
        elif day in days[:place]:
            wrong[place] = Wording(nl="Deze dag staat er al.", en="This day is there already.")
    return wrong


def _which_days(first: date, last: date) -> Wording:
    if first > last:
        return Wording(
            nl="Er ligt geen dag meer tussen waarop dat kan. Laat dit leeg.",
            en="There is no day left between on which it can go. Leave this empty.",
        )
    if first == last:
        return Wording(
            nl=f"Alleen {date_words(first, 'nl')} kan nog. Kies die dag, of laat dit leeg.",
            en=f"Only {date_words(first, 'en')} is possible. Choose that day, or leave this empty.",
        )
    return Wording(
        nl=f"Kies een dag van {date_words(first, 'nl')} tot en met {date_words(last, 'nl')}.",
        en=f"Choose a day from {date_words(first, 'en')} to {date_words(last, 'en')}, both included.",
    )


def first_to_plan(planned: Sequence[date], last_letter_on: date, today: date) -> date:
    """The first day for which a reminder may be planned while a wave is open.

    Tomorrow; or today, when one that was planned for today has not gone yet and may stay.
    """
    return today if today > last_letter_on and today in planned else today + timedelta(days=1)


def reminders_to_come(planned: Sequence[date], last_letter_on: date | None, today: date) -> tuple[date, ...]:
    """The planned days that have not had their letter. One whose day went by goes on the first morning there is.

    A letter by hand takes the place of what was planned for that day or before it.
    """
    return tuple(sorted({max(day, today) for day in planned if last_letter_on is None or day > last_letter_on}))


def reminder_from(letters: int, last_letter_on: date | None, closes: date, planned: int = 0) -> date | None:
    """The first day on which everybody may be reminded by hand.

    None when they had enough letters, when so many are *planned* that there is no room, or when it is too late.
    """
    if letters + planned > MOST_REMINDERS:
        return None
    day = last_letter_on + timedelta(days=1) if last_letter_on else closes
    return day if day <= closes else None


def band_words(band: int | None) -> Wording:
    """A band of response in words; None while there is none to tell."""
    if band is None:
        return Wording(nl="nog niet te zeggen", en="too early to say")
    edges = (0, *BANDS, 100)
    low, high = edges[band], edges[band + 1]
    return Wording(nl=f"tussen {low} en {high} procent", en=f"between {low} and {high} per cent")


_A_DAY = timedelta(days=1)
NO_WORDS = Wording(nl="", en="")


class CannotOpen(Exception):
    """The wave cannot open like this; ``findings`` says why."""

    def __init__(self, findings: Sequence[WaveFinding]) -> None:
        super().__init__(", ".join(one.code for one in findings))
        self.findings = tuple(findings)


class NotInThisState(Exception):
    """The wave is past that, or not there yet."""


@dataclass(frozen=True, slots=True)
class WavePlan:
    """Everything a coordinator decides about a wave before it opens. *units* and *sample_size* go with *whom*."""

    kind: str
    title: Wording
    opens: date
    closes: date
    about: Wording = NO_WORDS
    own_items: tuple[Wording, ...] = ()
    attribute: Attribute = Attribute.NONE
    attribute_name: Wording = NO_WORDS
    k: int = SMALLEST
    whom: str = "all"
    units: tuple[str, ...] = ()
    sample_size: int | None = None
    reminders: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what never holds; what may be mended before opening is a finding."""
        if self.k < SMALLEST:
            raise ValueError(f"no figure is ever about fewer than {SMALLEST} people")
        if len(self.own_items) > MOST_OWN_ITEMS:
            raise ValueError(f"at most {MOST_OWN_ITEMS} sentences of one's own")
        if len(self.reminders) > MOST_REMINDERS:
            raise ValueError(f"at most {MOST_REMINDERS} reminders")
        if wrong_reminders(self.reminders, first=self.opens + _A_DAY, last=self.closes - _A_DAY):
            raise ValueError("each reminder goes on a day of its own, between the first and the last")
        if self.whom == "sample" and (self.sample_size or 0) < LEAST_SAMPLE:
            raise ValueError(f"a sample has at least {LEAST_SAMPLE} people")
