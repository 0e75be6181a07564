"""Reads of the client's own words beside the goals: the direction, a sentence per talk, and what it brought already."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from klankbord.engagements.models import Session
from klankbord.engagements.queries.doors import Standing
from klankbord.engagements.queries.texts import Text, texts_of
from klankbord.engagements.writings import Kind

BESIDE = (Kind.DIRECTION, Kind.SENTENCE, Kind.HARVEST)


@dataclass(frozen=True)
class OfATalk:
    """A text of one talk, with when that talk was."""

    number: int
    starts_at: datetime
    text: Text


@dataclass(frozen=True)
class Words:
    """The client's words beside the goals, and the talks they belong to."""

    texts: tuple[Text, ...]
    talks: dict[UUID, Session]

    @property
    def direction(self) -> Text | None:
        return next((text for text in self.texts if text.kind is Kind.DIRECTION), None)

    def of_talks(self, kind: Kind) -> list[OfATalk]:
        """The texts of this kind by date of their talk; what was emptied again is left out."""
        told = [
            OfATalk(talk.number, talk.starts_at, text)
            for text in self.texts
            if text.kind is kind
            and (text.body or text.gone)
            and text.session_id
            and (talk := self.talks[text.session_id])
        ]
        return sorted(told, key=lambda one: one.starts_at)


def words_beside_goals(standing: Standing) -> Words:
    """All of it, in a fixed number of queries."""
    talks = Session.objects.filter(engagement=standing.engagement)
    return Words(texts_of(standing, BESIDE).rows, {talk.pk: talk for talk in talks})


def sentences_of(words: Words) -> list[OfATalk]:
    """One sentence per talk, oldest first: together a little story."""
    return words.of_talks(Kind.SENTENCE)


def harvests_of(words: Words) -> list[OfATalk]:
    """What it brought already, newest first."""
    return words.of_talks(Kind.HARVEST)[::-1]
