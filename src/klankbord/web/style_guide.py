"""The living style guide: every component with content as it could really be. Routed in debug and in the demo only."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus
from types import SimpleNamespace
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from klankbord.core.forms import ChoiceCards, KlankbordFormMixin

NAVIGATION = [
    SimpleNamespace(url="#", label="Vandaag", short="", icon="sun", current=False),
    SimpleNamespace(url="#", label="Mijn coaching", short="Coaching", icon="route", current=True),
    SimpleNamespace(url="#", label="Feedback", short="", icon="message-circle-question-mark", current=False),
    SimpleNamespace(url="#", label="Oefenen", short="", icon="sprout", current=False),
    SimpleNamespace(url="#", label="Ons beleid", short="Beleid", icon="scroll-text", current=False),
]

AUDIENCE = SimpleNamespace(
    short="Jij en Marieke zien dit",
    lines=[
        SimpleNamespace(kind="eye", text="Jij, altijd en alles."),
        SimpleNamespace(kind="eye", text="Marieke, zodra je op Versturen klikt."),
        SimpleNamespace(kind="lock", text="Je terugblik: alleen jij, tot je hem stuurt."),
        SimpleNamespace(kind="hidden", text="Anton en de coördinator: niets van wat hier staat."),
    ],
)

PRIVATE = SimpleNamespace(
    short="Alleen jij ziet dit",
    lines=[SimpleNamespace(kind="lock", text="Alleen jij. Je kunt dit later nog met Marieke delen.")],
)


@dataclass(frozen=True, slots=True)
class Moment:
    """One point on the line of time."""

    state: str
    when: str
    title: str
    own: str = ""
    text: str = ""
    actions: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Said:
    """What one of two people wrote."""

    who: str
    text: str
    when: str = ""


LINE = [
    Moment("past", "1 september", "Je vroeg om een coach"),
    Moment("past", "9 september", "Kennismaking", own="Ik wil het niet nog een keer alleen trekken."),
    Moment(
        "past",
        "15 september",
        "Onze afspraken",
        text="Jullie zeiden allebei ja.",
        actions=[{"url": "#", "label": "Lees ze na"}],
    ),
    Moment("past", "22 september", "Eerste gesprek", own="Het is allemaal een beetje half-half."),
    Moment("past", "3 november", "Tweede gesprek", text="Doel aangepast: het plan is van ons allemaal."),
    Moment(
        "present",
        "morgen, 10.00 uur",
        "Derde gesprek met Marieke",
        text="Uit het vorige gesprek: de financiële man vooraf spreken. Hoe ging dat?",
        actions=[
            {"url": "#", "label": "Schrijf op wat je wilt bespreken", "primary": True},
            {"url": "#", "label": "Verzet het gesprek"},
        ],
    ),
    Moment("future", "tot februari", "Nog drie gesprekken"),
    Moment(
        "future", "februari", "Afsluiten: wat nam je mee, hoe ga je verder?", text="Jij vertelt Anton hoe het gaat."
    ),
    Moment("future", "mei", "Drie maanden later: wat is er in het werk te zien?"),
]

COACHES = [
    {"name": "Marieke Bos", "unit": "Directie Water", "free": 2, "hours": "41,5"},
    {"name": "Pieter Algra", "unit": "Bedrijfsvoering", "free": 0, "hours": "63,0"},
    {"name": "Sanae el Idrissi", "unit": "Ruimte en Wonen", "free": 3, "hours": "28,0"},
]

LETTER = """Johan, ik zie dat het project je veel kost. Misschien helpt het om met iemand van buiten te praten.

Je mag hier nee op zeggen."""

EXPECTATIONS = [
    Said("Johan", "Iemand die doorvraagt, ook als ik uitwaaier.", "9 september"),
    Said("Marieke", "Dat je zegt wanneer het niet helpt wat ik doe.", "9 september"),
]

OLD_TEXT = "Ik maak voor 1 februari een projectplan waar de stuurgroep achter staat."
NEW_TEXT = "We maken voor 1 maart samen een projectplan waar ook het team achter staat."


class ExampleForm(KlankbordFormMixin, forms.Form):
    """One of every kind of field."""

    words = forms.CharField(
        label="Vertel het in je eigen woorden",
        help_text="Je hoeft nog geen doel te hebben. Noem hier liever geen namen of medische gegevens.",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Schrijf één zin, of kies ‘Ik kom gewoon’."},
    )
    themes = forms.MultipleChoiceField(
        label="Waar raakt het aan?",
        help_text="Kies wat past, of niets.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            ("project", "Een project leiden"),
            ("together", "Samenwerken"),
            ("limits", "Tijd en grenzen"),
            ("job", "Van baan veranderen"),
            ("loss", "Spanning of verlies"),
        ],
    )
    answer = forms.ChoiceField(
        label="Wat wil je met dit voorstel doen?",
        widget=ChoiceCards,
        choices=[
            ("yes", "Ik wil een kennismaking"),
            ("question", "Ik wil eerst een vraag stellen"),
            ("no", "Nu niet. Dan hoort Anton dat alleen van jou"),
        ],
        error_messages={"required": "Kies wat je wilt doen."},
    )
    place = forms.CharField(
        label="Waar spreken jullie af?", required=False, help_text="Een kamer, een wandeling, online."
    )
    day = forms.DateField(label="Dag", error_messages={"required": "Kies een dag."})
    time = forms.TimeField(label="Tijd", required=False)
    rhythm = forms.ChoiceField(
        label="Hoe vaak?", choices=[("3", "Om de drie weken"), ("2", "Om de week"), ("0", "Als het nodig is")]
    )
    proof = forms.FileField(label="Bewijs van accreditatie", required=False, help_text="Een pdf van hooguit 5 MB.")
    may_read = forms.BooleanField(
        label="De coördinator mag mijn woorden lezen om een coach te zoeken",
        required=False,
        help_text="Je kunt dit later weer intrekken.",
    )


class ExampleFilter(KlankbordFormMixin, forms.Form):
    """A filter above a table."""

    unit = forms.ChoiceField(label="Eenheid", required=False, choices=[("", "Alle"), ("water", "Directie Water")])


@require_http_methods(["GET", "HEAD", "POST"])
def style_guide(request: HttpRequest) -> HttpResponse:
    """Every component on one page; what is typed into it is accepted like a draft, and forgotten."""
    if request.method == "POST":
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    return render(request, "web/style_guide.html", examples(request))


def examples(request: HttpRequest) -> dict[str, Any]:
    """What the style guide shows, as a page would hand it to its template."""
    return {
        "navigation": NAVIGATION,
        "organisation": SimpleNamespace(name="Rijk aan Water", slug="water"),
        "person": "Johan de Wit",
        "me_url": "#",
        "audience": AUDIENCE,
        "private": PRIVATE,
        "line": LINE,
        "form": ExampleForm(initial={"themes": ["project"], "rhythm": "3"}),
        "wrong": ExampleForm({"themes": ["project", "limits"], "rhythm": "3"}, auto_id="wrong_%s"),
        "filters": ExampleFilter(request.GET or None),
        "coaches": COACHES,
        "pages": Paginator(range(1, 241), 25).page(2),
        "old": OLD_TEXT,
        "new": NEW_TEXT,
        "letter": LETTER,
        "sides": EXPECTATIONS,
        "half": [Said("Johan", "Een plan dat niet op mij leunt."), Said("Anton", "")],
    }
