"""Who sees what of people."""

from django.utils.translation import gettext_lazy as _

from klankbord.people.pages import PAGES
from klankbord.privacy.access import Everyone, Holder, Listed, Person, Role, Sees, Thing

ADMINISTRATOR = (Holder("administrator"),)
# For a guest, who coaches here and works elsewhere: whom they coach, who takes part in that, and who coordinates. A
# list, because participations are guarded by engagements and lie above this app.
MET_BY_A_GUEST = "klankbord_meets"

THINGS = (
    Thing(
        key="unit",
        name=_("Parts of the organisation"),
        table="people_unit",
        read=(Everyone(), Listed("id", "klankbord_units_met")),
        add=ADMINISTRATOR,
        change=ADMINISTRATOR,
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="person",
        name=_("Name, unit and manager"),
        table="people_person",
        read=(Everyone(), Person("id"), Listed("id", MET_BY_A_GUEST)),
        add=ADMINISTRATOR,
        change=(Holder("administrator"), Person("id")),
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="line_spell",
        name=_("Who managed whom before"),
        table="people_linespell",
        read=(Everyone(),),
        add=None,
        change=None,
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="membership",
        name=_("Roles in the organisation"),
        table="people_membership",
        # A guest sees who coordinates: there is somebody to turn to.
        read=(Everyone(), Person("person_id"), Everyone(when="role = 'coordinator'", guests=True)),
        add=ADMINISTRATOR,
        change=None,
        remove=ADMINISTRATOR,
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="staff_file",
        name=_("An uploaded staff file"),
        table="people_staffimport",
        read=(Person("person_id"),),
        remove=(Person("person_id"),),
        sees=(Sees(Role.SELF),),
    ),
    Thing(
        key="notification",
        name=_("A notification"),
        table="people_notification",
        read=(Person("person_id"),),
        add=(Everyone(), Person("person_id"), Listed("person_id", MET_BY_A_GUEST)),
        sees=(Sees(Role.SELF),),
    ),
    # Put together when somebody asks for it, and kept nowhere.
    Thing(
        key="takeout",
        name=_("A file with everything of yours"),
        table="",
        read=(),
        sees=(Sees(Role.SELF),),
        author=Role.SELF,
    ),
)

__all__ = ["PAGES", "THINGS"]
