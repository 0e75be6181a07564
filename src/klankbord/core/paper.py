"""Texts on paper: PDFs that can be read aloud (PDF/UA-1), set by Typst in milliseconds.

A template is a ``.typ`` file in the ``papers`` folder of an app. What people wrote reaches it as JSON only, never as
markup, so that a clause with ``#read("…")`` in it stands on the paper as just that.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst
from django.http import HttpResponse

from klankbord.core.clock import today
from klankbord.core.downloads import download

PACKAGE = Path(__file__).parent.parent
TEMPLATE = re.compile(r"[a-z]+/[a-z_]+")
STANDARD: Literal["ua-1"] = "ua-1"

# What no font of ours has. A paper with a hole in it could not be read aloud, so something must stand there.
UNSHOWN = "\u25a1"
# Invisible marks that only mean something inside an emoji or in the flow of a screen.
INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
ATTACHED = range(0xFE00, 0xFE10)


def pdf(template: str, facts: Mapping[str, Any], *, language: str, title: str, author: str = "Klankbord") -> bytes:
    """The document that *template* (``engagements/agreement``) makes of *facts*, as the bytes of a tagged PDF.

    *facts* is what JSON can hold; *language* a code such as ``nl``; *title* stands on the paper and in its properties,
    as *author* does in its properties alone. The same facts give the same bytes.
    """
    if not TEMPLATE.fullmatch(template):
        raise ValueError(f"no template can be called {template!r}")
    app, name = template.split("/")
    return typst.compile(
        str(PACKAGE / app / "papers" / f"{name}.typ"),
        root=str(PACKAGE),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        timestamp=0,
        sys_inputs={
            "facts": json.dumps(showable(dict(facts)), ensure_ascii=False),
            "title": showable(title).strip() or "Klankbord",
            "author": showable(author),
            "language": language,
        },
    )


def paper_response(content: bytes, name: str) -> HttpResponse:
    """Hand over a PDF under a neutral *name* with the day in it; nothing on the way keeps a copy.

    The name must say nothing of whom it is about: it stays behind in a folder of downloads.
    """
    return download(content, f"{name}-{today():%Y-%m-%d}.pdf")


def showable(value: Any) -> Any:
    """The same facts with only letters that can stand on paper, also inside lists and mappings."""
    if isinstance(value, str):
        plain = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
        return "".join(_on_paper(letter) for letter in _letters(plain))
    if isinstance(value, Mapping):
        return {key: showable(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [showable(one) for one in value]
    return value


def _letters(text: str) -> Iterator[str]:
    """The letters of *text*, each with the accents that stand on it: a font has both, or shows neither."""
    letter = ""
    for one in text:
        if letter and unicodedata.category(one).startswith("M"):
            letter += one
        else:
            yield letter
            letter = one
    yield letter


def _on_paper(letter: str) -> str:
    if letter.isascii():
        return letter if letter in "\n\t" or letter.isprintable() else ""
    bare, accents = letter[0], "".join(one for one in letter[1:] if ord(one) not in ATTACHED)
    if unicodedata.category(bare) in INVISIBLE or ord(bare) in ATTACHED:
        return ""
    if accents and not (bare.isspace() or _has_a_shape(bare + accents)):
        accents = ""
    return bare + accents if bare.isspace() or _has_a_shape(bare) else UNSHOWN


@lru_cache(maxsize=4096)
def _has_a_shape(letter: str) -> bool:
    """Whether one of our fonts can show *letter*: asked of Typst itself, which refuses a paper with a hole in it."""
    try:
        typst.compile(
            b'#set document(title: "-")\n'
            b'#set text(font: ("Atkinson Hyperlegible", "DejaVu Sans Mono"))\n'
            b"#sys.inputs.letter #strong(sys.inputs.letter)",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs={"letter": letter},
        )
    except typst.TypstError:
        return False
    return True


@cache
def _fonts() -> typst.Fonts:
    """The letters of the screen, and those that come with Typst for what they lack (Greek, Cyrillic, arrows)."""
    ours = files("fontpkg_atkinson_hyperlegible") / "files"
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(ours)])
