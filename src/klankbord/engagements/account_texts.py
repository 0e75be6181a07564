"""The account of a year in words, for the screen and for paper alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from babel.numbers import format_currency, format_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Bar:
    """One part of a total, beside the others; ``share`` in per cent of the total."""

    name: str
    count: int
    share: int


type Bars = tuple[tuple[Bar, ...], ...]
"""Each way in which a total is split."""


@dataclass(frozen=True)
class Chapter:
    """One part of the account: sentences, and for the screen the bars that show the same."""

    key: str
    title: str
    sentences: tuple[str, ...]
    bars: Bars = ()


def chapters(figures: Mapping[str, Any], *, runs: bool = False) -> list[Chapter]:
    """What the figures say; of a year that *runs*, without what is only counted once it is over."""
    later = [] if runs else [_waiting(figures["waiting"]), _hours(figures["hours"])]
    money = [] if runs else [_money(figures["spent"])]
    policy = [_policy(figures["policy"])] if figures["policy"] else []
    return [_asked(figures["requests"]), _begun(figures["begun"]), *later, _coaches(figures), *money, *policy]


def number(count: int) -> str:
    """A number as one writes it here: "1.250" in Dutch."""
    return format_decimal(count, locale=_locale())


def _locale() -> str:
    return (get_language() or "nl").replace("-", "_")


def _apart(split: Mapping[str, int] | None, names: Mapping[str, str]) -> tuple[tuple[str, ...], Bars]:
    """The parts of a total, in the order of *names*: in a sentence, and as bars when there is more than one part."""
    if split is None:
        return (), ()
    bars = tuple(Bar(name, split[key], round(100 * split[key] / sum(split.values()))) for key, name in names.items())
    told = [one for one in bars if one.count]
    if len(told) == 1:
        return (_("All of these %(part)s.") % {"part": told[0].name},), ()
    parts = ", ".join(f"{number(one.count)} {one.name}" for one in told)
    return (_("Of these: %(parts)s.") % {"parts": parts},), (bars,)


def _asked(asked: Mapping[str, Any]) -> Chapter:
    title = _("Asking for a coach")
    if asked["total"] is None:
        return Chapter("asked", title, (_("Fewer than five people asked for a coach."),))
    first = ngettext("%(count)s request came in.", "%(count)s requests came in.", asked["total"])
    names = {"one": _("for one talk"), "more": _("for several talks")}
    more, bars = _apart(asked["one_talk"], names)
    return Chapter("asked", title, (first % {"count": number(asked["total"])}, *more), bars)


def _begun(begun: Mapping[str, Any]) -> Chapter:
    title = _("Coaching that began")
    if begun["total"] is None:
        return Chapter("begun", title, (_("Coaching began for fewer than five people."),))
    first = ngettext("%(count)s coaching began.", "%(count)s coachings began.", begun["total"])
    by, by_bars = _apart(
        begun["employer"], {"internal": _("with a coach of our own"), "external": _("with a coach from outside")}
    )
    then, then_bars = _apart(
        begun["at_the_end"],
        {"over": _("rounded off before the year was over"), "running": _("still running at the end of the year")},
    )
    return Chapter("begun", title, (first % {"count": number(begun["total"])}, *by, *then), (*by_bars, *then_bars))


def _waiting(waiting: list[int] | None) -> Chapter:
    title = _("How long people waited")
    if waiting is None:
        return Chapter("waiting", title, (_("There were too few first talks to say how long people waited."),))
    low, middle, high = waiting
    told = _(
        "Half of the people had a first talk %(low)d to %(high)d days after asking. The middle is %(middle)d days."
    )
    return Chapter("waiting", title, (told % {"low": low, "middle": middle, "high": high},))


def _hours(hours: int | None) -> Chapter:
    title = _("Talks")
    if hours is None:
        return Chapter(
            "hours", title, (_("Fewer than five people or five coaches had talks, so no hours stand here."),)
        )
    return Chapter("hours", title, (_("Together about %(hours)s hours of talks.") % {"hours": number(hours)},))


def _coaches(figures: Mapping[str, Any]) -> Chapter:
    title, told = _("Our coaches"), figures["coaches"]
    places = ngettext(
        "You can meet them in %(count)d place.", "You can meet them in %(count)d places.", figures["places"]
    )
    where = (places % {"count": figures["places"]},) if figures["places"] else ()
    if told["total"] is None:
        return Chapter("coaches", title, (_("There are fewer than five coaches."), *where))
    first = _("There are %(count)s coaches.") % {"count": number(told["total"])}
    by, by_bars = _apart(told["employer"], {"internal": _("work here"), "external": _("come from outside")})
    norms, norm_bars = _norms(told["norms"])
    return Chapter("coaches", title, (first, *by, *where, *norms), (*by_bars, *norm_bars))


def _norms(norms: Mapping[str, int] | None) -> tuple[tuple[str, ...], Bars]:
    if norms is None:
        return (), ()
    about = _("Our policy says what a coach here needs, such as an accreditation, training or intervision.")
    if not norms["not_met"]:
        return (about, _("All of them have what it asks for.")), ()
    if not norms["met"]:
        return (about, _("All of them are still working on it.")), ()
    told = _("%(met)s of them have all of it, %(not_met)s are still working on it.")
    numbers = {name: number(count) for name, count in norms.items()}
    _words, bars = _apart(norms, {"met": _("have all of it"), "not_met": _("are working on it")})
    return (about, told % numbers), bars


def _money(spent: Mapping[str, int] | None) -> Chapter:
    title = _("Money")
    if spent is None:
        text = _("No amount stands here: it would tell what fewer than five coachings or coaches cost.")
        return Chapter("money", title, (text,))
    amount = format_currency(spent["euros"], "EUR", "¤ #,##0", locale=_locale(), currency_digits=False)
    if spent["quarter"] == 4:
        text = _("About %(amount)s was spent on coaches from outside, without VAT.")
    else:
        text = _(
            "Until the end of quarter %(quarter)d about %(amount)s was spent on coaches from outside, without VAT."
        )
    return Chapter("money", title, (text % {"amount": amount, "quarter": spent["quarter"]},))


def _policy(policy: Mapping[str, Any]) -> Chapter:
    sentences = [_("Version %(number)d of our coaching policy is in force.") % {"number": policy["number"]}]
    if policy["review_on"]:
        day = date_format(date.fromisoformat(policy["review_on"]), "j F Y")
        sentences.append(_("We look at it again on %(day)s.") % {"day": day})
    return Chapter("policy", _("Our policy"), tuple(sentences))
