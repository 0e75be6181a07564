"""Links, codes, and the functions of the database around the ballot box. The one module that calls them.

A link or code is reckoned from the invitation with the wave's key, and stored nowhere. The database is told its hash.
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import batched
from typing import Any, NamedTuple
from uuid import UUID

import psycopg
from django.conf import settings
from django.db import connection

from klankbord.culture.models import Wave
from klankbord.culture.models.ballot import ANSWER_LABEL, BALLOT_LABEL, WORDS_LABEL
from klankbord.culture.rules.ballots import Ballot, Counted, answer_text, packed, read_answer, unpacked
from klankbord.culture.rules.codes import code_from, read_code
from klankbord.privacy import vault

TOKEN_BYTES = 24
AT_ONCE = 200
"""Units of a publication that go to the database in one statement."""
_MAIL, _PAPER = b"mail:", b"paper:"


# --- links and codes ------------------------------------------------------------------------------------------------


def token_of(wave: Wave, invitation_id: UUID) -> str:
    """The secret of somebody's link. Raises ``vault.Unreadable`` when the wave has no key any more."""
    digest = vault.keyed_digest(wave.tokens_scope, _MAIL + invitation_id.bytes)
    return base64.urlsafe_b64encode(digest[:TOKEN_BYTES]).decode("ascii")


def code_of(wave: Wave, invitation_id: UUID) -> str:
    """The code on somebody's letter on paper. Raises ``vault.Unreadable``."""
    return code_from(vault.keyed_digest(wave.tokens_scope, _PAPER + invitation_id.bytes))


def hash_of(given: str) -> bytes:
    """What the database knows of a link or a code, however the code was typed."""
    return hashlib.sha256((read_code(given) or given).encode()).digest()


def scan_address(slug: str, token: str) -> str:
    """The whole address of a personal link. Its route is ``scan`` (``organisation``, ``token``)."""
    return f"{settings.BASE_URL}/{slug}/scan/{token}/"


def code_address(slug: str) -> str:
    """The whole address where a code on paper is typed. Its route is ``scan_code`` (``organisation``)."""
    return f"{settings.BASE_URL}/{slug}/scan/"


# --- asking the database --------------------------------------------------------------------------------------------


