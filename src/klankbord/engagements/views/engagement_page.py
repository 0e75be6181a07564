"""What the pages within one engagement have in common."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.core import clock
from klankbord.core.comparison import same_words
from klankbord.core.language import language_on_screen as language
from klankbord.engagements.actions.texts import NotYours, Overtaken, save_text
from klankbord.engagements.forms.course import TextForm
from klankbord.engagements.models import Session
from klankbord.engagements.queries.course import OVER
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import Text, Texts, saved_by_acting_person, texts_of
from klankbord.engagements.rules.lifecycle import Act, next_phase
from klankbord.engagements.rules.retention import retention_sentence, whole_months_between
from klankbord.engagements.writings import MANNERS, Kind
from klankbord.people.requests import MemberRequest
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience
from klankbord.privacy.drafts import draft_at, drop_draft


def link_within(standing: Standing, slug: str) -> Callable[..., str]:
    """The addresses of this engagement, by the name of the route."""

    def link(route: str, **more: object) -> str:
        return reverse(route, kwargs={"organisation": slug, "engagement": standing.engagement.pk, **more})

    return link


def seen_by(standing: Standing, *things: str, texts: Texts | None = None) -> Audience:
    """Who sees these things, told to the acting person; of those of *texts* that were sent, who sees them now."""
    sent = {text.kind.value: (When.SENT,) for text in texts.rows if text.sent_at} if texts else {}
    return audience(*things, viewer=standing.seen_as, names=standing.names, reached=sent)


def is_over(standing: Standing) -> bool:
    """Whether nothing more is written or planned here; what there is can be read until its term ends."""
    return standing.phase in OVER


def page(standing: Standing, *things: str, **more: Any) -> dict[str, Any]:
    """The context that every page within an engagement needs; *things* are what it shows."""
    return {
        "standing": standing,
        "engagement": standing.engagement,
        "other": standing.other.first_name,
        "over": is_over(standing),
        "retention": kept_how_long(standing),
        "audience": seen_by(standing, *things),
        **more,
    }


def kept_how_long(standing: Standing) -> str:
    """How long the texts are kept, in a sentence."""
    closed_on, destroy_on = standing.engagement.closed_on, standing.course.destroy_on
    months = standing.course.retention_months
    if closed_on and destroy_on:
        months = whole_months_between(closed_on, destroy_on)
    return retention_sentence(closed_on, clock.today(), months).text(language())


def why_not(standing: Standing, act: Act) -> str:
    """Why this step cannot be taken now, in words; empty when it can."""
    try:
        next_phase(standing.phase, act, standing.role)
    except NotNow as refusal:
        return refusal.text(language())
    return ""


def back_from_what_is_over(request: MemberRequest, standing: Standing, slug: str) -> HttpResponse | None:
    """Send whoever wants to change something that is over back to the line of time, with words; None when it runs."""
    if not is_over(standing):
        return None
    messages.info(request, _("This coaching is over. You can still read everything here."))
    return redirect("engagement", slug, standing.engagement.pk)


def told_when_too_late[**P](
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[MemberRequest, P], HttpResponse]:
    """Answer what cannot be done any more with words on the line of time: the other was first, a moment ago."""

    @wraps(view)
    def answer(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except NotNow as refusal:
            messages.info(request, refusal.text(language()))
            return redirect("engagement", kwargs["organisation"], kwargs["engagement"])

    return answer


# --- texts ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """Two versions of one text, for the component that puts them side by side."""

    who: str
    when: str
    theirs: str
    mine: str


@dataclass(frozen=True)
class Field:
    """One text to write: its form, where it is sent, and what went on in the meantime if anything did."""

    kind: Kind
    form: TextForm
    place: str
    saved: Text | None
    clash: Clash | None = None

    @property
    def sent(self) -> bool:
        return self.saved is not None and self.saved.sent_at is not None

    @property
    def busy(self) -> bool:
        """Whether somebody is in the middle of it: refused, overtaken, or typed and not yet saved. Then it is open."""
        saved = self.saved.body if self.saved else ""
        return self.form.is_bound or self.clash is not None or not same_words(self.form.initial["text"], saved)


def saved_text(standing: Standing, texts: Texts, kind: Kind, session: Session | None = None) -> Text | None:
    """The text of this kind that the acting person works on."""
    session_id = session.pk if session else None
    return texts.together(kind, session_id) if MANNERS[kind].together else texts.mine(kind, session_id)


def field_for(standing: Standing, kind: Kind, saved: Text | None, place: str, *, label: Any, reason: Any = "") -> Field:
    """The form for a text: filled with what was being typed, else with what was saved.

    What was being typed may be older than what the other saved since; then both are shown.
    """
    body, revision = (saved.body, saved.revision) if saved else ("", 0)
    typed = draft_at(place)
    mine = typed.get("text", body)
    clash = None
    if saved and typed and _number(typed.get("based_on")) < revision and not same_words(mine, body):
        clash = clash_with(standing, saved, mine)
    initial = {"text": mine, "based_on": revision if clash or not typed else typed.get("based_on", revision)}
    form = TextForm(initial=initial, label=label, reason=reason, auto_id=f"{kind.value}_%s")
    return Field(kind, form, place, saved, clash)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def clash_with(standing: Standing, saved: Text, mine: str) -> Clash:
    """What was saved in the meantime beside what the acting person wrote."""
    own = saved_by_acting_person(standing, saved)
    who = _("You yourself, in another window,") if own else standing.other.first_name
    when = date_format(localtime(saved.written_at), "j F, H.i")
    return Clash(who=who, when=when, theirs=saved.body, mine=mine)


def take_text(
    standing: Standing, slug: str, field: Field, *, session: Session | None = None, send: bool = False
) -> Field | None:
    """Save what a valid form holds. None when that went well; else the same field with both texts and a new revision.

    Raises ``PermissionDenied`` for a role that does not write this kind, ``NotNow`` when it is too late for it.
    """
    mine = field.form.cleaned_data["text"]
    try:
        save_text(
            standing=standing,
            slug=slug,
            kind=field.kind,
            text=mine,
            session=session,
            based_on=field.form.cleaned_data["based_on"],
            send=send,
        )
    except NotYours as refusal:
        raise PermissionDenied from refusal
    except Overtaken as overtaken:
        saved = saved_text(standing, texts_of(standing, [field.kind], session), field.kind, session)
        data = {"text": mine, "based_on": overtaken.revision}
        form = TextForm(
            data,
            label=field.form.fields["text"].label,
            reason=field.form.fields["text"].help_text,
            auto_id=field.form.auto_id,
        )
        clash = clash_with(standing, saved, mine) if saved else None
        return Field(field.kind, form, field.place, saved, clash)
    drop_draft(field.place)
    return None


def may_write(standing: Standing, kind: Kind) -> None:
    """Raise ``PermissionDenied`` when this role does not write this kind of text."""
    if standing.role.value not in MANNERS[kind].writers:
        raise PermissionDenied
