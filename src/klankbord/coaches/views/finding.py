"""Finding a coach: the list that everybody may search, and the page of one coach."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from klankbord.coaches.forms.profiles import CoachesFilter, looking
from klankbord.coaches.growth_texts import part_named
from klankbord.coaches.picture import MEDIA_TYPE
from klankbord.coaches.queries.growth import stories_on_profiles, words_of
from klankbord.coaches.queries.profiles import card_of, cards_of, coaches_found, photo_for, visible_profile
from klankbord.coaches.views.describing import described
from klankbord.core.language import language_on_screen
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.access import When
from klankbord.privacy.audience import Audience, audience

ON_A_PAGE = 24


def _readers(name: str = "") -> Audience:
    names = {SeenAs.COACH: name} if name else {}
    told = audience("coach_profile", viewer=SeenAs.CLIENT, names=names, reached=(When.CHECKED,))
    return replace(told, short=_("Everyone in the organisation."))


@require_GET
def coaches(request: MemberRequest, organisation: str) -> HttpResponse:
    """Who coaches here: searched, filtered, and in another order every day, unless by name."""
    asked = looking(request.GET)
    found = coaches_found(request.person, asked)
    filters = CoachesFilter(request.GET)
    filters.offer_places(found.places)
    page = Paginator(found.person_ids, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "coaches": [described(card) for card in cards_of(list(page.object_list), found.with_room)],
        "filters": filters,
        "search": asked.text,
        "narrowed": any((asked.text, asked.theme, asked.way, asked.language, asked.place, asked.employer, asked.room)),
        "total": found.total,
        "audience": _readers(),
    }
    return render(request, "coaches/coaches.html", context)


@require_GET
def coach(request: MemberRequest, organisation: str, coach: UUID) -> HttpResponse:
    """One coach, in the coach's own words."""
    profile = visible_profile(coach)
    context = {
        "coach": described(card_of(profile)),
        "told": _told(profile.person_id),
        "is_me": profile.person_id == request.person.pk,
        "audience": _readers(profile.person.first_name),
    }
    return render(request, "coaches/coach.html", context)


def _told(coach: UUID) -> list[tuple[str, str]]:
    """What the coach put of the own story on the profile: each part by its name."""
    shares = stories_on_profiles([coach]).get(coach, [])
    named = [(part_named(share.part), words_of(share, "text")) for share in shares]
    return [(part.name.text(language_on_screen()), text) for part, text in named if part and text]


@require_GET
def photo(request: MemberRequest, organisation: str, coach: UUID) -> HttpResponse:
    """The photo itself. The browser is told to keep no copy, as of everything under an organisation."""
    found = photo_for(coach)
    answer = HttpResponse(bytes(found.content), content_type=MEDIA_TYPE)
    # SECURITY: what was uploaded by one is never run by the browser of another.
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["ETag"] = f'"{found.digest[:32]}"'
    return answer
