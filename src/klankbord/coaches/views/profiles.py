"""One's own profile: writing it, the photo, the room there is, and when colleagues see it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.coaches.actions.profiles import (
    publish_profile,
    put_photo,
    remove_photo,
    set_room,
    withdraw_profile,
    write_profile,
)
from klankbord.coaches.forms.profiles import PhotoForm, ProfileForm, RoomForm, as_it_stands
from klankbord.coaches.queries.left import photo_left
from klankbord.coaches.queries.profiles import card_of, own_profile, photos_of, words_about
from klankbord.coaches.queries.quality import quality_findings
from klankbord.coaches.views.describing import described
from klankbord.coaches.views.left import back
from klankbord.core import clock
from klankbord.core.language import language_on_screen
from klankbord.people.requests import MemberRequest
from klankbord.policy.api import policy_in_force
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def coaches_only(request: MemberRequest) -> None:
    """Refuse whoever is no coach in this organisation."""
    if "coach" not in request.roles:
        raise PermissionDenied


def _readers(*, visible: bool = False) -> Audience:
    return audience("coach_profile", viewer=SeenAs.COACH, reached=(When.CHECKED,) if visible else ())


@require_GET
def mine(request: MemberRequest, organisation: str) -> HttpResponse:
    """How one's own profile stands, and what colleagues read there."""
    coaches_only(request)
    profile = own_profile(request.person)
    language = language_on_screen()
    context: dict[str, Any] = {
        "profile": profile,
        "begun": bool(profile.introduction),
        "coach": described(card_of(profile)),
        "rests": profile.rests_on(clock.today()),
        "words": words_about(request.person),
        "photo": photos_of([request.person.pk]).get(request.person.pk, ""),
        "findings": [one.text(language) for one in quality_findings([request.person.pk])[request.person.pk]],
        "audience": _readers(visible=profile.visible),
    }
    return render(request, "coaches/mine.html", context)


@require_http_methods(["GET", "POST"])
def write(request: MemberRequest, organisation: str) -> HttpResponse:
    """Put the own profile in words."""
    coaches_only(request)
    profile = own_profile(request.person)
    if request.method == "GET":
        first = as_it_stands(profile, draft_at(request.path))
        return _write(request, ProfileForm(initial=first, asks_gender=_asks_gender()), profile.visible)
    form = ProfileForm(request.POST, asks_gender=_asks_gender())
    if not form.is_valid():
        return _write(request, form, profile.visible, HTTPStatus.UNPROCESSABLE_ENTITY)
    seen_before = profile.visible
    profile = write_profile(slug=organisation, coach=request.person, words=form.words)
    drop_draft(request.path)
    if seen_before and not profile.visible:
        messages.info(
            request, _("Saved. A coordinator looks at your new words; then colleagues see your profile again.")
        )
    else:
        messages.success(request, _("Saved."))
    return redirect("my_profile", organisation)


def _asks_gender() -> bool:
    return policy_in_force().content.match.wishes_about_person


def _write(request: MemberRequest, form: ProfileForm, visible: bool, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {"form": form, "visible": visible, "audience": _readers()}
    return render(request, "coaches/write.html", context, status=status)


@require_http_methods(["GET", "POST"])
def room(request: MemberRequest, organisation: str) -> HttpResponse:
    """How many clients fit, and whether new ones are welcome."""
    coaches_only(request)
    profile = own_profile(request.person)
    stands = {name: getattr(profile, name) for name in ("capacity", "paused", "paused_until")}
    form = RoomForm(request.POST) if request.method == "POST" else RoomForm(initial=stands)
    if form.is_bound and form.is_valid():
        set_room(coach=request.person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("my_profile", organisation)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/room.html", {"form": form, "audience": _readers()}, status=status)


@require_http_methods(["GET", "POST"])
def photo(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose a photo, or another one."""
    coaches_only(request)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if form.is_bound and form.is_valid():
        put_photo(coach=request.person, picture=form.cleaned_data["photo"])
        messages.success(request, _("Your photo stands beside your name now."))
        return redirect("my_profile", organisation)
    context = {
        "form": form,
        "photo": photos_of([request.person.pk]).get(request.person.pk, ""),
        "audience": audience("coach_photo", viewer=SeenAs.COACH),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "coaches/photo.html", context, status=status)


@require_POST
def photo_away(request: MemberRequest, organisation: str) -> HttpResponse:
    """Take the photo away, also for whoever is a coach no longer."""
    if not photo_left(request.person):
        coaches_only(request)
    remove_photo(coach=request.person)
    messages.success(request, _("Your photo is gone."))
    return back(request, "my_profile")


@require_POST
def publish(request: MemberRequest, organisation: str) -> HttpResponse:
    """Lay the profile before the coordinators, or take it away from colleagues."""
    coaches_only(request)
    if "withdraw" in request.POST:
        withdraw_profile(coach=request.person)
        messages.success(request, _("Colleagues do not see your profile any more. Your words are still here."))
        return redirect("my_profile", organisation)
    if not own_profile(request.person).introduction:
        messages.warning(request, _("Write something about yourself first."))
        return redirect("my_profile_write", organisation)
    profile = publish_profile(slug=organisation, coach=request.person)
    if profile.visible:
        messages.success(request, _("Colleagues see your profile now."))
    else:
        messages.success(request, _("A coordinator has a look. After that colleagues see your profile."))
    return redirect("my_profile", organisation)
