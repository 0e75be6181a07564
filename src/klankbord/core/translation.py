"""Translations that speak in the organisation's own words."""

from __future__ import annotations

from django.utils.translation import trans_real

from klankbord.core.own_words import in_own_words


class SpokenTranslation(trans_real.DjangoTranslation):
    """A translation that fills the marks. Takes the place of Django's own."""

    def gettext(self, message: str) -> str:
        return in_own_words(super().gettext(message))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return in_own_words(super().ngettext(msgid1, msgid2, n))


def speak_in_own_words() -> None:
    """From here on every translated text is in the organisation's own words.

    Django has no setting for the class of a translation; it takes the name from its own module, and so do we.
    """
    trans_real.DjangoTranslation = SpokenTranslation  # type: ignore[misc]
    # What was translated while the apps were loaded left a translation of the old kind behind.
    trans_real._translations.clear()  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