def _called(question: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchall() if cursor.description else []


def _handed(question: str, *values: Any) -> None:
    """The same for large values, and for no answer: they go beside the statement, and are not written out in it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(question, values)


def wave_behind(given: str) -> Wave | None:
    """The wave of a link or code that was not used yet; None when there is none."""
    found = Wave.objects.raw("select * from culture_scan(%s)", [hash_of(given)])
    return next(iter(found), None)


def cast(wave: Wave, given: str, ballot: Ballot) -> bool:
    """Put a ballot into the box and take the right away; False when there is no right, or the wave is not open."""
    ballot_id = uuid.uuid4()
    sealed = vault.seal_text(wave.box_scope, BALLOT_LABEL, ballot_id, packed(ballot, wave.ballot_size))
    row = _called("select culture_cast(%s, %s, %s, %s)", hash_of(given), ballot_id, sealed, wave.ballot_size)
    return bool(row[0][0])


@dataclass(frozen=True)
class Invited:
    """Somebody to be invited: from which unit, in which class (0 for none), and whether on paper."""

    person_id: UUID
    unit_id: UUID
    background: int
    paper: bool


def open_box(wave: Wave, invited: Sequence[Invited]) -> None:
    """Make the keys, invitations and rights of a wave. The keys first: a right without a key could never be used."""
    for scope in (wave.tokens_scope, wave.box_scope):
        vault.make_key(scope)
    ids = [uuid.uuid4() for _ in invited]
    hashes = [
        hash_of(code_of(wave, one_id) if one.paper else token_of(wave, one_id))
        for one_id, one in zip(ids, invited, strict=True)
    ]
    units = [one.unit_id for one in invited]
    _called(
        "select culture_open(%s, %s, %s, %s, %s, %s, %s, %s)",
        wave.pk,
        ids,
        [one.person_id for one in invited],
        units,
        ["paper" if one.paper else "mail" for one in invited],
        hashes,
        units,
        [one.background for one in invited],
    )


def remind(wave: Wave, most: int, day: date) -> bool:
    """One letter more to everyone; False when there were enough, or one today."""
    return bool(_called("select culture_remind(%s, %s, %s)", wave.pk, most, day)[0][0])


def remind_as_planned(wave_id: UUID, most: int, day: date) -> bool:
    """The same because it was planned, without anybody acting; False when there is nothing planned until that day."""
    return bool(_called("select culture_remind_as_planned(%s, %s, %s)", wave_id, most, day)[0][0])


def plan_reminders(wave_id: UUID, days: Sequence[date], most: int, day: date) -> bool:
    """Put these days in the place of those that have not gone; False when one of them does not fit, or it is shut."""
    row = _called("select culture_plan_reminders(%s, %s::date[], %s, %s)", wave_id, list(days), most, day)
    return bool(row[0][0])


def reminders_due(day: date) -> list[tuple[UUID, UUID]]:
    """Organisation and wave of every open wave with a reminder that was planned for that day or earlier."""
    return [(row[0], row[1]) for row in _called("select * from culture_reminders_due(%s)", day)]


def letters_due(wave_id: UUID, number: int) -> list[tuple[UUID, UUID]]:
    """Invitation and person to whom letter *number* has still to go by mail."""
    return [(row[0], row[1]) for row in _called("select * from culture_letters_due(%s, %s)", wave_id, number)]


def letter_goes(invitation_id: UUID, number: int, day: date) -> bool:
    """Note that letter *number* goes to the acting person now; False when it did, or may not any more."""
    return bool(_called("select culture_letter_sent(%s, %s, %s)", invitation_id, number, day)[0][0])


def close_box(wave_id: UUID, day: date) -> bool:
    """From here on nobody answers; False when that was so already, or may not be."""
    return bool(_called("select culture_close(%s, %s)", wave_id, day)[0][0])


def opened(wave: Wave) -> tuple[list[Counted], int]:
    """Every ballot in the box, opened, and how many could not be opened.

    Raises ``vault.Unreadable`` when the key is not there. SECURITY: that is not the same as many that do not open; if
    it were, a keys' database that was put back from an old archive would make an empty result of a whole wave.
    """
    open_ballot = vault.opener(wave.box_scope, BALLOT_LABEL)
    found: list[Counted] = []
    spoiled = 0
    for ballot_id, unit, background, sealed in _called("select * from culture_box(%s)", wave.pk):
        try:
            text = open_ballot(ballot_id, sealed)
        except vault.Unreadable:
            spoiled += 1
        else:
            found.append(Counted(str(unit), background, unpacked(text)))
    return found, spoiled


def keep(wave: Wave, *, in_box: int, answers: Sequence[Counted], words: Sequence[tuple[str, str]], day: date) -> None:
    """Write answers and words in their order, and empty the box and the rights; all of it or nothing."""
    ids, word_ids = [uuid.uuid4() for _ in answers], [uuid.uuid4() for _ in words]
    sealed = [
        vault.seal_text(wave.answers_scope, ANSWER_LABEL, one_id, answer_text(one))
        for one_id, one in zip(ids, answers, strict=True)
    ]
    said = [
        vault.seal_text(wave.words_scope, WORDS_LABEL, one_id, text)
        for one_id, (_question, text) in zip(word_ids, words, strict=True)
    ]
    _called(
        "select culture_keep(%s, %s, %s, %s::uuid[], %s::uuid[], %s::bytea[], %s::uuid[], %s::text[], %s::bytea[])",
        wave.pk,
        day,
        in_box,
        ids,
        [UUID(one.unit) for one in answers],
        sealed,
        word_ids,
        [question for question, _text in words],
        said,
    )


def kept_answers(wave: Wave) -> list[tuple[UUID, int, str]]:
    """Unit, class and digits of every answer of a closed wave. For making the figures."""
    rows = _called("select * from culture_answers(%s)", wave.pk)
    if not rows:
        return []
    open_answer = vault.opener(wave.answers_scope, ANSWER_LABEL)
    return [(unit, *read_answer(open_answer(one_id, sealed))) for one_id, unit, sealed in rows]


def invited_by_unit(wave: Wave) -> dict[UUID, int]:
    """How many were invited in each unit itself, of a closed wave. For making the figures."""
    return dict(_called("select * from culture_invited(%s)", wave.pk))


class UnitToWrite(NamedTuple):
    """What is written of one unit: the row of ``PublishedUnit``, with its JSON as text."""

    unit: str
    cells: str
    withheld: str
    about: str
    answered: int | None
    invited: int | None


@dataclass(frozen=True)
class ToWrite:
    """A publication as it is written: the whole, packed; what stands beside it, as JSON; and each unit."""

    packed: bytes
    about: str
    units: Iterable[UnitToWrite]


def publish_rows(wave: Wave, day: date, whole: ToWrite) -> None:
    """Write the publication; answers and invitations go with it.

    Units go some at a time: all of a large organisation in one statement would be in memory several times over.
    """
    for some in batched(whole.units, AT_ONCE):
        _handed(
            "select culture_publish_units(%s, %b::uuid[], %b::json[], %b::json[], %b::json[], %b::int[], %b::int[])",
            wave.pk,
            *(list(column) for column in zip(*some, strict=True)),
        )
    _handed("select culture_publish(%s, %s, %s, %s::jsonb)", wave.pk, day, whole.packed, whole.about)


def note_keys_gone(wave_id: UUID) -> None:
    """That the keys of a published wave are gone."""
    _called("select culture_keys_gone(%s)", wave_id)


def look_at_turnout(wave_id: UUID, least: int) -> None:
    """Look once more in which band the response of an open wave lies."""
    _called("select culture_look_at_turnout(%s, %s)", wave_id, least)


def due() -> list[tuple[UUID, UUID, str, date]]:
    """Organisation, wave, state and last day of every wave that the night has something to do with."""
    return [(row[0], row[1], row[2], row[3]) for row in _called("select * from culture_due()")]


def old_words(before: date) -> list[tuple[UUID, UUID]]:
    """Organisation and wave of answers in own words from before that day."""
    return [(row[0], row[1]) for row in _called("select * from culture_old_words(%s)", before)]


def forget_words(wave_id: UUID, before: date) -> None:
    """Take answers in own words away; their key must be gone first."""
    _called("select culture_forget_words(%s, %s)", wave_id, before)


def units_read() -> frozenset[UUID]:
    """The acting person's own unit, those above it, and those below it of the people they lead."""
    mine, led = _called("select culture_units_of_mine(), culture_units_led()")[0]
    return frozenset((*mine, *led))


def published_before(wave: Wave) -> tuple[UUID, dict[str, Any]] | None:
    """The published wave of this kind before it, and what stands beside its figures; for making figures."""
    rows = _called("select * from culture_published_before(%s)", wave.pk)
    return next(((one[0], json.loads(one[1])) for one in rows), None)


def published_cells(wave: Wave) -> list[tuple[str, str]]:
    """Every unit with its cells, as columns in JSON; for making figures of the next wave."""
    return [(one[0], one[1]) for one in _called("select * from culture_published_cells(%s)", wave.pk)]
