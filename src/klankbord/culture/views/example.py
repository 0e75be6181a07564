"""The pages that people will answer on, as a coordinator looks at them beforehand. Nothing is kept, nothing is sent.

They are the very pages, with another key: one that opens nothing. What is filled in travels in the form, as it does
when somebody answers, and ends with the last page.
"""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import translation
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from klankbord.core.language import language_on_screen
from klankbord.core.wording import LANGUAGES
from klankbord.culture.answering import Filled, read_filled, screens_of
from klankbord.culture.models import Wave
from klankbord.culture.views._questionnaire import (
    AnyRequest,
    Example,
    Key,
    Visit,
    go_on,
    page,
    speak,
    thanks,
    welcome,
)
from klankbord.culture.views._waves import wave_of_coordinator
from klankbord.people.requests import MemberRequest

A_CODE = "ABCDE FGHJK LMNP"
"""Stands in an example. It is no code: its check does not come out."""
# What is shown, by its word in the address.
QUESTIONS, CODE, THANKS, USED, SHUT = "vragenlijst", "code", "bedankt", "al-gebruikt", "gesloten"
SINGLE = {USED: "answered", SHUT: "closed"}


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def example(request: MemberRequest, organisation: str, scan: UUID, shown: str) -> HttpResponse:
    """The questionnaire, the page of the code, or one of those that close it, as people see them."""
    found = wave_of_coordinator(request, scan)
    _speak(request)
    marked = Example(
        back=reverse("wave", args=[organisation, found.pk]),
        others=reverse("wave_preview", args=[organisation, found.pk]),
        title=found.title.text(language_on_screen()),
    )
    if shown == QUESTIONS:
        return _questions(request, _visit(request, found, Key("", request.path, example=marked)))
    if shown == CODE:
        return _code(request, found, marked)
    if shown == THANKS:
        return thanks(request, _visit(request, found, Key("", request.path, example=marked)))
    if shown in SINGLE:
        return page(request, SINGLE[shown], Key("", request.path, example=marked))
    raise Http404


def _speak(request: MemberRequest) -> None:
    """In the language that was asked for, as on the pages themselves; one comes here from either preview."""
    wanted = request.GET.get("taal")
    if request.method == "GET" and wanted in LANGUAGES:
        translation.activate(wanted)
        request.LANGUAGE_CODE = wanted
    speak(request)


def _visit(request: AnyRequest, wave: Wave, key: Key) -> Visit:
    screens = screens_of(wave)
    return Visit(key, wave, screens, read_filled(screens, request.POST.dict()))


def _questions(request: MemberRequest, visit: Visit) -> HttpResponse:
    go = "" if "to_language" in request.POST else request.POST.get("go", "")
    if request.method == "GET" or go == "erase":
        return welcome(request, Visit(visit.key, visit.wave, visit.screens, Filled({}, {})))
    # SECURITY: where somebody's answers go into the box, the last page of an example follows, and nothing else.
    return go_on(request, visit, go, thanks)


def _code(request: MemberRequest, wave: Wave, marked: Example) -> HttpResponse:
    """Where the code of a letter is typed. Any code opens the example."""
    if "code" not in request.POST or "to_language" in request.POST:
        return page(request, "code", Key("", request.path, example=marked), typed=A_CODE)
    action = reverse("wave_example", args=[request.organisation.slug, wave.pk, QUESTIONS])
    return welcome(request, _visit(request, wave, Key("", action, example=marked)))
