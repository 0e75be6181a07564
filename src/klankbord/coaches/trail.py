"""What the audit says to coaches about their own things."""

from collections.abc import Mapping

from django.utils.functional import Promise

from klankbord.coaches.lending import trail as lending

WORDS: Mapping[str, str | Promise] = {**lending.WORDS}
