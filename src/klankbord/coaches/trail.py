"""What the audit says to coaches about their own things."""

from collections.abc import Mapping

from django.utils.functional import Promise

WORDS: Mapping[str, str | Promise] = {}
