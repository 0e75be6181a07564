"""Waves of the culture scan as coordinators see them: all of them, and one from draft to published."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.core.pagination import LongList
from klankbord.culture.actions import close_wave, drop_wave, open_wave, remind
from klankbord.culture.actions.waves import A_PILE
from klankbord.culture.models import Wave
from klankbord.culture.queries.preparing import fixed_by, letters_to_print, paper_count, response_of
from klankbord.culture.queries.waves import invited_count, opening_of, people_of, waves
from klankbord.culture.rules.waves import (
    MOST_REMINDERS,
    CannotOpen,
    NotInThisState,
    State,
    band_words,
    reminder_from,
    reminders_to_come,
)
from klankbord.culture.views._waves import PARTS, only_coordinators, wave_of_coordinator, who_sees_draft, who_sees_open
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience, joined

A_PAGE = 50
STEPS = (State.CLOSING, State.CLOSED, State.PUBLISHED)


def _report(organisation: str, published: Wave) -> str:
    """Where the report of this wave is read."""
    return f"{reverse('culture_report', args=[organisation])}?wave={published.pk}"


@require_GET
def wave_list(request: MemberRequest, organisation: str) -> HttpResponse:
    """Every wave, the newest first; and what to do first when there is none."""
    only_coordinators(request)
    page = LongList(waves(), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [_row(one, organisation) for one in page],
        "audience": who_sees_draft(),
    }
    return render(request, "culture/waves/list.html", context)


def _row(wave: Wave, organisation: str) -> dict[str, Any]:
    language = language_on_screen()
    return {
        "wave": wave,
        "title": wave.title.text(language),
        "report": _report(organisation, wave) if wave.state == State.PUBLISHED else "",
        "left": _days_left(wave),
        "band": _band(wave),
    }


def _band(wave: Wave) -> str:
    return band_words(wave.turnout).text(language_on_screen()) if wave.turnout is not None else ""


def _days_left(wave: Wave) -> str:
    days = (wave.closes - clock.today()).days
    if days < 0:
        return _("It closes tonight.")
    if days == 0:
        return _("Today is the last day.")
    return ngettext("One more day.", "%(n)d more days.", days) % {"n": days}


@require_GET
def wave(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """One wave: to be made, open, being counted, or published."""
    found = wave_of_coordinator(request, scan)
    if found.state == State.DRAFT:
        return _draft(request, found)
    if found.state == State.OPEN:
        return _open(request, found)
    context: dict[str, Any] = {"wave": found, "title": found.title.text(language_on_screen())}
    if found.state != State.PUBLISHED:
        context |= {"step": STEPS.index(State(found.state)), "steps": len(STEPS) - 1, "audience": who_sees_open()}
        return render(request, "culture/waves/working.html", context)
    page = Paginator(response_of(found), A_PAGE).get_page(request.GET.get("page"))
    seen = audience("published_unit", viewer=SeenAs.COORDINATOR)
    context |= {"page": page, "report": _report(organisation, found), "audience": seen}
    return render(request, "culture/waves/published.html", context)


def _draft(request: MemberRequest, found: Wave) -> HttpResponse:
    said = _said(found)
    context = {
        "wave": found,
        "title": found.title.text(language_on_screen()),
        "parts": [{"part": one, "said": said[one.code]} for one in PARTS],
        "audience": who_sees_draft(),
    }
    return render(request, "culture/waves/draft.html", context)


def _said(found: Wave) -> dict[str, str]:
    """What was decided so far, in a line by part."""
    language = language_on_screen()
    named = found.attribute_name
    own, paper = len(found.own_items), paper_count(found)
    days = {
        "first": date_format(found.opens, "j F"),
        "last": date_format(found.closes, "j F"),
        "reminders": _reminders_words(found.reminders),
    }
    full = found.kind == Wave.Kind.FULL
    own_words = ngettext("One sentence", "%(n)d sentences", own) % {"n": own} if own else _("None")
    paper_words = ngettext("One person", "%(n)s people", paper) % {"n": paper} if paper else _("Nobody")
    return {
        "wat": _("The whole questionnaire, four minutes") if full else _("The short one, a minute"),
        "wie": _whom_words(found),
        "achtergrond": named.text(language) if named else _("Nothing beside the answers"),
        "eigen-zinnen": own_words,
        "wanneer": _("From %(first)s until %(last)s. %(reminders)s") % days,
        "teksten": _("Questions go to %(name)s") % {"name": found.contact.name},
        "papier": paper_words,
    }


def _reminders_words(days: Sequence[date]) -> str:
    if not days:
        return _("No reminder goes by itself.")
    said = joined([date_format(day, "j F") for day in days])
    return ngettext("A reminder goes on %(days)s.", "Reminders go on %(days)s.", len(days)) % {"days": said}


def _whom_words(found: Wave) -> str:
    many = invited_count(found)
    people = ngettext("One person", "%(n)s people", many) % {"n": many}
    if found.whom == Wave.Whom.UNITS:
        parts = len(found.units)
        return ngettext("%(people)s, in one part", "%(people)s, in %(n)d parts", parts) % {"people": people, "n": parts}
    if found.whom == Wave.Whom.SAMPLE:
        everybody = people_of(found).count()
        return _("%(people)s, drawn by lot from %(all)d") % {"people": people, "all": everybody}
    return _("Everybody: %(people)s") % {"people": people}


def _open(request: MemberRequest, found: Wave) -> HttpResponse:
    today, language = clock.today(), language_on_screen()
    ahead = reminders_to_come(found.reminders, found.last_letter_on, today)
    later = sum(day > today for day in ahead)
    may_from = reminder_from(found.letters, found.last_letter_on, found.closes, later)
    printed = letters_to_print(found)
    context = {
        "wave": found,
        "title": found.title.text(language),
        "left": _days_left(found),
        "band": _band(found),
        "may_remind": may_from is not None and may_from <= today,
        "may_from": may_from,
        "gone": found.reminded,
        "ahead": ahead,
        "enough": found.letters > MOST_REMINDERS,
        "no_room": found.letters + later > MOST_REMINDERS,
        "letters": printed,
        "piles": _piles(printed),
        "audience": who_sees_open(),
    }
    return render(request, "culture/waves/open.html", context)


def _piles(many: int) -> list[tuple[int, int, int]]:
    """The number of each pile of letters, and the first and the last letter of it, counted from 1."""
    return [(pile, first + 1, min(first + A_PILE, many)) for pile, first in enumerate(range(0, many, A_PILE))]


@require_http_methods(["GET", "POST"])
def opening(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """What opening would fix, and what stands in the way; and on POST, open."""
    found = wave_of_coordinator(request, scan)
    if found.state != State.DRAFT:
        return redirect("wave", organisation, found.pk)
    if request.method == "POST":
        try:
            open_wave(wave=found)
        except CannotOpen:
            return _opening_page(request, found, HTTPStatus.UNPROCESSABLE_ENTITY)
        except NotInThisState:
            return redirect("wave", organisation, found.pk)
        messages.success(request, _("It is open. The invitations are on their way."))
        return redirect("wave", organisation, found.pk)
    return _opening_page(request, found)


# Which part to go to when something stands in the way.
_TO_MEND = {"closes": "wanneer", "long": "wanneer", "reminders": "wanneer", "few": "wie", "own_item": "eigen-zinnen"}


def _opening_page(request: MemberRequest, found: Wave, status: int = HTTPStatus.OK) -> HttpResponse:
    language = language_on_screen()
    would = opening_of(found, clock.today())
    findings = [
        {"text": one.sentence.text(language), "blocks": one.blocks, "part": _TO_MEND.get(one.code, "achtergrond")}
        for one in would.findings
    ]
    fixed = fixed_by(would)
    context = {
        "wave": found,
        "title": found.title.text(language),
        "fixed": fixed,
        "by_mail": fixed.people - fixed.paper,
        "classes": [(name.text(language), many) for name, many in fixed.classes],
        "attribute": found.attribute_name.text(language) if found.attribute_name else "",
        "own": [one.wording.text(language) for one in found.own_rated],
        "findings": findings,
        "blocked": any(one["blocks"] for one in findings),
        "reminders": _reminders_words([day for day in found.reminders if clock.today() < day < found.closes]),
        "audience": who_sees_draft(),
    }
    return render(request, "culture/waves/opening.html", context, status=status)


@require_POST
def reminding(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """Everybody alike another letter."""
    found = wave_of_coordinator(request, scan)
    try:
        remind(wave=found)
    except NotInThisState:
        messages.info(request, _("Nothing went out. Below you read from when on you can remind."))
    else:
        messages.success(request, _("Everybody gets the same mail, also who answered already."))
    return redirect("wave", organisation, found.pk)


@require_http_methods(["GET", "POST"])
def closing(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """What closing before the last day means, since nobody can undo it; and on POST, close."""
    found = wave_of_coordinator(request, scan)
    if found.state != State.OPEN:
        messages.info(request, _("This one is not open, so there is nothing to close."))
        return redirect("wave", organisation, found.pk)
    if request.method == "POST":
        with suppress(NotInThisState):
            close_wave(wave=found)
        return redirect("wave", organisation, found.pk)
    context = {
        "wave": found,
        "title": found.title.text(language_on_screen()),
        "band": _band(found),
        "audience": who_sees_open(),
    }
    return render(request, "culture/waves/closing.html", context)


@require_POST
def drop(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """Throw a draft away."""
    found = wave_of_coordinator(request, scan)
    try:
        drop_wave(wave=found)
    except NotInThisState:
        messages.info(request, _("It is open already, so it stays."))
        return redirect("wave", organisation, found.pk)
    messages.info(request, _("The draft is gone. Nobody was asked anything."))
    return redirect("waves", organisation)
