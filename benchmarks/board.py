"""`python -m benchmarks.board`: how long a change on the board takes to reach the other; what looking in vain costs.

Both are asked for as browsers do, through all middleware and row security, by two people in turn. The floor is bare
SQL on the same rows, in the same run and in turns: no Django, no row security, no audit, nothing unsealed.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import psycopg
import typer

from benchmarks import machine
from benchmarks.importing import take_in
from benchmarks.installation import as_owner, fresh_folder, installed, klankbord

if TYPE_CHECKING:
    from benchmarks.pages import Times
    from klankbord.engagements.models import Engagement

RESULTS = Path(__file__).with_name("results-board.txt")
SIZES = (4, 40, 200)
TALK = 7
WARM_UP = 5
TURNS = 5
POLL_EVERY_MS = 1000
LIMIT_MS = 2000


@dataclass(frozen=True)
class Measured:
    """One thing measured on a board of so many thoughts, beside its floor."""

    name: str
    thoughts: int
    times: Times
    floor: Times

    @property
    def ratio(self) -> float:
        """How many times its floor it takes, both at their quickest."""
        return self.times.quick / self.floor.quick


def run(
    people: Annotated[int, typer.Option(help="How many people the organisation has; more than 2,700.")] = 10_000,
    times: Annotated[int, typer.Option(help="How often each is done.")] = 200,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-board.txt.")] = True,
) -> None:
    """Build an organisation, put thoughts on Johan's board, measure, and take everything away again."""
    load = os.getloadavg()[0]
    with fresh_folder() as data:
        klankbord(data, "build")
        with installed(data):
            facts = machine.facts(data)
            take_in(data, people)
            found = _measure(data, times)
    text = _written(facts, load, times, found)
    sys.stdout.write(text)
    if keep:
        RESULTS.write_text(text, encoding="utf-8")


def _measure(data: Path, times: int) -> list[Measured]:
    # Models can be imported once Django is there, which is since the installation is.
    from benchmarks import bulk, johan
    from klankbord.core.models import Organisation
    from klankbord.people.models import Person

    bulk.open_the_owners_door()
    organisation = Organisation.objects.get(slug="waterland")
    guide = Person.objects.using(bulk.OWNER).get(email="els@waterland.example")
    engagement = johan.tell(organisation, guide.pk)
    found = []
    for size in SIZES:
        two = Two(engagement)
        two.fill(size)
        with as_owner(data) as owner:
            owner.execute("vacuum analyze")
            found += _both(two, owner, size, times)
    return found


class Two:
    """Johan, who changes a thought, and Marieke, who looks; each signed in, on the board of the last talk."""

    def __init__(self, engagement: Engagement) -> None:
        from django.test import Client
        from django.urls import reverse

        from klankbord.people.models import Account

        self.engagement = engagement
        self.clients = {}
        for name in ("johan", "marieke"):
            account = Account.objects.get(email=f"{name}@waterland.example")
            self.clients[name] = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
            self.clients[name].force_login(account)
        self.where = {"organisation": "waterland", "engagement": engagement.pk, "number": TALK}
        self.look_at = reverse("board_look", kwargs=self.where)
        self.add_at = reverse("board_add", kwargs=self.where)
        self.mark = ""
        self.turn = 0

    def fill(self, size: int) -> None:
        """Put thoughts on the board, by both in turns, until there are so many."""
        from django.urls import reverse

        from klankbord.engagements.models import Card, Field

        here = Card.objects.using("owner").filter(engagement_id=self.engagement.pk)
        for number in range(here.count(), size):
            words = {"once": uuid.uuid4(), "field": Field.values[number % 4], "text": f"Gedachte {number}, en waarom."}
            answer = self.clients[("johan", "marieke")[number % 2]].post(self.add_at, words)
            _answered(answer, 302)
        self.card = here.order_by("made_at")[:1].get()
        self.change_at = reverse("board_card", kwargs={**self.where, "card": self.card.pk})
        self.revision = self.card.revision

    def reach(self) -> None:
        """One changes a thought, and the other looks and gets it."""
        self.turn += 1
        words = {
            "text": f"Gedachte nummer {self.turn}, anders gezegd.",
            "based_on": self.revision,
            "shown": self.card.field,
            "chosen": self.card.field,
        }
        answer = self.clients["johan"].post(self.change_at, words)
        _answered(answer, 302)
        self.revision += 1
        self.look(200)

    def look(self, expected: int) -> None:
        """Look as the page does; the answer is new, or it is not."""
        answer = self.clients["marieke"].get(self.look_at, headers={"if-none-match": self.mark})
        _answered(answer, expected)
        self.mark = answer.headers["ETag"]


