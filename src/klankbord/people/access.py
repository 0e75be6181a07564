"""Who sees what of people."""

from django.utils.translation import gettext_lazy as _

from klankbord.people.pages import PAGES
from klankbord.privacy.access import Everyone, Holder, Person, Role, Sees, Thing

ADMINISTRATOR = (Holder("administrator"),)

THINGS = (
    Thing(
        key="unit",
        name=_("Parts of the organisation"),
        table="people_unit",
        read=(Everyone(),),
        add=ADMINISTRATOR,
        change=ADMINISTRATOR,
        sees=(Sees(Role.EVERYONE),),
    ),
    Thing(
        key="person",
        name=_("Name, unit and manager"),
        table="people_person",
        read=(Everyone(),),
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
        read=(Everyone(),),
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
        add=(Everyone(),),
        sees=(Sees(Role.SELF),),
    ),
)

__all__ = ["PAGES", "THINGS"]
