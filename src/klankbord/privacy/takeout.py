"""Everything of one person, to take away: which tables hold something of somebody, and how it is read.

Each app tells of its own tables, as data, in its own ``takeout.py``:

* ``PORTIONS``: rows of a person, found by a column that names that person, with what is told of them;
* ``LEFT_OUT``: tables of which nobody takes anything away, with the reason;
* ``NOT_FOLLOWED``: columns that name a person by which no rows are taken away, with the reason;
* ``NOT_TOLD``: columns of which the value is left out, with the reason.

A test walks all tables and all their columns: what stands in none of these fails it, so no new table is forgotten.
What may be read is not decided here: every row is fetched under row security, as the person who acts.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klankbord.core.of_apps import modules_named
from klankbord.core.readable import readable
from klankbord.core.tenant import acting_person_id
from klankbord.privacy import vault
from klankbord.privacy.access import things
from klankbord.privacy.vault import SealedField

# No text of ours has more parts in parts than this.
DEEPEST = 12

type Words = str | Promise
type Line = tuple[str, str]


class Chapter(StrEnum):
    """In what capacity something is somebody's. The order is the order of reading."""

    SELF = "self"
    ASKING = "asking"
    COACHED = "coached"
    COACH = "coach"
    COACHING = "coaching"
    OTHERS = "others"


TITLES: Mapping[Chapter, Words] = {
    Chapter.SELF: gettext_lazy("You in this organisation"),
    Chapter.ASKING: gettext_lazy("Asking for a coach"),
    Chapter.COACHED: gettext_lazy("Your own coaching"),
    Chapter.COACH: gettext_lazy("You as a coach"),
    Chapter.COACHING: gettext_lazy("Coaching that you gave"),
    Chapter.OTHERS: gettext_lazy("What you wrote for somebody else"),
}

ABOUT: Mapping[Chapter, Words] = {
    Chapter.SELF: gettext_lazy("Your details, your roles, messages to you, and who opened something of yours."),
    Chapter.ASKING: gettext_lazy(
        "Suggestions of a manager and your answer, your requests with wishes and preferences, and who was proposed."
    ),
    Chapter.COACHED: gettext_lazy(
        "Talks, agreements, goals, texts, ratings and costs: what you wrote, and what others wrote to you."
    ),
    Chapter.COACH: gettext_lazy(
        "Profile and photo, papers, hours, statements, learning, how you see your craft, your story, and intervision."
    ),
    Chapter.COACHING: gettext_lazy(
        "When you coached, and what you wrote yourself. Klankbord puts no name of [[a client]] beside it."
    ),
    Chapter.OTHERS: gettext_lazy("A suggestion that you made, or an answer that you gave to somebody who asked."),
}


@dataclass(frozen=True)
class Told:
    """A column of which the value is told.

    Without a *label* it stands in the data only: what is a code has no place in a text. *words* makes the value into
    words (a reference is given as its row, a sealed text opened), *data* into data. *refers* names the model when the
    column is a bare id.
    """

    column: str
    label: Words = ""
    words: Callable[[Any], str] | None = None
    data: Callable[[Any], Any] | None = None
    refers: type[Model] | None = None
    shown: bool = False

    @property
    def is_read(self) -> bool:
        """Whether it stands in the text: it has a label, or words that need none."""
        return bool(self.label) or self.words is not None or self.shown


