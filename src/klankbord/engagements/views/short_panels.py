"""On the page of a talk: what form it has, and after the one talk of the short route how to go on."""

from collections.abc import Iterator

from klankbord.core.language import language_on_screen as language
from klankbord.engagements.models import Course, Session
from klankbord.engagements.queries.texts import texts_of
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.short_texts import talk_form
from klankbord.engagements.views.panel import Panel, Place, TalkPage
from klankbord.engagements.writings import Kind


def form_of_the_talk(page: TalkPage) -> Iterator[Panel]:
    """What the talk looks like when it is not just a talk, with what the two wrote about it; else a small way to it."""
    if page.talk.state == Session.State.CANCELLED:
        return
    form = talk_form(page.talk.form)
    context = {
        "name": form.name.text(language()),
        "may_choose": not page.readable_only,
        "to_tell": page.talk.form == Session.Form.LOOKING_ALONG and not page.talk.colleagues_told and not page.begun,
        "told": page.talk.colleagues_told,
    }
    if page.talk.form == Session.Form.TALK:
        if page.begun:
            return
        yield Panel(Place.SMALL, "engagements/short/panel_form_small.html", context, in_short=True)
        return
    text = texts_of(page.standing, [Kind.MEETING_FORM], page.talk).together(Kind.MEETING_FORM, page.talk.pk)
    yield Panel(
        Place.FIRST, "engagements/short/panel_form.html", {**context, "words": text.body if text else ""}, in_short=True
    )


def going_on(page: TalkPage) -> Iterator[Panel]:
    """After the one talk: it was enough, or there is more. Two ways of the same weight."""
    short = page.standing.course.route == Course.Route.SHORT
    if short and page.begun and page.standing.phase is Phase.RUNNING:
        yield Panel(Place.FIRST, "engagements/short/panel_going_on.html", in_short=True)
