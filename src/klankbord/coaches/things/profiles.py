"""Who sees what of the profiles of coaches."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Everyone, Holder, Person, Role, Sees, Thing, When

PUBLISHED = "published_at is not null"

THINGS = (
    Thing(
        key="coach_profile",
        name=_("The profile of a coach"),
        table="coaches_coachprofile",
        read=(Person("person_id"), Everyone(when=PUBLISHED), Holder("coordinator")),
        add=(Person("person_id"),),
        change=(Person("person_id"), Holder("coordinator")),
        remove=(Person("person_id"),),
        sees=(Sees(Role.COACH), Sees(Role.COORDINATOR), Sees(Role.EVERYONE, When.PUBLISHED)),
        author=Role.COACH,
    ),
)