@dataclass(frozen=True)
class File:
    """A file that goes along as it is."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Portion:
    """Rows of one table that are somebody's, because *of* (a lookup) names that person.

    ``by`` is the column that names who wrote it; when that is another, the text says so. ``when`` is a lookup of the
    moment; a column of the row itself is told with it, as data. ``beside`` says what the row belongs to, such as which
    coaching. ``among`` narrows the rows. ``lines`` makes the text of a row, where columns one by one would not read
    well; ``file`` a file, of ``file_column``. With ``once`` rows that read the same stand there once.
    """

    chapter: Chapter
    model: type[Model]
    of: str
    told: Sequence[Told]
    when: str = ""
    by: str = ""
    title: Words = ""
    name: Callable[[Any], str] | None = None
    beside: Callable[[Any], str] | None = None
    among: Q = field(default_factory=Q)
    related: Sequence[str] = ()
    lines: Callable[[Any, Mapping[Any, Model]], Iterable[Line]] | None = None
    file: Callable[[Any], File | None] | None = None
    file_column: str = ""
    once: bool = False

    @property
    def table(self) -> str:
        """The table the rows are in."""
        return self.model._meta.db_table

    @property
    def heading(self) -> str:
        """What it is called: as on every screen, unless it says otherwise."""
        return str(self.title) or next(str(one.name) for one in things().values() if one.table == self.table)

    @property
    def columns(self) -> tuple[Told, ...]:
        """What is told of a row, its moment included."""
        told = {one.column for one in self.told}
        moment = [] if not self.when or "__" in self.when or self.when in told else [Told(self.when)]
        return (*self.told, *moment)

    @property
    def sealed(self) -> bool:
        """Whether anything of it has to be opened."""
        return any(isinstance(self.model._meta.get_field(one.column), SealedField) for one in self.told)

    def rows(self, person_id: UUID) -> list[Any]:
        """The rows, as far as the acting person may read them."""
        found = self.model._default_manager.filter(self.among, **{self.of: person_id})
        return list(found.select_related(*self.related) if self.related else found)


@dataclass(frozen=True)
class Entry:
    """One row: when it was, who wrote it if that was another, what it belongs to, and what it says."""

    moment: date | None
    by: str
    name: str
    beside: str
    lines: tuple[Line, ...]
    data: Mapping[str, Any]

    @property
    def about(self) -> list[str]:
        """What stands above it: the writer if that was another, the day, and what it belongs to."""
        by = _("by %(name)s") % {"name": self.by} if self.by else ""
        return [one for one in (by, in_words(self.moment) if self.moment else "", self.beside) if one]


@dataclass(frozen=True)
class Section:
    """All rows of one portion, oldest first."""

    portion: Portion
    title: str
    entries: tuple[Entry, ...]

    def to_read(self) -> Section:
        """The same, with the entries that say something in words."""
        return replace(self, entries=tuple(one for one in self.entries if one.lines))


@dataclass(frozen=True)
class Takeout:
    """Everything of the acting person, by chapter, and the files that go along."""

    chapters: Mapping[Chapter, tuple[Section, ...]]
    files: tuple[File, ...]

    def named(self) -> list[tuple[str, tuple[Section, ...]]]:
        """The chapters that hold something to read, with their titles; what is all codes stands in the data only."""
        read = {
            chapter: tuple(to_read for one in sections if (to_read := one.to_read()).entries)
            for chapter, sections in self.chapters.items()
        }
        return [(str(TITLES[chapter]), sections) for chapter, sections in read.items() if sections]


# --- what the apps tell ---------------------------------------------------------------------------------------------


@cache
def _told_by_apps() -> tuple[Any, ...]:
    # In this app it is this module.
    return tuple(module for app, module in modules_named("takeout") if app != "privacy")


def portions() -> tuple[Portion, ...]:
    """What there is to take away, in the order of reading."""
    order = list(Chapter)
    found = [portion for app in _told_by_apps() for portion in getattr(app, "PORTIONS", ())]
    return tuple(sorted(found, key=lambda one: order.index(one.chapter)))


def reasons(kind: str) -> dict[str, str]:
    """What is left out, of all apps: *kind* is ``LEFT_OUT``, ``NOT_FOLLOWED`` or ``NOT_TOLD``."""
    return {name: why for app in _told_by_apps() for name, why in getattr(app, kind, {}).items()}


# --- gathering ------------------------------------------------------------------------------------------------------


def everything() -> Takeout:
    """All that the acting person can take away: as many questions as there are portions, however much there is.

    SECURITY: of whoever acts, and of nobody else. There is no argument that names a person: some rows may be read by
    everyone, and asked for another's name they would come along.
    """
    me = acting_person_id()
    found = [(portion, portion.rows(me)) for portion in portions()]
    vault.prepare(row for portion, rows in found if portion.sealed for row in rows)
    named = _rows_named(found)
    chapters: dict[Chapter, tuple[Section, ...]] = dict.fromkeys(Chapter, ())
    files: list[File] = []
    for portion, rows in found:
        if rows:
            entries = _entries(portion, rows, named, me)
            chapters[portion.chapter] += (Section(portion, portion.heading, entries),)
        files += [one for row in rows if portion.file and (one := portion.file(row))]
    return Takeout(chapters, tuple(files))


def _rows_named(found: Sequence[tuple[Portion, list[Any]]]) -> Mapping[Any, Model]:
    """The rows that a told reference leads to, by id: one question for each table, and as readable as they are."""
    wanted: dict[type[Model], set[Any]] = {}
    for portion, rows in found:
        for column, model in _references(portion):
            wanted.setdefault(model, set()).update(getattr(row, column) for row in rows)
    named: dict[Any, Model] = {}
    for model, ids in wanted.items():
        named.update(model._default_manager.in_bulk(ids - {None}))
    return named


def _references(portion: Portion) -> list[tuple[str, type[Model]]]:
    told = [(one.column, one.refers) for one in portion.told] + ([(portion.by, None)] if portion.by else [])
    found: list[tuple[str, type[Model]]] = []
    for name, refers in told:
        column = portion.model._meta.get_field(name)
        model = refers or column.related_model
        if isinstance(model, type):
            found.append((str(getattr(column, "attname", name)), model))
    return found


def _entries(portion: Portion, rows: Sequence[Any], named: Mapping[Any, Model], me: UUID) -> tuple[Entry, ...]:
    entries = [entry_of(portion, row, named, me) for row in rows]
    if portion.once:
        entries = list({(one.moment, one.lines): one for one in entries}.values())
    return tuple(sorted(entries, key=lambda one: one.moment.isoformat() if one.moment else ""))


def entry_of(portion: Portion, row: Any, named: Mapping[Any, Model], me: UUID) -> Entry:
    """A row as it is read, and as data. *named* holds the rows that its references lead to."""
    values = {one.column: _value(row, one, named) for one in portion.columns}
    writer = getattr(row, f"{portion.by}_id") if portion.by else me
    by = "" if writer in (me, None) else str(named.get(writer, ""))
    if portion.lines:
        lines = tuple((label, words) for label, words in portion.lines(row, named) if words)
    else:
        lines = tuple(
            (str(one.label), words)
            for one in portion.told
            if one.is_read and (words := _in_words(one, values[one.column]))
        )
    return Entry(
        _moment(portion, row),
        by,
        portion.name(row) if portion.name else "",
        portion.beside(row) if portion.beside else "",
        lines,
        _as_data(portion, row, values, by),
    )


def _moment(portion: Portion, row: Any) -> date | None:
    moment: date | None = reached(row, portion.when) if portion.when else None
    # What is told once is told by day: it is no read receipt.
    return localtime(moment).date() if portion.once and isinstance(moment, datetime) else moment


def reached(row: Any, lookup: str) -> Any:
    """The value at the end of a lookup such as ``request__sent_at``."""
    for step in lookup.split("__"):
        row = getattr(row, step)
    return row


def opened(row: Any, column: str) -> str:
    """A sealed text, or nothing when it can no longer be read."""
    try:
        return vault.read(row, column)
    except vault.Unreadable:
        return ""


def _value(row: Any, told: Told, named: Mapping[Any, Model]) -> Any:
    column: Any = row._meta.get_field(told.column)
    if isinstance(column, SealedField):
        return opened(row, told.column)
    value = getattr(row, column.attname)
    return named.get(value) if told.refers or column.is_relation else value


# --- in words, and as data ------------------------------------------------------------------------------------------


def _in_words(told: Told, value: Any) -> str:
    if value is None or value in ("", []):
        return ""
    return told.words(value) if told.words else in_words(value)


def in_words(value: Any) -> str:
    """A value as one reads it here."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return date_format(localtime(value), "j F Y")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, int | Decimal):
        return str(number_format(value, use_l10n=True))
    if isinstance(value, list | tuple):
        return ", ".join(in_words(one) for one in value)
    return readable(str(value)).strip()


