"""Who sees what: the types of the one table from which doors, row policies, the line on the screen and the tests come.

Each app writes its part as data, in its own ``access.py``: ``THINGS`` (what is kept, who may read it, in rows and in
words) and ``PAGES`` (which address shows it, to whom). Nothing about visibility is written a second time:

* the row policies are :meth:`Thing.policies`, frozen into migrations and compared with this table by a test;
* the line "Wie ziet dit?" is made from :data:`Thing.sees` by ``klankbord.privacy.audience``;
* the test matrix walks every address and every role along :data:`Page.answers`.

There are three shapes of row policy. *Organisation*: everyone who belongs to the organisation, or holders of a role
in it. A guest, who coaches here and is employed by an organisation that lends coaches, belongs to it in neither sense.
*Own*: the person or persons a column names. *Participant with audience*: who takes part in the engagement, in the
role the row is meant for, from the day of joining.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Protocol

from django.utils.functional import Promise

from klankbord.core.of_apps import modules_named

type Words = str | Promise

ORGANISATION = "organisation_id = (select nullif(current_setting('klankbord.organisation', true), '')::uuid)"
# SECURITY: a guest is in the organisation and no part of it. Asked once a statement. In this form because the database
# expects of a bare yes or no that half of the rows fall away, and then plans for half; of "is not null" it expects all.
BELONGS = "nullif((select klankbord_belongs()), false) is not null"
ME = "(select nullif(current_setting('klankbord.person', true), '')::uuid)"


class Role(StrEnum):
    """The capacities in which somebody may see a thing. A person may have several; they never add up to content."""

    CLIENT = "client"
    COACH = "coach"
    SPONSOR = "sponsor"
    MANAGER = "manager"
    COORDINATOR = "coordinator"
    LEADERSHIP = "leadership"
    ADMINISTRATOR = "administrator"
    FINANCE = "finance"
    ASKED = "asked"
    GROUP = "group"
    TEAM = "team"
    SELF = "self"
    EVERYONE = "everyone"


class Clause(Protocol):
    """One reason why a row is visible, as SQL over the row."""

    def sql(self) -> str: ...


def _with(condition: str, when: str) -> str:
    return f"({condition} and {when})" if when else condition


@dataclass(frozen=True)
class Everyone:
    """Everyone who belongs to the organisation, as long as *when* holds for the row; with *guests*, guests as well."""

    when: str = ""
    guests: bool = False

    def sql(self) -> str:
        if self.guests:
            return self.when or "true"
        return _with(BELONGS, self.when)


@dataclass(frozen=True)
class Person:
    """The person this column names, as long as *when* holds for the row."""

    column: str
    when: str = ""

    def sql(self) -> str:
        return _with(f"{self.column} = {ME}", self.when)


@dataclass(frozen=True)
class Holder:
    """Whoever holds this role in the organisation, as long as *when* holds for the row."""

    role: str
    when: str = ""

    def sql(self) -> str:
        return _with(f"(select klankbord_holds('{self.role}'))", self.when)


@dataclass(frozen=True)
class Participants:
    """Who takes part in the row's engagement now, in one of *roles*; with *audience*, only in a role the row is for.

    ``= any(array(…))`` and not ``exists``: the list of one's own engagements is made once, and the index on
    ``engagement_id`` is used. The period is checked per row that remains, and those are few.
    """

    column: str = "engagement_id"
    audience: bool = False
    when: str = ""
    # SECURITY: a third party takes part as well. Without the roles, that party would see the talks and the texts.
    roles: Sequence[str] = ("client", "coach")
    # SECURITY: with an audience the row's own table must be named. Unqualified, the column inside the subquery would
    # be the participation's, and a role in any engagement would count for this one.
    table: str = ""

    def __post_init__(self) -> None:
        if self.audience and not self.table:
            raise ValueError("an audience needs the name of the row's table")

    def sql(self) -> str:
        roles = ", ".join(f"'{role}'" for role in self.roles)
        mine = (
            f"{self.column} = any(array(select p.engagement_id from engagements_participant p "
            f"where p.person_id = {ME} and p.until is null and p.role in ({roles})))"
        )
        if not self.audience:
            return _with(mine, self.when)
        meant = (
            f"{mine} and shared_at is not null and exists (select 1 from engagements_participant p "
            f"where p.person_id = {ME} and p.until is null and p.engagement_id = {self.table}.{self.column} "
            f"and p.role = any(audience) and shared_at >= p.since)"
        )
        return _with(f"({meant})", self.when)


@dataclass(frozen=True)
class Among:
    """Whoever *person* names in a row of another table whose *key* equals this row's *column*."""

    column: str
    table: str
    key: str
    person: str
    when: str = ""

    def sql(self) -> str:
        found = f"select o.{self.key} from {self.table} o where o.{self.person} = {ME}"
        return f"{self.column} = any(array({found}{f' and {self.when}' if self.when else ''}))"


