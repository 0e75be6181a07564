"""What happens to waves by itself: letters go out, the box is counted after closing, and keys go."""

from datetime import timedelta
from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.culture import ballots
from klankbord.culture.actions import close_wave, count_wave, forget_words, publish_wave, remind_as_planned
from klankbord.culture.actions.team import forget_decisions as forget_decided
from klankbord.culture.decisions import old_decisions
from klankbord.culture.letters import letter_mail
from klankbord.culture.models import Invitation, Wave
from klankbord.culture.models.team import scope_of_decision
from klankbord.culture.publishing import made_of
from klankbord.culture.rules.decisions import kept_since
from klankbord.culture.rules.waves import TURNOUT_FROM, State, is_over
from klankbord.privacy import vault
from klankbord.privacy.jobs import wipe_now_or_soon

MAX_MAIL_ATTEMPTS = 8
AT_ONCE = 1_000
WORDS_KEPT = timedelta(days=2 * 365)
"""How long answers in own words are kept after closing. The figures stay."""


@app.task(name="culture.send_letters", retry=RetryStrategy(max_attempts=5, exponential_wait=3))
def send_letters(organisation: str, wave: str, number: int) -> int:
    """Put a letter to everybody who is invited by mail in the queue, one job each. Returns how many."""
    with acting_in(UUID(organisation)):
        due = ballots.letters_due(UUID(wave), number)
        for start in range(0, len(due), AT_ONCE):
            app.configure_task("culture.send_letter").batch_defer(
                *(_letter(organisation, person, one, number) for one, person in due[start : start + AT_ONCE])
            )
    return len(due)


def _letter(organisation: str, person: UUID, invitation: UUID, number: int) -> JSONDict:
    return {"organisation": organisation, "person": str(person), "invitation": str(invitation), "number": number}


@app.task(name="culture.send_letter", retry=RetryStrategy(max_attempts=MAX_MAIL_ATTEMPTS, exponential_wait=3))
def send_letter(organisation: str, person: str, invitation: str, number: int) -> None:
    """Mail one letter, acting as whoever it is for. That it went is noted by day, and the same of everybody.

    The link is made here and goes into the mail; it stands in no table, no job and no log.
    """
    scope = (UUID(organisation), UUID(person))
    try:
        with acting_in(*scope):
            row = Invitation.objects.select_related("wave__contact", "person").filter(pk=invitation).first()
            if row is None or row.letters >= number or row.wave.state != State.OPEN or not row.person.active:
                return
            mail = letter_mail(row.wave, Organisation.objects.get(pk=scope[0]), row, number)
        mail.send()
        with acting_in(*scope):
            ballots.letter_goes(row.pk, number, clock.today())
    finally:
        vault.forget_keys()


@app.task(name="culture.finish", retry=RetryStrategy(max_attempts=20, exponential_wait=4))
def finish(organisation: str, wave: str) -> None:
    """Everything after closing, in steps that may each be the last before somebody pulls the plug.

    1. The key of links and codes goes: from here on no right belongs to anybody.
    2. In one transaction the box is opened, sorted, written and emptied.
    3. The key of the box goes, and with it the dead rows of keys (if somebody still sees them, minutes later): what is
       left of the box cannot be opened.
    4. In one transaction the figures are written, and the answers go.
    5. The key of the answers goes.

    In this order nothing is lost, since box and answers keep their key until what comes of them is written; and after
    the first step nothing leads from a person to a ballot. Every step may be done again.
    """
    organisation_id, wave_id = UUID(organisation), UUID(wave)
    try:
        if _state(organisation_id, wave_id) is State.CLOSING:
            vault.destroy(_wave(organisation_id, wave_id).tokens_scope)
            with acting_in(organisation_id):
                count_wave(wave=Wave.objects.get(pk=wave_id))
        if _state(organisation_id, wave_id) in (State.CLOSED, State.PUBLISHED):
            row = _wave(organisation_id, wave_id)
            vault.destroy(row.tokens_scope)
            vault.destroy(row.box_scope)
            wipe_now_or_soon()
        if _state(organisation_id, wave_id) is State.CLOSED:
            with acting_in(organisation_id):
                publish_wave(wave=row, whole=made_of(row).to_write())
        if _state(organisation_id, wave_id) is State.PUBLISHED:
            vault.destroy(_wave(organisation_id, wave_id).answers_scope)
            wipe_now_or_soon()
            with acting_in(organisation_id):
                ballots.note_keys_gone(wave_id)
    finally:
        vault.forget_keys()


def _wave(organisation_id: UUID, wave_id: UUID) -> Wave:
    with acting_in(organisation_id):
        return Wave.objects.get(pk=wave_id)


def _state(organisation_id: UUID, wave_id: UUID) -> State:
    return State(_wave(organisation_id, wave_id).state)


@app.periodic(cron="10 7-10 * * *")
@app.task(name="culture.reminders", queueing_lock="culture.reminders")
def reminders(timestamp: int) -> int:
    """Send the reminders that were planned for today, in the morning. Returns of how many waves.

    It looks a few times: when the machine was down at eight, they go at nine. There is one letter a day at most, and
    who gets it does not depend on who answered.
    """
    due = ballots.reminders_due(clock.today())
    for organisation_id, wave_id in due:
        with acting_in(organisation_id):
            remind_as_planned(wave=Wave.objects.get(pk=wave_id))
    return len(due)


@app.periodic(cron="35 2 * * *")
@app.task(name="culture.night", queueing_lock="culture.night")
def night(timestamp: int) -> int:
    """Close what is past its last day, go on with what stopped halfway, look at response. Returns how many waves."""
    waves = ballots.due()
    for organisation_id, wave_id, state, closes in waves:
        with acting_in(organisation_id):
            if state != State.OPEN:
                app.configure_task("culture.finish", lock=str(wave_id)).defer(
                    organisation=str(organisation_id), wave=str(wave_id)
                )
            elif is_over(closes, clock.today()):
                close_wave(wave=Wave.objects.get(pk=wave_id))
            else:
                ballots.look_at_turnout(wave_id, TURNOUT_FROM)
    return len(waves)


@app.periodic(cron="50 2 * * *")
@app.task(name="culture.forget", queueing_lock="culture.forget")
def forget(timestamp: int) -> int:
    """Let answers in own words go that were kept long enough: the key first. Returns of how many waves."""
    before = clock.today() - WORDS_KEPT
    old = ballots.old_words(before)
    for organisation_id, wave_id in old:
        with acting_in(organisation_id):
            wave = Wave.objects.get(pk=wave_id)
            vault.destroy(wave.words_scope)
            forget_words(wave=wave, before=before)
    return len(old)


@app.periodic(cron="55 2 * * *")
@app.task(name="culture.forget_decisions", queueing_lock="culture.forget_decisions")
def forget_decisions(timestamp: int) -> int:
    """Let what teams decided go when it was kept long enough: the keys first. Returns how many.

    Where it stops halfway, nobody reads what is left (``queries.reports.decisions_of``), and the next night goes on.
    """
    before = kept_since(clock.today())
    old = old_decisions(before)
    for organisation_id, ids in old.items():
        for one in ids:
            vault.destroy(scope_of_decision(organisation_id, one))
        with acting_in(organisation_id):
            forget_decided(decisions=ids, before=before)
    return sum(len(ids) for ids in old.values())
