"""A policy as people read it: part by part, its rules as sentences; and what differs between two of them, in words."""

from __future__ import annotations

from dataclasses import dataclass

from klankbord.core.comparison import same_words
from klankbord.core.wording import Language
from klankbord.policy.queries import COMPLAINTS, places_in
from klankbord.policy.rules.content import PolicyContent
from klankbord.policy.rules.prose import Block, blocks
from klankbord.policy.rules.values import word_names, word_sentence
from klankbord.policy.texts import bodies, forms_of_guidance, places_for_help, rule_values, sections

OF_RUNNING = ("talks.", "retention_months")
"""How the ids of the values begin that a coaching goes by while it runs."""


@dataclass(frozen=True, slots=True)
class FormShown:
    """A form of guidance as it stands on the page; ``place`` is where to find it here, if that was filled in."""

    name: str
    what: str
    when: str
    who: str
    place: str


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a policy on the page: its text, its rules as sentences, and where to find help."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    sentences: tuple[str, ...]
    forms: tuple[FormShown, ...] = ()
    places: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to read."""
        return not (self.blocks or self.sentences or self.forms or self.places)


def parts_of(content: PolicyContent, language: Language) -> tuple[Part, ...]:
    """Every part that has something to read, in order. The texts are in the language in which they were written."""
    shown = (_part(content, one.id, one.title.text(language), language) for one in sections())
    return tuple(one for one in shown if not one.is_empty)


def _part(content: PolicyContent, section_id: str, title: str, language: Language) -> Part:
    return Part(
        id=section_id,
        title=title,
        blocks=blocks(content.texts.get(section_id, "")),
        sentences=sentences_of(content, section_id, language),
        forms=_forms(content, language) if section_id == "forms" else (),
        places=_places(content, section_id, language),
    )


def sentences_of(content: PolicyContent, section_id: str, language: Language) -> tuple[str, ...]:
    """The rule values of one part, as sentences."""
    if section_id == "words":
        return (word_sentence(content.word, language),)
    mine = (one for one in rule_values() if one.section == section_id)
    return tuple(one.sentence(content, language, bodies()) for one in mine)


def _forms(content: PolicyContent, language: Language) -> tuple[FormShown, ...]:
    return tuple(
        FormShown(
            name=one.name.text(language),
            what=one.what.text(language),
            when=one.when.text(language),
            who=one.who.text(language),
            place=content.addresses.get(one.id, ""),
        )
        for one in forms_of_guidance()
    )


def _places(content: PolicyContent, section_id: str, language: Language) -> tuple[tuple[str, str], ...]:
    if section_id == COMPLAINTS:
        found = content.addresses.get(COMPLAINTS, "")
        return ((place_name(COMPLAINTS, language), found),) if found else ()
    if section_id != "forms":
        return ()
    forms = {one.id for one in forms_of_guidance()}
    other = [one for one in places_for_help() if one not in forms]
    return tuple((place_name(one, language), content.addresses[one]) for one in other if content.addresses.get(one))


def place_name(place_id: str, language: Language) -> str:
    """What kind of help an address is of."""
    if place_id == COMPLAINTS:
        return "Hier kun je terecht" if language == "nl" else "Where you can go"
    return places_for_help()[place_id].text(language)


# --- two policies beside each other -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A value or an address in which two policies differ, in words."""

    name: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one part; the texts are empty when they say the same."""

    id: str
    title: str
    facts: tuple[Fact, ...]
    old_text: str = ""
    new_text: str = ""


def differences(old: PolicyContent, new: PolicyContent, language: Language) -> tuple[Difference, ...]:
    """Every part in which two policies differ, in order."""
    return tuple(found for one in sections() if (found := difference_in(old, new, one.id, language)))


def difference_in(old: PolicyContent, new: PolicyContent, section_id: str, language: Language) -> Difference | None:
    """What differs in one part, or nothing."""
    before, after = old.texts.get(section_id, ""), new.texts.get(section_id, "")
    facts = (*_values_changed(old, new, section_id, language), *_places_changed(old, new, section_id, language))
    said = not same_words(before, after)
    if not facts and not said:
        return None
    title = next(one.title.text(language) for one in sections() if one.id == section_id)
    return Difference(section_id, title, facts, before if said else "", after if said else "")


def changed_for_running(old: PolicyContent, new: PolicyContent, language: Language) -> tuple[Fact, ...]:
    """What two policies say otherwise of talks and of keeping texts: all that a running coaching has to do with."""
    return tuple(
        Fact(one.name.text(language), one.words(old, language, bodies()), one.words(new, language, bodies()))
        for one in rule_values()
        if one.id.startswith(OF_RUNNING) and one.of(old) != one.of(new)
    )


def _values_changed(old: PolicyContent, new: PolicyContent, section_id: str, language: Language) -> tuple[Fact, ...]:
    if section_id == "words":
        if old.word == new.word:
            return ()
        name = "Het woord" if language == "nl" else "The word"
        return (Fact(name, word_names(old.word, language), word_names(new.word, language)),)
    return tuple(
        Fact(one.name.text(language), one.words(old, language, bodies()), one.words(new, language, bodies()))
        for one in rule_values()
        if one.section == section_id and one.of(old) != one.of(new)
    )


def _places_changed(old: PolicyContent, new: PolicyContent, section_id: str, language: Language) -> tuple[Fact, ...]:
    return tuple(
        Fact(place_name(one, language), old.addresses.get(one, ""), new.addresses.get(one, ""))
        for one in places_in(section_id)
        if old.addresses.get(one, "") != new.addresses.get(one, "")
    )