def _as_data(portion: Portion, row: Any, values: Mapping[str, Any], by: str) -> dict[str, Any]:
    """One row for another program: its id, the ids of what it belongs to, and every value that is told."""
    # Rows that are told once stand for several, so an id would be that of any of them.
    data: dict[str, Any] = {} if portion.once else {"id": str(row.pk)}
    if portion.by:
        data["by"] = by or "me"
    for told in portion.columns:
        value = values[told.column]
        if told.data:
            data[told.column] = told.data(value)
        elif isinstance(portion.model._meta.get_field(told.column), SealedField):
            data[told.column] = _parsed(value)
        else:
            data[told.column] = _plain(value)
    for column in part_of(portion.model):
        data.setdefault(column.name, _plain(getattr(row, column.attname)))
    return data


def part_of(model: type[Model]) -> list[Any]:
    """The references of a row to what it belongs to: rows of an organisation that are no person."""
    return [
        one
        for one in model._meta.concrete_fields
        if one.is_relation
        and isinstance(one.related_model, type)
        and not _is_person(one.related_model)
        and one.name not in {"organisation", "account"}
    ]


def _is_person(model: type[Model]) -> bool:
    # By name: the table of people lies above this app.
    return bool(model._meta.label_lower == "people.person")


def _parsed(text: str) -> Any:
    """A text that is kept as parts, as those parts; any other as it is.

    SECURITY: and so is one with parts in parts without end, which could not be written down again. Anybody who shares a
    text can write that, and it must not keep the other from taking everything away.
    """
    if not text.lstrip().startswith(("{", "[")):
        return text
    try:
        parts = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return parts if _is_shallow(parts) else text


def _is_shallow(parts: Any, left: int = DEEPEST) -> bool:
    inner = parts.values() if isinstance(parts, dict) else parts if isinstance(parts, list) else ()
    return left > 0 and all(_is_shallow(one, left - 1) for one in inner)


def _plain(value: Any) -> Any:
    """A value as JSON holds it."""
    if value is None or isinstance(value, bool | int | float | str | dict):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, Model) and not _is_person(type(value)):
        return str(value.pk)
    return str(value)
