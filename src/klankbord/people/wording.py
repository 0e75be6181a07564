"""What roles are called on screen, and what each of them is for."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klankbord.people.models import Membership

Role = Membership.Role

ROLE_NAMES: Mapping[str, Promise] = {
    Role.COACH: _("coach"),
    Role.ORGANISATION_COACH: _("organisation coach"),
    Role.COORDINATOR: _("coordinator"),
    Role.LEADERSHIP: _("leadership"),
    Role.ADMINISTRATOR: _("administrator"),
    Role.FINANCE: _("task of finance"),
}

ROLE_MEANINGS: Mapping[str, Promise] = {
    Role.COACH: _("Can be proposed to people who ask for a coach."),
    Role.ORGANISATION_COACH: _("Works with teams and the whole organisation."),
    Role.COORDINATOR: _("Looks for a coach with every request. Does not see what the talks are about."),
    Role.LEADERSHIP: _("Sees figures about the whole organisation, never a person."),
    Role.ADMINISTRATOR: _("Keeps people and roles. Does not see anything of any coaching."),
    Role.FINANCE: _("A coordinator with this task keeps the budget and the costs of external coaching."),
}
