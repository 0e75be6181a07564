"""Who somebody is, where they work and who leads them: the plain rules, without a database.

Everything here is a pure function or a frozen dataclass. A *key* is whatever the caller uses to tell things
apart (in the application the text of a UUID); these rules compare keys and never look inside them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache


class Role(StrEnum):
    """What somebody may be for the whole organisation, next to being an employee.

    Everybody is an employee, and a manager is who has people below them: those need no role. Somebody is a client or a
    sponsor *of one engagement*, never in general.
    """

    COACH = "coach"
    ORGANISATION_COACH = "organisation_coach"
    COORDINATOR = "coordinator"
    LEADERSHIP = "leadership"
    ADMINISTRATOR = "administrator"
    FINANCE = "finance"


LANGUAGES = ("nl", "en")
"""The languages a person can read Klankbord in; the first is what somebody gets who did not choose."""

NAME_LIMIT = 120
"""Longest name of a person, a unit or an employer, in characters."""

STAFF_NUMBER_LIMIT = 40
"""Longest staff number or code of a unit."""

PATH_LIMIT = 600
"""Longest written path of a unit, names and slashes together."""

SEARCH_KEY_LIMIT = 160
"""Longest key to sort by; a folded name may be longer than the name."""

EMAIL_LIMIT = 254
"""Longest address a mail server accepts (RFC 5321, erratum 1690)."""

UNIT_DEPTH_LIMIT = 12
"""Deepest place in the tree of units, the top being 1. Deeper is a mistake in the file, not an organisation."""


# --- Names ----------------------------------------------------------------------------------------------------------

_INFIX_WORDS = """
's 't aan af al am au aus bei bij bin ben boven d' da dal dalla das de dei del della den der des di die dos du el
in im la las le les lo los onder op over te ten ter thoe tho to toe tot uijt uit van vanden vander ver voor von vom zu
zum zur
"""
_INFIXES = frozenset(_INFIX_WORDS.split())
"""Words between first and last name that Dutch lists skip when they sort (tussenvoegsels, and their neighbours')."""

# Letters that Unicode does not split into a base letter and an accent.
_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ŋ": "n"}
    | {"\u0131": "i", "\u2019": "'", "\u2018": "'"}  # dotless i, curly apostrophes
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_NOT_IN_A_WORD = re.compile(r"[^\w' -]+")


def tidy(text: str) -> str:
    """Text as a person meant it: one form of each letter, no invisible characters, single spaces, none at the ends."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    visible = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in composed)
    return " ".join(visible.split())


def folded(text: str) -> str:
    """Text for comparing: lower case, without accents, so that Zoë and ZOE are one name."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def natural_name(name: str) -> str:
    """A name in the order one says it: "Wit, Jan de" becomes "Jan de Wit"; another name stays as it is."""
    whole = tidy(name)
    last, comma, rest = (part.strip() for part in whole.partition(","))
    if not comma or not last or not rest or "," in rest:
        return whole
    words = rest.split()
    infix = len(words)
    while infix > 1 and folded(words[infix - 1]) in _INFIXES:
        infix -= 1
    return " ".join([*words[:infix], *words[infix:], last])


@lru_cache(maxsize=4096)
def search_key(name: str) -> str:
    """The key under which a Dutch list sorts a name: "Jan de Wit" gives "wit jan de", under the W.

    The last name is what follows the first infix after the first name, or else the last word. Accents, capitals and
    punctuation do not count. A unit or a single word simply becomes its folded self.
    """
    words = _NOT_IN_A_WORD.sub(" ", folded(natural_name(name))).split()
    start = next((place for place in range(1, len(words) - 1) if words[place] in _INFIXES), None)
    if start is None:
        return " ".join([*words[-1:], *words[:-1]])[:SEARCH_KEY_LIMIT]
    end = start
    while end < len(words) - 1 and words[end] in _INFIXES:
        end += 1
    return " ".join([*words[end:], *words[:start], *words[start:end]])[:SEARCH_KEY_LIMIT]


# --- Addresses and numbers ------------------------------------------------------------------------------------------

# Only ASCII: two different Unicode addresses may fold into one, and a sign-in code would reach the wrong person.
_EMAIL = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@"
    r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]"
)


def normalised_email(text: str) -> str:
    """The one spelling of an address: no spaces around it, no "mailto:", lower case. Says nothing about validity."""
    return tidy(text).lower().removeprefix("mailto:").strip(" <>;,")


def is_email(address: str) -> bool:
    """Whether a normalised address can receive mail as far as its form goes."""
    local = address.partition("@")[0]
    return len(address) <= EMAIL_LIMIT and len(local) <= 64 and _EMAIL.fullmatch(address) is not None


def normalised_staff_number(text: str) -> str:
    """The one spelling of a staff number: upper case, no spaces, and no leading zeros when it is only digits.

    Spreadsheets drop the zeros of 00123 whenever they take it for a number, so 00123 and 123 must be one person.
    """
    number = "".join(tidy(text).split()).upper()
    if number.isascii() and number.isdigit():
        return number.lstrip("0") or "0"
    return number


