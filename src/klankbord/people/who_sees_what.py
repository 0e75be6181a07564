"""The whole access table in words, for everyone who wants to read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Role, Thing, When, things
from klankbord.privacy.audience import NAMES, Audience, audience

COLUMNS: Mapping[Role, str | Promise] = {
    Role.CLIENT: _("[[Client]]"),
    Role.COACH: _("Coach"),
    Role.MANAGER: _("Manager"),
    Role.COORDINATOR: _("Coordinator"),
    Role.LEADERSHIP: _("Leadership"),
    Role.ADMINISTRATOR: _("Administrator"),
}

MOMENTS: Mapping[When, str | Promise] = {
    When.ALWAYS: _("yes"),
    When.SENT: _("once sent"),
    When.BESIDE: _("once both lie side by side"),
    When.AGREED: _("once [[the client]] says yes"),
    When.TICKED: _("only if ticked"),
    When.PROPOSED: _("once proposed"),
    When.CHOSEN: _("once chosen"),
    When.SHARED: _("what is shared"),
    When.PARTY: _("as a party"),
    When.OWN: _("own part"),
    When.OUTLINE: _("outline only"),
    When.PUBLISHED: _("once published"),
    When.OPENED: _("once open"),
    When.NOTED: _("whoever noted it"),
    When.CHECKED: _("once published and looked at"),
    When.DONE: _("that it was done"),
    When.PAYING: _("who pays"),
}

# The texts of an engagement lie in one table and stand here kind by kind, each with its own readers.
TOLD_BY_KIND = frozenset({"writing"})


@dataclass(frozen=True)
class Row:
    """One thing: what it is, in sentences who sees it, and by column from what moment. An empty cell means never."""

    name: str
    audience: Audience
    cells: Sequence[str]


def coaching_and_other() -> tuple[list[Row], list[Row]]:
    """The things of coaching, and the other things, as rows of the table."""
    told = [thing for key, thing in things().items() if key not in TOLD_BY_KIND]
    return [_row(one) for one in told if _is_of_coaching(one)], [_row(one) for one in told if not _is_of_coaching(one)]


def _is_of_coaching(thing: Thing) -> bool:
    return any(seen.role in (Role.CLIENT, Role.COACH) for seen in thing.sees)


def _row(thing: Thing) -> Row:
    """Told to somebody who is none of them; what is only somebody's own is told to that person."""
    cells = [*(_cell(thing, role) for role in COLUMNS), _others(thing)]
    return Row(str(thing.name), audience(thing.key, viewer=Role.SELF), cells)


def _cell(thing: Thing, role: Role) -> str:
    for seen in thing.sees:
        if seen.role is role or seen.role is Role.EVERYONE:
            return str(MOMENTS[seen.when])
        if seen.role is Role.SELF:
            return str(_("own"))
    return ""


def _others(thing: Thing) -> str:
    """Who else sees it, of the capacities that have no column of their own."""
    told = (Role.SELF, Role.EVERYONE)
    others = [seen for seen in thing.sees if seen.role not in COLUMNS and seen.role not in told]
    return ", ".join(f"{NAMES[seen.role]} ({MOMENTS[seen.when]})" for seen in others)
