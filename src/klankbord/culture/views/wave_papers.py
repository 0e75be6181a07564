"""What people will read: the questionnaire and the letters before opening, and letters on paper to print."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response, pdf
from klankbord.core.wording import Language
from klankbord.culture.actions import print_letters
from klankbord.culture.ballots import code_address, scan_address
from klankbord.culture.letters import INVITATION, PAPER, REMINDER, language_of, letter_facts
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import PaperLetter, groups_ready
from klankbord.culture.rules.waves import CLASSES, Attribute, NotInThisState, State
from klankbord.culture.texts import Page, facts_in, letters
from klankbord.culture.views._waves import wave_of_coordinator, who_sees_draft, who_sees_open
from klankbord.culture.views.example import A_CODE, CODE, SHUT, THANKS, USED
from klankbord.people.requests import MemberRequest

TEMPLATE = "culture/letters"


@require_GET
def preview(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """The way to the questionnaire as people will see it, and the letters, in either language."""
    found = wave_of_coordinator(request, scan)
    language: Language = language_on_screen()
    if request.GET.get("taal") in ("nl", "en"):
        language = "en" if request.GET["taal"] == "en" else "nl"
    context = {
        "wave": found,
        "tongue": language,
        "title": found.title.text(language_on_screen()),
        "around": _around(),
        **_beside(found, language),
        "letters": _letters(request, found, language),
        "audience": who_sees_draft() if found.state == State.DRAFT else who_sees_open(),
    }
    return render(request, "culture/waves/preview.html", context)


def _around() -> list[tuple[str, str]]:
    """The pages of an example besides the questionnaire, by their word in the address."""
    return [
        (CODE, _("Where somebody types the code of a letter on paper")),
        (THANKS, _("After sending")),
        (USED, _("When a link was used already")),
        (SHUT, _("After the last day")),
    ]


def _beside(wave: Wave, language: Language) -> dict[str, object]:
    """What is laid beside the answers, and its groups: as they were fixed, or as they would be."""
    named = wave.attribute_name
    if wave.classes or wave.attribute != Attribute.UPLOADED:
        classes = wave.class_names or CLASSES.get(Attribute(wave.attribute), ())
        names = [one.text(language) for one in classes]
    else:
        names = list(groups_ready(wave))
    return {
        "attribute": named.text(language) if named else "",
        "classes": names,
        "own_table": wave.attribute == Attribute.UPLOADED,
    }


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
