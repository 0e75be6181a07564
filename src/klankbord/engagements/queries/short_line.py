"""The line of time of the short route: asked, agreed in four lines, talked, and perhaps going on."""

from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.engagements.queries.line import Link, Point, Step, Talk, Told, day_words, moment_words
from klankbord.engagements.rules.lifecycle import Phase


def points_of_one_talk(told: Told, link: Link) -> Iterator[Point]:
    """The points after the request, oldest first."""
    yield from _agreement(told, link)
    talk = next((one for one in told.in_order), None)
    if talk:
        yield from _talk(told, talk, link)
    elif told.phase in (Phase.INTRODUCTION, Phase.AGREEMENT):
        yield Point("future", _("Then"), _("One talk"))
    yield from _ending(told, talk, link)


def _agreement(told: Told, link: Link) -> Iterator[Point]:
    title, agreed = _("One talk, in four lines"), told.agreed
    if agreed and agreed.in_force_since:
        when = day_words(localtime(agreed.in_force_since).date(), told.now)
        yield Point("past", when, title, text=_("You both said yes."), actions=(_again(link("agreement")),))
    elif agreed and not told.over:
        text = _("%(name)s wrote it down. Say yes, or change it.") % told.names
        if agreed.mine:
            text = _("%(name)s is reading it. It holds once you have both said yes.") % told.names
        step = Step(link("agreement"), _("Read our agreement"), primary=not agreed.mine)
        yield Point("present", _("Now"), title, text=text, actions=(step,))
    elif not told.over:
        text = _("Choose a moment, and four lines to start from. Either of you may begin.")
        step = Step(link("one_talk"), _("Choose a moment"), primary=True)
        yield Point("present", _("Now"), title, text=text, actions=(step,))


def _again(url: str) -> Step:
    return Step(url, _("Read it again"))


def _talk(told: Told, talk: Talk, link: Link) -> Iterator[Point]:
    step = Step(link("session", number=talk.number), _("Open the page of this talk"))
    if talk.ends_at() > told.now:
        when = moment_words(talk.starts_at, told.now, talk.place)
        yield Point("present", when, _("One talk"), own=talk.sentence, actions=(step,))
        return
    when = day_words(localtime(talk.starts_at).date(), told.now)
    yield Point("past", when, _("One talk"), own=talk.sentence, actions=(step,))


def _ending(told: Told, talk: Talk | None, link: Link) -> Iterator[Point]:
    if told.over:
        when = day_words(told.closed_on, told.now) if told.closed_on else ""
        yield Point("past", when, _("Here you stopped") if told.phase is Phase.ENDED else _("You rounded off"))
    elif talk and talk.ends_at() <= told.now:
        step = Step(link("session", number=talk.number), _("Enough, or go on?"))
        text = _("Both answers are fine.") if told.is_client else _("%(client)s says how you go on.") % told.names
        yield Point("present", _("Now"), _("Was this enough?"), text=text, actions=(step,))
    else:
        yield Point("future", _("Afterwards"), _("Was this enough, or do you go on?"))
