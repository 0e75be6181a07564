"""How long the server works on a page, beside the least that its questions to the database could cost."""

from __future__ import annotations

import gzip
import importlib
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse

from benchmarks import johan
from benchmarks.floor import bare_site, captured
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.engagements.models import Engagement, Request
from klankbord.engagements.rules.lifecycle import RequestState
from klankbord.people.models import Person

WARM_UP = 5
TURNS = 5


@dataclass(frozen=True)
class Address:
    """A page to measure: what it is called in the results, whose eyes it is seen with, and where it is."""

    name: str
    reader: str
    path: str


@dataclass(frozen=True)
class Times:
    """The quick end, the middle and the slow end of many requests, in milliseconds.

    Of a page whose work is always the same, the quick end tells what that work takes; what comes on top is waiting, for
    whatever else the machine was doing.
    """

    quick: float
    median: float
    slow: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> Times:
        """p10, p50 and p95 by nearest rank."""
        ranked = sorted(seconds)

        def rank(part: float) -> float:
            return ranked[max(math.ceil(part * len(ranked)) - 1, 0)] * 1000

        return cls(rank(0.1), rank(0.5), rank(0.95))


@dataclass(frozen=True)
class Measured:
    """One page: its times, the floor under them, and what it asked and sent."""

    address: Address
    times: Times
    floor: Times
    questions: int
    raw_kb: float
    sent_kb: float

    @property
    def ratio(self) -> float:
        """How many times its floor the page takes, both at their quickest."""
        return self.times.quick / self.floor.quick


def addresses(organisation: Organisation, engagement: Engagement, guide: Person) -> list[Address]:
    """Every page that is measured."""
    where = {"organisation": organisation.slug}
    inside = {**where, "engagement": engagement.pk}
    today, talk = reverse("today", kwargs=where), reverse("session", kwargs={**inside, "number": 6})
    people, requests, outline = (reverse(name, kwargs=where) for name in ("people", "requests", "outline"))
    with acting_in(organisation.id, guide.pk):
        unit = johan.person("marieke").unit
    return [
        Address("today, client", "johan", today),
        Address("today, coach", "marieke", today),
        Address("today, manager", "anton", today),
        Address("today, coordinator", "fatima", today),
        Address("line of time, client", "johan", reverse("engagement", kwargs=inside)),
        Address("line of time, coach", "marieke", reverse("engagement", kwargs=inside)),
        Address("session, client", "johan", talk),
        Address("session, coach", "marieke", talk),
        Address("goals", "johan", reverse("goals", kwargs=inside)),
        Address("board of a talk", "johan", reverse("board", kwargs={**inside, "number": 6})),
        Address("learning spiral", "johan", reverse("spiral", kwargs=inside)),
        Address("working together", "johan", reverse("alliance", kwargs=inside)),
        Address("own words to take along", "johan", reverse("my_words", kwargs=where)),
        Address("people, first page", "els", people),
        Address('people, search "jan"', "els", f"{people}?q=jan"),
        Address("people, one directorate", "els", f"{people}?unit={unit.path.rsplit('/', 2)[0]}"),
        Address("people, page 100", "els", f"{people}?page=100"),
        Address("people, by manager", "els", f"{people}?sort=manager"),
        Address("requests", "fatima", requests),
        Address("one request with all coaches", "fatima", _request_to_match(organisation)),
        Address("outline", "fatima", outline),
        Address('outline, search "jan"', "fatima", f"{outline}?q=jan"),
    ]


def _request_to_match(organisation: Organisation) -> str:
    coordinator = Person.objects.using("owner").get(email="fatima@waterland.example")
    with acting_in(organisation.id, coordinator.pk):
        waiting = Request.objects.filter(state=RequestState.SENT).order_by("sent_at", "pk")[:1].get()
    return reverse("request_to_match", kwargs={"organisation": organisation.slug, "request_id": waiting.pk})


def measure(address: Address, times: int) -> Measured:
    """Ask for the page this many times after warming up, and then for its floor as often."""
    # The process is made ready as the one of the web server is.
    importlib.import_module("klankbord.config.wsgi")
    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    reader = Person.objects.using("owner").select_related("account").get(email=f"{address.reader}@waterland.example")
    client.force_login(reader.account)
    answer = client.get(address.path)
    if answer.status_code != 200:
        raise SystemExit(f"{address.name}: {address.path} answered {answer.status_code}")
    with captured() as questions:
        answer = client.get(address.path)
    sent = answer.content
    raw = gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
    taken: list[float] = []
    floor: list[float] = []
    # In turns, so that whatever else the machine is doing falls on both.
    for _ in range(TURNS):
        taken += _timed(lambda: client.get(address.path), times // TURNS)
        with bare_site(questions) as bare:
            floor += _timed(lambda bare=bare: bare.get("/"), times // TURNS)
    return Measured(address, Times.of(taken), Times.of(floor), len(questions), len(raw) / 1000, len(sent) / 1000)


def _timed(ask: Callable[[], Any], times: int) -> list[float]:
    for _ in range(WARM_UP):
        ask()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - started)
    return taken
