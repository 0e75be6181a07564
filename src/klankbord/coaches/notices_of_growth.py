"""What notifications about learning together say. Never a subject, and never what somebody wrote."""

from django.utils.translation import gettext_lazy as _

from klankbord.people.messages import Message

MESSAGES: tuple[Message, ...] = (
    Message("intervision_joined", _("%(name)s joined your intervision group."), _("Have a look")),
    Message("intervision_planned", _("A meeting of your group is planned."), _("See when and where")),
    Message("intervision_cancelled", _("A meeting of your group is cancelled."), _("Have a look")),
    Message("contact_planned", _("%(name)s planned a talk with you."), _("See when")),
)
