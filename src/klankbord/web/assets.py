"""Makes the two files every page loads: one stylesheet (fonts included) and one script.

There is no package manager and no bundler: the layers of the stylesheet are put one after the other, the two
fonts are cut down to the letters of Western Europe and embedded, and htmx is joined with our own script. A first
visit is then three requests: page, stylesheet, script. `build()` costs milliseconds when nothing changed, so
whatever starts the application may simply call it; by hand: `python -m klankbord.web.assets`.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from dataclasses import dataclass
from importlib import metadata
from importlib.resources import files
from pathlib import Path

STATIC = Path(__file__).parent / "static" / "web"
BUILD = STATIC / "build"
LAYERS = ("reset", "tokens", "base", "layout", "components", "utilities")
FONTS = {400: "AtkinsonHyperlegible-Regular.ttf", 700: "AtkinsonHyperlegible-Bold.ttf"}

# Dutch, English and the names of people in Europe; quotation marks, dashes, arrows, euro, minus, check mark.
# Code points the font does not have are simply left out.
LETTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    0x218, 0x219, 0x21A, 0x21B,
    0x2013, 0x2014, 0x2018, 0x2019, 0x201A, 0x201C, 0x201D, 0x201E, 0x2022, 0x2026, 0x2039, 0x203A,
    0x20AC, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2713,
)  # fmt: skip
FONT_FEATURES = ("kern", "mark", "mkmk", "ccmp", "locl", "tnum")


@dataclass(frozen=True, slots=True)
class Built:
    """The finished files, and whether this call wrote them."""

    stylesheet: Path
    script: Path
    fresh: bool


def build(target: Path = BUILD) -> Built:
    """Write `klankbord.css` and `klankbord-bundle.js` into `target`, unless they are already right."""
    built = Built(target / "klankbord.css", target / "klankbord-bundle.js", fresh=False)
    stamp = target / ".made-from"
    wanted = _fingerprint()
    if stamp.is_file() and stamp.read_text() == wanted and built.stylesheet.is_file() and built.script.is_file():
        return built
    target.mkdir(parents=True, exist_ok=True)
    _write(built.stylesheet, stylesheet(font_cache=target / ".fonts"))
    _write(built.script, script())
    _write(stamp, wanted)
    return Built(built.stylesheet, built.script, fresh=True)


def stylesheet(font_cache: Path) -> str:
    """All layers as one stylesheet, in their fixed order, with the fonts as data."""
    order = f"@layer {', '.join(LAYERS)};"
    faces = (_font_face(weight, font(weight, font_cache)) for weight in FONTS)
    layers = (shorten((STATIC / "css" / f"{layer}.css").read_text(encoding="utf-8")) for layer in LAYERS)
    return "\n".join((order, *faces, *layers)) + "\n"


def script() -> str:
    """htmx and our own script as one file. Ours comes last: it listens to htmx's events."""
    ours = (STATIC / "js" / "klankbord.js").read_text(encoding="utf-8")
    return f"{_htmx().read_text(encoding='utf-8').rstrip()}\n{ours}"


def shorten(css: str) -> str:
    """The same stylesheet without comments and indentation.

    Strings in our stylesheets never hold `/*`; that is all this needs to be safe.
    """
    without_comments = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(line.strip() for line in without_comments.splitlines() if line.strip())


def font(weight: int, cache: Path) -> bytes:
    """The woff2 of one weight, cut down to `LETTERS`; kept in `cache` under the hash of what it was made from."""
    source = _font_source(weight)
    recipe = f"{LETTERS}{FONT_FEATURES}{metadata.version('fonttools')}".encode()
    kept = cache / f"{weight}-{hashlib.sha256(source + recipe).hexdigest()[:16]}.woff2"
    if not kept.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        _write(kept, _subset(source))
    return kept.read_bytes()


def _subset(source: bytes) -> bytes:
    # Imported here: the subsetter takes a quarter of a second to load and is needed once.
    from fontTools import subset

    options = subset.Options(
        flavor="woff2",
        layout_features=list(FONT_FEATURES),
        hinting=False,
        desubroutinize=True,
        notdef_outline=True,
        drop_tables=["DSIG", "meta"],
        name_IDs=[0, 1, 2, 13, 14],  # the copyright and licence stay with the letters
    )
    with subset.load_font(io.BytesIO(source), options) as whole:
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(whole)
        out = io.BytesIO()
        subset.save_font(whole, out, options)
    return out.getvalue()


def _font_face(weight: int, woff2: bytes) -> str:
    encoded = base64.b64encode(woff2).decode("ascii")
    return (
        f'@font-face{{font-family:"Atkinson Hyperlegible";font-weight:{weight};font-display:swap;'
        f'src:url("data:font/woff2;base64,{encoded}") format("woff2")}}'
    )


def _font_source(weight: int) -> bytes:
    return (files("fontpkg_atkinson_hyperlegible") / "files" / FONTS[weight]).read_bytes()


def _htmx() -> Path:
    """The minified htmx 2 that django-htmx brings along."""
    shipped = Path(str(files("django_htmx"))) / "static" / "django_htmx"
    return next(shipped.glob("htmx-2*.min.js"))


def _fingerprint() -> str:
    """Changes when any source, this file, or a package the result is made from changes."""
    sources = [Path(__file__), STATIC / "js" / "klankbord.js", *(STATIC / "css" / f"{layer}.css" for layer in LAYERS)]
    digest = hashlib.sha256()
    for source in sources:
        digest.update(source.read_bytes())
    for package in ("django-htmx", "fonttools", "fontpkg-atkinson-hyperlegible"):
        digest.update(f"{package} {metadata.version(package)}".encode())
    return digest.hexdigest()


def _write(path: Path, content: str | bytes) -> None:
    """Write through a neighbour and rename: a process that reads meanwhile sees the old file or the new one."""
    half = path.with_name(f"{path.name}.{os.getpid()}.part")
    half.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    half.replace(path)


if __name__ == "__main__":
    build()
