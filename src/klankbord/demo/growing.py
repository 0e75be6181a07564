"""How Marieke and three other coaches of the demo kept learning this year, told through the public actions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

from klankbord.coaches.actions.hours import add_earlier_hours, sign_statement
from klankbord.coaches.actions.intervision import (
    join_group,
    note_attendance,
    plan_meeting,
    start_group,
    write_subject,
)
from klankbord.coaches.actions.learning import Learned, add_learning, look_at_craft
from klankbord.coaches.actions.story import note_contact, plan_contact, share_story, write_story
from klankbord.coaches.models import IntervisionGroup
from klankbord.coaches.rules.growth import Seen
from klankbord.demo.diary import working_moment
from klankbord.demo.telling import Stage
from klankbord.people.api import Person

MARIEKE = "marieke.bos"
OTHERS = ("hanneke.veldhuis", "dewi.tahapary", "farid.ahmadzai")
# Days ago, who was there, and what it was about.
MEETINGS = (
    (190, (MARIEKE, *OTHERS), "Wanneer is het nog coachen, en wanneer al adviseren?"),
    (120, (MARIEKE, *OTHERS[:2]), "Een klant die elke keer iets anders inbrengt"),
    (50, (MARIEKE, *OTHERS[1:]), "Wat doe ik met mijn eigen ongeduld?"),
)
# Days ago, and for each side the way that was recognised, and words.
LOOKS = (
    (
        200,
        {
            "interaction": Seen("noticing", "Ik voel spanning, en praat er dan snel overheen."),
            "result": Seen("goal"),
            "learning": Seen("advice", "Ik betrap me op tips."),
            "self_steering": Seen("asking"),
            "context": Seen("person"),
            "professional": Seen("method"),
        },
    ),
    (
        100,
        {
            "interaction": Seen("noticing"),
            "result": Seen("thread"),
            "learning": Seen("holding_back", "Het lukt, maar het kost me moeite."),
            "self_steering": Seen("asking"),
            "context": Seen("asking_after"),
            "professional": Seen("telling"),
        },
    ),
    (
        20,
        {
            "interaction": Seen("naming", "Ik zei dat het stil werd, en toen kwam het."),
            "result": Seen("thread"),
            "learning": Seen("together"),
            "self_steering": Seen("choosing", "Floor stuurt, ik kijk mee."),
            "context": Seen("asking_after"),
            "professional": Seen("telling"),
        },
    ),
)
STORY = {
    "individual_organisation": "Ik werk voor degene die tegenover me zit. De organisatie maakt de tijd vrij, en hoort "
    "van de klant zelf wat het bracht. Als het schuurt, zeg ik dat hardop.",
    "contribution": "Mensen lossen hier meer zelf op, en vragen eerder hulp. Dat hoor ik terug in de teams.",
}


def keep_learning(stage: Stage) -> None:
    """Hours from before, a group, a training, three looks at the craft, a story, and a talk with the coordinator."""
    group = _begin_group(stage)
    _meet(stage, group)
    _account_for_hours(stage)
    _look(stage)
    _tell(stage, group)
    _talk_with_coordinator(stage)


@contextmanager
def _as(stage: Stage, name: str, days_ago: int, hour: int = 16) -> Iterator[Person]:
    with stage.acting(name, working_moment(stage.today - timedelta(days=days_ago), hour, 10)) as person:
        yield person


def _begin_group(stage: Stage) -> IntervisionGroup:
    with _as(stage, MARIEKE, 210) as marieke:
        group = start_group(once=uuid4(), person=marieke, name="Dinsdaggroep", takes_part=True)
    for name in OTHERS:
        with _as(stage, name, 205) as person:
            join_group(slug=stage.slug, person=person, group=group)
    return group


def _meet(stage: Stage, group: IntervisionGroup) -> None:
    for days_ago, there, subject in MEETINGS:
        starts = working_moment(stage.today - timedelta(days=days_ago), 15, 0)
        with _as(stage, MARIEKE, days_ago, 17) as marieke:
            meeting = plan_meeting(
                once=uuid4(), slug=stage.slug, person=marieke, group=group, starts_at=starts, place="Kamer 2.08"
            )
            write_subject(once=uuid4(), person=marieke, meeting=meeting, title=subject)
            note_attendance(person=marieke, meeting=meeting, there={stage.people[name].pk for name in there})
    with _as(stage, OTHERS[0], 5) as person:
        coming = working_moment(stage.today + timedelta(days=16), 15, 0)
        plan_meeting(once=uuid4(), slug=stage.slug, person=person, group=group, starts_at=coming, place="Kamer 2.08")


def _account_for_hours(stage: Stage) -> None:
    with _as(stage, MARIEKE, 30) as marieke:
        year = stage.today.year
        add_earlier_hours(
            once=uuid4(),
            coach=marieke,
            from_year=year - 7,
            until_year=year - 3,
            hours=240,
            clients=31,
            source="Gemeente Oever",
            proof="Brief van P&O, in mijn eigen map",
        )
        for kind, title, days, hours, provider in (
            ("training", "Werken met stilte", 150, "12", "School voor coaching Noord"),
            ("supervision", "Supervisie, vier keer", 40, "6", "Ineke Vos"),
        ):
            on = stage.today - timedelta(days=days)
            learned = Learned(kind, title, on, Decimal(hours), provider)
            add_learning(once=uuid4(), coach=marieke, learned=learned)
        name = marieke.organisation.name
        sign_statement(
            once=uuid4(), coach=marieke, organisation=name, from_year=year - 7, until_year=year, with_earlier=True
        )


def _look(stage: Stage) -> None:
    for days_ago, seen in LOOKS:
        with _as(stage, MARIEKE, days_ago) as marieke:
            look_at_craft(once=uuid4(), coach=marieke, seen=seen)


def _tell(stage: Stage, group: IntervisionGroup) -> None:
    with _as(stage, MARIEKE, 18) as marieke:
        write_story(coach=marieke, texts=STORY, revisions={})
        part = "individual_organisation"
        share_story(
            once=uuid4(),
            slug=stage.slug,
            coach=marieke,
            part=part,
            audience="group",
            group=group,
            text=STORY[part],
        )


def _talk_with_coordinator(stage: Stage) -> None:
    with _as(stage, stage.coordinator, 75) as fatima:
        on = stage.today - timedelta(days=70)
        coach = stage.people[MARIEKE]
        contact = plan_contact(once=uuid4(), slug=stage.slug, by=fatima, coach=coach, coordinator=fatima, on=on)
    with _as(stage, MARIEKE, 69) as marieke:
        note_contact(
            once=uuid4(),
            author=marieke,
            contact=contact,
            text="Twee klanten tegelijk is voor mij genoeg. In het voorjaar kan er weer iemand bij.",
        )