@dataclass(frozen=True)
class Beside:
    """Everyone, as long as *told* holds for the row of *other* that has the same *key*, and *when* for this row.

    For what belongs to something that everyone may see: a photo to a profile.
    """

    table: str
    key: str
    other: str
    told: str
    when: str = "true"

    def sql(self) -> str:
        same = f"o.organisation_id = {self.table}.organisation_id and o.{self.key} = {self.table}.{self.key}"
        return f"({self.when} and exists (select 1 from {self.other} o where {same} and {self.told}))"


@dataclass(frozen=True)
class Listed:
    """Rows whose *column* is in the list that a function of the schema's owner makes for the acting person.

    For where an ordinary subquery would go round in circles: two tables whose policies ask each other.
    """

    column: str
    function: str

    def sql(self) -> str:
        return f"{self.column} = any((select {self.function}())::uuid[])"


@dataclass(frozen=True)
class At:
    """Whoever was among those the row is for at the moment it was made, as a function of the schema's owner says.

    For what belongs to a group whose members come and go, and whose periods are not for everybody to read.
    """

    function: str
    column: str
    moment: str

    def sql(self) -> str:
        return f"{self.function}({self.column}, {self.moment})"


@dataclass(frozen=True)
class All:
    """Only when each of these clauses holds."""

    first: Clause
    second: Clause

    def sql(self) -> str:
        return f"({self.first.sql()} and {self.second.sql()})"


class When(StrEnum):
    """From what moment somebody sees a thing, or how much of it."""

    ALWAYS = "always"
    SENT = "sent"
    BESIDE = "beside"
    AGREED = "agreed"
    TICKED = "ticked"
    PROPOSED = "proposed"
    CHOSEN = "chosen"
    SHARED = "shared"
    PARTY = "party"
    OWN = "own"
    OUTLINE = "outline"
    PUBLISHED = "published"
    OPENED = "opened"
    NOTED = "noted"
    CHECKED = "checked"
    DONE = "done"
    PAYING = "paying"


@dataclass(frozen=True)
class Sees:
    """Somebody who sees the thing, and from what moment. Whoever is not named does not see it."""

    role: Role
    when: When = When.ALWAYS


@dataclass(frozen=True)
class Thing:
    """A row of the table: one kind of thing, where it is kept, who may read and write it, and how that is told.

    An empty ``add``/``change`` means the same clauses as ``read``; ``None`` means nobody. Deleting is for nobody
    unless ``remove`` says otherwise.
    """

    key: str
    name: Words
    table: str
    read: Sequence[Clause]
    add: Sequence[Clause] | None = ()
    change: Sequence[Clause] | None = ()
    remove: Sequence[Clause] | None = None
    sees: Sequence[Sees] = ()
    author: Role = Role.CLIENT

    def policies(self) -> Mapping[str, str]:
        """The policies of the table: command in our words, expression in SQL."""
        clauses = {
            "read": self.read,
            "add": self.read if self.add == () else self.add,
            "change": self.read if self.change == () else self.change,
            "remove": self.remove,
        }
        return {name: _expression(given) for name, given in clauses.items() if given is not None}


def _expression(clauses: Sequence[Clause]) -> str:
    return f"{ORGANISATION} and ({' or '.join(clause.sql() for clause in clauses)})"


@dataclass(frozen=True)
class Page:
    """An address: which thing it shows and what each of the cast is answered.

    ``answers`` gives the status for a signed-in member of the organisation by the name of the role in the story
    (see ``tests/cast.py``); whoever is not named gets ``otherwise``. Somebody of another organisation always gets
    404 and a visitor is always sent to sign in, unless ``public``. A guest is answered like somebody of another
    organisation, except at the addresses of an engagement, and where ``guests`` says so.
    """

    route: str
    thing: str
    answers: Mapping[str, int] = field(default_factory=dict)
    otherwise: int = 404
    methods: tuple[str, ...] = ("GET",)
    public: bool = False
    guests: bool = False


@cache
def _tables() -> tuple[Mapping[str, Thing], Mapping[str, Page]]:
    things: dict[str, Thing] = {}
    pages: dict[str, Page] = {}
    for _app, module in modules_named("access", privacy="access_table"):
        for thing in getattr(module, "THINGS", ()):
            if thing.key in things:
                raise ValueError(f"{thing.key} stands in two access tables")
            things[thing.key] = thing
        for page in getattr(module, "PAGES", ()):
            if page.route in pages:
                raise ValueError(f"{page.route} stands in two access tables")
            pages[page.route] = page
    return things, pages


def things() -> Mapping[str, Thing]:
    """All things of all apps, by key."""
    return _tables()[0]


def pages() -> Mapping[str, Page]:
    """All pages of all apps, by route name."""
    return _tables()[1]
