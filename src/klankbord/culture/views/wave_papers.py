"""What people will read: the questionnaire and the letters before opening, and letters on paper to print."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response, pdf
from klankbord.core.wording import Language, Wording
from klankbord.culture.actions import print_letters
from klankbord.culture.ballots import code_address, scan_address
from klankbord.culture.letters import INVITATION, PAPER, REMINDER, language_of, letter_facts
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import PaperLetter
from klankbord.culture.rules.waves import NotInThisState
from klankbord.culture.texts import Page, facts_in, letters
from klankbord.culture.views._waves import wave_of_coordinator, who_sees_draft
from klankbord.people.requests import MemberRequest

TEMPLATE = "culture/letters"
A_CODE = "ABCDE FGHJK LMNP"
"""Stands in a preview. It is no code: its check does not come out."""

# In the language of the preview, which need not be that of the page.
_PULSE = Wording(nl="Vijf zinnen", en="Five sentences")
_OUTCOMES = Wording(nl="Wat ervan kan komen", en="What may come of it")
_OWN = Wording(nl="Eigen zinnen van de organisatie", en="The organisation's own sentences")


@dataclass(frozen=True)
class Group:
    """Sentences that are asked together."""

    title: str
    sentences: Sequence[str]


@require_GET
def preview(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """The questionnaire and the letters as people will read them, in either language."""
    found = wave_of_coordinator(request, scan)
    language: Language = language_on_screen()
    if request.GET.get("taal") in ("nl", "en"):
        language = "en" if request.GET["taal"] == "en" else "nl"
    welcome = letters().page("welcome")
    context = {
        "wave": found,
        "tongue": language,
        "title": found.title.text(language),
        "about": found.about.text(language),
        "welcome": welcome.text(language).split("\n\n"),
        "points": [one.wording.text(language) for one in found.instrument.points],
        "unknown": found.instrument.unknown.text(language),
        "groups": groups_of(found, language),
        "questions": [one.wording.text(language) for one in found.open_questions],
        "letters": _letters(request, found, language),
        "audience": who_sees_draft(),
    }
    return render(request, "culture/waves/preview.html", context)


def groups_of(wave: Wave, language: Language) -> list[Group]:
    """The sentences by dimension, then the outcomes, then the organisation's own; a pulse is one group."""
    own = [one.wording.text(language) for one in wave.own_rated]
    if wave.kind == Wave.Kind.PULSE:
        asked = [one.wording.text(language) for one in wave.instrument.pulse_items]
        found = [Group(_PULSE.text(language), asked)]
    else:
        found = [
            Group(one.name.text(language), [item.wording.text(language) for item in one.items])
            for one in wave.instrument.dimensions
        ]
        outcomes = [one.wording.text(language) for one in wave.instrument.outcomes]
        found.append(Group(_OUTCOMES.text(language), outcomes))
    return [*found, Group(_OWN.text(language), own)] if own else found


def _letters(request: MemberRequest, wave: Wave, language: Language) -> list[dict[str, str]]:
    """Each letter as it would come to the reader."""
    facts = letter_facts(wave, request.organisation, request.person, language)
    facts |= {
        "link": scan_address(request.organisation.slug, "…"),
        "address": code_address(request.organisation.slug),
        "code": A_CODE,
    }
    names = (
        (INVITATION, _("The invitation by mail")),
        (REMINDER, _("The reminder")),
        (PAPER, _("The letter on paper")),
    )
    return [
        {"name": name, "heading": one.heading(language, **facts), "text": one.text(language, **facts)}
        for one, name in ((letters().letter(code), name) for code, name in names)
    ]


# --- on paper -------------------------------------------------------------------------------------------------------


@require_POST
def print_pile(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """One pile of letters as a PDF, a page each. It is made for this answer, and no copy stays behind."""
    found = wave_of_coordinator(request, scan)
    try:
        pile = int(request.POST.get("pile", "0"))
        printed = print_letters(wave=found, pile=max(0, min(pile, 10_000)))
    except (ValueError, NotInThisState):
        messages.info(request, _("Letters with a code can be printed while it is open."))
        return redirect("wave", organisation, found.pk)
    if not printed:
        messages.info(request, _("Nobody was invited on paper."))
        return redirect("wave", organisation, found.pk)
    language = language_on_screen()
    facts = {"letters": [letter_on_paper(request, found, one) for one in printed]}
    title = found.title.text(language)
    content = pdf(TEMPLATE, facts, language=language, title=title, author=request.organisation.name)
    return paper_response(content, _("letters"))


def letter_on_paper(request: MemberRequest, wave: Wave, letter: PaperLetter) -> dict[str, Any]:
    """A letter in the language of its reader: what stands above the line with the name, and below it with the code."""
    language = language_of(letter.person)
    facts = letter_facts(wave, request.organisation, letter.person, language)
    facts |= {"address": code_address(request.organisation.slug), "code": letter.code}
    text = letters().letter(PAPER)
    above, below = _in_two(text, language, facts)
    return {
        "language": language,
        "name": letter.person.name,
        "unit": letter.person.unit.name,
        "heading": text.heading(language, **facts),
        "above": above,
        "below": below,
        "code": letter.code.split(" "),
        "cut": "Vouw hier, of knip hier af" if language == "nl" else "Fold here, or cut here",
    }


def _in_two(text: Page, language: Language, facts: dict[str, str]) -> tuple[list[str], list[str]]:
    """The paragraphs above the line, and those with the address below it; the code itself is drawn apart.

    SECURITY: nothing below the line names anybody. Whoever finds it or gets it handed over learns a code, and not
    whose it is.
    """
    above: list[str] = []
    below: list[str] = []
    for part in text.parts:
        wanted = facts_in(part.nl)
        if "code" in wanted:
            continue
        (below if "address" in wanted else above).append(part.text(language).format_map(facts))
    return above, below
