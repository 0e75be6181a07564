"""Coordinators make a wave, open it, remind everybody alike, and close it."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from procrastinate.contrib.django import app as jobs

from klankbord.core import clock
from klankbord.core.locks import one_at_a_time
from klankbord.core.tenant import current_scope
from klankbord.culture import ballots
from klankbord.culture.class_file import ClassFile, read_classes
from klankbord.culture.instrument import instrument
from klankbord.culture.models import Preparation, Wave
from klankbord.culture.queries.waves import PaperLetter, opening_of, paper_letters, people_of
from klankbord.culture.rules.waves import MOST_REMINDERS, CannotOpen, NotInThisState, State, WavePlan
from klankbord.people.api import Person
from klankbord.people.mailing import mails_are_held
from klankbord.privacy.audit import action, record


def _fill(wave: Wave, plan: WavePlan) -> None:
    wave.kind = plan.kind
    wave.title_nl, wave.title_en = plan.title.nl, plan.title.en
    wave.about_nl, wave.about_en = plan.about.nl, plan.about.en
    wave.own_items = [{"nl": one.nl, "en": one.en} for one in plan.own_items]
    wave.attribute = plan.attribute
    wave.attribute_nl, wave.attribute_en = plan.attribute_name.nl, plan.attribute_name.en
    wave.k, wave.opens, wave.closes = plan.k, plan.opens, plan.closes
    wave.whom, wave.units, wave.sample_size = plan.whom, list(plan.units), plan.sample_size
    wave.reminders = list(plan.reminders)


def _still(wave: Wave, state: State) -> Wave:
    """The wave as it stands now. Raises :class:`NotInThisState`."""
    one_at_a_time(wave.pk)
    now = Wave.objects.filter(pk=wave.pk, state=state).first()
    if now is None:
        raise NotInThisState
    return now


@action("wave.draft")
def draft_wave(*, once: UUID, plan: WavePlan, contact: Person) -> Wave:
    """Begin a wave with the newest questionnaire. *contact* answers questions about it. The same form twice is once."""
    one_at_a_time(once)
    known = Wave.objects.filter(pk=once).first()
    if known:
        record("wave.draft", known, detail={"outcome": "again"})
        return known
    wave = Wave(
        id=once,
        organisation_id=current_scope().organisation_id,
        contact=contact,
        instrument_version=instrument().version,
    )
    _fill(wave, plan)
    wave.save(force_insert=True)
    record("wave.draft", wave, owner=contact.pk)
    return wave


@action("wave.change")
def change_wave(*, wave: Wave, plan: WavePlan, contact: Person | None = None) -> Wave:
    """Change a draft. Raises :class:`NotInThisState` once it is open."""
    wave = _still(wave, State.DRAFT)
    _fill(wave, plan)
    named = contact is not None and contact.pk != wave.contact_id
    if contact is not None:
        wave.contact = contact
    wave.save()
    record("wave.change", wave, owner=wave.contact_id if named else None)
    return wave


@action("wave.drop")
def drop_wave(*, wave: Wave) -> None:
    """Throw a draft away."""
    wave = _still(wave, State.DRAFT)
    record("wave.drop", wave)
    Preparation.objects.filter(wave=wave).delete()
    wave.delete()


@action("wave.prepare_classes")
def prepare_classes(*, wave: Wave, content: bytes) -> ClassFile:
    """Lay ready in which group everybody is, from a table of staff number and group; it replaces an earlier one.

    With anything wrong in the file nothing is kept, and the answer says what is wrong, row by row.
    """
    wave = _still(wave, State.DRAFT)
    everybody = Person.objects.filter(active=True, guest=False).exclude(staff_number="")
    read = read_classes(content, {one.staff_number: one for one in everybody.only("pk", "staff_number")})
    if not read.errors:
        on_paper = set(Preparation.objects.filter(wave=wave, paper=True).values_list("person_id", flat=True))
        Preparation.objects.filter(wave=wave).delete()
        groups = {UUID(pk): group for pk, group in read.groups.items()}
        Preparation.objects.bulk_create(
            Preparation(
                organisation_id=wave.organisation_id,
                wave=wave,
                person_id=pk,
                group=groups.get(pk, ""),
                paper=pk in on_paper,
            )
            for pk in groups.keys() | on_paper
        )
    record("wave.prepare_classes", wave, detail={"outcome": "refused" if read.errors else "kept"})
    return read


@action("wave.choose_paper")
def choose_paper(*, wave: Wave, people: Collection[UUID], paper: bool) -> None:
    """Invite these people on paper, or by mail after all. Who has no address is invited on paper anyway."""
    wave = _still(wave, State.DRAFT)
    known = Preparation.objects.filter(wave=wave, person_id__in=people)
    missing = set(people) - set(known.values_list("person_id", flat=True))
    known.update(paper=paper)
    if paper:
        there = people_of(wave).filter(pk__in=missing).values_list("pk", flat=True)
        Preparation.objects.bulk_create(
            Preparation(organisation_id=wave.organisation_id, wave=wave, person_id=pk, paper=True) for pk in there
        )
    record("wave.choose_paper", wave)


def _send_letters(wave: Wave) -> None:
    if not mails_are_held():
        jobs.configure_task("culture.send_letters", lock=str(wave.pk)).defer(
            organisation=str(wave.organisation_id), wave=str(wave.pk), number=wave.letters
        )


@action("wave.open")
def open_wave(*, wave: Wave) -> Wave:
    """Open a wave today: fix people, units and classes, make the rights, and send everybody the invitation.

    Raises :class:`CannotOpen` with what stands in the way, and :class:`NotInThisState`.
    """
    wave = _still(wave, State.DRAFT)
    today = clock.today()
    opening = opening_of(wave, today)
    if blocking := [one for one in opening.findings if one.blocks]:
        raise CannotOpen(blocking)
    wave.opens = today
    wave.reminders = [day for day in wave.reminders if today < day < wave.closes]
    wave.classes = [{"nl": one.nl, "en": one.en} for one in opening.classes]
    wave.save()
    ballots.open_box(wave, opening.invited)
    wave = Wave.objects.get(pk=wave.pk)
    record("wave.open", wave)
    _send_letters(wave)
    return wave


@action("wave.remind")
def remind(*, wave: Wave) -> Wave:
    """Send everyone alike another letter, with a link that still works for whoever has not answered.

    Raises :class:`NotInThisState` when the wave is not open, when everybody had enough letters or one today, or when
    as many as there may be are planned.
    """
    if not ballots.remind(wave, MOST_REMINDERS, clock.today()):
        raise NotInThisState
    wave = Wave.objects.get(pk=wave.pk)
    record("wave.remind", wave, detail={"number": wave.letters - 1})
    _send_letters(wave)
    return wave


@action("wave.remind_as_planned")
def remind_as_planned(*, wave: Wave) -> None:
    """The same letter, because its day has come; in the name of nobody. A second time that day does nothing."""
    if not ballots.remind_as_planned(wave.pk, MOST_REMINDERS, clock.today()):
        record("wave.remind_as_planned", wave, detail={"outcome": "again"})
        return
    wave = Wave.objects.get(pk=wave.pk)
    record("wave.remind_as_planned", wave, detail={"number": wave.letters - 1})
    _send_letters(wave)


@action("wave.plan_reminders")
def plan_reminders(*, wave: Wave, days: Sequence[date]) -> None:
    """Have reminders go on these days instead of those that have not gone yet. None is none.

    Raises :class:`NotInThisState` when the wave is not open, when a day does not lie ahead and before the last day, or
    when there would be too many.
    """
    if not ballots.plan_reminders(wave.pk, days, MOST_REMINDERS, clock.today()):
        raise NotInThisState
    record("wave.plan_reminders", wave, detail={"count": len(days)})


A_PILE = 500
"""Letters on paper that are made at once. A pile is what somebody prints, and what fits in memory."""


@action("wave.print_letters")
def print_letters(*, wave: Wave, pile: int) -> Sequence[PaperLetter]:
    """The letters on paper of one pile (the first is 0), with their codes. Raises :class:`NotInThisState`.

    SECURITY: whoever holds these letters could answer in the name of others. So it is for coordinators, of those
    invited on paper only (row security), while the wave is open; the codes are reckoned here and kept nowhere; and
    each time somebody does it stays in the trail.
    """
    now = Wave.objects.filter(pk=wave.pk, state=State.OPEN).first()
    if now is None:
        raise NotInThisState
    letters = paper_letters(now, pile * A_PILE, A_PILE)
    record("wave.print_letters", now, detail={"count": len(letters), "number": pile + 1})
    return letters


@action("wave.close")
def close_wave(*, wave: Wave) -> None:
    """From here on nobody answers; the counting follows. Closing twice is closing once.

    A coordinator may do it on any day; without anybody acting, it is done after the last day only.
    """
    closed = ballots.close_box(wave.pk, clock.today())
    if not closed and not Wave.objects.filter(pk=wave.pk).exclude(state__in=(State.DRAFT, State.OPEN)).exists():
        raise NotInThisState
    record("wave.close", wave, detail=None if closed else {"outcome": "again"})
    if closed:
        jobs.configure_task("culture.finish", lock=str(wave.pk)).defer(
            organisation=str(wave.organisation_id), wave=str(wave.pk)
        )