# --- Words in a cell ------------------------------------------------------------------------------------------------

_ROLE_WORDS: dict[str, Role] = {
    "coach": Role.COACH,
    "interne coach": Role.COACH,
    "internal coach": Role.COACH,
    "externe coach": Role.COACH,
    "external coach": Role.COACH,
    "organisatiecoach": Role.ORGANISATION_COACH,
    "organisation coach": Role.ORGANISATION_COACH,
    "organization coach": Role.ORGANISATION_COACH,
    "coordinator": Role.COORDINATOR,
    "coordinator coaching": Role.COORDINATOR,
    "directie": Role.LEADERSHIP,
    "bestuur": Role.LEADERSHIP,
    "leadership": Role.LEADERSHIP,
    "beheerder": Role.ADMINISTRATOR,
    "financien": Role.FINANCE,
    "finance": Role.FINANCE,
    "administrator": Role.ADMINISTRATOR,
}

_WORDS_WITHOUT_ROLE = frozenset({"medewerker", "werknemer", "employee", "leidinggevende", "manager", "line manager"})

_LANGUAGE_WORDS = {
    "nl": "nl",
    "nl-nl": "nl",
    "nl-be": "nl",
    "nederlands": "nl",
    "dutch": "nl",
    "en": "en",
    "en-gb": "en",
    "en-us": "en",
    "engels": "en",
    "english": "en",
}


def _role_word(word: str) -> str:
    return " ".join(folded(word).replace("_", " ").split())


def role_from_word(word: str) -> Role | None:
    """The role that a word in Dutch or English stands for, or None when it stands for no role of ours."""
    return _ROLE_WORDS.get(_role_word(word))


def says_no_role(word: str) -> bool:
    """Whether a word describes everybody's place (employee, manager), which is true without being a role."""
    return _role_word(word) in _WORDS_WITHOUT_ROLE


def language_from_word(word: str) -> str | None:
    """The language code that "Nederlands", "en-GB" and the like stand for, or None."""
    return _LANGUAGE_WORDS.get(folded(tidy(word)).replace("_", "-"))


# --- Lines upward: units and managers -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """One place in the organisation. `parent` is the key of the unit above it, None at the top."""

    key: str
    name: str
    parent: str | None = None
    code: str = ""


def chain_up(above: Mapping[str, str | None], key: str) -> tuple[str, ...]:
    """Everything above `key`, nearest first. Stops where a ring would close, so it always ends.

    `above` says for each key what is directly above it: the manager of a person, the parent of a unit.
    """
    seen = {key}
    chain: list[str] = []
    upward = above.get(key)
    while upward is not None and upward not in seen:
        seen.add(upward)
        chain.append(upward)
        upward = above.get(upward)
    return tuple(chain)


def rings(above: Mapping[str, str | None]) -> list[tuple[str, ...]]:
    """The rings in which everyone is above everyone else; one tuple each, in upward order. Linear in the size."""
    finished: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in above:
        walked: dict[str, int] = {}
        here: str | None = start
        while here is not None and here not in finished and here not in walked:
            walked[here] = len(walked)
            here = above.get(here)
        if here is not None and here in walked:
            found.append(tuple(walked)[walked[here] :])
        finished.update(walked)
    return found


def unit_path(units: Mapping[str, Unit], key: str) -> tuple[Unit, ...]:
    """The units from the top down to `key`, itself included. A parent that is not in `units` counts as the top."""
    path: list[Unit] = []
    seen: set[str] = set()
    here: str | None = key
    while here is not None and here in units and here not in seen:
        seen.add(here)
        path.append(units[here])
        here = units[here].parent
    return tuple(reversed(path))


def unit_depth(units: Mapping[str, Unit], key: str) -> int:
    """How deep a unit lies; the top is 1."""
    return len(unit_path(units, key))


def written_path(units: Mapping[str, Unit], key: str | None) -> str:
    """A unit as one writes it in a staff file: "Ministerie/Directie Water/Projecten". Empty for no unit."""
    return "/".join(unit.name for unit in unit_path(units, key)) if key is not None else ""


# --- The staff ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person of the organisation, as far as a staff file can know them.

    `unit` and `manager` are keys. `employer` is filled for somebody from outside. `left` is true for somebody who was
    here and left: kept, so that whoever returns is recognised and nobody else gets their address.
    """

    key: str
    name: str
    email: str
    staff_number: str = ""
    unit: str | None = None
    manager: str | None = None
    roles: frozenset[Role] = field(default_factory=frozenset)
    language: str = LANGUAGES[0]
    employer: str = ""
    left: bool = False

    @property
    def is_external(self) -> bool:
        """Whether another employer pays this person."""
        return bool(self.employer)


@dataclass(frozen=True, slots=True)
class Staff:
    """The staff as it stands: everybody known, also those who left, and the tree of units.

    `root` is the key of the unit that is the organisation itself, when there is one: whoever has no unit is there.
    """

    members: tuple[StaffMember, ...] = ()
    units: tuple[Unit, ...] = ()
    root: str | None = None
