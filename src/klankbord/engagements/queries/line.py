"""The line of time: what is known of an engagement, told as points from the first question until afterwards.

Plain data in, plain data out: whoever calls has already fetched what this reader may know, and nothing else.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klankbord.core.spoken import time_words
from klankbord.engagements.rules.afterwards import Moment, moment_of, three_months_after
from klankbord.engagements.rules.lifecycle import Phase

# The address of a page of this engagement, by the name of its route.
type Link = Callable[..., str]

LONGEST_QUOTE = 140

TALKS = (
    gettext_lazy("First talk"),
    gettext_lazy("Second talk"),
    gettext_lazy("Third talk"),
    gettext_lazy("Fourth talk"),
    gettext_lazy("Fifth talk"),
    gettext_lazy("Sixth talk"),
    gettext_lazy("Seventh talk"),
    gettext_lazy("Eighth talk"),
    gettext_lazy("Ninth talk"),
    gettext_lazy("Tenth talk"),
)
MORE_TALKS = (
    gettext_lazy("One more talk"),
    gettext_lazy("Two more talks"),
    gettext_lazy("Three more talks"),
    gettext_lazy("Four more talks"),
    gettext_lazy("Five more talks"),
    gettext_lazy("Six more talks"),
    gettext_lazy("Seven more talks"),
    gettext_lazy("Eight more talks"),
    gettext_lazy("Nine more talks"),
)
BEFORE_TALKS = (Phase.INTRODUCTION, Phase.DIRECTION, Phase.AGREEMENT)


@dataclass(frozen=True)
class Talk:
    """A talk, with of its texts only what the reader may know. ``told`` says whether the client let hear in advance."""

    number: int
    starts_at: datetime
    minutes: int = 60
    place: str = ""
    cancelled: bool = False
    just_coming: bool = False
    told: bool = False
    looked_back: bool = False
    sentence: str = ""

    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Agreed:
    """Where the agreement stands: its last version, and since when a version is in force (None: not yet)."""

    version: int
    mine: bool
    in_force_since: datetime | None
    last_in_force: bool


@dataclass(frozen=True)
class OfThree:
    """A talk of three that has a moment: at the start or at the end of the coaching."""

    at_the_end: bool
    stage: str
    starts_at: datetime
    place: str = ""


@dataclass(frozen=True)
class Told:
    """All that one reader may know of an engagement. ``manager`` is named to the client only.

    ``began_elsewhere`` is the first day of a coaching that ran before it was told here; nobody asked for it here.
    """

    is_client: bool
    client: str
    coach: str
    phase: Phase
    asked_at: datetime
    now: datetime
    manager: str = ""
    introduction: Talk | None = None
    hope: str = ""
    direction: str = ""
    direction_at: datetime | None = None
    agreed: Agreed | None = None
    talks: tuple[Talk, ...] = ()
    evaluate_after: int = 0
    planned_end: date | None = None
    closed_on: date | None = None
    short: bool = False
    of_three: tuple[OfThree, ...] = ()
    kept_until: date | None = None
    looked_back: bool = False
    looked_back_later: str = ""
    began_elsewhere: date | None = None

    @property
    def other(self) -> str:
        return self.coach if self.is_client else self.client

    @property
    def over(self) -> bool:
        return self.phase in (Phase.CLOSED, Phase.ENDED)

    @property
    def in_order(self) -> list[Talk]:
        """The talks that take place or took place, by date."""
        return sorted((talk for talk in self.talks if not talk.cancelled), key=lambda talk: talk.starts_at)

    @property
    def held(self) -> int:
        """How many talks have been."""
        return sum(talk.ends_at() <= self.now for talk in self.in_order)

    @property
    def ahead(self) -> list[Talk]:
        """The talks that are not over yet."""
        return [talk for talk in self.in_order if talk.ends_at() > self.now]

    @property
    def names(self) -> dict[str, str]:
        return {"client": self.client, "coach": self.coach, "manager": self.manager, "name": self.other}


@dataclass(frozen=True)
class Step:
    """One thing that can be done from a point of the line."""

    url: str
    label: str
    primary: bool = False
    post: bool = False


@dataclass(frozen=True)
class Point:
    """One point of the line: ``own`` are somebody's own words, ``text`` is a sentence of ours."""

    state: str
    when: str
    title: str
    own: str = ""
    text: str = ""
    actions: tuple[Step, ...] = ()


