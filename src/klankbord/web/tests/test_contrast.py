"""The colours carry the text: contrast computed from tokens.css, in light and in dark."""

from __future__ import annotations

import re

import pytest

from klankbord.web.assets import STATIC

AA, AAA, SHAPE = 4.5, 7.0, 3.0
PAIRS = [
    *(
        ("ink", ground, AAA)
        for ground in ("paper", "surface", "sunken", "teal-soft", "leaf-soft", "amber-soft", "red-soft")
    ),
    *(("quiet", ground, AA) for ground in ("paper", "surface", "sunken")),
    *(("teal", ground, AA) for ground in ("paper", "surface", "sunken", "teal-soft")),
    *(("teal-deep", ground, AA) for ground in ("paper", "surface", "teal-soft")),
    *(("red", ground, AA) for ground in ("paper", "surface", "red-soft")),
    *(("coral-ink", ground, AA) for ground in ("paper", "surface", "sunken")),
    *(("coral", ground, SHAPE) for ground in ("paper", "surface", "coral-soft")),
    *(("edge", ground, SHAPE) for ground in ("paper", "surface")),
    ("on-teal", "teal", AA),
    ("on-teal", "teal-deep", AA),
    ("leaf", "leaf-soft", SHAPE),
    ("amber", "amber-soft", SHAPE),
    ("ink", "leaf-soft", AAA),
]


def _tokens() -> dict[str, tuple[str, str]]:
    css = (STATIC / "css" / "tokens.css").read_text()
    found = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", css)
    return {name: (light, dark) for name, light, dark in found}


def _luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, WCAG 2.2: 1 (none) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("text", "ground", "least"), PAIRS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(text: str, ground: str, least: float, scheme: str) -> None:
    tokens, side = _tokens(), ("light", "dark").index(scheme)
    measured = contrast(tokens[text][side], tokens[ground][side])
    assert measured >= least, f"{text} on {ground} in {scheme}: {measured:.2f}"
