"""The talk of three: planned by client or coach, and a text that stands once all three said yes to it."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.urls import reverse

from klankbord.core import clock
from klankbord.core.comparison import normalised, same_words
from klankbord.core.locks import one_at_a_time
from klankbord.engagements.actions._steps import refuse_when_over
from klankbord.engagements.models import ThreeWayMeeting, ThreeWayText
from klankbord.engagements.queries.doors import PartyStanding, Standing
from klankbord.engagements.queries.meeting import OneOfThree, last_text, three_of, voice_of
from klankbord.engagements.rules.lifecycle import Phase
from klankbord.engagements.rules.meeting import WORDS, Stage, Voice
from klankbord.engagements.rules.retention import no_more_writing
from klankbord.people.api import notify
from klankbord.policy.rules.finding import NotNow
from klankbord.privacy import vault
from klankbord.privacy.audit import action, record

MOST_UNSEEN = 50


class NewerText(Exception):
    """One of the others wrote a version in the meantime; one reads that one first."""


class NotPlanned(Exception):
    """The third party writes in a talk that client or coach planned, and there is none yet."""


@action("three_way.plan")
def plan_three_way(
    *, standing: Standing, slug: str, stage: Stage, starts_at: datetime, minutes: int, place: str
) -> ThreeWayMeeting:
    """Give the talk of three a moment, or another one. The two others are told. Raises ``NotNow`` once it is over."""
    refuse_when_over(standing, after_closing=stage is Stage.END)
    meeting = _meeting(standing, stage)
    same = (meeting.starts_at, meeting.minutes, meeting.place) == (starts_at, minutes, place)
    meeting.starts_at, meeting.minutes, meeting.place = starts_at, minutes, place
    meeting.save(update_fields=["starts_at", "minutes", "place"])
    record("three_way.plan", meeting, owner=standing.engagement.client_id, detail={"kind": stage.value})
    if not same:
        _tell_others(standing, slug, stage, "three_way_planned", third_too=True)
    return meeting


@action("three_way.write")
def write_three_way(*, standing: OneOfThree, slug: str, stage: Stage, text: str, based_on: int) -> ThreeWayText:
    """Write a version of what the three agree. Who writes it says yes to it; an earlier yes stays with its version.

    *based_on* is the version the writer was looking at (0: there was none). Raises :class:`NewerText` when there is a
    later one, :class:`NotPlanned` for a third party before there is a meeting, ``NotNow`` once it is over. The same
    words as the last version make no new one, and are a yes to that one.
    """
    _refuse_when_over(standing, stage)
    meeting = _meeting(standing, stage)
    one_at_a_time(f"three way {meeting.pk}")
    last = last_text(meeting)
    if last and same_words(vault.read(last, "body"), text):
        # Who lays down the words that lie there already, says yes to them.
        _say_yes_to(last, standing, slug, stage)
        record("three_way.write", last, owner=standing.engagement.client_id, detail={"outcome": "again"})
        return last
    number = last.version if last else 0
    if number != based_on:
        raise NewerText
    version = ThreeWayText(
        organisation_id=standing.engagement.organisation_id,
        engagement=standing.engagement,
        meeting=meeting,
        version=number + 1,
        author=standing.person,
    )
    vault.seal(version, "body", normalised(text))
    _say_yes(version, voice_of(standing))
    _lay_down(version)
    record("three_way.write", version, owner=standing.engagement.client_id, detail={"version": version.version})
    by_client = voice_of(standing) is Voice.CLIENT
    _tell_others(standing, slug, stage, "three_way_text", third_too=by_client)
    return version


@action("three_way.accept")
def accept_three_way(*, standing: OneOfThree, slug: str, stage: Stage, version: int) -> ThreeWayText:
    """Say yes to this very version, for oneself. Raises :class:`NewerText` when there is a later one to be read."""
    if isinstance(standing, Standing):
        refuse_when_over(standing, after_closing=stage is Stage.END)
    # The third party may not change a meeting, so only its texts are locked.
    meeting = ThreeWayMeeting.objects.filter(engagement=standing.engagement, stage=stage).first()
    last = ThreeWayText.objects.select_for_update().filter(meeting=meeting).order_by("-version").first()
    if last is None or last.version != version:
        raise NewerText
    _say_yes_to(last, standing, slug, stage)
    record("three_way.accept", last, owner=standing.engagement.client_id, detail={"version": last.version})
    return last


def _say_yes_to(text: ThreeWayText, standing: OneOfThree, slug: str, stage: Stage) -> None:
    """Say yes for oneself; a second time changes nothing. The others hear when it stands, or when it came in sight."""
    voice, stood = voice_of(standing), text.in_force
    if _yes(text, voice) is not None:
        return
    _say_yes(text, voice)
    text.save(update_fields=["client_accepted_at", "coach_accepted_at", "sponsor_accepted_at"])
    if text.in_force and not stood:
        _tell_others(standing, slug, stage, "three_way_stands", third_too=True)
    elif voice is Voice.CLIENT:
        _tell_others(standing, slug, stage, "three_way_text", third_too=True)


def _meeting(standing: OneOfThree, stage: Stage) -> ThreeWayMeeting:
    """The row of this stage; client and coach make it when it is not there."""
    one_at_a_time(f"three way {standing.engagement.pk} {stage}")
    found = ThreeWayMeeting.objects.filter(engagement=standing.engagement, stage=stage).first()
    if found is not None:
        return found
    if isinstance(standing, PartyStanding):
        raise NotPlanned
    meeting = ThreeWayMeeting(
        organisation_id=standing.engagement.organisation_id, engagement=standing.engagement, stage=stage
    )
    meeting.save(force_insert=True)
    return meeting


def _lay_down(version: ThreeWayText) -> None:
    """Save a new version under the first number that is free.

    A version of the coach that the client did not say yes to yet is not there for the third party, but its number is.
    """
    for number in range(version.version, version.version + MOST_UNSEEN):
        version.version = number
        try:
            with transaction.atomic():
                version.save(force_insert=True)
        except IntegrityError:
            continue
        return
    raise NewerText


def _refuse_when_over(standing: OneOfThree, stage: Stage) -> None:
    if isinstance(standing, Standing):
        refuse_when_over(standing, after_closing=stage is Stage.END)
    elif standing.engagement.closed_on is not None:
        # How far the coaching is, is not the third party's to know; that it is closed, is.
        raise NotNow(no_more_writing(Phase.CLOSED, None, clock.today(), after_closing=False)[0])


def _yes(text: ThreeWayText, voice: Voice) -> datetime | None:
    moments = {
        Voice.CLIENT: text.client_accepted_at,
        Voice.COACH: text.coach_accepted_at,
        Voice.SPONSOR: text.sponsor_accepted_at,
    }
    return moments[voice]


def _say_yes(text: ThreeWayText, voice: Voice) -> None:
    if voice is Voice.CLIENT:
        text.client_accepted_at = text.client_accepted_at or clock.now()
    elif voice is Voice.COACH:
        text.coach_accepted_at = text.coach_accepted_at or clock.now()
    else:
        text.sponsor_accepted_at = text.sponsor_accepted_at or clock.now()


def _tell_others(standing: OneOfThree, slug: str, stage: Stage, kind: str, *, third_too: bool) -> None:
    """Notify the others of the three, each with the address of the page where they stand."""
    three = three_of(standing.engagement)
    where = {"organisation": slug, "engagement": standing.engagement.pk, "stage": WORDS[stage]}
    for voice in Voice:
        person = three.by(voice)
        if person is None or person.pk == standing.person.pk or (voice is Voice.SPONSOR and not third_too):
            continue
        route = "party_three_way" if voice is Voice.SPONSOR else "three_way_meeting"
        link = reverse(route, kwargs=where)
        notify(person_id=person.pk, kind=kind, link=link, name=standing.person.first_name)
