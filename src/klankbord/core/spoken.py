"""Days, hours and numbers in ordinary words, in both languages.

Kept apart from the web framework's formatting: these words end up in agreements, which are stored and printed,
and must read the same whatever language the server happens to run in.
"""

from __future__ import annotations

from datetime import date, time

from babel.numbers import format_currency

from klankbord.core.wording import Language

_WEEKDAYS: dict[Language, tuple[str, ...]] = {
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def weekday_words(weekday: int, language: Language) -> str:
    """The name of a weekday; Monday is 0."""
    return _WEEKDAYS[language][weekday]


def date_words(day: date, language: Language, *, with_weekday: bool = False) -> str:
    """A date as people say it: "donderdag 14 mei 2026"."""
    words = f"{day.day} {_MONTHS[language][day.month - 1]} {day.year}"
    return f"{weekday_words(day.weekday(), language)} {words}" if with_weekday else words


def time_words(moment: time, language: Language) -> str:
    """A time of day: "9.30 uur" or "9:30"."""
    if language == "nl":
        return f"{moment.hour}.{moment.minute:02d} uur"
    return f"{moment.hour}:{moment.minute:02d}"


def duration_words(minutes: int, language: Language) -> str:
    """A length of time: "een uur", "anderhalf uur", "45 minuten"."""
    hours, rest = divmod(minutes, 60)
    if language == "nl":
        spoken = {30: "een half uur", 60: "een uur", 90: "anderhalf uur"}
        return spoken.get(minutes) or (f"{hours} uur" if not rest else f"{minutes} minuten")
    spoken = {30: "half an hour", 60: "one hour", 90: "an hour and a half"}
    return spoken.get(minutes) or (f"{hours} hours" if not rest else f"{minutes} minutes")


def rhythm_words(weeks: int, language: Language) -> str:
    """How often: "elke week", "om de week", "elke 3 weken"."""
    if language == "nl":
        return {1: "elke week", 2: "om de week"}.get(weeks, f"elke {weeks} weken")
    return {1: "every week", 2: "every other week"}.get(weeks, f"every {weeks} weeks")


def talks_words(count: int, language: Language) -> str:
    """A number of talks: "1 gesprek", "7 gesprekken"."""
    one, many = ("gesprek", "gesprekken") if language == "nl" else ("talk", "talks")
    return f"{count} {one if count == 1 else many}"


def months_words(count: int, language: Language) -> str:
    """A number of months: "1 maand", "6 maanden"."""
    one, many = ("maand", "maanden") if language == "nl" else ("month", "months")
    return f"{count} {one if count == 1 else many}"


def days_words(count: int, language: Language) -> str:
    """A number of days: "1 dag", "34 dagen"."""
    one, many = ("dag", "dagen") if language == "nl" else ("day", "days")
    return f"{count} {one if count == 1 else many}"


def amount(cents: int, language: Language) -> str:
    """An amount in cents as one writes it: "€ 1.250,50" in Dutch."""
    return str(format_currency(cents / 100, "EUR", locale=language))
