"""The culture scan of Waterland: waves that closed and were published, and one in which anybody can still answer.

Who answers does so with the link of their letter or the code on paper, as on screen. Nothing here says who did: that is
drawn, and forgotten.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from django.conf import settings

from klankbord.core import clock
from klankbord.core.tenant import acting_in
from klankbord.culture import ballots, jobs
from klankbord.culture.actions import Received, cast_ballot, choose_paper, draft_wave, open_wave
from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import invitation_of
from klankbord.culture.rules.waves import Attribute, State, WavePlan, is_over, proposed_reminders
from klankbord.demo.cast import CAST
from klankbord.demo.diary import working_moment
from klankbord.demo.opinions import WaveTold, answers_of, scan
from klankbord.demo.telling import Stage
from klankbord.engagements.rules.planning import AMSTERDAM
from klankbord.people.api import Person

NIGHT = time(2, 35)
"""When waves are looked after, as ``culture.night`` says."""


def ask_everybody(stage: Stage) -> None:
    """Every wave, the first one first."""
    for told in scan().waves:
        moment = working_moment(stage.today - timedelta(days=told.opened), 9)
        wave = _open(stage, told, moment)
        _answer(stage, told, wave)
        if is_over(wave.closes, stage.today):
            _close(wave)
        else:
            _send_letters(stage, wave, moment + timedelta(minutes=5))
            _look_at_response(stage.today)


def _open(stage: Stage, told: WaveTold, moment: datetime) -> Wave:
    """A coordinator makes a wave, chooses who gets a letter on paper, and opens it a few days later."""
    opens = moment.date()
    closes = opens + timedelta(days=told.days)
    plan = WavePlan(
        kind=Wave.Kind.FULL,
        title=told.title,
        about=scan().about,
        own_items=(scan().own,),
        attribute=Attribute(told.attribute),
        opens=opens,
        closes=closes,
        reminders=tuple(day for day in proposed_reminders(opens, closes) if day > stage.today),
    )
    with stage.acting(stage.coordinator, moment - timedelta(days=6)) as coordinator:
        wave = draft_wave(once=uuid4(), plan=plan, contact=coordinator)
        choose_paper(wave=wave, people=[person.pk for person in _on_paper(stage)], paper=True)
    with stage.acting(stage.coordinator, moment):
        return open_wave(wave=wave)


# --- answering ------------------------------------------------------------------------------------------------------


def _answer(stage: Stage, told: WaveTold, wave: Wave) -> None:
    """Those who answer, in an order that is drawn; each comes with what stood in their letter, and no more."""
    dice = random.Random(f"who answers {told.id}")  # noqa: S311 - a story, and no secret
    given = _links_and_codes(stage, wave)
    people = sorted((one for one in stage.people.values() if one.pk in given), key=lambda one: int(one.staff_number))
    answering = [one for one in people if dice.random() * 100 < told.answers]
    if not is_over(wave.closes, stage.today):
        # Whoever a visitor can be has not answered yet.
        visible = {one.email for one in CAST}
        answering = [one for one in answering if one.email not in visible]
    dice.shuffle(answering)
    said, asked = _said(told, len(answering), dice), _asked(wave)
    leading = {one.manager_id for one in people}
    with acting_in(wave.organisation_id):
        for place, person in enumerate(answering):
            values = answers_of(person.staff_number, person.unit.path, told.id, asked, leads=person.pk in leading)
            received = cast_ballot(given=given[person.pk], values=values, words=said.get(place, {}))
            if received is not Received.IN_THE_BOX:
                raise ValueError(received)


def _said(told: WaveTold, many: int, dice: random.Random) -> Mapping[int, Mapping[str, str]]:
    """What some of so many people wrote, by their place and the question."""
    said: dict[int, dict[str, str]] = {}
    for question in scan().questions:
        places = dice.sample(range(many), told.words)
        for place, text in zip(places, dice.sample(question.words, told.words), strict=True):
            said.setdefault(place, {})[question.id] = text
    return said


def _links_and_codes(stage: Stage, wave: Wave) -> Mapping[UUID, str]:
    """What stands in everybody's letter, by person: reckoned as it is when the letter is made."""
    with acting_in(wave.organisation_id):
        due = ballots.letters_due(wave.pk, wave.letters)
    given = {person: ballots.token_of(wave, invitation) for invitation, person in due}
    for person in _on_paper(stage):
        with acting_in(wave.organisation_id, person.pk):
            invitation_on_paper = invitation_of(wave, person)
        if invitation_on_paper is not None:
            given[person.pk] = ballots.code_of(wave, invitation_on_paper.pk)
    return given


def _on_paper(stage: Stage) -> list[Person]:
    return [person for person in stage.people.values() if person.unit.path in scan().on_paper]


def _asked(wave: Wave) -> list[tuple[str, str]]:
    """Each sentence with its subject."""
    subjects = {item.id: item.dimension for item in wave.instrument.items}
    return [(one.id, subjects.get(one.id, one.id)) for one in wave.rated]


# --- what happens by itself -----------------------------------------------------------------------------------------


def _close(wave: Wave) -> None:
    """The night after the last day: it closes, is counted and published."""
    night = _night_of(wave.closes + timedelta(days=1))
    with clock.stopped_at(night):
        jobs.night(0)
    # The job that this left in the queue finds everything done.
    with clock.stopped_at(night + timedelta(minutes=1)):
        jobs.finish(str(wave.organisation_id), str(wave.pk))


def _look_at_response(today: date) -> None:
    with clock.stopped_at(_night_of(today - timedelta(days=1))):
        jobs.night(0)


def _night_of(day: date) -> datetime:
    return datetime.combine(day, NIGHT, tzinfo=AMSTERDAM)


def _send_letters(stage: Stage, wave: Wave, moment: datetime) -> None:
    """Letters of the open wave to those a visitor can be: theirs are no history yet."""
    for character in CAST:
        name = character.email.partition("@")[0]
        if character.slug != stage.slug:
            continue
        with stage.acting(name, moment) as person:
            invitation = invitation_of(wave, person)
        if invitation is not None:
            with clock.stopped_at(moment):
                jobs.send_letter(str(wave.organisation_id), str(person.pk), str(invitation.pk), wave.letters)


def open_scan_of(person: Person, slug: str) -> str | None:
    """Where the link leads that is in the letter of the open wave to the acting person; None when there is none."""
    wave = Wave.objects.filter(state=State.OPEN).first()
    invitation = invitation_of(wave, person) if wave else None
    if wave is None or invitation is None:
        return None
    # Without the server's name: the demo may be looked at under another.
    return ballots.scan_address(slug, ballots.token_of(wave, invitation.pk)).removeprefix(settings.BASE_URL)
