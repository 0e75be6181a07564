"""What goes into the box: answers as text of one fixed length, so that the length of what is sealed tells nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

FULL_SIZE, PULSE_SIZE = 3_900, 256
"""Bytes of one ballot before it is sealed. Two sealed ballots of a whole questionnaire fit one page of the database."""
MOST_WORDS = 1_800
"""Bytes of one open answer, as it is sent; about 1,700 letters in Dutch."""
NO_ANSWER = 0
"""For "I do not know" and for a sentence that was left."""
FEWEST_WORDS = 10
"""Answers in own words are kept from so many on, or from more: :func:`fewest_words`."""


class NotABallot(ValueError):
    """These cannot be answers to this questionnaire."""


class TooLong(NotABallot):
    """An answer in own words is longer than fits; ``question`` says which."""

    def __init__(self, question: str) -> None:
        super().__init__(question)
        self.question = question


@dataclass(frozen=True, slots=True)
class Ballot:
    """One person's answers: a digit for each sentence in its order, and what was written by question."""

    digits: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Counted:
    """An opened ballot, with what its right said: the unit, and the number of the class (0 for none)."""

    unit: str
    background: int
    ballot: Ballot


def ballot_of(
    items: Sequence[str], questions: Sequence[str], values: Mapping[str, int], words: Mapping[str, str]
) -> Ballot:
    """The ballot of these answers. Raises :class:`NotABallot` for what was not asked, or cannot be answered so."""
    if set(values) - set(items) or set(words) - set(questions):
        raise NotABallot("this was not asked")
    if any(value not in range(6) for value in values.values()):
        raise NotABallot("an answer is a whole number from 1 to 5, or 0")
    said = {question: words[question].strip() for question in questions if words.get(question, "").strip()}
    for question, text in said.items():
        if len(json.dumps(text, ensure_ascii=False).encode()) > MOST_WORDS:
            raise TooLong(question)
    return Ballot("".join(str(values.get(item, NO_ANSWER)) for item in items), said)


def packed(ballot: Ballot, size: int) -> str:
    """The ballot as text of exactly *size* bytes."""
    text = json.dumps([ballot.digits, dict(ballot.words)], ensure_ascii=False, separators=(",", ":"))
    room = size - len(text.encode())
    if room < 0:
        raise NotABallot("it does not fit")
    return text + " " * room


def unpacked(text: str) -> Ballot:
    """The other way round."""
    digits, words = json.loads(text)
    return Ballot(digits, words)


def in_canonical_order(counted: Iterable[Counted]) -> list[Counted]:
    """Ordered by what they say and by nothing else.

    SECURITY: any other order could be the order in which they came in, and then the first answer of a unit would be
    that of whoever answered first.
    """
    return sorted(counted, key=lambda one: (one.unit, one.background, one.ballot.digits))


def fewest_words(k: int) -> int:
    """From how many on answers in own words are kept, where no figure is about fewer than *k*."""
    return max(FEWEST_WORDS, k)


def words_to_keep(
    ballots: Iterable[Ballot], questions: Sequence[str], least: int = FEWEST_WORDS
) -> list[tuple[str, str]]:
    """Question and text of every answer in own words, ordered by the text; of a question with few answers none.

    SECURITY: ordered for itself. In the order of the other answers it would be known whose ratings belong to a text.
    """
    said: dict[str, list[str]] = {question: [] for question in questions}
    for ballot in ballots:
        for question, text in ballot.words.items():
            said[question].append(text)
    return [(question, text) for question, texts in said.items() if len(texts) >= least for text in sorted(texts)]


def answer_text(one: Counted) -> str:
    """An answer as it is kept until the figures are made: the class in two digits, and the digits of the answers."""
    return f"{one.background:02d}{one.ballot.digits}"


def read_answer(text: str) -> tuple[int, str]:
    """Class (0 for none) and digits of a kept answer."""
    return int(text[:2]), text[2:]
