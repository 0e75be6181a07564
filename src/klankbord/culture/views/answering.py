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

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from klankbord.culture import wrong_codes
from klankbord.culture.actions import Received, cast_ballot
from klankbord.culture.answering import Filled, read_filled, screens_of
from klankbord.culture.queries.waves import somebody_may_answer, wave_behind
from klankbord.culture.rules.typed_codes import read_typed
from klankbord.culture.rules.waves import State
from klankbord.culture.views._questionnaire import (
    AnyRequest,
    Key,
    Visit,
    VisitorRequest,
    go_on,
    page,
    speak,
    thanks,
    welcome,
)

# --- the two addresses ----------------------------------------------------------------------------------------------


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def scan(request: VisitorRequest, organisation: str, token: str) -> HttpResponse:
    """The questionnaire of whoever has this link."""
    speak(request)
    return _unseen(_questionnaire(request, Key(token, request.path)))


@csrf_exempt
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "POST"])
def scan_code(request: VisitorRequest, organisation: str) -> HttpResponse:
    """Where the code of a letter is typed, and then the questionnaire. The code never stands in the address."""
    speak(request)
    action = reverse("scan_code", kwargs={"organisation": organisation})
    typed = request.POST.get("code", "")
    code = read_typed(typed)
    if code is None:
        # Whoever only changes the language made no mistake.
        wrong = "code" in request.POST and "to_language" not in request.POST
        return _unseen(page(request, "code", Key("", action), typed=typed, wrong=wrong))
    if wrong_codes.too_many(request):
        again = {"at": request.POST.get("at", ""), "go": request.POST.get("go", ""), "waiting": True}
        return _unseen(page(request, "wait", Key(code, action, code), sent=_sent(request), **again))
    return _unseen(_questionnaire(request, Key(code, action, code)))


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


def _questionnaire(request: VisitorRequest, key: Key) -> HttpResponse:
    wave = wave_behind(key.given)
    if wave is None:
        return _nothing_to_answer(request, key)
    if wave.state != State.OPEN:
        return page(request, "closed", key)
    screens = screens_of(wave)
    go = "" if "to_language" in request.POST else request.POST.get("go", "")
    if request.method == "GET" or go == "erase":
        return welcome(request, Visit(key, wave, screens, Filled({}, {})))
    return go_on(request, Visit(key, wave, screens, read_filled(screens, request.POST.dict())), go, _into_the_box)


def _nothing_to_answer(request: AnyRequest, key: Key) -> HttpResponse:
    """Used, never given out, or of a wave that is over: the same page, whichever it is."""
    if key.carried:
        wrong_codes.note(request)
    return page(request, "answered" if somebody_may_answer() else "closed", key)


def _into_the_box(request: AnyRequest, visit: Visit) -> HttpResponse:
    received = cast_ballot(given=visit.key.given, values=visit.filled.values, words=visit.filled.words)
    if received is Received.NO_RIGHT:
        return _nothing_to_answer(request, visit.key)
    if received is Received.CLOSED:
        return page(request, "closed", visit.key)
    return thanks(request, visit)
