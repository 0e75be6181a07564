"""The demo organisation: two staff files taken in, and stories that were lived in the weeks before today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from django.db import transaction

from klankbord.core import clock
from klankbord.core.models import Organisation
from klankbord.core.tenant import acting_in
from klankbord.demo.around import book_money, borrow_a_coach, count_waiting, move_somebody, note_a_call
from klankbord.demo.cast import BERGLAND, WATERLAND
from klankbord.demo.circles import learn_from_each_other
from klankbord.demo.growing import keep_learning
from klankbord.demo.history import live_history
from klankbord.demo.living import live
from klankbord.demo.policy import tell_policy
from klankbord.demo.pool import join_the_pool, take_a_break
from klankbord.demo.scan import ask_everybody
from klankbord.demo.staff import teams_file
from klankbord.demo.tales import CONTENT, suggestion, tales
from klankbord.demo.telling import Stage, tell_suggestion
from klankbord.people.actions import found_organisation
from klankbord.people.api import Person, import_staff
from klankbord.people.mailing import without_mail
from klankbord.people.queries import people_listed

FOUNDED = timedelta(days=400)


def build_demo() -> bool:
    """Build Waterland and Bergland, whole or not at all; return False when Waterland is there already.

    Everything goes through the same actions as on screen. Nothing is mailed, because to the people of the demo
    it is history; but for the letters of the culture scan that is open now, to those one can be.
    """
    if Organisation.objects.filter(slug=WATERLAND).exists():
        return False
    today = clock.today()
    with transaction.atomic(), without_mail():
        elsewhere = _open(slug=BERGLAND, name="Bergland", administrator="Noor Haddad", address="noor.haddad")
        people = _open(slug=WATERLAND, name="Waterland", administrator="Els Dijkstra", address="els.dijkstra")
        stage = Stage(slug=WATERLAND, people=people, coordinator="fatima.elamrani", today=today)
        tell_policy(stage)
        join_the_pool(stage)
        tell_suggestion(stage, suggestion())
        for tale in tales():
            live(stage, tale)
        book_money(stage)
        live_history(stage)
        take_a_break(stage)
        keep_learning(stage)
        learn_from_each_other(stage)
        move_somebody(stage)
        note_a_call(stage)
        borrow_a_coach(stage, Stage(slug=BERGLAND, people=elsewhere, coordinator="salma.ziani", today=today))
        count_waiting(stage)
        # Last: until a transaction is over the database has no idea how many people it holds, and the stories are slow
        # to live among many.
        ask_everybody(replace(stage, people=_take_in(WATERLAND, teams_file())))
    return True


def _open(*, slug: str, name: str, administrator: str, address: str) -> Mapping[str, Person]:
    """Found an organisation and take in its staff file; returns its people by the first part of their address."""
    with clock.stopped_at(clock.now() - FOUNDED):
        found_organisation(
            slug=slug, name=name, administrator_name=administrator, administrator_email=f"{address}@{slug}.example"
        )
    return _take_in(slug, (CONTENT / f"{slug}.csv").read_bytes())


def _take_in(slug: str, content: bytes) -> Mapping[str, Person]:
    """Take in a staff file; returns everybody by the first part of their address."""
    organisation = Organisation.objects.get(slug=slug)
    with clock.stopped_at(clock.now() - FOUNDED):
        outcome = import_staff(slug=slug, content=content)
        if not outcome.accepted:
            raise ValueError("\n".join(outcome.lines))
        with acting_in(organisation.id):
            return {person.email.partition("@")[0]: person for person in people_listed()}
