"""Sentences that an organisation adds to the questionnaire itself: is each short, about one thing, and said as it is?

Pure functions. A finding names the word it saw and says what to do, in both languages. What makes an answer
impossible to read blocks: a question, two claims, a negation, personal data, a sentence that stands there already.
What may well be fine warns, and whoever writes decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from klankbord.core.wording import LANGUAGES, Language, Wording
from klankbord.culture.rules.own_item_words import WORDS, Vocabulary
from klankbord.people.rules import tidy
from klankbord.policy.rules.finding import Severity

MOST_OWN_ITEMS = 5
FEWEST_WORDS = 3
LONG, TOO_LONG = 90, 140
"""Characters: from the first on a sentence is long on a phone, from the second on it is too long."""
ALIKE = 0.75
"""Share of words that matter from which two sentences ask nearly the same."""

_WORD = re.compile(r"&|[^\W_]+(?:'[^\W\d_]+)*")
_SENTENCE_END = re.compile(r"([^\W\d_]*)(?:[.!?]+\s+(?=[A-ZÀ-ÖØ-Þ])|;|\n)")
_INFINITIVE = frozenset({"om", "to"})
_SLASH = re.compile(r"(\w+)/(\w+)")
_MAIL = re.compile(r"\S+@\S+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"\+?\d(?:[\d ().-]{3,}\d)")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class OwnItemFinding:
    """One thing about a sentence: in which language, how heavily it weighs, by which word, and what to do about it."""

    code: str
    severity: Severity
    language: Language
    word: str
    sentence: Wording

    @property
    def blocks(self) -> bool:
        """Whether the sentence cannot be asked like this."""
        return self.severity is Severity.BLOCKS


_BLOCKS = {
    "missing": (
        "Deze zin staat er nog niet in het {in_nl}. Iedereen moet hem kunnen lezen.",
        "This sentence does not stand here in {in_en} yet. Everybody has to be able to read it.",
    ),
    "too_many": (
        "Je kunt hoogstens vijf eigen zinnen toevoegen. Hier staan er {word}.",
        "You can add at most five sentences of your own. There are {word} here.",
    ),
    "too_short": (
        "‘{word}’ is te kort om het mee eens of oneens te zijn. Maak er een hele zin van.",
        "‘{word}’ is too short to agree or disagree with. Make it a whole sentence.",
    ),
    "too_long": (
        "Deze zin telt {word} tekens. Meer dan 140 past niet op een telefoon. Wat is de kern?",
        "This sentence has {word} characters. More than 140 does not fit a phone. What is it about?",
    ),
    "question": (
        "Dit is een vraag. Schrijf een zin waar je het mee eens of oneens kunt zijn.",
        "This is a question. Write a sentence that people can agree or disagree with.",
    ),
    "two_sentences": (
        "Hier staan twee zinnen. Kies er één: anders weet je straks niet waarop iemand antwoordde.",
        "There are two sentences here. Choose one: otherwise you cannot tell which one was answered.",
    ),
    "two_claims": (
        "Deze zin zegt twee dingen, met ‘{word}’ ertussen. Maak er twee zinnen van, of kies er één.",
        "This sentence says two things, with ‘{word}’ between them. Make it two sentences, or choose one.",
    ),
    "negation": (
        "Met ‘{word}’ wordt ‘oneens’ lastig te begrijpen. Schrijf wat er wél gebeurt.",
        "With ‘{word}’, it is hard to tell what ‘disagree’ means. Write what does happen.",
    ),
    "mail": (
        "Hier staat een mailadres: ‘{word}’. In een vragenlijst horen geen gegevens van mensen.",
        "There is a mail address here: ‘{word}’. People's details do not belong in a questionnaire.",
    ),
    "address": (
        "Hier staat een webadres: ‘{word}’. Een zin om op te antwoorden heeft dat niet nodig.",
        "There is a web address here: ‘{word}’. A sentence to answer does not need one.",
    ),
    "number": (
        "‘{word}’ lijkt een telefoonnummer of personeelsnummer. Laat dat weg.",
        "‘{word}’ looks like a telephone number or a staff number. Leave it out.",
    ),
    "person": (
        "‘{word}’ lijkt de naam van iemand. Deze vragenlijst gaat over hoe het hier gaat, en over niemand apart.",
        "‘{word}’ looks like somebody's name. This questionnaire is about how things go here, and about nobody apart.",
    ),
    "same": (
        "Deze zin staat er al: ‘{word}’",
        "This sentence is there already: ‘{word}’",
    ),
}
_WARNS = {
    "long": (
        "Deze zin telt {word} tekens. Tot 90 leest hij prettig op een telefoon.",
        "This sentence has {word} characters. Up to 90 it reads well on a phone.",
    ),
    "joined": (
        "‘{word}’ verbindt misschien twee dingen. Kan het één waar zijn en het ander niet? Kies er dan één.",
        "‘{word}’ may join two things. Can one be true and the other not? Then choose one.",
    ),
    "cause": (
        "Met ‘{word}’ vraag je ook naar een oorzaak. Wie het daarmee oneens is, kan de zin lastig beantwoorden.",
        "With ‘{word}’ you also ask about a cause. Whoever sees another cause will find this hard to answer.",
    ),
    "near_negation": (
        "In ‘{word}’ zit een ontkenning. Kun je zeggen wat er wél gebeurt?",
        "There is a negation in ‘{word}’. Can you say what does happen?",
    ),
    "leading": (
        "‘{word}’ stuurt het antwoord, of laat weinig ruimte. Klopt de zin ook als je het weglaat?",
        "‘{word}’ steers the answer, or leaves little room. Does the sentence hold when you leave it out?",
    ),
    "digits": (
        "Hier staat een getal: ‘{word}’. Herkent iedereen zich daarin, of kan het weg?",
        "There is a figure here: ‘{word}’. Does everybody recognise it, or can it go?",
    ),
    "name": (
        "Is ‘{word}’ de naam van iemand? Laat die dan weg.",
        "Is ‘{word}’ somebody's name? Then leave it out.",
    ),
    "alike": (
        "Deze zin lijkt veel op een andere: ‘{word}’ Vraag je hier iets nieuws?",
        "This sentence is much like another one: ‘{word}’ Do you ask something new here?",
    ),
    "untranslated": (
        "Deze zin is in beide talen dezelfde: ‘{word}’",
        "This sentence is the same in both languages: ‘{word}’",
    ),
}
CODES = frozenset({*_BLOCKS, *_WARNS})
_NAMES = {"nl": ("Nederlands", "Dutch"), "en": ("Engels", "English")}


# --- the doors ------------------------------------------------------------------------------------------------------


def findings_about(text: str, language: Language, others: Sequence[str] = ()) -> tuple[OwnItemFinding, ...]:
    """Everything there is to say about one sentence in one language. *others* are the sentences it stands among."""
    said = _said(text, language)
    if not said.text:
        return (_finding("missing", language, ""),)
    found = [finding for look in _LOOKS for finding in look(said)]
    return tuple(dict.fromkeys((*found, *_doubled(said, others))))


def findings_about_all(
    items: Sequence[Wording], ours: Sequence[Wording] = ()
) -> tuple[tuple[OwnItemFinding, ...], ...]:
    """The findings about each of an organisation's own sentences, in both languages, in their order.

    Each stands among *ours* and the ones before it, so that of two alike only the later is remarked upon.
    """
    found = []
    for number, item in enumerate(items):
        before = (*ours, *items[:number])
        about = [
            finding
            for language in LANGUAGES
            for finding in findings_about(
                _in(item, language), language, [_in(one, language) for one in before if _in(one, language).strip()]
            )
        ]
        if tidy(item.nl) and tidy(item.nl) == tidy(item.en):
            about.append(_finding("untranslated", "en", tidy(item.en)))
        found.append(tuple(about))
    return tuple(found)


def too_many(count: int) -> tuple[OwnItemFinding, ...]:
    """Whether an organisation may add so many sentences."""
    return (_finding("too_many", "nl", str(count)),) if count > MOST_OWN_ITEMS else ()


# --- a sentence in words --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence as it was meant, its words as they stand and in lower case, and the vocabulary of its language."""

    text: str
    language: Language
    spelled: tuple[str, ...]
    words: tuple[str, ...]
    vocabulary: Vocabulary

    def finding(self, code: str, word: str) -> OwnItemFinding:
        return _finding(code, self.language, word)


