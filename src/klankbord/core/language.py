"""The language of whoever reads the page."""

from django.utils.translation import get_language

from klankbord.core.wording import Language


def language_on_screen() -> Language:
    """The language in which the reader of this page reads."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"
