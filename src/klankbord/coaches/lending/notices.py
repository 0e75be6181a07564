"""What notifications about lending say."""

from django.utils.translation import gettext_lazy as _

from klankbord.people.messages import Message

# The name is that of the other organisation.
MESSAGES: tuple[Message, ...] = (
    Message("lending_taken_up", _("%(name)s took up your code for lending coaches."), _("Go on with it")),
    Message("lending_written", _("%(name)s wrote a version of your agreement on lending coaches."), _("Read it")),
    Message("lending_agreed", _("%(name)s said yes to your agreement on lending coaches."), _("Have a look")),
    Message("lending_ends", _("%(name)s ends your agreement on lending coaches."), _("Have a look")),
)
