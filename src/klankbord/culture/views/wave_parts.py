"""Making a wave, one part a page. Everything stays a draft until it is opened."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.core.pagination import LongList
from klankbord.core.wording import LANGUAGES
from klankbord.culture.actions import change_wave, choose_paper, draft_wave, prepare_classes
from klankbord.culture.forms.waves import (
    BackgroundForm,
    NewForm,
    OwnItemsForm,
    PartForm,
    TextsForm,
    WhatForm,
    WhenForm,
    WhomForm,
    as_fields,
    first_plan,
)
from klankbord.culture.models import Wave
from klankbord.culture.queries.preparing import (
    chosen_for_paper,
    fixed_by,
    may_be_contact,
    paper_count,
    paper_people,
    plan_of,
    units_to_choose,
)
from klankbord.culture.queries.waves import groups_ready, invited_count, opening_of
from klankbord.culture.rules.waves import Attribute, NotInThisState, State
from klankbord.culture.views._waves import PARTS, after, only_coordinators, wave_of_coordinator, who_sees_draft
from klankbord.people.api import Person
from klankbord.people.forms import PeopleQuery, UnitFilter
from klankbord.people.queries import units_around
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft

A_PAGE = 50
MOST_ROW_ERRORS = 50


@require_http_methods(["GET", "POST"])
def new(request: MemberRequest, organisation: str) -> HttpResponse:
    """Begin a wave."""
    only_coordinators(request)
    form = NewForm(request.POST or None, initial=_first_words())
    if request.method == "POST" and form.is_valid():
        plan = form.changed(first_plan())
        made = draft_wave(once=form.cleaned_data["once"], plan=plan, contact=request.person)
        return redirect("wave_part", organisation, made.pk, "wie")
    context = {"form": form, "part": PARTS[0], "place": 1, "of": len(PARTS), "next": PARTS[1]}
    return _page(request, context, form)


def _first_words() -> dict[str, Any]:
    year = clock.today().year
    return {"kind": Wave.Kind.FULL, "title_nl": f"Cultuurscan {year}", "title_en": f"Culture scan {year}"}


@require_http_methods(["GET", "POST"])
def part(request: MemberRequest, organisation: str, scan: UUID, part: str) -> HttpResponse:
    """One part: read it, change it, and go on to the next."""
    found = wave_of_coordinator(request, scan)
    if part not in FORMS:
        raise Http404
    if found.state != State.DRAFT:
        messages.info(request, _("This is open already, so it does not change any more."))
        return redirect("wave", organisation, found.pk)
    form = FORMS[part](request, found)
    if request.method == "POST" and form.is_valid() and (saved := _saved(found, form)):
        drop_draft(request.path)
        return _on(request, organisation, found, saved, form)
    if not form.is_bound:
        form.go_on_with({} if part in WITHOUT_DRAFT else draft_at(request.path))
    return _part_page(request, found, form, part)


def _part_page(request: MemberRequest, found: Wave, form: PartForm, part: str) -> HttpResponse:
    place = [one.code for one in PARTS].index(part)
    context = {
        "wave": found,
        "form": form,
        "part": PARTS[place],
        "place": place + 1,
        "of": len(PARTS),
        "next": after(part),
        "keeps": part not in WITHOUT_DRAFT,
        **(_about_whom(request, found, form) if isinstance(form, WhomForm) else {}),
        **(_about_background(found) if isinstance(form, BackgroundForm) else {}),
    }
    return _page(request, context, form)


def _page(request: MemberRequest, context: dict[str, Any], form: PartForm) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    whole = {"audience": who_sees_draft(), "look": _LOOKS.get(type(form), "culture/waves/_plain.html"), **context}
    return render(request, "culture/waves/part.html", whole, status=status)


_LOOKS = {
    WhomForm: "culture/waves/_whom.html",
    BackgroundForm: "culture/waves/_background.html",
    OwnItemsForm: "culture/waves/_own.html",
    WhenForm: "culture/waves/_when.html",
}


# --- the forms ------------------------------------------------------------------------------------------------------


def _what(request: MemberRequest, found: Wave) -> PartForm:
    begun = {"kind": found.kind, "title_nl": found.title_nl, "title_en": found.title_en}
    return WhatForm(request.POST or None, initial=begun)


def _whom(request: MemberRequest, found: Wave) -> PartForm:
    shown = units_to_choose(
        request.GET.get("unit", ""), [*found.units, *map(str, valid_ids(request.POST.getlist("units")))]
    )
    begun = {"whom": found.whom, "units": found.units, "sample_size": found.sample_size}
    return WhomForm(request.POST or None, units=shown, initial=begun)


def valid_ids(given: Iterable[str]) -> list[UUID]:
    """Those that can be ids. What cannot, is left out."""
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found


def _background(request: MemberRequest, found: Wave) -> PartForm:
    begun = {name: getattr(found, name) for name in ("attribute", "attribute_nl", "attribute_en", "k")}
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return BackgroundForm(*sent, there=bool(groups_ready(found)), initial=begun)


def _own_form(found: Wave, data: QueryDict | None = None) -> OwnItemsForm:
    begun = {f"{language}_{n}": one[language] for n, one in enumerate(found.own_items, 1) for language in LANGUAGES}
    return OwnItemsForm(data, wave=found, initial=begun)


def _own_items(request: MemberRequest, found: Wave) -> PartForm:
    return _own_form(found, request.POST or None)


def _when(request: MemberRequest, found: Wave) -> PartForm:
    begun = {"opens": found.opens, "closes": found.closes, **as_fields(found.reminders)}
    return WhenForm(request.POST or None, initial=begun)


def _texts(request: MemberRequest, found: Wave) -> PartForm:
    begun = {"about_nl": found.about_nl, "about_en": found.about_en, "contact": str(found.contact_id)}
    return TextsForm(request.POST or None, contacts=may_be_contact(), initial=begun)


FORMS: dict[str, Callable[[MemberRequest, Wave], PartForm]] = {
    "wat": _what,
    "wie": _whom,
    "achtergrond": _background,
    "eigen-zinnen": _own_items,
    "wanneer": _when,
    "teksten": _texts,
}
# A file cannot be kept by typing on, and boxes to tick lie across several places of the tree.
WITHOUT_DRAFT = frozenset({"wie", "achtergrond"})


# --- saving ---------------------------------------------------------------------------------------------------------


def _saved(found: Wave, form: PartForm) -> Wave | None:
    """The wave with it; None when a table has errors: then nothing of this part is kept."""
    if isinstance(form, BackgroundForm) and not _table_kept(found, form):
        return None
    contact = form.named if isinstance(form, TextsForm) else None
    try:
        return change_wave(wave=found, plan=form.changed(plan_of(found)), contact=contact)
    except NotInThisState:
        form.add_error(None, _("A colleague opened it meanwhile, so it does not change any more."))
        return None


def _table_kept(found: Wave, form: BackgroundForm) -> bool:
    file = form.cleaned_data.get("file")
    if file is None or form.cleaned_data["attribute"] != Attribute.UPLOADED:
        return True
    try:
        read = prepare_classes(wave=found, content=file.read())
    except NotInThisState:
        return True
    language = language_on_screen()
    for one in read.errors[:MOST_ROW_ERRORS]:
        said = one.sentence.text(language)
        form.add_error("file", _("Row %(row)d: %(said)s") % {"row": one.row, "said": said} if one.row else said)
    more = len(read.errors) - MOST_ROW_ERRORS
    if more > 0:
        form.add_error("file", ngettext("And one more row.", "And %(n)d more rows.", more) % {"n": more})
    return not read.errors


def _on(request: MemberRequest, organisation: str, before: Wave, saved: Wave, form: PartForm) -> HttpResponse:
    """To where the button said: deeper into the tree, the next part, or the whole. First what wants another look."""
    here = request.path
    if "down" in request.POST:
        return redirect(f"{here}?{urlencode({'unit': request.POST['down']})}")
    if isinstance(form, OwnItemsForm) and saved.own_items != before.own_items and _remarks_left(saved):
        messages.info(request, _("Saved. Have another look at what stands beside the sentences; you decide."))
        return redirect(here)
    if isinstance(form, BackgroundForm) and _groups_changed(before, saved, form):
        messages.success(request, _("Saved. Below you see how large the groups are."))
        return redirect(here)
    if "next" not in request.POST:
        return redirect("wave", organisation, saved.pk)
    following = after(request.path.rstrip("/").rsplit("/", 1)[-1])
    return redirect(_where(organisation, saved, following.code if following else ""))


def _where(organisation: str, found: Wave, code: str) -> str:
    if code == "papier":
        return reverse("wave_paper", args=[organisation, found.pk])
    return reverse("wave_part", args=[organisation, found.pk, code])


def _remarks_left(saved: Wave) -> bool:
    pairs = _own_form(saved).pairs()
    return any(remarks for pair in pairs for _field, remarks in pair["fields"])


def _groups_changed(before: Wave, saved: Wave, form: BackgroundForm) -> bool:
    if saved.attribute == Attribute.NONE:
        return False
    return bool(form.cleaned_data.get("file")) or (before.attribute, before.k) != (saved.attribute, saved.k)


# --- what a page shows besides its form -----------------------------------------------------------------------------


def _about_whom(request: MemberRequest, found: Wave, form: WhomForm) -> dict[str, Any]:
    ticked = form.ticked()
    rows = [{"one": one, "ticked": str(one.unit.pk) in ticked} for one in form.shown]
    return {"rows": rows, "invited": invited_count(found)}


def _about_background(found: Wave) -> dict[str, Any]:
    """How large the groups are as they were saved, and what there is to say about that."""
    if found.attribute == Attribute.NONE:
        return {"groups": ()}
    language = language_on_screen()
    would = opening_of(found, found.opens)
    return {
        "groups": [(name.text(language), many) for name, many in fixed_by(would).classes],
        "warnings": [one.sentence.text(language) for one in would.findings if one.code.startswith("class")],
        "sample": found.whom == Wave.Whom.SAMPLE,
    }


# --- on paper -------------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def paper(request: MemberRequest, organisation: str, scan: UUID) -> HttpResponse:
    """Who is invited on paper: one by one, or everybody who was found at once."""
    found = wave_of_coordinator(request, scan)
    if found.state != State.DRAFT:
        messages.info(request, _("This is open already, so it does not change any more."))
        return redirect("wave", organisation, found.pk)
    asked = PeopleQuery(request.GET).asked()
    people = paper_people(found, text=asked["text"], unit_path=asked["unit_path"])
    if request.method == "POST":
        return _paper_chosen(request, found, people)
    page = LongList(people, A_PAGE).get_page(request.GET.get("page"))
    chosen = chosen_for_paper(found, [one.pk for one in page])
    context = {
        "wave": found,
        "part": PARTS[-1],
        "place": len(PARTS),
        "of": len(PARTS),
        "page": page,
        "rows": [{"person": one, "ticked": one.pk in chosen or not one.email, "fixed": not one.email} for one in page],
        "search": asked["text"],
        "filters": UnitFilter({"unit": asked["unit_path"]}, units=units_around(asked["unit_path"])),
        "narrowed": bool(asked["text"] or asked["unit_path"]),
        "on_paper": paper_count(found),
        "audience": audience("preparation", viewer=SeenAs.COORDINATOR),
    }
    return render(request, "culture/waves/paper.html", context)


def _paper_chosen(request: MemberRequest, found: Wave, people: QuerySet[Person]) -> HttpResponse:
    everybody = request.POST.get("everybody", "")
    if everybody in ("paper", "mail"):
        choose_paper(wave=found, people=list(people.values_list("pk", flat=True)), paper=everybody == "paper")
    else:
        shown, ticked = (frozenset(valid_ids(request.POST.getlist(name))) for name in ("shown", "paper"))
        choose_paper(wave=found, people=ticked & shown, paper=True)
        choose_paper(wave=found, people=shown - ticked, paper=False)
    messages.success(request, _("Saved."))
    return redirect(request.get_full_path())
