"""The questionnaire as pages: what whoever answers goes through, and what a coordinator looks at beforehand.

SECURITY: nothing here looks at who is there, and nothing here writes anything. Only ``answering`` does, once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from klankbord.core.language import language_on_screen
from klankbord.core.models import Organisation
from klankbord.core.spoken import date_words
from klankbord.core.wording import LANGUAGES
from klankbord.culture.answering import DO_NOT_KNOW, ROOM_IN_WORDS, Fault, Filled, Screen, faults_in, where_next
from klankbord.culture.instrument import OpenQuestion, Rated
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import time_it_takes
from klankbord.culture.rules.ballots import MOST_WORDS
from klankbord.culture.texts import letters
from klankbord.people.requests import MemberRequest


class VisitorRequest(HttpRequest):
    """A request of somebody inside an organisation who need not be signed in. Made so by ``TenantMiddleware``."""

    organisation: Organisation


type AnyRequest = VisitorRequest | MemberRequest


@dataclass(frozen=True)
class Example:
    """That the pages are an example for a coordinator: the ways back, and what the wave is called."""

    back: str
    others: str
    title: str


@dataclass(frozen=True)
class Key:
    """The link or code that somebody has, where its pages are sent to, and what the form has to carry of it.

    Of an example there is no link and no code.
    """

    given: str
    action: str
    carried: str = ""
    example: Example | None = None

    @property
    def on_device(self) -> str:
        """What answers are called on somebody's own device.

        SECURITY: reckoned otherwise than what the database knows of a link. The same on both sides would lead from
        a device to a right.
        """
        return hashlib.sha256(f"on the device {self.given}".encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Visit:
    """Somebody at the questionnaire: the wave, its screens, and what is filled in so far."""

    key: Key
    wave: Wave
    screens: Sequence[Screen]
    filled: Filled

    @property
    def last(self) -> int:
        """The number of the page where everything is looked over."""
        return len(self.screens) + 1


def speak(request: HttpRequest) -> None:
    """In the language that was chosen on these pages; else the one the browser asks for."""
    wanted = request.POST.get("to_language") or request.POST.get("language")
    if wanted in LANGUAGES:
        translation.activate(wanted)
        request.LANGUAGE_CODE = wanted


def go_on(
    request: AnyRequest, visit: Visit, go: str, send: Callable[[AnyRequest, Visit], HttpResponse]
) -> HttpResponse:
    """To the screen that is wanted, unless something before it or on it has to be looked at again. Or *send* it."""
    to = where_next(request.POST.get("at", ""), go, visit.last)
    faults = faults_in(visit.screens, visit.filled)
    if faults and faults[0].screen <= to:
        first = faults[0].screen
        return _screen(request, visit, first, [one for one in faults if one.screen == first])
    if go == "send":
        return send(request, visit)
    if to == 0:
        return welcome(request, visit)
    return _overview(request, visit) if to == visit.last else _screen(request, visit, to)


@dataclass(frozen=True)
class Choice:
    """A point between disagreeing and agreeing, or "I don't know"."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A sentence with its points, or an open question with what was written, and what is wrong with it."""

    name: str
    label: str
    value: str
    choices: Sequence[Choice] = field(default_factory=tuple)
    error: str = ""


@dataclass(frozen=True)
class Line:
    """A screen as it stands in the overview; *left* of its sentences or questions are open."""

    number: int
    heading: str
    left: int


def page(request: AnyRequest, name: str, key: Key, **more: Any) -> HttpResponse:
    """One of the pages of *name*, in the template of that name."""
    context = {"place": request.organisation.name, "key": key, "at": 0, **more}
    if name == "answered":
        context["said"] = _said("answered", contact=_("whoever is named in your letter"))
    status = HTTPStatus.TOO_MANY_REQUESTS if name == "wait" else HTTPStatus.OK
    return render(request, f"culture/answering/{name}.html", context, status=status)


