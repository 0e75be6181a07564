"""`python -m benchmarks.matching`: how long it takes to find coaches for one request, and for many at once.

The page of one request is asked for as in the run of all pages, beside its floor. The organisation has as many coaches
with a profile as it is given, each with themes, languages, places and parts of the week of their own, and everybody has
a manager whom the history of the line knows.
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from benchmarks import machine
from benchmarks.importing import take_in
from benchmarks.installation import as_owner, fresh_folder, installed, klankbord

if TYPE_CHECKING:
    import psycopg

    from benchmarks.pages import Measured

RESULTS = Path(__file__).with_name("results-matching.txt")
PAGE = "one request with all coaches"
LIMIT_MS = 150

_COACHES = """
insert into people_membership (id, organisation_id, person_id, role, since)
select gen_random_uuid(), p.organisation_id, p.id, 'coach', now() from people_person p
where not exists (select 1 from people_membership m where m.person_id = p.id)
order by md5(p.id::text)
limit greatest(0, %s - (select count(*) from people_membership where role = 'coach'))
"""
_PROFILES = """
insert into coaches_coachprofile (
    id, organisation_id, person_id, introduction, story_first, story_during, story_limits, themes, sensitive_themes,
    ways, languages, places, online, day_parts, gender, capacity, paused, published_at, checked_at, changed_at)
select gen_random_uuid(), m.organisation_id, m.person_id, 'Ik luister.', '', '', '',
       case when n % 2 = 0 then array['project', 'change'] else array['leading'] end,
       case when n % 3 = 0 then array['strain'] else array[]::text[] end,
       case when n % 4 = 0 then array['walking'] else array['talking'] end,
       case when n % 5 = 0 then array['nl', 'en'] else array['nl'] end,
       case when n % 7 = 0 then array[]::text[] else array['Utrecht'] end, true,
       array['tuesday_morning'], '', 4 + n % 4, n % 11 = 0, now(), now(), now()
from (select organisation_id, person_id, row_number() over (order by person_id) as n
      from people_membership where role = 'coach') m
where not exists (select 1 from coaches_coachprofile c where c.person_id = m.person_id)
"""


def run(
    people: Annotated[int, typer.Option(help="How many people the organisation has; more than 2,700.")] = 100_000,
    coaches: Annotated[int, typer.Option(help="How many of them coach.")] = 2_000,
    engagements: Annotated[int, typer.Option(help="How many engagements there are.")] = 2_000,
    times: Annotated[int, typer.Option(help="How often the page is asked for.")] = 200,
    keep: Annotated[bool, typer.Option(help="Write the figures to results-matching.txt.")] = True,
) -> None:
    """Build an organisation, look for coaches, and take everything away again."""
    load = os.getloadavg()[0]
    with fresh_folder() as data:
        klankbord(data, "build")
        with installed(data):
            facts = machine.facts(data)
            took = take_in(data, people)
            with as_owner(data) as owner:
                _put_in(owner, coaches)
            found = _page(data, engagements, times)
            seconds = _many(coaches=1_000, clients=5_000)
    lines = [
        "Looking for coaches, measured with `python -m benchmarks.matching`; what it means stands in README.md",
        "",
        *facts,
        f"{load:.1f} processes wanted a processor before it began, {os.getloadavg()[0]:.1f} at its end",
        "",
        f"{people:,} people, {coaches:,} of them coaches; the page {times} times, milliseconds",
        f"  p10 {found.times.quick:.1f}, p50 {found.times.median:.1f}, p95 {found.times.slow:.1f}; "
        f"under {LIMIT_MS}: {'met' if found.times.slow < LIMIT_MS else 'MISSED'}",
        f"  floor p10 {found.floor.quick:.1f} (ratio {found.times.quick / found.floor.quick:.1f})",
        f"5,000 clients beside 1,000 coaches, hard rules and wishes: {seconds:.1f} s",
        f"Import of everybody, the history of the line included: {took.first.seconds:.1f} s",
        "",
    ]
    text = "\n".join(lines)
    sys.stdout.write(text)
    if keep:
        RESULTS.write_text(text, encoding="utf-8")


def _put_in(owner: psycopg.Connection, coaches: int) -> None:
    owner.execute(_COACHES, [coaches])
    owner.execute(_PROFILES)


def _page(data: Path, engagements: int, times: int) -> Measured:
    # Models can be imported once Django is there, which is since the installation is.
    from benchmarks import bulk, johan, pages
    from klankbord.core.models import Organisation

    bulk.open_the_owners_door()
    organisation = Organisation.objects.get(slug="waterland")
    guide = johan.Person.objects.using(bulk.OWNER).get(email="els@waterland.example")
    engagement = johan.tell(organisation, guide.pk)
    bulk.fill(organisation, engagements, 300)
    with as_owner(data) as owner:
        owner.execute("vacuum analyze")
    address = next(one for one in pages.addresses(organisation, engagement, guide) if one.name == PAGE)
    return pages.measure(address, times)


def _many(*, coaches: int, clients: int) -> float:
    """Seconds for the hard rules and the wishes of every pair, from facts in memory."""
    from klankbord.engagements.rules.fit import ClientWishes, CoachOffer
    from klankbord.engagements.rules.match import Candidate, ClientFacts
    from klankbord.engagements.rules.pairs import blocked, scores
    from klankbord.policy.rules.content import MatchRules

    themes = [f"theme {number}" for number in range(14)]
    asking = [
        ClientFacts(person_id=-n, name="", unit_id=n % 900, manager_id=n % 800, managers_up=(n % 800, n % 90, n % 9))
        for n in range(1, clients + 1)
    ]
    able = [
        Candidate(person_id=n, name="", unit_id=n % 900, manager_id=n % 800, managers_up=(n % 800, n % 9), capacity=6)
        for n in range(coaches)
    ]
    wishes = [ClientWishes(themes=frozenset(themes[n % 11 : n % 11 + 3]), place="meet") for n in range(clients)]
    offers = [CoachOffer(person_id=n, name="", themes=frozenset(themes[n % 9 :])) for n in range(coaches)]
    started = time.perf_counter()
    blocked(asking, able, MatchRules())
    scores(wishes, offers)
    return time.perf_counter() - started


if __name__ == "__main__":
    typer.run(run)
