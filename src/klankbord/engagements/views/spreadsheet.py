"""Coming from a spreadsheet: a coordinator looks at it and lays it before the people in it; each decides."""

from __future__ import annotations

import json
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.api import profile_texts
from klankbord.core.downloads import download
from klankbord.core.language import language_on_screen
from klankbord.engagements.actions.spreadsheet import (
    NotAsSeen,
    confirm_engagement,
    drop_letter,
    offer_rows,
    take_back,
    take_letter,
)
from klankbord.engagements.forms.asking import theme_labels
from klankbord.engagements.forms.spreadsheet import SheetsForm
from klankbord.engagements.models import SheetLetter
from klankbord.engagements.queries.nearness import nearness_of
from klankbord.engagements.queries.spreadsheet import (
    content_of,
    letter_for,
    letters_for,
    names_of,
    note_by,
    notes_of,
    plan_for,
)
from klankbord.engagements.rules.match import ToldTo
from klankbord.engagements.rules.spreadsheet import Kind, SheetPlan, SheetRow
from klankbord.engagements.sheets import example_file, row_problem_text, sheet_name
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import Finding, NotNow
from klankbord.privacy import vault
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft, keep_draft


def _only_coordinators(request: MemberRequest) -> None:
    if "coordinator" not in request.roles:
        raise PermissionDenied


def _place(organisation: str) -> str:
    return reverse("take_over_look", kwargs={"organisation": organisation})


# --- The coordinator ------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def choose(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose a file to look at, and see what was laid before whom."""
    _only_coordinators(request)
    form = SheetsForm(request.POST, request.FILES) if request.method == "POST" else SheetsForm()
    if form.is_bound and form.is_valid():
        rows = [[row.kind, row.sheet, row.row, row.said] for row in form.found.rows]
        body = {"rows": json.dumps(rows), "ignored": ", ".join(form.found.ignored)}
        try:
            keep_draft(_place(organisation), body | {"file": form.cleaned_data["file"].name[:120]})
            return redirect("take_over_look", organisation)
        except ValueError:
            form.add_error("file", _("There is too much in it for one time. Split the file."))
    context = {
        "form": form,
        "waiting": draft_at(_place(organisation)).get("file", ""),
        "notes": [(note, sheet_name(Kind(note.kind), language_on_screen())) for note in notes_of(request.person)],
        "audience": audience("sheet_note", viewer=SeenAs.COORDINATOR),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "engagements/spreadsheet/choose.html", context, status=status)


@require_GET
def example(request: MemberRequest, organisation: str) -> HttpResponse:
    """An empty workbook with the three sheets and an explanation."""
    _only_coordinators(request)
    return download(example_file(language_on_screen()), f"{_('take-over')}.xlsx")


@require_http_methods(["GET", "POST"])
def look(request: MemberRequest, organisation: str) -> HttpResponse:
    """What would be laid before whom; and on POST, doing all of it or nothing."""
    _only_coordinators(request)
    kept = draft_at(_place(organisation))
    if "rows" not in kept:
        return redirect("take_over", organisation)
    rows = [SheetRow(Kind(kind), sheet, number, said) for kind, sheet, number, said in json.loads(kept["rows"])]
    if request.method == "GET":
        return _look_page(request, rows, kept)
    try:
        plan = offer_rows(slug=organisation, author=request.person, rows=rows, seen=request.POST.get("mark", ""))
    except NotAsSeen:
        messages.warning(request, _("Something changed since you opened this page. Look once more; nothing was done."))
        return _look_page(request, rows, kept, status=HTTPStatus.CONFLICT)
    drop_draft(_place(organisation))
    people = len({offer.person for offer in plan.offers})
    said = ngettext("Laid before one person. They decide.", "Laid before %(n)d people. They decide.", people)
    messages.success(request, said % {"n": people})
    return redirect("take_over", organisation)


