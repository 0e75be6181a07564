"""What the audit says to coaches about their own things."""

from collections.abc import Mapping

from django.utils.functional import Promise

from klankbord.coaches import trail_of_growth

WORDS: Mapping[str, str | Promise] = {**trail_of_growth.WORDS}