def _answered(answer: Any, expected: int) -> None:
    if answer.status_code != expected:
        raise SystemExit(f"{answer.request['PATH_INFO']} answered {answer.status_code} and not {expected}")


def _both(two: Two, owner: psycopg.Connection, size: int, times: int) -> list[Measured]:
    board = owner.execute(
        "select b.id from engagements_board b join engagements_session s on s.id = b.session_id"
        " where b.engagement_id = %s and s.number = %s",
        [two.engagement.pk, TALK],
    ).fetchone()

    def bare_change() -> None:
        with owner.transaction():
            owner.execute("select revision from engagements_board where id = %s for update", board)
            owner.execute("update engagements_card set revision = revision where id = %s", [two.card.pk])
            owner.execute("update engagements_board set revision = revision + 1 where id = %s", board)
        owner.execute("select revision from engagements_board where id = %s", board).fetchone()
        owner.execute("select id, field, author_id, body from engagements_card where board_id = %s", board).fetchall()

    def bare_look() -> None:
        owner.execute("select revision from engagements_board where id = %s", board).fetchone()

    two.reach()
    reached = _in_turns(two.reach, bare_change, times)
    two.look(200)
    looked = _in_turns(lambda: two.look(304), bare_look, times)
    return [
        Measured("a change, until it is in the other's hands", size, *reached),
        Measured("a look that finds nothing new", size, *looked),
    ]


def _in_turns(ask: Callable[[], None], bare: Callable[[], None], times: int) -> tuple[Times, Times]:
    from benchmarks.pages import Times

    taken: list[float] = []
    floor: list[float] = []
    # In turns, so that whatever else the machine is doing falls on both.
    for _ in range(TURNS):
        taken += _timed(ask, times // TURNS)
        floor += _timed(bare, times // TURNS)
    return Times.of(taken), Times.of(floor)


def _timed(ask: Callable[[], None], times: int) -> list[float]:
    for _ in range(WARM_UP):
        ask()
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        ask()
        taken.append(time.perf_counter() - started)
    return taken


def _written(facts: Sequence[str], load: float, times: int, found: Sequence[Measured]) -> str:
    lines = [
        "The board of a talk, measured with `python -m benchmarks.board`; what it means stands in README.md",
        "",
        *facts,
        f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
        f"{times} times each, after a warm-up; milliseconds",
        "",
        f"{'':44}{'thoughts':>9}{'p10':>8}{'p50':>8}{'p95':>8}{'floor':>8}{'ratio':>7}",
    ]
    lines += [
        f"{one.name:44}{one.thoughts:>9}{one.times.quick:>8.1f}{one.times.median:>8.1f}{one.times.slow:>8.1f}"
        f"{one.floor.quick:>8.2f}{one.ratio:>7.0f}"
        for one in found
    ]
    slowest = max(one.times.slow for one in found if one.name.startswith("a change"))
    verdict = "met" if slowest + POLL_EVERY_MS < LIMIT_MS else "MISSED"
    lines += [
        "",
        f"A page looks every {POLL_EVERY_MS} ms, so a change shows within {slowest + POLL_EVERY_MS:.0f} ms (p95) and"
        f" the network; aimed at: {LIMIT_MS} ms: {verdict}",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    typer.run(run)
