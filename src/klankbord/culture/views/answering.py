"""Answering the questionnaire, by a personal link or with the code of a letter. Nobody signs in.

Everything that was filled in travels in the form, from one screen to the next, and is written nowhere before Send.

SECURITY: nothing here reads ``request.user`` or a session, and no cookie is set: a page that knows who is there could
tell who answered. So there is no token against forged forms either. It would be a cookie, the same at the questionnaire
and at signing in; and it protects what a browser may do by itself, while here only the link or code may do anything:
who does not have it can forge nothing, and who has it needs no other browser.

SECURITY: every page answers 200, also for a link that was used and for a form that comes back. A log on the way keeps
the status with the moment, and another one would tell who had answered, or who wrote a long text.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from klankbord.core.language import language_on_screen
from klankbord.core.models import Organisation
from klankbord.core.spoken import date_words
from klankbord.core.wording import LANGUAGES
from klankbord.culture import wrong_codes
from klankbord.culture.actions import Received, cast_ballot
from klankbord.culture.answering import (
    DO_NOT_KNOW,
    ROOM_IN_WORDS,
    Fault,
    Filled,
    Screen,
    faults_in,
    read_filled,
    screens_of,
    where_next,
)
from klankbord.culture.instrument import OpenQuestion, Rated
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import somebody_may_answer, time_it_takes, wave_behind
from klankbord.culture.rules.ballots import MOST_WORDS
from klankbord.culture.rules.typed_codes import read_typed
from klankbord.culture.rules.waves import State
from klankbord.culture.texts import letters


class VisitorRequest(HttpRequest):
    """A request of somebody inside an organisation who need not be signed in. Made so by ``TenantMiddleware``."""

    organisation: Organisation


@dataclass(frozen=True)
class Key:
    """The link or code that somebody has, where its pages are sent to, and what the form has to carry of it."""

    given: str
    action: str
    carried: str = ""

    @property
    def on_device(self) -> str:
        """What answers are called on somebody's own device.

        SECURITY: reckoned otherwise than what the database knows of a link. The same on both sides would lead from
        a device to a right.
        """
        return hashlib.sha256(f"on the device {self.given}".encode()).hexdigest()[:32]


# --- the two addresses ----------------------------------------------------------------------------------------------


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def scan(request: VisitorRequest, organisation: str, token: str) -> HttpResponse:
    """The questionnaire of whoever has this link."""
    _speak(request)
    return _unseen(_questionnaire(request, Key(token, request.path)))


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def scan_code(request: VisitorRequest, organisation: str) -> HttpResponse:
    """Where the code of a letter is typed, and then the questionnaire. The code never stands in the address."""
    _speak(request)
    action = reverse("scan_code", kwargs={"organisation": organisation})
    typed = request.POST.get("code", "")
    code = read_typed(typed)
    if code is None:
        # Whoever only changes the language made no mistake.
        wrong = "code" in request.POST and "to_language" not in request.POST
        return _unseen(_page(request, "code", Key("", action), typed=typed, wrong=wrong))
    if wrong_codes.too_many(request):
        again = {"at": request.POST.get("at", ""), "go": request.POST.get("go", ""), "waiting": True}
        return _unseen(_page(request, "wait", Key(code, action, code), sent=_sent(request), **again))
    return _unseen(_questionnaire(request, Key(code, action, code)))


def _speak(request: HttpRequest) -> None:
    """In the language that was chosen on these pages; else the one the browser asks for."""
    wanted = request.POST.get("to_language") or request.POST.get("language")
    if wanted in LANGUAGES:
        translation.activate(wanted)
        request.LANGUAGE_CODE = wanted


def _unseen(response: HttpResponse) -> HttpResponse:
    """Not kept by a browser, not told to any other page, not found by a search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _sent(request: HttpRequest) -> list[tuple[str, str]]:
    apart = ("code", "language", "to_language", "at", "go")
    return [(name, value) for name, value in request.POST.dict().items() if name not in apart]


# --- through the questionnaire --------------------------------------------------------------------------------------


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


def _questionnaire(request: VisitorRequest, key: Key) -> HttpResponse:
    wave = wave_behind(key.given)
    if wave is None:
        return _nothing_to_answer(request, key)
    if wave.state != State.OPEN:
        return _page(request, "closed", key)
    screens = screens_of(wave)
    go = "" if "to_language" in request.POST else request.POST.get("go", "")
    if request.method == "GET" or go == "erase":
        return _welcome(request, Visit(key, wave, screens, Filled({}, {})))
    return _on(request, Visit(key, wave, screens, read_filled(screens, request.POST.dict())), go)


def _on(request: VisitorRequest, visit: Visit, go: str) -> HttpResponse:
    """To the screen that is wanted, unless something before it or on it has to be looked at again."""
    to = where_next(request.POST.get("at", ""), go, visit.last)
    faults = faults_in(visit.screens, visit.filled)
    if faults and faults[0].screen <= to:
        first = faults[0].screen
        return _screen(request, visit, first, [one for one in faults if one.screen == first])
    if go == "send":
        return _into_the_box(request, visit)
    if to == 0:
        return _welcome(request, visit)
    return _overview(request, visit) if to == visit.last else _screen(request, visit, to)


def _nothing_to_answer(request: VisitorRequest, key: Key) -> HttpResponse:
    """Used, never given out, or of a wave that is over: the same page, whichever it is."""
    if key.carried:
        wrong_codes.note(request)
    return _page(request, "answered" if somebody_may_answer() else "closed", key)


def _into_the_box(request: VisitorRequest, visit: Visit) -> HttpResponse:
    received = cast_ballot(given=visit.key.given, values=visit.filled.values, words=visit.filled.words)
    if received is Received.NO_RIGHT:
        return _nothing_to_answer(request, visit.key)
    if received is Received.CLOSED:
        return _page(request, "closed", visit.key)
    return _page(request, "thanks", visit.key, said=_said("thanks", closes=_last_day(visit.wave)))


# --- pages ----------------------------------------------------------------------------------------------------------


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


def _page(request: VisitorRequest, name: str, key: Key, **more: Any) -> HttpResponse:
    context = {"place": request.organisation.name, "key": key, "at": 0, **more}
    if name == "answered":
        context["said"] = _said("answered", contact=_("whoever is named in your letter"))
    status = HTTPStatus.TOO_MANY_REQUESTS if name == "wait" else HTTPStatus.OK
    return render(request, f"culture/answering/{name}.html", context, status=status)


def _welcome(request: VisitorRequest, visit: Visit) -> HttpResponse:
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


def _screen(request: VisitorRequest, visit: Visit, number: int, faults: Sequence[Fault] = ()) -> HttpResponse:
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


def _overview(request: VisitorRequest, visit: Visit) -> HttpResponse:
    language = language_on_screen()
    lines = [
        Line(number, one.heading.text(language), visit.filled.left_open(one))
        for number, one in enumerate(visit.screens, start=1)
    ]
    return _step(request, "overview", visit, visit.last, lines=lines, left=sum(one.left for one in lines))


def _step(request: VisitorRequest, name: str, visit: Visit, at: int, **more: Any) -> HttpResponse:
    """A page with the form that carries everything that is not on it."""
    here = visit.screens[at - 1].ids if 0 < at < visit.last else ()
    every = [one for screen in visit.screens for one in screen.ids]
    carried = [(one, visit.filled.sent(one)) for one in every if one not in here and visit.filled.sent(one)]
    return _page(request, name, visit.key, at=at, sent=carried, until=visit.wave.closes.isoformat(), **more)


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
