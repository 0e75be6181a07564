""" "Wie ziet dit?" in words, made from the access table for whoever is looking."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from babel.lists import format_list
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from klankbord.privacy.access import Role, Sees, Thing, When, things

# Whom people wonder about, in the order in which they are named when they do not see something.
# Client and coach are named only where the story has names for them.
WONDERED_ABOUT = (Role.CLIENT, Role.COACH, Role.MANAGER, Role.COORDINATOR)
OF_THE_STORY = (Role.CLIENT, Role.COACH)

NAMES: Mapping[Role, object] = {
    Role.CLIENT: gettext_lazy("[[the client]]"),
    Role.COACH: gettext_lazy("the coach"),
    Role.SPONSOR: gettext_lazy("whoever asks or pays for the coaching"),
    Role.MANAGER: gettext_lazy("the manager"),
    Role.COORDINATOR: gettext_lazy("the coordinator"),
    Role.LEADERSHIP: gettext_lazy("the leadership"),
    Role.ADMINISTRATOR: gettext_lazy("the administrator"),
    Role.FINANCE: gettext_lazy("the coordinator with the task of finance"),
    Role.ASKED: gettext_lazy("whoever is asked"),
    Role.GROUP: gettext_lazy("whoever is in the group at that moment"),
    Role.TEAM: gettext_lazy("everyone in this team"),
    Role.EVERYONE: gettext_lazy("everyone in the organisation"),
}


@dataclass(frozen=True)
class Line:
    """One line: *kind* is ``eye`` (sees it), ``lock`` (sees it from some moment on) or ``hidden`` (does not)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Audience:
    """What the component "Wie ziet dit?" shows: one sentence, and the lines behind it."""

    short: str
    lines: Sequence[Line]


def _names(roles: Sequence[Role], viewer: Role, names: Mapping[Role, str]) -> str:
    ordered = [role for role in roles if role == viewer] + [role for role in roles if role != viewer]
    # A coordinator is never the only one by that role: whatever one of them sees, the others see too.
    together = {
        Role.COORDINATOR: _("you and the other coordinators"),
        Role.FINANCE: _("you and other coordinators with the task of finance"),
    }
    you = together.get(viewer) or _("you")
    words = [you if role == viewer else names.get(role) or str(NAMES[role]) for role in ordered]
    return joined(words)


def joined(names: Sequence[str]) -> str:
    """Names as one says them: "Johan, Marieke en Anton"."""
    return format_list(names, locale=(get_language() or "nl").replace("-", "_")) if names else ""


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _conditional(when: When, who: str, author: str | None) -> str:
    """The line for a reader with a condition; *author* is None when the viewer is the one who decides."""
    mine = {
        When.SENT: _("%(who)s, as soon as you send it."),
        When.BESIDE: _("%(who)s, once you have each laid yours beside the other's."),
        When.AGREED: _("%(who)s, once you say yes to it."),
        When.TICKED: _("%(who)s, only if you tick that."),
        When.PROPOSED: _("%(who)s, as soon as the coordinator proposes that coach."),
        When.CHOSEN: _("%(who)s, once you have chosen a coach."),
        When.SHARED: _("%(who)s, only what you share, after you have seen the preview."),
        When.PARTY: _("%(who)s, only when the agreement is one of three."),
        When.OWN: _("%(who)s, but only their own part."),
        When.PUBLISHED: _("%(who)s, once you publish it."),
        When.NOTED: _("Of the coordinators only whoever noted it."),
        When.CHECKED: _("%(who)s, once you publish it and a coordinator has had a look."),
        When.DONE: _("%(who)s, but only that it was done."),
        When.PAYING: _("%(who)s, only when they pay for it."),
        When.OUTLINE: _(
            "%(who)s, but only that there is coaching, from when to when, and whether the coach is internal."
        ),
    }
    theirs = {
        When.SENT: _("%(who)s, as soon as %(author)s sends it."),
        When.BESIDE: mine[When.BESIDE],
        When.AGREED: _("%(who)s, once %(author)s says yes to it."),
        When.TICKED: _("%(who)s, only if %(author)s ticks that."),
        When.PROPOSED: mine[When.PROPOSED],
        When.CHOSEN: _("%(who)s, once %(author)s has chosen a coach."),
        When.SHARED: _("%(who)s, only what %(author)s shares."),
        When.PARTY: mine[When.PARTY],
        When.OWN: mine[When.OWN],
        When.OUTLINE: mine[When.OUTLINE],
        When.PUBLISHED: _("%(who)s, once %(author)s publishes it."),
        When.NOTED: mine[When.NOTED],
        When.CHECKED: _("%(who)s, once %(author)s publishes it and a coordinator has had a look."),
        When.DONE: mine[When.DONE],
        When.PAYING: mine[When.PAYING],
    }
    return (theirs if author else mine)[when] % {"who": who, "author": author}


