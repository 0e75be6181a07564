"""What the culture scan has to say on "Vandaag": to everybody, to coordinators and to the leadership."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.culture.models import Wave
from klankbord.culture.queries.reports import published_waves
from klankbord.culture.queries.waves import waves_at_work
from klankbord.culture.rules.waves import State
from klankbord.policy.api import Line

NEWS = timedelta(days=21)
"""So long after it was published "Vandaag" says that there is something to read."""


def scan_lines(roles: frozenset[str], slug: str) -> list[Line]:
    """What there is about waves for somebody with these roles: what came out, what can be opened, what is open.

    Of what is open nothing is said to who is asked: the way to answer is the letter, and nothing here may know whether
    somebody did.
    """
    # The leadership has a list of what there is to read.
    told = [] if "leadership" in roles else published_waves(since=clock.today() - NEWS)[:1]
    lines = [_published(wave, slug) for wave in told]
    if "coordinator" in roles:
        lines += [line for line in (_line(wave, slug) for wave in waves_at_work()) if line is not None]
    return lines


def _published(wave: Wave, slug: str) -> Line:
    title = _("What came out of “%(title)s” is there to read") % {"title": wave.title.text(language_on_screen())}
    note = _("Of the whole organisation, and of your own part of it where that can be told.")
    return Line(title, f"{reverse('culture_report', args=[slug])}?wave={wave.pk}", _("Read the report"), note)


@dataclass(frozen=True, slots=True)
class Reading:
    """The newest published wave: what it is called, about how few people a figure may be, and the ways into it."""

    title: str
    least: int
    ways: tuple[Line, ...]


def figures_to_read(roles: frozenset[str], slug: str) -> Reading | None:
    """What the leadership may read of the newest published wave, in one question; None for everybody else."""
    if "leadership" not in roles:
        return None
    wave = next(iter(published_waves()), None)
    if wave is None:
        return None
    ways = [
        (_("How it is in the whole organisation"), "culture_report", _("Read the report")),
        (_("Where units differ from each other"), "culture_overview", _("All units beside each other")),
        (_("What changed since last time"), "culture_change", _("What moved, unit by unit")),
    ]
    if wave.attribute_name:
        name = wave.attribute_name.text(language_on_screen())
        ways.append((_("By group: %(name)s") % {"name": name}, "culture_classes", _("Groups beside each other")))
    if wave.kind == Wave.Kind.FULL:
        ways += [
            (_("Which subjects rise and fall together"), "culture_relations", _("What goes together")),
            (_("What people wrote"), "culture_words", _("In people's own words")),
        ]
    return Reading(
        wave.title.text(language_on_screen()),
        wave.k,
        tuple(
            Line(title, reverse(route, args=[slug, *([] if route == "culture_report" else [wave.pk])]), label)
            for title, route, label in ways
        ),
    )


def _line(wave: Wave, slug: str) -> Line | None:
    told = {"title": wave.title.text(language_on_screen()), "day": date_format(wave.closes, "j F")}
    if wave.state == State.OPEN:
        title = _("“%(title)s” is open until %(day)s") % told
        return Line(title, reverse("wave", args=[slug, wave.pk]), _("See how it stands"))
    if wave.state == State.DRAFT and wave.opens <= clock.today():
        note = _("Nothing opens by itself: you look once more, and open it.")
        return Line(
            _("“%(title)s” can be opened") % told,
            reverse("wave_open", args=[slug, wave.pk]),
            _("Look at it and open it"),
            note,
            waits=True,
        )
    return None
