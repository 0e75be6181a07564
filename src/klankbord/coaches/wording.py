"""What coaches choose and state, in the language on screen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klankbord.coaches.models import CoachProfile, QualityFact
from klankbord.coaches.texts import Body, Choice, Theme, bodies, body, labels, profile_texts, themes
from klankbord.core.language import language_on_screen

type Options = list[tuple[str, str]]


def options(of: Callable[[], Iterable[Choice | Theme]]) -> Callable[[], Options]:
    """The choices that *of* gives, read when the form is drawn."""
    return lambda: [(one.id, one.label.text(language_on_screen())) for one in of()]


def named(kind: str) -> Callable[[list[str] | str], str]:
    """What puts chosen themes, ``ways``, ``languages`` or ``day_parts`` in words; what is in no file any more stays."""

    def in_words(ids: list[str] | str) -> str:
        choices: Iterable[Choice | Theme] = themes() if kind == "themes" else getattr(profile_texts(), kind)
        known = {one.id: one.label.text(language_on_screen()) for one in choices}
        return ", ".join(known.get(one, one) for one in ([ids] if isinstance(ids, str) else ids))

    return in_words


def open_themes() -> Sequence[Theme]:
    """The themes that are not sensitive; that somebody does not know yet is a theme of a request only."""
    return [one for one in themes() if not one.sensitive and one.id != "not_sure"]


def sensitive_themes() -> Sequence[Theme]:
    """The themes that come close."""
    return [one for one in themes() if one.sensitive]


def all_themes() -> Sequence[Theme]:
    """Every theme that a coach can know well."""
    return [one for one in themes() if one.id != "not_sure"]


def story_beginnings() -> dict[str, str]:
    """The beginnings of a sentence about how somebody works, by field."""
    return dict(options(lambda: profile_texts().stories)())


def body_options() -> Options:
    """The bodies that accredit coaches."""
    return [(one.id, body_name(one)) for one in bodies()]


def body_name(one: Body) -> str:
    """The name of a body; for those that are not listed a word in the language of the page."""
    return gettext("another register") if one.id == "other" else one.name


SHORT: Mapping[str, Any] = {
    QualityFact.Kind.TRAINING: _("Training"),
    QualityFact.Kind.SUPERVISION: _("Supervision"),
    QualityFact.Kind.CODE_OF_ETHICS: _("Code of ethics"),
}
KINDS: Mapping[str, Any] = {
    QualityFact.Kind.ACCREDITATION: _("An accreditation"),
    QualityFact.Kind.TRAINING: _("A coach training"),
    QualityFact.Kind.SUPERVISION: _("Supervision"),
    QualityFact.Kind.CODE_OF_ETHICS: _("A signed code of ethics"),
}


def fact_in_words(fact: QualityFact) -> str:
    """What somebody states, in a line: "EMCC EIA Practitioner", "Coachopleiding: …"."""
    if fact.kind == QualityFact.Kind.ACCREDITATION:
        return " ".join(part for part in (_body(fact), _level(fact)) if part)
    return f"{SHORT[fact.kind]}: {fact.name}"


def _body(fact: QualityFact) -> str:
    if fact.body == "other":
        return fact.name
    try:
        return body_name(body(fact.body))
    except KeyError:
        return fact.body


def _level(fact: QualityFact) -> str:
    try:
        known = {level.id: level.name for level in body(fact.body).levels}
    except KeyError:
        return fact.level
    return known.get(fact.level, fact.level)


def validity(fact: QualityFact) -> str:
    """From when until when, in words."""
    since = {"since": date_format(fact.valid_from, "j F Y")}
    if fact.valid_until is None:
        return gettext("since %(since)s") % since
    return gettext("from %(since)s to %(until)s") % (since | {"until": date_format(fact.valid_until, "j F Y")})


def profile_in_words(profile: CoachProfile) -> Mapping[str, str]:
    """Themes, languages and places in a line each, for a spreadsheet."""
    language, texts = language_on_screen(), profile_texts()
    return {
        "themes": ", ".join(labels(themes(), [*profile.themes, *profile.sensitive_themes], language)),
        "languages": ", ".join(labels(texts.languages, profile.languages, language)),
        "places": ", ".join([*profile.places, *([gettext("online")] if profile.online else [])]),
    }
