"""Every address of an organisation, as the URLconf has them, and how to fill one in for Johan's story."""

import uuid
from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from klankbord.people.models import StaffImport
from tests.cast import Cast
from tests.story import SLUG, Story, as_person


def _inside(patterns: list[URLPattern | URLResolver], under: bool = False) -> Iterator[URLPattern]:
    for pattern in patterns:
        here = under or "organisation" in pattern.pattern.converters
        if isinstance(pattern, URLResolver):
            yield from _inside(pattern.url_patterns, here)
        elif here:
            yield pattern


def addresses() -> dict[str, URLPattern]:
    """Each route inside an organisation, by name."""
    return {str(pattern.name): pattern for pattern in _inside(get_resolver().url_patterns)}


def keywords(route: str) -> set[str]:
    """What an address needs besides the organisation."""
    return set(addresses()[route].pattern.converters)


def uploaded(cast: Cast) -> uuid.UUID:
    """A staff file that Els has just uploaded."""
    with as_person(cast.els):
        row = StaffImport(
            organisation=cast.organisation, person_id=cast.els.pk, file_name="staf.csv", content=b"naam;e-mail\n"
        )
        row.save(force_insert=True)
    return row.pk


def address(route: str, story: Story, upload: uuid.UUID) -> str:
    """The address of *route* for the things of Johan's story."""
    known = {
        "request_id": story.request.pk,
        "proposal": story.proposal.pk,
        "referral": story.referral.pk,
        "question": story.question.pk,
        "engagement": story.engagement.pk,
        "share": story.share.pk,
        "number": 1,
        "version": 1,
        "kind": "topic",
        "person": story.cast.johan.pk,
        "upload": upload,
        **story.parts,
    }
    return reverse(route, kwargs={"organisation": SLUG, **{name: known[name] for name in keywords(route)}})


def address_of_nothing(route: str) -> str:
    """The same address with ids that nobody has."""
    known: dict[str, object] = {"number": 1, "version": 1, "kind": "topic", "year": 2001}
    return reverse(
        route, kwargs={"organisation": SLUG, **{name: known.get(name, uuid.uuid4()) for name in keywords(route)}}
    )