def _said(text: str, language: Language) -> _Said:
    # An apostrophe may be straight or curly; a word with one is one word.
    lines = filter(None, (tidy(line) for line in text.splitlines()))
    plain = "\n".join(lines).replace("’", "'").replace("‘", "'")
    spelled = tuple(_WORD.findall(plain))
    return _Said(plain, language, spelled, tuple(word.lower() for word in spelled), WORDS[language])


def _finding(code: str, language: Language, word: str) -> OwnItemFinding:
    severity, (nl, en) = (Severity.BLOCKS, _BLOCKS[code]) if code in _BLOCKS else (Severity.WARNS, _WARNS[code])
    in_nl, in_en = _NAMES[language]
    sentence = Wording(
        nl=nl.replace("{in_nl}", in_nl).replace("{word}", word),
        en=en.replace("{in_en}", in_en).replace("{word}", word),
    )
    return OwnItemFinding(code, severity, language, word, sentence)


def _in(item: Wording, language: Language) -> str:
    # Not `text`: what an organisation wrote has no marks to be filled.
    return item.nl if language == "nl" else item.en


# --- what is looked at ----------------------------------------------------------------------------------------------


def _length(said: _Said) -> Iterator[OwnItemFinding]:
    if len(said.words) < FEWEST_WORDS:
        yield said.finding("too_short", said.text)
    if len(said.text) > TOO_LONG:
        yield said.finding("too_long", str(len(said.text)))
    elif len(said.text) > LONG:
        yield said.finding("long", str(len(said.text)))


