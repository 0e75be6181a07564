"""People, the staff file, and everyone's own data."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.downloads import download
from klankbord.core.pagination import LongList
from klankbord.people import trail
from klankbord.people import who_sees_what as table
from klankbord.people.actions import LastAdministrator, choose_language, give_role, note_list_downloaded, take_role
from klankbord.people.actions.staff_import import NotAsSeen, apply_staff_file, discard_staff_file, keep_staff_file
from klankbord.people.actions.takeout import make_takeout
from klankbord.people.forms import LanguageForm, PeopleQuery, RoleForm, StaffFileForm, UnitFilter
from klankbord.people.messages import messages as kinds_of_message
from klankbord.people.models import Membership, StaffImport
from klankbord.people.preview import preview_of
from klankbord.people.queries import (
    look_at,
    names_of,
    notices_for,
    people_listed,
    person_for,
    roles_of,
    staff_import_for,
    units_around,
    waiting_import_of,
)
from klankbord.people.requests import MemberRequest
from klankbord.people.staff_file import rows_to_xlsx, template_workbook
from klankbord.people.takeout_file import takeout_file
from klankbord.people.wording import ROLE_MEANINGS, ROLE_NAMES
from klankbord.privacy import takeout
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import audience
from klankbord.privacy.queries import opened_or_done_by_others

ADMINISTRATOR, COORDINATOR = "administrator", "coordinator"
ON_A_PAGE = 50


def _need(request: MemberRequest, *roles: str) -> None:
    if not request.roles & set(roles):
        raise PermissionDenied


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


# --- The list, and one person ---------------------------------------------------------------------------------------


@require_GET
def people(request: MemberRequest, organisation: str) -> HttpResponse:
    """Everybody: searched, filtered by unit, sorted; the address holds it all."""
    _need(request, ADMINISTRATOR, COORDINATOR)
    asked = PeopleQuery(request.GET).asked()
    path = asked["unit_path"]
    context = {
        "page": LongList(people_listed(**asked), ON_A_PAGE).get_page(request.GET.get("page")),
        "search": asked["text"],
        "filters": UnitFilter({"unit": path}, units=units_around(path)),
        "is_administrator": ADMINISTRATOR in request.roles,
        "audience": audience("person", viewer=SeenAs.ADMINISTRATOR),
    }
    return render(request, "people/people.html", context)


@require_GET
def people_file(request: MemberRequest, organisation: str) -> HttpResponse:
    """The same list as a spreadsheet."""
    _need(request, ADMINISTRATOR, COORDINATOR)
    found = people_listed(**PeopleQuery(request.GET).asked())
    rows = list(found.values_list("name", "email", "unit__path", "manager__name", "employer"))
    note_list_downloaded(count=len(rows))
    headings = [_("Name"), _("E-mail address"), _("Part of the organisation"), _("Manager"), _("Employer")]
    return download(rows_to_xlsx(headings, rows, sheet_name=_("People")), _("people") + ".xlsx")


@require_GET
def person(request: MemberRequest, organisation: str, person: UUID) -> HttpResponse:
    """One colleague: where somebody works, under whom, and with which roles."""
    _need(request, ADMINISTRATOR, COORDINATOR)
    colleague = person_for(person)
    held = roles_of(colleague)
    context = {
        "colleague": colleague,
        "roles": [
            {"code": role, "name": ROLE_NAMES[role], "meaning": ROLE_MEANINGS[role], "held": role in held}
            for role in Membership.Role.values
        ],
        "is_administrator": ADMINISTRATOR in request.roles,
        "audience": audience("person", "membership", viewer=SeenAs.ADMINISTRATOR),
    }
    return render(request, "people/person.html", context)


@require_POST
def person_role(request: MemberRequest, organisation: str, person: UUID) -> HttpResponse:
    """Give somebody a role, or take it."""
    _need(request, ADMINISTRATOR)
    colleague = person_for(person)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.warning(request, _("That role does not exist."))
        return redirect("person", organisation, colleague.pk)
    role = Membership.Role(form.cleaned_data["role"])
    told = {"name": colleague.first_name, "role": ROLE_NAMES[role]}
    if form.cleaned_data["give"]:
        give_role(person=colleague, role=role)
        messages.success(request, _("%(name)s now has the role of %(role)s.") % told)
    else:
        try:
            take_role(person=colleague, role=role)
        except LastAdministrator:
            messages.warning(request, _("There must be one administrator. Give somebody else that role first."))
        else:
            messages.success(request, _("%(name)s no longer has the role of %(role)s.") % told)
    return redirect("person", organisation, colleague.pk)


# --- The staff file -------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def import_people(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose a staff file to look at."""
    _need(request, ADMINISTRATOR)
    form = StaffFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        form = StaffFileForm(request.POST, request.FILES)
        if form.is_valid():
            upload = keep_staff_file(
                person=request.person,
                file_name=form.cleaned_data["file"].name,
                content=form.content,
                complete=form.cleaned_data["complete"],
            )
            return redirect("import_preview", organisation, upload.pk)
    context = {
        "form": form,
        "waiting": waiting_import_of(request.person),
        "audience": audience("staff_file", viewer=SeenAs.SELF),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "people/import.html", context, status=status)


