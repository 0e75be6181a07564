"""The coach's own story: writing it, and sharing a part of it after a preview."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from klankbord.coaches.actions.story import share_story, withdraw_story, write_story
from klankbord.coaches.forms.growth import ShareForm, StoryForm
from klankbord.coaches.growth_texts import part_named
from klankbord.coaches.models import IntervisionGroup, StoryShare
from klankbord.coaches.queries.growth import COACH, only_for, share_for, shares_of, story_of, words_of
from klankbord.coaches.queries.intervision import own_groups
from klankbord.core.language import language_on_screen as language
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience
from klankbord.privacy.drafts import draft_at, drop_draft


@require_http_methods(["GET", "POST"])
def my_story(request: MemberRequest, organisation: str) -> HttpResponse:
    """Write the own story, part by part."""
    only_for(request.roles, COACH)
    if request.method == "GET":
        return _my_story(request, StoryForm(initial=_as_kept(request) | _typed(request)))
    form = StoryForm(request.POST)
    if not form.is_valid():
        return _my_story(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    clashed = write_story(coach=request.person, texts=form.texts(), revisions=form.revisions())
    if clashed:
        for part in clashed:
            form.add_error(part, _("You changed this in another window meanwhile. Lay the two side by side first."))
        return _my_story(request, form, HTTPStatus.CONFLICT)
    drop_draft(request.path)
    messages.success(request, _("Kept, for you alone."))
    return redirect("craft_story", organisation)


def _as_kept(request: MemberRequest) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for part, row in story_of(request.person).items():
        kept |= {part: words_of(row, "body"), f"{part}_revision": row.revision}
    return kept


def _typed(request: MemberRequest) -> dict[str, str]:
    return {name: words for name, words in draft_at(request.path).items() if words}


def _my_story(request: MemberRequest, form: StoryForm, status: int = HTTPStatus.OK) -> HttpResponse:
    context = {
        "form": form,
        "shares": [_shown(share) for share in shares_of(request.person)],
        "written": bool(story_of(request.person)),
        "audience": audience("story_part", "story_share", viewer=Role.COACH),
    }
    return render(request, "coaches/growth/story.html", context, status=status)


def _shown(share: StoryShare) -> dict[str, Any]:
    part = part_named(share.part)
    return {
        "row": share,
        "name": part.name.text(language()) if part else "",
        "to": _to_whom(share.audience, share.group),
        "text": words_of(share, "text"),
    }


def _to_whom(to: str, group: IntervisionGroup | None) -> str:
    if group is not None:
        return _("with who is in the group “%(name)s” now") % {"name": group.name}
    return _("with the coordinators") if to == StoryShare.Audience.COORDINATOR else _("with everyone, on your profile")


@require_http_methods(["GET", "POST"])
def share(request: MemberRequest, organisation: str) -> HttpResponse:
    """Choose a part and with whom; look at exactly what they will read; and only then share it."""
    only_for(request.roles, COACH)
    written = {part: words_of(row, "body") for part, row in story_of(request.person).items()}
    groups = own_groups(request.person)
    form = ShareForm(request.POST or None, written=written, groups=groups)
    if not form.is_bound:
        return _share(request, form)
    if not form.is_valid():
        return _share(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    part, to = form.cleaned_data["part"], form.cleaned_data["to"]
    text = form.cleaned_data["text"].strip() or written[part]
    group = next((one for one in groups if str(one.pk) == to), None)
    kind = StoryShare.Audience.GROUP.value if group else to
    if "share" not in request.POST:
        again = ShareForm({**request.POST.dict(), "text": text}, written=written, groups=groups)
        named = part_named(part)
        preview = {"text": text, "to": _to_whom(kind, group), "name": named.name.text(language()) if named else ""}
        return _share(request, again, preview=preview)
    share_story(
        once=form.cleaned_data["once"],
        slug=organisation,
        coach=request.person,
        part=part,
        audience=kind,
        group=group,
        text=text,
    )
    messages.success(request, _("Shared. You can stop at any time."))
    return redirect("craft_story", organisation)


def _share(request: MemberRequest, form: ShareForm, status: int = HTTPStatus.OK, **more: Any) -> HttpResponse:
    context = {"form": form, "audience": audience("story_share", viewer=Role.COACH), **more}
    return render(request, "coaches/growth/share.html", context, status=status)


@require_POST
def withdraw(request: MemberRequest, organisation: str, story_share: UUID) -> HttpResponse:
    """Stop sharing."""
    only_for(request.roles, COACH)
    withdraw_story(share=share_for(request.person, story_share))
    messages.success(request, _("Nobody reads this with you any more. What they read, they go on knowing."))
    return redirect("craft_story", organisation)
