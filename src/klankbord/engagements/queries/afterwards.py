"""What the client takes along: the own words of a coaching, gathered for the booklet."""

from collections.abc import Iterator
from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.core.readable import readable
from klankbord.core.wording import Language
from klankbord.engagements.afterwards_texts import asks, titles
from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.goals import goals_of
from klankbord.engagements.queries.line import talk_title
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.queries.tryout import tryouts_of
from klankbord.engagements.rules.afterwards import BookletPart, Entry, PlanPart
from klankbord.engagements.rules.parts import in_words, parts_in
from klankbord.engagements.writings import Kind

IN_THE_BOOKLET = {
    Kind.DIRECTION: BookletPart.DIRECTION,
    Kind.SENTENCE: BookletPart.SENTENCES,
    Kind.HARVEST: BookletPart.HARVEST,
    Kind.REFLECTION: BookletPart.LOOKS_BACK,
    Kind.PLAN: BookletPart.PLAN,
    Kind.REPORT: BookletPart.REPORT,
    Kind.LATER: BookletPart.LATER,
}


def own_words(standing: Standing, language: Language) -> list[Entry]:
    """Everything the client wrote that may go into the booklet, in a fixed number of queries. Nobody else's words."""
    talks = dict(Session.objects.filter(engagement=standing.engagement).values_list("id", "number"))
    return [
        *(
            _entry(text, talk_number=talks.get(text.session_id) if text.session_id else None, language=language)
            for text in texts_of(standing, IN_THE_BOOKLET).rows
            if text.author_id == standing.person.pk
        ),
        *_goals(standing),
        *_tried(standing),
    ]


def _entry(text: Text, *, talk_number: int | None, language: Language) -> Entry:
    if text.kind is Kind.PLAN:
        words = in_words(parts_in(text.body, list(PlanPart)), titles(asks().plan, language))
    else:
        words = readable(text.body)
    title = talk_title(talk_number) if talk_number else ""
    return Entry(IN_THE_BOOKLET[text.kind], _day(text.written_at), words, title)


def _goals(standing: Standing) -> Iterator[Entry]:
    for goal in goals_of(standing):
        own = [put for put in goal.wordings if put.of_client]
        if own:
            yield Entry(BookletPart.GOALS, _day(own[-1].made_at), own[-1].text.sentence)


def _tried(standing: Standing) -> Iterator[Entry]:
    for tryout in tryouts_of(standing):
        # What the coach wrote down stays the coach's words; what happened is always the client's.
        said = [tryout.plan.what if tryout.mine else "", tryout.outcome]
        title = talk_title(tryout.number) if tryout.number else ""
        yield Entry(BookletPart.TRIED, _day(tryout.made_at), "\n\n".join(one for one in said if one.strip()), title)


def _day(moment: datetime) -> date:
    return localtime(moment).date()


def part_names() -> dict[BookletPart, str]:
    """What the parts of the booklet are called."""
    return {
        BookletPart.DIRECTION: _("Which way I wanted to go"),
        BookletPart.GOALS: _("My goals"),
        BookletPart.SENTENCES: _("A sentence for every talk"),
        BookletPart.HARVEST: _("What it brought already"),
        BookletPart.LOOKS_BACK: _("What I wrote looking back"),
        BookletPart.TRIED: _("What I tried out"),
        BookletPart.PLAN: _("How I go on"),
        BookletPart.REPORT: _("My closing report"),
        BookletPart.LATER: _("Three months later"),
    }
