"""Telling the coordinators that something of a coach waits for them."""

from django.urls import reverse

from klankbord.people.api import Membership, Person, holders_of, notify


def tell_coordinators(*, slug: str, kind: str, coach: Person) -> None:
    """Tell every coordinator but the coach, if that is one too: nobody looks at the own things."""
    link = reverse("pool_coach", kwargs={"organisation": slug, "coach": coach.pk})
    for coordinator in holders_of(Membership.Role.COORDINATOR):
        if coordinator.pk != coach.pk:
            notify(person_id=coordinator.pk, kind=kind, link=link, name=coach.first_name)
