"""Where coordinators write the policy: part by part, looked at as a whole, and published with a note."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from klankbord.core import clock
from klankbord.core.calendar import months_after
from klankbord.core.language import language_on_screen
from klankbord.people.requests import MemberRequest
from klankbord.policy.actions import (
    Changed,
    NotSound,
    SectionConflict,
    begin_draft,
    discard_draft,
    publish_policy,
    save_section,
)
from klankbord.policy.forms import LanguageForm, PublishForm, SectionForm, flaw_words
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import draft_of_policy, version_in_force
from klankbord.policy.reading import difference_in, differences, parts_of, sentences_of
from klankbord.policy.rules.content import PolicyContent
from klankbord.policy.rules.soundness import unsound
from klankbord.policy.texts import sections
from klankbord.policy.views.reading import is_coordinator, seen_by, tongue_of
from klankbord.privacy.drafts import draft_at, drop_draft


def _coordinator_only(request: MemberRequest) -> None:
    if not is_coordinator(request):
        raise PermissionDenied


def _draft(request: MemberRequest) -> PolicyVersion | None:
    """The draft; ``None`` when there is none any more, for instance because a colleague published it."""
    _coordinator_only(request)
    return draft_of_policy()


def _gone(request: MemberRequest, organisation: str) -> HttpResponse:
    messages.info(request, _("There is no draft at this moment."))
    return redirect("policy", organisation)


@require_POST
def begin(request: MemberRequest, organisation: str) -> HttpResponse:
    """Begin to write, from the template or from the policy in force."""
    _coordinator_only(request)
    form = LanguageForm(request.POST)
    chosen = form.cleaned_data["language"] if form.is_valid() else request.organisation.language
    begin_draft(language="en" if chosen == "en" else "nl")
    return redirect("policy_draft", organisation)


@require_GET
def draft(request: MemberRequest, organisation: str) -> HttpResponse:
    """The draft at a glance: every part, what its rules say, and what differs from the policy in force."""
    held = _draft(request)
    if held is None:
        return _gone(request, organisation)
    language, content, published = language_on_screen(), held.content, version_in_force()
    changed = differences(published.content, content, language) if published else ()
    different = {one.id for one in changed}
    parts = [
        {
            "id": one.id,
            "title": one.title.text(language),
            "sentences": sentences_of(content, one.id, language),
            "changed": one.id in different,
        }
        for one in sections()
    ]
    context = {
        "draft": held,
        "published": published,
        "parts": parts,
        "changed": len(different),
        "wrong": [flaw_words(one) for one in unsound(content)],
        "audience": seen_by(request, published=False),
    }
    return render(request, "policy/draft.html", context)


@require_http_methods(["GET", "POST"])
def section(request: MemberRequest, organisation: str, section: str) -> HttpResponse:
    """One part: read what it is for, change it, and go on to the next."""
    held = _draft(request)
    if section not in {one.id for one in sections()}:
        raise Http404
    if request.method == "POST":
        return _save(request, organisation, held, section)
    if held is None:
        return _gone(request, organisation)
    form = SectionForm(section_id=section, content=held.content, language=language_on_screen())
    form.go_on_with(draft_at(request.path))
    return _section_page(request, form)


def _save(request: MemberRequest, organisation: str, held: PolicyVersion | None, section: str) -> HttpResponse:
    content = held.content if held else PolicyContent()
    form = SectionForm(request.POST, section_id=section, content=content, language=language_on_screen())
    if held is None:
        return _lost(request, form)
    if not form.is_valid():
        return _section_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        saved = save_section(draft=held, section_id=section, written=form.written(), seen=form.cleaned_data["seen"])
    except NotSound as refused:
        for one in refused.found:
            form.add_error(None, flaw_words(one))
        return _section_page(request, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except Changed:
        return _lost(request, form)
    if isinstance(saved, SectionConflict):
        return _conflict(request, form, saved)
    return _saved(request, organisation, section)


def _saved(request: MemberRequest, organisation: str, section: str) -> HttpResponse:
    drop_draft(request.path)
    messages.success(request, _("Saved in the draft. Nothing changes yet for others."))
    if "next" in request.POST and (after := _after(section)):
        return redirect("policy_section", organisation, after)
    return redirect("policy_draft", organisation)


def _lost(request: MemberRequest, form: SectionForm) -> HttpResponse:
    """There is no draft any more. The words are not lost: they stay in the form, and a new draft is one press away."""
    form.add_error(None, _("A colleague published the draft or threw it away. Begin a new one to keep your words."))
    return _section_page(request, form, status=HTTPStatus.CONFLICT, lost=True)


def _conflict(request: MemberRequest, form: SectionForm, found: SectionConflict) -> HttpResponse:
    """A colleague saved this part meanwhile: both are shown, and the words one typed stay in the form."""
    mine = form.written()
    difference = difference_in(found.theirs, mine, form.section_id, form.language)
    data = request.POST.copy()
    data["seen"] = found.mark
    again = SectionForm(data, section_id=form.section_id, content=found.theirs, language=form.language)
    conflict = {
        "who": found.who,
        "theirs": found.theirs.texts.get(form.section_id, ""),
        "mine": mine.texts.get(form.section_id, ""),
        "facts": difference.facts if difference else (),
    }
    return _section_page(request, again, status=HTTPStatus.CONFLICT, conflict=conflict)


def _after(section: str) -> str:
    ids = [one.id for one in sections()]
    place = ids.index(section) + 1
    return ids[place] if place < len(ids) else ""


def _section_page(
    request: MemberRequest, form: SectionForm, *, status: int = HTTPStatus.OK, **more: Any
) -> HttpResponse:
    every = sections()
    place = next(number for number, one in enumerate(every, start=1) if one.id == form.section_id)
    shown, language = every[place - 1], form.language
    context = {
        "form": form,
        "title": shown.title.text(language),
        "purpose": shown.purpose.text(language),
        "place": place,
        "of": len(every),
        "after": every[place].title.text(language) if place < len(every) else "",
        "audience": seen_by(request, published=False),
        **more,
    }
    return render(request, "policy/section.html", context, status=status)


@require_GET
def preview(request: MemberRequest, organisation: str) -> HttpResponse:
    """The draft as everybody would read it."""
    held = _draft(request)
    if held is None:
        return _gone(request, organisation)
    context = {
        "draft": held,
        "tongue": tongue_of(held),
        "parts": parts_of(held.content, language_on_screen()),
        "audience": seen_by(request, published=False),
    }
    return render(request, "policy/preview.html", context)


@require_http_methods(["GET", "POST"])
def publish(request: MemberRequest, organisation: str) -> HttpResponse:
    """What changes, the note, the day to look at it again; and on POST, in force."""
    held = _draft(request)
    if held is None:
        return _gone(request, organisation)
    if request.method == "GET":
        return _publish_page(request, held, _first_form(held))
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _publish_page(request, held, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    cleaned = form.cleaned_data
    try:
        made = publish_policy(
            draft=held, note=cleaned["note"], review_on=cleaned["review_on"], seen=cleaned["seen"] or None
        )
    except Changed:
        return _changed_meanwhile(request, organisation)
    except NotSound:
        return _publish_page(request, held, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.success(
        request, _("Version %(number)s is in force. Everybody can read it here.") % {"number": made.number}
    )
    return redirect("policy", organisation)


def _first_form(held: PolicyVersion) -> PublishForm:
    review_on = months_after(clock.today(), held.content.review_months)
    return PublishForm(initial={"review_on": review_on, "seen": held.last_change})


def _changed_meanwhile(request: MemberRequest, organisation: str) -> HttpResponse:
    held = draft_of_policy()
    if held is None:
        return _gone(request, organisation)
    messages.warning(
        request, _("A colleague changed the draft while you were reading. Look once more; nothing is published.")
    )
    data = request.POST.copy()
    data["seen"] = held.last_change
    return _publish_page(request, held, PublishForm(data), status=HTTPStatus.CONFLICT)


def _publish_page(
    request: MemberRequest, held: PolicyVersion, form: PublishForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    published = version_in_force()
    context = {
        "draft": held,
        "published": published,
        "form": form,
        "differences": differences(published.content, held.content, language_on_screen()) if published else (),
        "wrong": [flaw_words(one) for one in unsound(held.content)],
        "audience": seen_by(request, published=False),
    }
    return render(request, "policy/publish.html", context, status=status)


@require_POST
def discard(request: MemberRequest, organisation: str) -> HttpResponse:
    """Throw the draft away; what is published stays."""
    held = _draft(request)
    if held is not None:
        try:
            discard_draft(draft=held)
        except Changed:
            return _gone(request, organisation)
        messages.info(request, _("The draft is gone. What is published stays as it is."))
    return redirect("policy", organisation)