def _readers(thing: Thing, viewer: Role, names: Mapping[Role, str]) -> list[Line]:
    """Who sees it and when, as lines that do not begin with a capital yet: a thing's name may come before them."""
    always = [seen.role for seen in thing.sees if seen.when is When.ALWAYS]
    lines = []
    # A coordinator is never the only one by that role, so never told "only you".
    if [seen.role for seen in thing.sees] in ([viewer], [Role.SELF]) and viewer != Role.COORDINATOR:
        lines.append(Line("lock", _("only you.")))
    elif always:
        lines.append(Line("eye", _names(always, viewer, names) + "."))
    author = None if thing.author == viewer else names.get(thing.author) or str(NAMES[thing.author])
    for when in When:
        roles = [seen.role for seen in thing.sees if seen.when is when]
        if when is When.SHARED and viewer in roles:
            # Every copy has one reader: whoever looks at one hears of no other.
            roles = [viewer]
        if when is not When.ALWAYS and roles:
            lines.append(Line("lock", _conditional(when, _names(roles, viewer, names), author)))
    return lines


def _kept_out(
    chosen: Sequence[Thing], viewer: Role, names: Mapping[Role, str], in_one_person: Collection[Role] = ()
) -> list[Line]:
    """Who sees none of these things, of those whom people wonder about."""
    seeing = {seen.role for thing in chosen for seen in thing.sees} | set(in_one_person)
    if Role.EVERYONE in seeing:
        return []
    absent = [role for role in WONDERED_ABOUT if role not in seeing and role != viewer]
    out = [role for role in absent if role not in OF_THE_STORY or role in names]
    if not out:
        return [Line("hidden", _("Nobody else."))]
    return [Line("hidden", _("Nobody else. Not %(who)s either.") % {"who": _names(out, viewer, names)})]


def _by_now(thing: Thing, reached: Collection[When]) -> Thing:
    """The thing as it is once these moments are behind it: what was sent is simply seen.

    What everybody sees by now has no readers to name beside them.
    """
    sees = [Sees(seen.role) if seen.when in reached else seen for seen in thing.sees]
    if Sees(Role.EVERYONE) in sees:
        sees = [Sees(Role.EVERYONE)]
    return replace(thing, sees=sees)


def audience(
    *keys: str,
    viewer: Role,
    names: Mapping[Role, str] | None = None,
    reached: Collection[When] | Mapping[str, Collection[When]] = (),
    in_one_person: Collection[Role] = (),
) -> Audience:
    """Who sees these things, as told to *viewer*; *names* gives first names for the roles of the story.

    *reached* names the moments that are behind these very things, of all of them or by key: of a text that was sent it
    is not said that the coach sees it as soon as it is sent. Of several things, those with the same readers are named
    together: "Tijd en plaats, onze afspraken: jij en Marieke."

    *in_one_person* names capacities that a reader has besides: of a manager who is the third party as well, it is not
    said that the manager does not see it.
    """
    known = names or {}
    behind = reached if isinstance(reached, Mapping) else dict.fromkeys(keys, reached)
    chosen = [_by_now(things()[key], behind.get(key, ())) for key in keys]
    told: dict[Line, list[str]] = {}
    for thing in chosen:
        for line in _readers(thing, viewer, known):
            told.setdefault(line, []).append(str(thing.name))
    lines = [
        Line(line.kind, _sentence(line.text if len(chosen) == 1 else f"{_together(of)}: {line.text}"))
        for line, of in told.items()
    ]
    short = " ".join(_sentence(line.text) for line in _readers(chosen[0], viewer, known)) or _("Nobody else.")
    return Audience(short=short, lines=(*lines, *_kept_out(chosen, viewer, known, in_one_person)))


def _together(names: Sequence[str]) -> str:
    return ", ".join([names[0], *(name[:1].lower() + name[1:] for name in names[1:])])
