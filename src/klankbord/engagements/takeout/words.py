"""The values of requests and coachings in words, for who takes everything away."""

import json
from collections.abc import Callable
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klankbord.coaches.api import named
from klankbord.core.language import language_on_screen
from klankbord.core.readable import readable
from klankbord.core.spoken import amount
from klankbord.core.wording import Wording
from klankbord.engagements.board_texts import board_fields
from klankbord.engagements.coach_texts import coach_texts
from klankbord.engagements.fit_texts import pattern_words
from klankbord.engagements.goal_texts import level_names
from klankbord.engagements.learning_texts import level, step, word
from klankbord.engagements.rules.lifecycle import Course
from klankbord.engagements.rules.suitability import may_be_told
from klankbord.privacy.access import things
from klankbord.privacy.takeout import opened


def clauses(row: Any) -> list[tuple[str, str]]:
    """The clauses of an agreement: title and text."""
    try:
        return [(str(one["title"]), str(one["text"])) for one in json.loads(opened(row, "clauses") or "[]")]
    except (ValueError, KeyError, TypeError):
        # SECURITY: whoever writes an agreement must not be able to keep the other from taking everything away.
        return [("", readable(opened(row, "clauses")))]


def text(wording: Wording | None) -> str:
    """A text of ours, in the language of the reader."""
    return wording.text(language_on_screen()) if wording else ""


def stands(course: Course[Any, Any]) -> Callable[[str], str]:
    """Where something stands, in the sentence of its course."""

    def in_words(state: str) -> str:
        return text(next((sentence for one, sentence in course.stands.items() if one.value == state), None))

    return in_words


def _known(find: Callable[[Any], Any], part: str) -> Callable[[Any], str]:
    """The words of an id in one of our texts; nothing for an id that is no longer there."""

    def in_words(value: Any) -> str:
        try:
            return text(getattr(find(value), part))
        except KeyError:
            return ""

    return in_words


spiral_step = _known(step, "name")
steering = _known(level, "name")
signal = _known(word, "title")
pattern = _known(pattern_words, "name")


def board_field(value: str) -> str:
    """A field of the board."""
    return next((text(one.name) for one in board_fields() if one.id == value), "")


def goal_level(value: int) -> str:
    """How far a goal is."""
    return level_names(language_on_screen()).get(value, str(value))


def looks(group: str) -> Callable[[list[str]], str]:
    """What a coach chose in one group of the own look."""

    def in_words(ids: list[str]) -> str:
        return ", ".join(text(one.name) for one in coach_texts().group(group).choices if one.id in ids)

    return in_words


def kind_of_text(row: Any) -> str:
    """What a text is called."""
    return str(things()[row.kind].name)


def euros(cents: int) -> str:
    """An amount."""
    return amount(cents, language_on_screen())


def hour(value: Any) -> str:
    """The hour of a talk."""
    return date_format(localtime(value), "H.i")


def clients(count: int) -> str:
    """A number of clients in words, from five on."""
    if may_be_told(count) is None:
        return _("fewer than five [[clients]]")
    return _("%(count)s [[clients]]") % {"count": count}


def sensitive(sealed: str) -> str:
    """The themes that come close, which are sealed as a list of ids."""
    return named("themes")(readable(sealed).split("\n")) if sealed else ""


def with_coach(row: Any) -> str:
    """Which coaching a row belongs to, for its client."""
    return _("with %(coach)s") % {"coach": row.engagement.coach.name}


def since(row: Any) -> str:
    """Which coaching a row belongs to, for its coach. SECURITY: by its beginning, and not by whom it was of."""
    return _("coaching that began on %(day)s") % {"day": date_format(row.engagement.started_on, "j F Y")}
