"""What the culture scan has to say on "Vandaag", to coordinators."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import waves_at_work
from klankbord.culture.rules.waves import State
from klankbord.policy.api import Line


def scan_lines(roles: frozenset[str], slug: str) -> list[Line]:
    """What there is about waves for somebody with these roles, in one question: what can be opened, what is open."""
    if "coordinator" not in roles:
        return []
    lines = [_line(wave, slug) for wave in waves_at_work()]
    return [line for line in lines if line is not None]


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
