"""Who sees what of the profiles of coaches."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Beside, Everyone, Holder, Person, Role, Sees, Thing, When

VISIBLE = "published_at is not null and checked_at is not null"
COORDINATOR = (Holder("coordinator"),)
OWN = (Person("person_id"),)


VISIBLE_PROFILE = "o.published_at is not null and o.checked_at is not null"


def beside_visible_profile(table: str, when: str = "true") -> Beside:
    """Everyone, as long as the profile of the coach this row belongs to may be seen by everyone."""
    return Beside(table, "person_id", "coaches_coachprofile", VISIBLE_PROFILE, when)


PROFILE_READERS = (Sees(Role.COACH), Sees(Role.COORDINATOR), Sees(Role.EVERYONE, When.CHECKED))

THINGS = (
    Thing(
        key="coach_profile",
        name=_("The profile of a coach"),
        table="coaches_coachprofile",
        read=(Person("person_id"), Everyone(when=f"({VISIBLE})"), Holder("coordinator")),
        add=OWN,
        change=(Person("person_id"), Holder("coordinator")),
        remove=OWN,
        sees=PROFILE_READERS,
        author=Role.COACH,
    ),
    Thing(
        key="coach_photo",
        name=_("The photo of a coach"),
        table="coaches_coachphoto",
        read=(Person("person_id"), beside_visible_profile("coaches_coachphoto"), Holder("coordinator")),
        add=OWN,
        change=OWN,
        remove=OWN,
        sees=PROFILE_READERS,
        author=Role.COACH,
    ),
    Thing(
        key="profile_word",
        name=_("What the coordinator says about a profile"),
        table="coaches_profileword",
        read=(Person("coach_id"), Holder("coordinator")),
        add=COORDINATOR,
        change=None,
        remove=(Person("coach_id"), Holder("coordinator")),
        sees=(Sees(Role.COACH), Sees(Role.COORDINATOR)),
        author=Role.COORDINATOR,
    ),
)
