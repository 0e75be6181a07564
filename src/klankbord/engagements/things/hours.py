"""Who sees what stays of forgotten talks."""

from django.utils.translation import gettext_lazy as _

from klankbord.privacy.access import Person, Role, Sees, Thing

THINGS = (
    Thing(
        key="hours_kept",
        name=_("Hours of talks that were forgotten"),
        table="engagements_hourskept",
        read=(Person("coach_id"),),
        add=None,
        change=None,
        sees=(Sees(Role.COACH),),
        author=Role.COACH,
    ),
)
