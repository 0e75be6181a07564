"""Icons from Lucide as inline SVG: drawn in the colour of the words beside them, silent for a screen reader."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from zipfile import ZipFile

from django.utils.safestring import SafeString, mark_safe


class UnknownIconError(LookupError):
    """Lucide has no icon of that name."""


@cache
def icon_svg(name: str) -> SafeString:
    """The icon's shapes in our own `<svg>`; size, stroke and colour come from the stylesheet.

    :raises UnknownIconError: so that a typing error shows in a test instead of as a hole in the page.
    """
    shapes = re.sub(r"\s*\n\s*", "", _shapes(name)).replace(" />", "/>")
    opening = '<svg class="icon" aria-hidden="true" focusable="false" viewBox="0 0 24 24" width="20" height="20">'
    return mark_safe(f"{opening}{shapes}</svg>")  # noqa: S308 - from the installed package, never from a person


def _shapes(name: str) -> str:
    with (files("lucide") / "lucide.zip").open("rb") as packed, ZipFile(packed) as archive:
        try:
            whole = archive.read(f"{name}.svg").decode("utf-8")
        except KeyError:
            raise UnknownIconError(name) from None
    return whole.partition(">")[2].rpartition("</svg>")[0]
