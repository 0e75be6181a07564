"""Who sees what of accreditations, training, supervision and codes of ethics."""

from django.utils.translation import gettext_lazy as _

from klankbord.coaches.things.profiles import OWN, beside_visible_profile
from klankbord.privacy.access import Holder, Person, Role, Sees, Thing, When

ON_THE_PROFILE = beside_visible_profile(
    "coaches_qualityfact", "kind = 'accreditation' and coaches_qualityfact.checked_at is not null"
)
COACH_AND_COORDINATOR = (Sees(Role.COACH), Sees(Role.COORDINATOR))

THINGS = (
    Thing(
        key="quality_fact",
        name=_("What a coach can show about the trade"),
        table="coaches_qualityfact",
        read=(Person("person_id"), ON_THE_PROFILE, Holder("coordinator")),
        add=OWN,
        change=(Holder("coordinator"),),
        remove=OWN,
        sees=(*COACH_AND_COORDINATOR, Sees(Role.EVERYONE, When.CHECKED)),
        author=Role.COACH,
    ),
    Thing(
        key="quality_proof",
        name=_("The paper that shows it"),
        table="coaches_qualityproof",
        read=(Person("person_id"), Holder("coordinator")),
        add=OWN,
        change=None,
        remove=OWN,
        sees=COACH_AND_COORDINATOR,
        author=Role.COACH,
    ),
    Thing(
        key="quality_reminder",
        name=_("That a coach was told of a last day"),
        table="coaches_qualityreminder",
        read=OWN,
        change=None,
        remove=OWN,
        sees=(Sees(Role.COACH),),
        author=Role.COACH,
    ),
)