def _form(said: _Said) -> Iterator[OwnItemFinding]:
    if "?" in said.text:
        yield said.finding("question", "?")
    # After a short title a full stop ends no sentence: "dhr. Jansen".
    if any(match[1].lower() not in said.vocabulary.titles for match in _SENTENCE_END.finditer(said.text)):
        yield said.finding("two_sentences", "")


def _double(said: _Said) -> Iterator[OwnItemFinding]:
    """Two claims: a word that always makes two, or one with a verb on either side. Otherwise it may be two things."""
    text = _ADDRESS.sub("", said.vocabulary.fixed.sub("", said.text.lower()))
    for match in _SLASH.finditer(text):
        sure = {match[1], match[2]} <= said.vocabulary.joiners
        yield said.finding("two_claims" if sure else "joined", match.group())
    if text.count(",") > 1:
        yield said.finding("joined", ",")
    words = tuple(_WORD.findall(_SLASH.sub(r"\1", text)))
    for number, word in enumerate(words):
        if word in said.vocabulary.sure_joiners:
            yield said.finding("two_claims", word)
        elif word in said.vocabulary.causes:
            yield said.finding("cause", word)
        elif word in said.vocabulary.joiners and not _means_whether(words, number, said.vocabulary):
            both = _verb_before(words[:number], said.vocabulary) and _verb_after(words[number + 1 :], said.vocabulary)
            yield said.finding("two_claims" if both else "joined", word)


def _means_whether(words: tuple[str, ...], number: int, vocabulary: Vocabulary) -> bool:
    return words[number] == "of" and number > 0 and words[number - 1] in vocabulary.whether_after


def _verb_before(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a verb stands in the clause that ends here. An infinitive ("to learn") does not begin another clause."""
    return _has_verb(words[::-1], vocabulary, vocabulary.breaks - _INFINITIVE)


def _verb_after(words: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a verb stands in the clause that begins here."""
    return _has_verb(words, vocabulary, vocabulary.breaks)


def _has_verb(words: Sequence[str], vocabulary: Vocabulary, breaks: frozenset[str]) -> bool:
    for word in words:
        if word in breaks:
            return False
        if word in vocabulary.verbs:
            return True
    return False


def _negated(said: _Said) -> Iterator[OwnItemFinding]:
    for word in said.words:
        if word in said.vocabulary.negations or word.endswith("n't"):
            yield said.finding("negation", word)
        elif word in said.vocabulary.near_negations or said.vocabulary.negated.fullmatch(word):
            yield said.finding("near_negation", word)


def _led(said: _Said) -> Iterator[OwnItemFinding]:
    for word in said.words:
        if word in said.vocabulary.leading:
            yield said.finding("leading", word)
    if said.language == "en" and re.search(r"\bof course\b", said.text, re.IGNORECASE):
        yield said.finding("leading", "of course")


def _personal(said: _Said) -> Iterator[OwnItemFinding]:
    """Details of people: the surest reading of each piece of text, and no other."""
    rest = said.text
    for code, pattern in (("mail", _MAIL), ("address", _ADDRESS), ("number", _NUMBER), ("digits", _DIGITS)):
        for match in pattern.finditer(rest):
            yield said.finding(code, match.group().strip())
        rest = pattern.sub(" ", rest)
    spelled = _WORD.findall(rest)
    for before, word in pairwise(spelled):
        if before.lower() in said.vocabulary.titles and word[0].isupper():
            yield said.finding("person", word)
        elif _looks_like_a_name(word, said.vocabulary):
            yield said.finding("name", word)


def _looks_like_a_name(word: str, vocabulary: Vocabulary) -> bool:
    # Two capitals or more are an abbreviation: HR, ICT.
    return word[0].isupper() and word[1:].islower() and word.lower() not in vocabulary.capitals


def _doubled(said: _Said, others: Sequence[str]) -> Iterator[OwnItemFinding]:
    matter = _matter(said)
    for other in others:
        that = _said(other, said.language)
        if that.words == said.words:
            yield said.finding("same", other)
        elif matter and _share(matter, _matter(that)) >= ALIKE:
            yield said.finding("alike", other)


def _matter(said: _Said) -> frozenset[str]:
    return frozenset(said.words) - said.vocabulary.small


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other)


_LOOKS: tuple[Callable[[_Said], Iterator[OwnItemFinding]], ...] = (_length, _form, _double, _negated, _led, _personal)
