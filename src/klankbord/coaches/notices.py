"""What notifications about coaches say."""

from django.utils.translation import gettext_lazy as _

from klankbord.coaches import notices_of_growth
from klankbord.coaches.lending import notices as lending
from klankbord.people.messages import Message

MESSAGES: tuple[Message, ...] = (
    *notices_of_growth.MESSAGES,
    *lending.MESSAGES,
    Message("profile_to_look_at", _("The profile of %(name)s waits for a look."), _("Have a look")),
    Message("profile_visible", _("Colleagues can see your profile now."), _("Have a look")),
    Message("profile_word", _("%(name)s has a word about your profile."), _("Read it")),
    Message("quality_to_look_at", _("%(name)s added something about the trade."), _("Have a look")),
    Message("quality_ends", _("Something that you can show as a coach ends soon."), _("See what and when")),
    Message("quality_over", _("Something that you can show as a coach has ended."), _("See what")),
)