def welcome(request: AnyRequest, visit: Visit) -> HttpResponse:
    """The first page: what is asked and why, and what is promised."""
    language, wave, promised = language_on_screen(), visit.wave, letters().confidentiality
    facts = {"least": str(wave.k)}
    context = {
        "said": _said("welcome"),
        "title": wave.title.text(language),
        "about": wave.about.text(language),
        "time": time_it_takes(wave, language),
        "closes": _last_day(wave),
        "contact": wave.contact,
        "confidential": promised.title.text(language),
        "promised": promised.promised.text(language),
        "promises": [one.wording.text(language).format_map(facts) for one in promised.promises],
        "not_promised": promised.not_promised.text(language),
        "limits": [one.wording.text(language).format_map(facts) for one in promised.limits],
    }
    return _step(request, "welcome", visit, 0, **context)


def _screen(request: AnyRequest, visit: Visit, number: int, faults: Sequence[Fault] = ()) -> HttpResponse:
    screen = visit.screens[number - 1]
    errors = {one.field: _words_of(one) for one in faults}
    fields = [_rated(visit, one, errors) for one in screen.rated]
    fields += [_written(visit, one, errors) for one in screen.questions]
    context = {
        "heading": screen.heading.text(language_on_screen()),
        "number": number,
        "total": len(visit.screens),
        "fields": fields,
        "written": bool(screen.questions),
        "mistakes": [one for one in fields if one.error],
        "intro": _said("open")["parts"] if screen.questions else (),
        "room": ROOM_IN_WORDS,
        "most": MOST_WORDS,
    }
    return _step(request, "screen", visit, number, **context)


def _overview(request: AnyRequest, visit: Visit) -> HttpResponse:
    language = language_on_screen()
    lines = [
        Line(number, one.heading.text(language), visit.filled.left_open(one))
        for number, one in enumerate(visit.screens, start=1)
    ]
    return _step(request, "overview", visit, visit.last, lines=lines, left=sum(one.left for one in lines))


def _step(request: AnyRequest, name: str, visit: Visit, at: int, **more: Any) -> HttpResponse:
    """A page with the form that carries everything that is not on it."""
    here = visit.screens[at - 1].ids if 0 < at < visit.last else ()
    every = [one for screen in visit.screens for one in screen.ids]
    carried = [(one, visit.filled.sent(one)) for one in every if one not in here and visit.filled.sent(one)]
    return page(request, name, visit.key, at=at, sent=carried, until=visit.wave.closes.isoformat(), **more)


def _rated(visit: Visit, one: Rated, errors: dict[str, str]) -> Field:
    language, value = language_on_screen(), visit.filled.sent(one.id)
    instrument = visit.wave.instrument
    labels = [(str(point.value), point.wording.text(language)) for point in instrument.points]
    labels.append((DO_NOT_KNOW, instrument.unknown.text(language)))
    choices = [Choice(each, label, each == value) for each, label in labels]
    return Field(one.id, one.wording.text(language), value, choices, errors.get(one.id, ""))


def _written(visit: Visit, one: OpenQuestion, errors: dict[str, str]) -> Field:
    text = one.wording.text(language_on_screen())
    return Field(one.id, text, visit.filled.words.get(one.id, ""), error=errors.get(one.id, ""))


def thanks(request: AnyRequest, visit: Visit) -> HttpResponse:
    """The last page."""
    return page(request, "thanks", visit.key, said=_said("thanks", closes=_last_day(visit.wave)))


def _words_of(fault: Fault) -> str:
    if not fault.over:
        return _("This answer did not come through. Choose it once more.")
    return _("This is about %(over)s words too long. Take something out.") % {"over": fault.over}


def _said(page: str, **facts: str) -> dict[str, Any]:
    """A page of our own words: its title, and its paragraphs."""
    found, language = letters().page(page), language_on_screen()
    return {
        "title": found.heading(language, **facts),
        "parts": [one.text(language).format_map(facts) for one in found.parts],
    }


def _last_day(wave: Wave) -> str:
    return date_words(wave.closes, language_on_screen(), with_weekday=True)