def _look_page(
    request: MemberRequest, rows: list[SheetRow], kept: dict[str, str], status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    plan, language = plan_for(request.person, rows), language_on_screen()
    kinds = {row.sheet: row.kind for row in rows}
    context = {
        "file": kept["file"],
        "ignored": kept["ignored"],
        "problems": [row_problem_text(problem, kinds, language) for problem in plan.problems],
        "parts": _parts(plan),
        "unchanged": plan.unchanged,
        "mark": plan.mark,
        "audience": audience("sheet_note", viewer=SeenAs.COORDINATOR),
    }
    return render(request, "engagements/spreadsheet/look.html", context, status=status)


def _parts(plan: SheetPlan) -> list[tuple[str, list[dict[str, Any]]]]:
    """By kind of sheet: for each row whom it is about, what is said, and which rule it touches."""
    pairs = [(one.person, one.coach) for one in plan.offers if one.coach is not None]
    near = nearness_of(pairs, ToldTo.COORDINATOR)
    names = names_of({one.person for one in plan.offers} | {coach for _client, coach in pairs})
    language = language_on_screen()
    parts = []
    for kind in Kind:
        lines = []
        for one in plan.offers:
            if one.kind is not kind:
                continue
            finding = near.get((one.person, one.coach)) if one.coach else None
            lines.append(
                {
                    "name": names[one.person],
                    "said": _said(kind, one.content, names.get(one.coach, "") if one.coach else ""),
                    "near": finding and finding.text(language),
                    "clause": finding and finding.clause,
                }
            )
        if lines:
            parts.append((sheet_name(kind, language), lines))
    return parts


def _said(kind: Kind, content: Any, coach: str = "") -> list[str]:
    """A row in a few short sentences."""
    if kind is Kind.HOURS:
        return [_hours_said(content), content["source"]]
    if kind is Kind.ENGAGEMENTS:
        since = date_format(date.fromisoformat(content["since"]), "j F Y")
        said = [_("with %(coach)s, since %(day)s") % {"coach": coach, "day": since}]
        if content["end"]:
            said.append(_("planned until %(day)s") % {"day": date_format(date.fromisoformat(content["end"]), "j F Y")})
        if content["talks"]:
            left = ngettext("one talk to go", "%(n)d talks to go", content["talks"])
            said.append(left % {"n": content["talks"]})
        return said
    return _profile_said(content)


def _hours_said(content: Any) -> str:
    years = dict.fromkeys((content["from_year"], content["until_year"]))
    said = _("%(hours)d hours, %(years)s") % {"hours": content["hours"], "years": "–".join(map(str, years))}
    if not content["clients"]:
        return said
    people = ngettext("with one person", "with %(n)d people", content["clients"]) % {"n": content["clients"]}
    return f"{said}, {people}"


def _profile_said(content: Any) -> list[str]:
    language = language_on_screen()
    spoken = {one.id: one.label.text(language) for one in profile_texts().languages}
    said = []
    for label, words in (
        (_("Themes"), theme_labels(content.get("themes", []))),
        (_("Languages"), [spoken[one] for one in content.get("languages", [])]),
        (_("Places"), content.get("places", [])),
    ):
        if words:
            said.append(f"{label}: {', '.join(map(str, words))}")
    if "online" in content:
        said.append(_("Online too") if content["online"] else _("Not online"))
    if "capacity" in content:
        said.append(_("At the same time: %(n)d") % {"n": content["capacity"]})
    return said


@require_POST
def discard(request: MemberRequest, organisation: str) -> HttpResponse:
    """Throw the file away."""
    _only_coordinators(request)
    drop_draft(_place(organisation))
    messages.info(request, _("The file is gone. Nothing was changed."))
    return redirect("take_over", organisation)


@require_POST
def back(request: MemberRequest, organisation: str, sheet_note: UUID) -> HttpResponse:
    """Take back what was laid before somebody."""
    take_back(note=note_by(request.person, sheet_note))
    messages.success(request, _("It is gone, if it still lay there. What somebody took over stays theirs."))
    return redirect("take_over", organisation)


# --- Whoever it is about --------------------------------------------------------------------------------------------


@require_GET
def letters(request: MemberRequest, organisation: str) -> HttpResponse:
    """Everything that was laid before me."""
    return _letters_page(request)


def _letters_page(request: MemberRequest, refused: str = "", status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    found = letters_for(request.person)
    vault.prepare(found)
    near = nearness_of([(one.person_id, one.coach_id) for one in found if one.coach_id], ToldTo.CLIENT)
    context = {
        "letters": [
            _shown(letter, near.get((letter.person_id, letter.coach_id)) if letter.coach_id else None)
            for letter in found
        ],
        "author": found[0].author.first_name if found else "",
        "refused": refused,
        "audience": audience("sheet_letter", viewer=SeenAs.SELF),
    }
    return render(request, "engagements/spreadsheet/letters.html", context, status=status)


def _shown(letter: SheetLetter, near: Finding | None) -> dict[str, Any]:
    kind = Kind(letter.kind)
    coach = letter.coach
    return {
        "letter": letter,
        "kind": kind,
        "said": _said(kind, content_of(letter), coach.name if coach else ""),
        "near": near and near.text(language_on_screen()),
    }


@require_POST
def yes(request: MemberRequest, organisation: str, sheet_letter: UUID) -> HttpResponse:
    """It is right: take it over."""
    letter = letter_for(request.person, sheet_letter)
    if letter.kind != Kind.ENGAGEMENTS:
        take_letter(slug=organisation, letter=letter)
        hours = letter.kind == Kind.HOURS
        messages.success(
            request, _("It stands with your hours now.") if hours else _("It stands in your profile now. Read it over.")
        )
        if letters_for(request.person):
            return redirect("sheet_letters", organisation)
        if "coach" not in request.roles:
            return redirect("today", organisation)
        return redirect("craft_hours" if hours else "my_profile", organisation)
    try:
        engagement = confirm_engagement(slug=organisation, letter=letter)
    except NotNow as refused:
        return _letters_page(request, refused.text(language_on_screen()), HTTPStatus.CONFLICT)
    messages.success(request, _("This is your place together now."))
    return redirect("engagement", organisation, engagement.pk)


@require_POST
def no(request: MemberRequest, organisation: str, sheet_letter: UUID) -> HttpResponse:
    """It is not right, or not wanted here. Nobody is told."""
    drop_letter(letter=letter_for(request.person, sheet_letter))
    messages.success(request, _("It is gone. Nobody is told."))
    return redirect("sheet_letters" if letters_for(request.person) else "today", organisation)
