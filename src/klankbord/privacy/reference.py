"""Writes ``docs/reference/access.md`` from the access tables: ``python -m klankbord.privacy.reference``.

Works councils, data protection officers and testers read the same table as the database; nobody keeps a second one.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence

from klankbord.privacy.access import (
    All,
    Among,
    At,
    Beside,
    Clause,
    Everyone,
    Holder,
    Listed,
    Page,
    Participants,
    Person,
    Role,
    Thing,
    When,
    pages,
    things,
)

INTRODUCTION = """\
# Who sees what

This page is generated from the access tables (`access.py` in each part of the code) by
`python -m klankbord.privacy.reference > docs/reference/access.md`. A test fails when it is out of date. From the same
tables come the row policies in PostgreSQL, the line "Wie ziet dit?" on the screen, and the tests that try every page as
every person. Why it is done this way: [tenancy](../explanation/tenancy.md). The same in plainer words:
[confidentiality for everyone](../explanation/confidentiality-for-users.md).
"""

ROLES: Mapping[Role, str] = {
    Role.SELF: "the person it is about",
    Role.CLIENT: "client",
    Role.COACH: "coach",
    Role.SPONSOR: "sponsor",
    Role.MANAGER: "manager",
    Role.COORDINATOR: "coordinator",
    Role.LEADERSHIP: "leadership",
    Role.ADMINISTRATOR: "administrator",
    Role.FINANCE: "coordinator with the task of finance",
    Role.ASKED: "whoever is asked",
    Role.GROUP: "whoever was in the group then",
    Role.TEAM: "the people of that unit",
    Role.EVERYONE: "everyone in the organisation",
}

MOMENTS: Mapping[When, str] = {
    When.ALWAYS: "yes",
    When.SENT: "once sent",
    When.BESIDE: "once both lie side by side",
    When.AGREED: "once the client says yes",
    When.TICKED: "if ticked",
    When.PROPOSED: "once proposed",
    When.CHOSEN: "once chosen",
    When.SHARED: "what is shared",
    When.PARTY: "as a party",
    When.OWN: "own part",
    When.OUTLINE: "outline",
    When.PUBLISHED: "once published",
    When.NOTED: "whoever noted it",
    When.CHECKED: "once published and looked at",
    When.DONE: "that it was done",
    When.PAYING: "who pays",
}

LEGEND: Mapping[When, str] = {
    When.SENT: "as soon as the writer sends it",
    When.BESIDE: "once the two have each laid down their own, and not before",
    When.AGREED: "once the client said yes to that very version, and their own",
    When.TICKED: "only if the client ticks that",
    When.PROPOSED: "as soon as the coordinator proposes that coach",
    When.CHOSEN: "once the client has chosen that coach",
    When.SHARED: "only the copy that the client shares after seeing the preview, until it is withdrawn",
    When.PARTY: "only of an agreement or meeting of three that the client asked them into",
    When.OWN: "only their own part: what they were asked and answered, or talks of their own",
    When.OUTLINE: "only that there is coaching, between whom, from when to when, and whether the coach is internal",
    When.PUBLISHED: "once it is published",
    When.NOTED: "only the one of them who noted it",
    When.CHECKED: "once it is published and looked at",
    When.DONE: "only that it was done: the day or the year, and nothing of what was said or seen",
    When.PAYING: "only when they are a party and pay for it",
}

COMMANDS = {"read": "reads", "add": "adds", "change": "changes", "remove": "removes"}


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield _row(headings)
    yield "|" + "---|" * len(headings)
    yield from map(_row, rows)
    yield ""


# --- Things and roles -----------------------------------------------------------------------------------------------


def readers(given: Iterable[Thing]) -> Iterator[str]:
    """The table of things and roles, with what the words in it mean."""
    rows = list(given)
    named = {seen.role for thing in rows for seen in thing.sees}
    columns = [role for role in ROLES if role in named]
    yield "## What each role sees"
    yield ""
    yield "A dash means: not. Roles do not add up: who has two, sees what each of them sees and nothing more."
    yield ""
    yield from _table(
        ["thing", *(ROLES[role] for role in columns)],
        ([f"{thing.name} (`{thing.key}`)", *(_sight(thing, role) for role in columns)] for thing in rows),
    )
    used = {seen.when for thing in rows for seen in thing.sees}
    for when, meaning in LEGEND.items():
        if when in used:
            yield f"- *{MOMENTS[when]}*: {meaning}."
    yield ""


def _sight(thing: Thing, role: Role) -> str:
    return ", ".join(MOMENTS[seen.when] for seen in thing.sees if seen.role is role) or "–"


# --- What the database enforces -------------------------------------------------------------------------------------


def in_words(clause: Clause) -> str:  # noqa: PLR0911 - one return for each kind of clause
    """One clause of a policy as a phrase. Raises ``TypeError`` for a clause that has no words yet."""
    match clause:
        case Everyone(when=when, guests=guests):
            return _as_long_as(f"everyone in the organisation{', guests too' if guests else ''}", when)
        case Person(column=column, when=when):
            return _as_long_as(f"the person in `{column}`", when)
        case Holder(role=role, when=when):
            return _as_long_as(f"whoever holds the role *{role.replace('_', ' ')}*", when)
        case Participants(audience=audience, when=when, roles=roles):
            meant = ", in a role the row is shared with, if it was shared after they joined" if audience else ""
            return _as_long_as(f"whoever takes part in the engagement now as {' or '.join(roles)}{meant}", when)
        case Listed(function=function):
            return f"whoever `{function}()` says it of"
        case At(function=function, column=column, moment=moment):
            return f"whoever `{function}({column}, {moment})` says it of"
        case Among(table=table, person=person):
            return f"whoever is `{person}` in a row of `{table}` that belongs to it"
        case Beside(key=key, other=other, told=told, when=when):
            beside = (
                f"everyone in the organisation, as long as `{told}` in the row `o` of `{other}` with the same `{key}`"
            )
            return beside if when == "true" else f"{beside}, and `{when}` in this one"
        case All(first=first, second=second):
            return f"{in_words(first)}, who is also {in_words(second).replace('whoever', 'somebody who', 1)}"
        case _:
            raise TypeError(f"no words for {clause!r}")


def _as_long_as(who: str, when: str) -> str:
    return f"{who}, as long as `{when}`" if when else who


def rules(given: Iterable[Thing]) -> Iterator[str]:
    """For each table what its row policies allow, and to whom."""
    yield "## What the database enforces"
    yield ""
    yield "Every rule holds inside one organisation only. What is not named here is refused for every row."
    yield ""
    yield "A guest coaches here and works elsewhere: *everyone in the organisation* is without guests, and a guest"
    yield "holds no role. See [shared pools](../explanation/shared-pools.md)."
    yield ""
    for thing in given:
        if not thing.table:
            continue
        yield f"### {thing.name}"
        yield ""
        yield f"Table `{thing.table}`."
        yield ""
        for command, clauses in _commands(thing).items():
            yield f"- **{COMMANDS[command]}**: {'; or '.join(map(in_words, clauses)) if clauses else 'nobody'}"
        yield ""


def _commands(thing: Thing) -> Mapping[str, Sequence[Clause]]:
    """The clauses of each command, as :meth:`Thing.policies` reads them: empty means as for reading, None nobody."""
    return {
        "read": thing.read,
        "add": thing.read if thing.add == () else thing.add or (),
        "change": thing.read if thing.change == () else thing.change or (),
        "remove": thing.remove or (),
    }


def kinds_of_text(given: Iterable[Thing]) -> Iterator[str]:
    """The things that share one table, and so have no policies of their own."""
    shared = [thing for thing in given if not thing.table]
    if not shared:
        return
    names = ", ".join(f"{thing.name} (`{thing.key}`)" for thing in shared)
    yield f"Kinds of text that are kept together in the table of texts, each for its own readers: {names}."
    yield ""


# --- Pages ----------------------------------------------------------------------------------------------------------


def addresses(given: Iterable[Page]) -> Iterator[str]:
    """Every page with its address, its methods, and what each person of the story is answered."""
    yield "## Every page"
    yield ""
    yield (
        "What each person of the story is answered: Johan (client), Marieke (his coach), Anton (his manager), Fatima "
        "(coordinator), Els (administrator), Ruben (organisation coach), Willem (a coach in Johan's unit), Bram (a "
        "coach under the same manager), Saskia (a coach of a bureau). 200 is a page, 302 a page to go on to, 403 a "
        "right that is missing, 404 nothing to be found. Where one only sends something, every number below 400 means "
        "that it is taken, or sent back with what is wrong. Somebody of another organisation always gets 404, and a "
        "visitor is sent to sign in."
    )
    yield ""
    yield from _table(
        ["address", "route", "shows", "methods", "answers"],
        (
            [f"`{_address(page.route)}`", f"`{page.route}`", f"`{page.thing}`", ", ".join(page.methods), _answers(page)]
            for page in given
        ),
    )


def _address(route: str) -> str:
    """The address of a route with its parts in angle brackets. Raises ``LookupError`` when there is none."""
    from django.urls import get_resolver

    found = get_resolver().reverse_dict.getlist(route)
    if not found:
        raise LookupError(f"{route} stands in an access table and has no address")
    (pattern, names), *_ = found[0][0]
    filled: str = pattern % {name: f"<{name}>" for name in names}
    return f"/{filled}"


def _answers(page: Page) -> str:
    if page.public:
        return "everybody"
    by_status: dict[int, list[str]] = {}
    for name, status in page.answers.items():
        if status != page.otherwise:
            by_status.setdefault(status, []).append(name.capitalize())
    said = [f"{status}: {', '.join(names)}" for status, names in sorted(by_status.items())]
    others = "others" if said else "everybody"
    return "; ".join([*said, f"{others} {page.otherwise}"])


def reference() -> str:
    """The whole page, in English."""
    from django.utils import translation

    with translation.override("en"):
        every = list(things().values())
        lines = [
            INTRODUCTION,
            *readers(every),
            *kinds_of_text(every),
            *rules(every),
            *addresses(pages().values()),
        ]
        return "\n".join(lines).rstrip("\n") + "\n"


def main() -> None:
    """Write the page to standard output."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "klankbord.config.settings")
    import django

    django.setup()
    sys.stdout.write(reference())


if __name__ == "__main__":
    main()
