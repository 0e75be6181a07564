"""The two files every page loads."""

from __future__ import annotations

import gzip
import io
import re
from pathlib import Path

import pytest

from klankbord.web import assets

FIRST_LOAD_LIMIT = 60_000  # bytes, compressed: stylesheet, script and a page
A_PAGE = 8_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> assets.Built:
    return assets.build(tmp_path_factory.mktemp("build"))


def test_a_first_visit_stays_small(built: assets.Built) -> None:
    compressed = sum(len(gzip.compress(path.read_bytes())) for path in (built.stylesheet, built.script))
    assert compressed + A_PAGE < FIRST_LOAD_LIMIT


def test_nothing_is_written_when_nothing_changed(tmp_path: Path) -> None:
    first = assets.build(tmp_path)
    written = first.stylesheet.stat().st_mtime_ns
    again = assets.build(tmp_path)
    assert (first.fresh, again.fresh) == (True, False)
    assert again.stylesheet.stat().st_mtime_ns == written


def test_a_lost_file_is_made_again(tmp_path: Path) -> None:
    assets.build(tmp_path).script.unlink()
    again = assets.build(tmp_path)
    assert again.fresh
    assert again.script.is_file()


def test_the_layers_stand_in_their_order(built: assets.Built) -> None:
    css = built.stylesheet.read_text()
    assert css.startswith("@layer reset, tokens, base, layout, components, utilities;")
    assert re.findall(r"^@layer (\w+) \{", css, re.MULTILINE) == list(assets.LAYERS)


def test_the_stylesheet_fetches_nothing(built: assets.Built) -> None:
    addresses = re.findall(r"url\(([^)]{0,40})", built.stylesheet.read_text())
    assert addresses
    assert all(address.startswith('"data:font/woff2;base64,') for address in addresses)


def test_the_stylesheets_together_stay_under_1500_lines() -> None:
    lines = sum(len((assets.STATIC / "css" / f"{layer}.css").read_text().splitlines()) for layer in assets.LAYERS)
    assert lines < 1_500


@pytest.mark.parametrize("weight", sorted(assets.FONTS))
def test_the_font_can_write_the_names_of_people(weight: int, tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    letters = TTFont(io.BytesIO(assets.font(weight, tmp_path))).getBestCmap()
    missing = [
        letter
        for letter in "Eén coördinator, “Anaïs” ‘Łukasz’ Şule Ğ ø ß – … € 1234567890"
        if ord(letter) not in letters
    ]
    assert missing == []


def test_our_own_script_comes_after_htmx(built: assets.Built) -> None:
    script = built.script.read_text()
    assert 0 < script.index("htmx") < script.index("data-draft-status")


def test_shortening_keeps_every_rule() -> None:
    css = "/* why\n a */\n.a {\n  color: red; /* because */\n}\n\n"
    assert assets.shorten(css) == ".a {\ncolor: red;\n}"
