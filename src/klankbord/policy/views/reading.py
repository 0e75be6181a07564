"""The policy as everybody reads it: in force, from the archive, on paper, and two versions beside each other."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from klankbord.core.language import language_on_screen
from klankbord.core.paper import paper_response, pdf
from klankbord.core.wording import Language
from klankbord.people.requests import MemberRequest
from klankbord.policy.forms import CompareForm, LanguageForm
from klankbord.policy.models import PolicyVersion
from klankbord.policy.queries import draft_of_policy, version_in_force, version_numbered, versions
from klankbord.policy.reading import Part, differences, parts_of
from klankbord.policy.rules.content import PolicyContent
from klankbord.privacy.access import Role, When
from klankbord.privacy.audience import Audience, audience

TEMPLATE = "policy/policy"


def is_coordinator(request: MemberRequest) -> bool:
    """Whether somebody writes the policy here."""
    return "coordinator" in request.roles


def seen_by(request: MemberRequest, *, published: bool) -> Audience:
    """Who sees it: everybody, or only the coordinators as long as it is a draft."""
    viewer = Role.COORDINATOR if is_coordinator(request) else Role.SELF
    return audience("policy", viewer=viewer, reached=(When.PUBLISHED,) if published else ())


def tongue_of(version: PolicyVersion) -> Language:
    """The language in which a version was written."""
    return "en" if version.language == "en" else "nl"


@require_GET
def policy(request: MemberRequest, organisation: str) -> HttpResponse:
    """The policy in force; without one, what holds until then, and for coordinators the way to begin."""
    version = version_in_force()
    if version is None:
        return _nothing_yet(request)
    return _shown(request, version)


def _nothing_yet(request: MemberRequest) -> HttpResponse:
    draft = draft_of_policy() if is_coordinator(request) else None
    context = {
        "parts": parts_of(PolicyContent(), language_on_screen()),
        "is_coordinator": is_coordinator(request),
        "draft": draft,
        "form": LanguageForm(initial={"language": request.organisation.language}),
        "audience": seen_by(request, published=True),
    }
    return render(request, "policy/none.html", context)


@require_GET
def version(request: MemberRequest, organisation: str, version: int) -> HttpResponse:
    """A version that was published, as it was and as it stays."""
    return _shown(request, version_numbered(version))


def _shown(request: MemberRequest, shown: PolicyVersion) -> HttpResponse:
    known = versions()
    context = {
        "version": next(one for one in known if one.number == shown.number),
        "in_force": shown.state == PolicyVersion.State.PUBLISHED,
        "versions": known,
        "parts": parts_of(shown.content, language_on_screen()),
        "is_coordinator": is_coordinator(request),
        "draft": draft_of_policy() if is_coordinator(request) else None,
        "audience": seen_by(request, published=True),
    }
    return render(request, "policy/policy.html", context)


@require_GET
def compare(request: MemberRequest, organisation: str) -> HttpResponse:
    """What differs between any two versions; at first the last two, or the one in force and the draft."""
    known = versions()
    draft = draft_of_policy() if is_coordinator(request) else None
    numbers = [one.number or 0 for one in reversed(known)] + ([0] if draft else [])
    first = {"older": numbers[-2], "newer": numbers[-1]} if len(numbers) > 1 else {}
    form = CompareForm({**first, **request.GET.dict()}, versions=known, draft=draft)
    context: dict[str, Any] = {"form": form, "several": len(numbers) > 1}
    if first and form.is_valid():
        order = {number: place for place, number in enumerate(numbers)}
        chosen = sorted((form.cleaned_data["older"], form.cleaned_data["newer"]), key=lambda one: order[one])
        older, newer = (_content_of(number, draft) for number in chosen)
        context |= {"older": chosen[0], "newer": chosen[1]}
        context["differences"] = differences(older, newer, language_on_screen())
    context["audience"] = seen_by(request, published=0 not in (context.get("older"), context.get("newer")))
    return render(request, "policy/compare.html", context)


def _content_of(number: int, draft: PolicyVersion | None) -> PolicyContent:
    if number == 0 and draft:
        return draft.content
    return version_numbered(number).content


# --- on paper ---------------------------------------------------------------------------------------------------------


@require_GET
def paper(request: MemberRequest, organisation: str) -> HttpResponse:
    """The policy in force as a PDF. As long as there is none, neither is the paper."""
    found = version_in_force()
    if found is None:
        raise Http404
    return _on_paper(request, found)


@require_GET
def version_paper(request: MemberRequest, organisation: str, version: int) -> HttpResponse:
    """A version that was published, as a PDF."""
    return _on_paper(request, version_numbered(version))


def _on_paper(request: MemberRequest, version: PolicyVersion) -> HttpResponse:
    """All of it in the language in which it was written: a paper is read aloud in one voice."""
    tongue = tongue_of(version)
    with override(tongue):
        facts = {
            "lead": _lead(version),
            "remark": _standing(version),
            "parts": [_part(one) for one in parts_of(version.content, tongue)],
            "rules": _("What we keep to"),
            "places": _("Where to find it"),
            "note_title": _("What changed with this version"),
            "note": version.note,
        }
        title = _("Coaching policy of %(organisation)s") % {"organisation": request.organisation.name}
        content = pdf(TEMPLATE, facts, language=tongue, title=title, author=request.organisation.name)
        return paper_response(content, _("coaching-policy"))


def _lead(version: PolicyVersion) -> str:
    published = version.published_at
    told = {"number": version.number, "day": date_format(localtime(published), "j F Y") if published else ""}
    return _("Version %(number)s, in force since %(day)s.") % told


def _standing(version: PolicyVersion) -> str:
    """A remark above the text of a version that was replaced."""
    if version.archived_at is None:
        return ""
    day = date_format(localtime(version.archived_at), "j F Y")
    return _("This version was replaced on %(day)s. It stands here to be read back.") % {"day": day}


def _part(part: Part) -> dict[str, Any]:
    return {
        "title": part.title,
        "blocks": [{"list": one.is_list, "lines": list(one.lines)} for one in part.blocks],
        "sentences": list(part.sentences),
        "forms": [[one.name, "\n".join(filter(None, (one.what, one.when, one.who, one.place)))] for one in part.forms],
        "places": [list(one) for one in part.places],
    }