def first_sentence(text: str) -> str:
    """The first sentence of a text, to recognise it by; a long one ends in an ellipsis."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    ends = (at for at, sign in enumerate(line, start=1) if sign in ".?!" and line[at : at + 1] in ("", " "))
    end = next(ends, len(line))
    sentence = line[:end]
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    return sentence[:LONGEST_QUOTE].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def day_words(day: date, now: datetime) -> str:
    """A day as one says it: without the year when it is this one."""
    return date_format(day, "j F" if day.year == localtime(now).year else "j F Y")


def moment_words(starts_at: datetime, now: datetime, place: str = "") -> str:
    """When and where a talk is, as near as it is: today, tomorrow, or on a date."""
    start, today = localtime(starts_at), localtime(now).date()
    days = (start.date() - today).days
    if days in (0, 1):
        day = _("Today") if days == 0 else _("Tomorrow")
    else:
        day = date_format(start, "l j F" if start.year == today.year else "l j F Y")
    time = time_words(start.time(), "nl" if get_language() == "nl" else "en")
    return f"{day[:1].upper()}{day[1:]}, {time}" + (f" · {place}" if place else "")


def talk_title(number: int) -> str:
    """What a talk is called: "First talk"."""
    if number <= len(TALKS):
        return str(TALKS[number - 1])
    return _("Talk %(number)d") % {"number": number}


def more_talks(count: int) -> str:
    """How many talks still lie ahead, in words."""
    if count <= len(MORE_TALKS):
        return str(MORE_TALKS[count - 1])
    return _("%(count)d more talks") % {"count": count}


def points(told: Told, link: Link) -> list[Point]:
    """The whole line, oldest first. At most one point is the present; a coaching that is over has none."""
    return [
        *asked(told),
        *_introduction(told, link),
        *_direction(told, link),
        *_agreement(told, link),
        *_talks(told, link),
        *_ending(told, link),
    ]


def asked(told: Told) -> list[Point]:
    """Where every line begins."""
    if told.began_elsewhere:
        return [Point("past", day_words(told.began_elsewhere, told.now), _("You began together"))]
    title = _("You asked for a coach") if told.is_client else _("%(client)s asked for a coach") % told.names
    return [Point("past", day_words(localtime(told.asked_at).date(), told.now), title)]


def _introduction(told: Told, link: Link) -> Iterator[Point]:
    talk, title, url = told.introduction, _("Getting to know each other"), link("introduction")
    if told.phase is not Phase.INTRODUCTION:
        if talk or told.hope:
            when = day_words(localtime(talk.starts_at).date(), told.now) if talk else ""
            yield Point("past", when, title, own=told.hope, actions=(Step(url, _("Read it again")),))
    elif talk is None:
        text = _("One talk, without obligation. Choose a moment together.")
        yield Point("present", _("Now"), title, text=text, actions=(Step(url, _("Plan the first talk"), primary=True),))
    elif talk.ends_at() > told.now:
        text = _("One talk, without obligation. Read the guide beforehand, and then put it away.")
        step = Step(url, _("Look ahead"), primary=True)
        yield Point(
            "present",
            moment_words(talk.starts_at, told.now, talk.place),
            title,
            own=told.hope,
            text=text,
            actions=(step,),
        )
    else:
        when = day_words(localtime(talk.starts_at).date(), told.now)
        if told.is_client:
            text = _("You met %(coach)s. Do you want to go on together? Both answers are fine.") % told.names
        else:
            text = _("You met %(client)s. %(client)s decides whether you go on together.") % told.names
        step = Step(url, _("How do you go on?") if told.is_client else _("Have a look"), primary=True)
        yield Point("present", when, title, own=told.hope, text=text, actions=(step,))


def _direction(told: Told, link: Link) -> Iterator[Point]:
    title = _("A provisional direction")
    if told.direction:
        when = day_words(localtime(told.direction_at).date(), told.now) if told.direction_at else ""
        change = (Step(link("direction"), _("Change it")),) if told.is_client and not told.over else ()
        # The heading of the page is its first sentence; here it stands whole, when there is more.
        whole = told.direction if first_sentence(told.direction) != told.direction.strip() else ""
        yield Point("past", when, title, own=whole, actions=change)
    elif told.phase is Phase.DIRECTION and told.is_client:
        text = _("In your own words, as far as you know it now. You may also skip this.")
        ways = (Step(link("direction"), _("Write it down")), Step(link("agreement"), _("On to our agreement")))
        yield Point("present", _("Now"), _("Which way do you want to go?"), text=text, actions=ways)
    elif told.phase is Phase.INTRODUCTION:
        yield Point("future", _("Then"), title, text=_("Not sure yet? Then you look for it together."))


def _agreement(told: Told, link: Link) -> Iterator[Point]:
    title, agreed, url = _("Our agreement"), told.agreed, link("agreement")
    if agreed and agreed.in_force_since:
        when = day_words(localtime(agreed.in_force_since).date(), told.now)
        if agreed.last_in_force or told.over:
            text = _("You both said yes.")
        elif agreed.mine:
            text = _("There is a new version. %(name)s is reading it.") % told.names
        else:
            text = _("There is a new version. It holds once you say yes too.")
        yield Point("past", when, title, text=text, actions=(Step(url, _("Read it again")),))
        if told.phase is Phase.DIRECTION:
            # One talk has grown into more: what was agreed for it stays, and the rest is still to be agreed on.
            yield _agreement_to_make(told, title, link)
    elif told.phase is Phase.AGREEMENT and agreed:
        yield _agreement_to_answer(told, agreed, title, url)
    elif told.phase is Phase.DIRECTION:
        yield _agreement_to_make(told, title, link)
    elif told.phase is Phase.INTRODUCTION:
        yield Point("future", _("Then"), title, text=_("How often, how long, where, and what stays between you."))


def _agreement_to_answer(told: Told, agreed: Agreed, title: str, url: str) -> Point:
    if agreed.mine:
        text = _("%(name)s is reading it. It holds once you have both said yes.") % told.names
    else:
        text = _("%(name)s wrote it down. Say yes, or change it.") % told.names
    step = Step(url, _("Read our agreement"), primary=not agreed.mine)
    return Point("present", _("Now"), title, text=text, actions=(step,))


def _agreement_to_make(told: Told, title: str, link: Link) -> Point:
    if told.is_client and not told.direction:
        return Point("future", _("Then"), title, text=_("How often, how long, where, and what stays between you."))
    text = _("Write it down together, or let one of you begin. The other may change everything.")
    if not told.is_client and not told.direction:
        text = _("%(client)s has not written down a direction. That is fine.") % told.names + " " + text
    step = Step(link("agreement"), _("To our agreement"), primary=True)
    return Point("present", _("Now"), title, text=text, actions=(step,))


def _talks(told: Told, link: Link) -> Iterator[Point]:
    held = [talk for talk in told.in_order if talk.ends_at() <= told.now]
    past = [(talk.starts_at, _past_talk(told, talk, link)) for talk in held]
    past += [(one.starts_at, _of_three(told, one, link)) for one in _three(told, at_the_end=False, past=True)]
    yield from (point for _moment, point in sorted(past, key=lambda pair: pair[0]))
    yield from (_of_three(told, one, link) for one in _three(told, at_the_end=False, past=False))
    if told.phase in BEFORE_TALKS:
        yield Point("future", _("Then"), _("The talks"))
    elif told.phase is Phase.RUNNING:
        yield from _talks_ahead(told, told.ahead, link)


def _talks_ahead(told: Told, coming: list[Talk], link: Link) -> Iterator[Point]:
    """The next talk as the present, and the others together. While rounding off, that is the present instead."""
    if coming:
        yield _next_talk(told, coming[0], link, "present" if told.phase is Phase.RUNNING else "future")
    if len(coming) > 1:
        yield _later_talks(told, coming[1:])


def _title(told: Told, talk: Talk) -> str:
    title = talk_title(talk.number)
    return _("%(talk)s, and looking back together") % {"talk": title} if talk.number == told.evaluate_after else title


def _past_talk(told: Told, talk: Talk, link: Link) -> Point:
    when = day_words(localtime(talk.starts_at).date(), told.now)
    write = told.is_client and not talk.looked_back and not told.over
    label = _("Look back") if write else _("Read it again") if told.is_client else _("Have a look")
    steps = [Step(link("session", number=talk.number), label)]
    if talk.number == told.evaluate_after:
        steps.append(Step(link("interim"), _("Looking back half-way")))
    return Point("past", when, _title(told, talk), own=talk.sentence, actions=tuple(steps))


def _three(told: Told, *, at_the_end: bool, past: bool) -> list[OfThree]:
    """The talks of three at this end of the coaching that have been, or that are still to come while it runs."""
    here = [one for one in told.of_three if one.at_the_end == at_the_end]
    return [one for one in here if (one.starts_at <= told.now) == past and (past or not told.over or at_the_end)]


def _of_three(told: Told, one: OfThree, link: Link) -> Point:
    step = Step(link("three_way_meeting", stage=one.stage), _("Have a look"))
    if one.starts_at <= told.now:
        return Point("past", day_words(localtime(one.starts_at).date(), told.now), _("Talk of three"), actions=(step,))
    return Point("future", moment_words(one.starts_at, told.now, one.place), _("Talk of three"), actions=(step,))


def _next_talk(told: Told, talk: Talk, link: Link, state: str) -> Point:
    url = link("session", number=talk.number)
    when, title = moment_words(talk.starts_at, told.now, talk.place), _title(told, talk)
    if talk.starts_at <= told.now:
        text = _("You are talking now. Klankbord can wait.")
        return Point(state, when, title, text=text, actions=(Step(url, _("Open the page of this talk")),))
    if told.is_client and not talk.told and not talk.just_coming:
        text = _("One sentence about what is on your mind is enough. Nothing yet? Then you just come.")
        come = link("session_just_come", number=talk.number)
        ways = (Step(url, _("Write down what you want to talk about")), Step(come, _("I'll just come"), post=True))
        return Point(state, when, title, text=text, actions=ways)
    step = Step(url, _("Have a look"), primary=state == "present" and not told.is_client and talk.told)
    return Point(state, when, title, text=_word_in_advance(told, talk), actions=(step,))


def _word_in_advance(told: Told, talk: Talk) -> str:
    if told.is_client:
        return _("You wrote down what you want to talk about.") if talk.told else _("You just come.")
    if talk.told:
        return _("%(client)s sent you what it may be about.") % told.names
    if talk.just_coming:
        return _("%(client)s just comes.") % told.names
    return _("%(client)s has not sent anything yet. That is fine.") % told.names


def _later_talks(told: Told, talks: list[Talk]) -> Point:
    days = [day_words(localtime(talk.starts_at).date(), told.now) for talk in talks]
    when = " · ".join(days) if len(days) <= 3 else _("until %(day)s") % {"day": days[-1]}
    text = ""
    if any(talk.number == told.evaluate_after for talk in talks):
        text = _("After talk %(number)d you look back together.") % {"number": told.evaluate_after}
    return Point("future", when, more_talks(len(talks)), text=text)


def _ending(told: Told, link: Link) -> Iterator[Point]:
    if told.phase is Phase.ENDED:
        when = day_words(told.closed_on, told.now) if told.closed_on else ""
        yield Point("past", when, _("Here you stopped"))
        if told.is_client and _moment(told) is Moment.OPEN:
            yield _later(told, link)
        return
    yield from (_of_three(told, one, link) for one in _three(told, at_the_end=True, past=True))
    yield _closing(told, link)
    yield from (_of_three(told, one, link) for one in _three(told, at_the_end=True, past=False))
    if told.phase is Phase.CLOSING:
        yield from _talks_ahead(told, told.ahead, link)
    yield _later(told, link)


def _moment(told: Told) -> Moment:
    return moment_of(told.closed_on, told.kept_until, localtime(told.now).date())


def _later(told: Told, link: Link) -> Point:
    """Three months later: for the client a place to look back, as long as the texts are there."""
    ended = told.closed_on or told.planned_end
    later, moment = three_months_after(ended) if ended else None, _moment(told)
    title, when = _("Three months later: what shows at work?"), date_format(later, "F Y") if later else _("Later")
    passed = bool(told.closed_on and later and later < localtime(told.now).date())
    if not told.is_client or told.closed_on is None:
        return Point("past" if passed else "future", when, title)
    if moment is Moment.OPEN:
        step = Step(link("later"), _("Read it again") if told.looked_back_later else _("Look back"))
        state = "past" if told.looked_back_later or passed else "present"
        return Point(state, when, title, own=told.looked_back_later, actions=(step,))
    if moment is Moment.TEXTS_END_BEFORE:
        text = _("Your texts are gone by then. Until that day you can take along what you want to keep.")
        return Point("future", when, title, text=text, actions=(Step(link("booklet"), _("Make a booklet")),))
    return Point("past" if passed else "future", when, title)


def _closing(told: Told, link: Link) -> Point:
    title, url = _("Rounding off: what did you take along, how do you go on?"), link("closing")
    if not told.is_client:
        title = _("Rounding off: what did it bring, how does %(client)s go on?") % told.names
    text = _who_tells(told)
    if told.closed_on:
        when = day_words(told.closed_on, told.now)
        return Point("past", when, _("You rounded off"), text=text, actions=(Step(url, _("Read it again")),))
    if told.phase is Phase.CLOSING:
        step = Step(url, _("To rounding off"), primary=True)
        return Point("present", _("Now"), title, text=text, actions=(step,))
    if told.phase is Phase.RUNNING and not told.ahead:
        text = _("All talks have been held. You may round off, or plan some more.")
        ways = (Step(url, _("To rounding off")), Step(link("agreement_edit"), _("Plan more talks")))
        return Point("present", _("Now"), title, text=text, actions=ways)
    when = date_format(told.planned_end, "F Y") if told.planned_end else _("Then")
    return Point("future", when, title, text=text)


def _who_tells(told: Told) -> str:
    if not told.is_client:
        return _("%(client)s tells at work how it is going. You do not.") % told.names
    if told.manager:
        return _("You tell %(manager)s how it is going. %(coach)s does not.") % told.names
    return _("You tell at work how it is going. %(coach)s does not.") % told.names
