"""What the pages of waves have in common: who gets in, and the way from one part to the next."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from klankbord.culture.models import Wave
from klankbord.culture.queries.waves import wave_for
from klankbord.people.requests import MemberRequest
from klankbord.privacy.access import Role as SeenAs
from klankbord.privacy.audience import Audience, Line, audience


@dataclass(frozen=True)
class Part:
    """One part of what is decided; its code is in the address."""

    code: str
    title: str | Promise
    question: str | Promise


PARTS = (
    Part("wat", gettext_lazy("What you ask"), gettext_lazy("What do you ask?")),
    Part("wie", gettext_lazy("Whom you ask"), gettext_lazy("Whom do you ask?")),
    Part("achtergrond", gettext_lazy("Background"), gettext_lazy("What do you lay beside the answers?")),
    Part("eigen-zinnen", gettext_lazy("Sentences of your own"), gettext_lazy("Do you add sentences of your own?")),
    Part("wanneer", gettext_lazy("When"), gettext_lazy("From when to when?")),
    Part("teksten", gettext_lazy("What you say about it"), gettext_lazy("What do you say about it?")),
    Part("papier", gettext_lazy("On paper"), gettext_lazy("Who gets a letter on paper?")),
)


def only_coordinators(request: MemberRequest) -> None:
    """Everybody else has nothing to do here."""
    if "coordinator" not in request.roles:
        raise PermissionDenied


def wave_of_coordinator(request: MemberRequest, scan: UUID) -> Wave:
    """The door of these pages: 403 for who is no coordinator, 404 for a wave that is not here."""
    only_coordinators(request)
    return wave_for(scan)


def after(code: str) -> Part | None:
    """The part that follows; None after the last."""
    place = [one.code for one in PARTS].index(code) + 1
    return PARTS[place] if place < len(PARTS) else None


def who_sees_draft() -> Audience:
    """Who sees a wave that is not open yet."""
    return audience("wave", viewer=SeenAs.COORDINATOR)


def who_sees_open() -> Audience:
    """Who sees what of a wave that is open, or was: what is asked is everybody's to read, these pages are not."""
    page = _("This page: you and the other coordinators.")
    asked = _("What is asked, and from when to when: everyone in the organisation.")
    nobody = _("Who took part, and who answered what: nobody.")
    return Audience(short=page, lines=(Line("eye", page), Line("eye", asked), Line("hidden", nobody)))
