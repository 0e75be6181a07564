"""Every table of the culture scan but those of the box: who reads, changes, removes and adds a row of it.

And nobody else. Tried at the database itself, past every page and action; the box is tried in test_doors_of_the_box.
"""

from __future__ import annotations

from contextlib import suppress
from copy import copy
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import Model, QuerySet
from tests.lending import lent
from tests.scan import all_answer, asked, closed_by_fatima, fill_units, finish, opened_wave, plan

from klankbord.core.tenant import acting_in
from klankbord.culture.actions import choose_paper, draft_wave, open_wave
from klankbord.culture.actions.team import write_decision
from klankbord.culture.models import (
    Invitation,
    OpenAnswer,
    Preparation,
    Publication,
    PublishedUnit,
    PublishedWhole,
    Wave,
    WaveUnit,
)
from klankbord.people.actions import add_person, give_role
from klankbord.people.models import Membership, Person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
PEOPLE = ("fatima", "ruben", "johan", "willem", "bram", "anton", "els", "saskia")
# Nobody who left comes in to act. The rows are to them as they are to a job: they have no role, and belong to no team.
NO_ROLE = {"job", "left"}
EVERYBODY = {*NO_ROLE, *PEOPLE}
ELSEWHERE = ("tom", "job elsewhere")
COORDINATES, READS_ALL, TEAM, NOBODY = {"fatima"}, {"fatima", "ruben"}, {"johan", "willem"}, set[str]()

# Who reads, changes, removes and adds.
MAY: dict[str, tuple[set[str], set[str], set[str], set[str]]] = {
    "draft": (COORDINATES, COORDINATES, COORDINATES, COORDINATES),
    "open wave": (EVERYBODY, NOBODY, NOBODY, NOBODY),
    "published wave": (EVERYBODY, NOBODY, NOBODY, NOBODY),
    "unit as it was": (EVERYBODY, NOBODY, NOBODY, NOBODY),
    "laid ready": (COORDINATES, COORDINATES, COORDINATES, COORDINATES),
    "invited by mail": ({"johan"}, NOBODY, NOBODY, NOBODY),
    "invited on paper": ({"willem", *COORDINATES}, NOBODY, NOBODY, NOBODY),
    "own words": (READS_ALL, NOBODY, NOBODY, NOBODY),
    "publication": (READS_ALL, NOBODY, NOBODY, NOBODY),
    "figures of Projecten": ({*TEAM, "anton", *READS_ALL}, NOBODY, NOBODY, NOBODY),
    "figures of the whole": (EVERYBODY - NO_ROLE, NOBODY, NOBODY, NOBODY),
    "how sure it is": (EVERYBODY, NOBODY, NOBODY, NOBODY),
    "decision of Projecten": (TEAM, NOBODY, TEAM, TEAM),
}


@pytest.fixture
def nobodies(cast) -> dict[str, Person]:
    """Hanna, whom Bergland lends, and somebody who left: both with a place in Johan's team."""
    guest = lent(cast)
    with acting_in(cast.organisation.id, cast.els.pk):
        left = add_person(name="Piet Post", email="piet@waterland.example", staff_number="990", unit=cast.johan.unit)
        assert Person.objects.filter(pk=left.pk).update(active=False) == 1
        assert Person.objects.filter(pk=guest.pk).update(unit=cast.johan.unit) == 1
    return {"guest": guest, "left": left}


@pytest.fixture
def rows(cast, nobodies) -> dict[str, Model]:
    """A row of each kind: of a published wave, an open one with somebody on paper, and two drafts."""
    fill_units(cast, 2)
    here = cast.organisation.id
    with acting_in(here, cast.els.pk):
        give_role(person=cast.ruben, role=Membership.Role.LEADERSHIP)
    published = opened_wave(cast)
    all_answer(cast, published, asked(cast, published), words="Meer tijd")
    closed_by_fatima(cast, published)
    finish(cast, published)
    with acting_in(here, cast.fatima.pk):
        ready, on_paper, draft = (
            draft_wave(once=uuid4(), plan=plan(kind="pulse"), contact=cast.fatima) for _number in range(3)
        )
        for wave in (ready, on_paper):
            choose_paper(wave=wave, people=[cast.willem.pk], paper=True)
        open_wave(wave=on_paper)
        root = WaveUnit.objects.get(wave=published, parent_id=None)
        found: dict[str, Model] = {
            "draft": draft,
            "open wave": Wave.objects.get(pk=on_paper.pk),
            "published wave": Wave.objects.get(pk=published.pk),
            "unit as it was": root,
            "laid ready": Preparation.objects.get(wave=ready),
            "invited on paper": Invitation.objects.get(wave=on_paper, person=cast.willem),
            "own words": OpenAnswer.objects.all()[0],
            "publication": Publication.objects.get(),
            "figures of Projecten": PublishedUnit.objects.get(unit_id=cast.johan.unit_id),
            "figures of the whole": PublishedUnit.objects.get(unit_id=root.unit_id),
            "how sure it is": PublishedWhole.objects.get(),
        }
    with acting_in(here, cast.johan.pk):
        found["invited by mail"] = Invitation.objects.get(wave=on_paper, person=cast.johan)
        found["decision of Projecten"] = write_decision(
            once=uuid4(), wave=published, unit_id=cast.johan.unit_id, text="We beginnen met een rondje."
        )
    return found


def reads(row: Model) -> bool:
    return type(row)._default_manager.filter(pk=row.pk).exists()


def changes(row: Model) -> bool:
    name = "k" if isinstance(row, Wave) else "organisation_id"
    same: dict[str, Any] = {name: getattr(row, name)}
    return _like(row).update(**same) > 0


def removes(row: Model) -> bool:
    return _like(row)._raw_delete("default") > 0


def _like(row: Model) -> QuerySet[Any]:
    """All rows of its table: naming one asks for the right to read it. Of waves that are no draft any more that one."""
    rows = type(row)._default_manager.all()
    return rows.filter(pk=row.pk) if isinstance(row, Wave) and row.state != "draft" else rows


def adds(row: Model) -> bool:
    """A row that is there already in all but its id comes as far as the rule that there is one of a kind."""
    other = copy(row)
    other.pk = uuid4()
    with suppress(IntegrityError):
        other.save(force_insert=True)
    return True


def test_every_row_is_for_whom_it_is_and_for_nobody_else(cast, nobodies, rows):
    assert rows.keys() == MAY.keys()
    wrong = []
    for name, row in rows.items():
        for does, expected in zip((reads, changes, removes, adds), MAY[name], strict=True):
            found = set()
            for who in {*EVERYBODY, *nobodies, *ELSEWHERE}:
                organisation = cast.elsewhere if who in ELSEWHERE else cast.organisation
                person = None if "job" in who else (nobodies.get(who) or cast.named(who)).pk
                with suppress(DatabaseError), transaction.atomic(), acting_in(organisation.id, person):
                    if does(row):
                        found.add(who)
                    transaction.set_rollback(True)
            if found != expected:
                wrong.append((name, does.__name__, found ^ expected))
    assert not wrong