@require_GET
def import_template(request: MemberRequest, organisation: str) -> HttpResponse:
    """An empty staff file with an explanation."""
    _need(request, ADMINISTRATOR)
    return download(template_workbook(_language()), _("staff-file") + ".xlsx")


@require_http_methods(["GET", "POST"])
def import_preview(request: MemberRequest, organisation: str, upload: UUID) -> HttpResponse:
    """What the file would do; and on POST, doing all of it or nothing."""
    _need(request, ADMINISTRATOR)
    kept = staff_import_for(request.person, upload)
    if kept.applied_at is not None:
        messages.info(request, _("This file was already taken in."))
        return redirect("people", organisation)
    if request.method == "GET":
        return _preview(request, kept)
    try:
        plan = apply_staff_file(upload=kept, seen=request.POST.get("mark", ""))
    except NotAsSeen:
        messages.warning(
            request, _("Something changed since you opened this page. Look once more; nothing was changed.")
        )
        return _preview(request, kept, status=HTTPStatus.CONFLICT)
    told = {"new": len(plan.additions), "changed": len(plan.changes), "left": len(plan.leavers)}
    messages.success(request, _("Taken in: %(new)d new, %(changed)d changed, %(left)d left.") % told)
    return redirect("people", organisation)


def _preview(request: MemberRequest, kept: StaffImport, status: HTTPStatus = HTTPStatus.OK) -> HttpResponse:
    context = {
        "upload": kept,
        "preview": preview_of(look_at(kept), _language()),
        "audience": audience("staff_file", viewer=SeenAs.SELF),
    }
    return render(request, "people/import_preview.html", context, status=status)


@require_POST
def import_discard(request: MemberRequest, organisation: str, upload: UUID) -> HttpResponse:
    """Throw the file away."""
    _need(request, ADMINISTRATOR)
    discard_staff_file(upload=staff_import_for(request.person, upload))
    messages.info(request, _("The file is gone. Nothing was changed."))
    return redirect("import_people", organisation)


# --- One's own data -------------------------------------------------------------------------------------------------


def _told(rows: Iterable[tuple[date, UUID | None, str]]) -> list[tuple[date, str]]:
    """Rows of the audit as sentences; what nobody in particular did, Klankbord did."""
    shown = list(rows)
    names = names_of(actor for _day, actor, _verb in shown if actor)
    return [
        (day, trail.sentence(verb, names.get(actor, "Klankbord") if actor else "Klankbord"))
        for day, actor, verb in shown
    ]


@require_GET
def my_data(request: MemberRequest, organisation: str) -> HttpResponse:
    """Who I am here, in which language, and who opened something of mine."""
    page = Paginator(opened_or_done_by_others(trail.NOT_TOLD), ON_A_PAGE).get_page(request.GET.get("page"))
    notices = notices_for(request.person, limit=20)
    context = {
        "page": page,
        "told": _told(page.object_list),
        "notices": [(one, kinds_of_message()[one.kind].line % one.parameters) for one in notices],
        "form": LanguageForm(initial={"language": request.person.language}),
        "roles": [ROLE_NAMES[role] for role in roles_of(request.person)],
        "about_me": audience("person", viewer=SeenAs.SELF),
        "audience": audience("audit", "notification", viewer=SeenAs.SELF),
    }
    return render(request, "people/my_data.html", context)


@require_http_methods(["GET", "POST"])
def my_takeout(request: MemberRequest, organisation: str) -> HttpResponse:
    """Everything of mine: what is in it, and at the press of a button the file itself."""
    if request.method == "GET":
        chapters = [(title, takeout.ABOUT[chapter]) for chapter, title in takeout.TITLES.items()]
        context = {"chapters": chapters, "audience": audience("takeout", viewer=SeenAs.SELF)}
        return render(request, "people/takeout/takeout.html", context)
    made_at = clock.now()
    return download(takeout_file(make_takeout(), request.person, made_at), f"klankbord-{clock.today():%Y-%m-%d}.zip")


@require_POST
def my_language(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose one's own language."""
    form = LanguageForm(request.POST)
    response = redirect("my_data", organisation)
    if not form.is_valid():
        messages.warning(request, _("Choose one of the two languages."))
        return response
    choose_language(person=request.person, language=form.cleaned_data["language"])
    # The cookie of the button at the foot of the page is for one browser; a choice made here is for everywhere.
    response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
    return response


@require_GET
def who_sees_what(request: MemberRequest, organisation: str) -> HttpResponse:
    """Who sees what in Klankbord: the whole table, in words."""
    coaching, other = table.coaching_and_other()
    context = {"coaching": coaching, "other": other, "columns": [*table.COLUMNS.values(), _("Others")]}
    return render(request, "people/who_sees_what.html", context)
