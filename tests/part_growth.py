"""Marieke keeps learning: hours from before, a statement, a group with Willem, a training, two looks, and her story."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

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
from klankbord.coaches.rules.growth import Seen
from klankbord.core import clock
from klankbord.core.tenant import acting_in

if TYPE_CHECKING:
    from tests.story import Story

SUBJECT = "Als een klant blijft zwijgen"
CRAFT = "Ik merk dat ik sneller stil kan zijn."
TENSION = "Ik koos voor de mens, en zei dat ook."
NOTE = "Twee keer per jaar is genoeg."
SECRETS = (SUBJECT, CRAFT, TENSION, NOTE)
SLUG = "waterland"


def part(story: "Story") -> Mapping[str, object]:
    """All of it, one of each."""
    cast = story.cast
    coach, peer = cast.marieke, cast.willem
    now = clock.now()
    with acting_in(coach.organisation_id, coach.pk), clock.stopped_at(now - timedelta(days=40)):
        group = start_group(once=uuid.uuid4(), person=coach, name="Dinsdaggroep", takes_part=True)
    with acting_in(peer.organisation_id, peer.pk), clock.stopped_at(now - timedelta(days=39)):
        join_group(slug=SLUG, person=peer, group=group)
    with acting_in(coach.organisation_id, coach.pk):
        earlier = add_earlier_hours(
            once=uuid.uuid4(),
            coach=coach,
            from_year=2018,
            until_year=2021,
            hours=120,
            clients=18,
            source="Gemeente Oever",
        )
        statement = sign_statement(
            once=uuid.uuid4(),
            coach=coach,
            organisation="Waterland",
            from_year=2018,
            until_year=clock.today().year,
            with_earlier=True,
        )
        meeting = plan_meeting(
            once=uuid.uuid4(), slug=SLUG, person=coach, group=group, starts_at=now - timedelta(days=7), place="Kamer 2"
        )
        note_attendance(person=coach, meeting=meeting, there={coach.pk, peer.pk})
        subject = write_subject(once=uuid.uuid4(), person=coach, meeting=meeting, title=SUBJECT)
        learning = add_learning(
            once=uuid.uuid4(),
            coach=coach,
            learned=Learned("training", "Stilte in gesprekken", clock.today(), Decimal("6.5"), "School voor coaching"),
        )
        assessment = look_at_craft(
            once=uuid.uuid4(), coach=coach, seen={"interaction": Seen("noticing", CRAFT), "result": Seen("goal")}
        )
        write_story(coach=coach, texts={"individual_organisation": TENSION}, revisions={})
        share = share_story(
            once=uuid.uuid4(),
            slug=SLUG,
            coach=coach,
            part="individual_organisation",
            audience="group",
            group=group,
            text=TENSION,
        )
        contact = plan_contact(
            once=uuid.uuid4(), slug=SLUG, by=coach, coach=coach, coordinator=cast.fatima, on=clock.today()
        )
        note_contact(once=uuid.uuid4(), author=coach, contact=contact, text=NOTE)
    return {
        "earlier": earlier.pk,
        "statement": statement.pk,
        "group": group.pk,
        "meeting": meeting.pk,
        "subject": subject.pk,
        "learning": learning.pk,
        "assessment": assessment.pk,
        "story_share": share.pk,
        "contact": contact.pk,
        "coach": coach.pk,
    }
