"""The texts on screen and their Dutch: gather, write down, merge, check and compile them.

English is the language of the message ids, so English needs no catalogue. There is one Dutch catalogue for the whole
project. Commands: ``python -m klankbord.web.messages update | compile | missing | merge FILE``.

A file to merge holds one translation a line; ``\\n`` and ``\\"`` stand for a new line and a quotation mark::

    "Who sees this?" => "Wie ziet dit?"
    "%(count)s talk" | "%(count)s talks" => "%(count)s gesprek" | "%(count)s gesprekken"
    [month] "May" => "mei"
"""

from __future__ import annotations

import io
import re
import sys
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract as extract_from
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

PACKAGE = Path(__file__).resolve().parent.parent
CATALOGUE = PACKAGE / "locale" / "nl" / "LC_MESSAGES" / "django.po"

type Place = int | tuple[int, str]
_CONTEXT: Place = (1, "c")
KEYWORDS: dict[str, tuple[Place, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": (_CONTEXT, 2),
    "pgettext_lazy": (_CONTEXT, 2),
    "npgettext": (_CONTEXT, 2, 3),
    "npgettext_lazy": (_CONTEXT, 2, 3),
}
"""The calls that mark a text, and which of their arguments are the context, the text and its plural."""

# A line in the header that changes with every run would make every branch conflict with every other.
_RESTLESS = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
    "Report-Msgid",
)


# --- Gathering ------------------------------------------------------------------------------------------------------


def sources(package: Path = PACKAGE) -> Iterator[Path]:
    """The modules and templates that may speak to people; tests and migrations do not."""
    for path in sorted(package.rglob("*")):
        parts = path.relative_to(package).parts
        if "tests" in parts or "migrations" in parts or "static" in parts or path.name.startswith("test_"):
            continue
        if path.suffix == ".py" or (path.suffix in {".html", ".txt"} and "templates" in parts):
            yield path


def extract(package: Path = PACKAGE) -> Catalog:
    """Every marked text of the project, with the files in which it stands."""
    catalogue = Catalog(locale="nl", fuzzy=False)
    for path in sources(package):
        for text, comments, context in texts_in(path):
            where = str(path.relative_to(package.parent))
            catalogue.add(text, None, [(where, 1)], auto_comments=comments, context=context)
    return catalogue


def texts_in(path: Path) -> Iterator[tuple[str | tuple[str, ...], list[str], str | None]]:
    """The marked texts of one module or template: text (or text and plural), comments for translators, context."""
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = _template_as_python(source, path)
    stream = io.BytesIO(source.encode())
    for _line, text, comments, context in extract_from("python", stream, KEYWORDS, ["Translators:"]):
        yield text, comments, context


def _template_as_python(source: str, path: Path) -> str:
    """Django's own reading of a template as calls of gettext. Indentation of the page means nothing to Python."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        calls = templatize(source, origin=str(path))
    return "\n".join(line.lstrip() for line in calls.splitlines())


# --- The catalogue --------------------------------------------------------------------------------------------------


def read(path: Path = CATALOGUE) -> Catalog:
    """The Dutch catalogue as it is written down; an empty one when there is none yet."""
    if not path.exists():
        return Catalog(locale="nl", fuzzy=False)
    with path.open("rb") as stream:
        return read_po(stream, locale="nl")


def write(catalogue: Catalog, path: Path = CATALOGUE) -> None:
    """Write the catalogue so that the same texts always give the same file."""
    catalogue.fuzzy = False
    catalogue.project, catalogue.version = "Klankbord", "1"
    catalogue.header_comment = "# The Dutch texts of Klankbord. The English text is the message id."
    stream = io.BytesIO()
    write_po(stream, catalogue, width=110, sort_output=True, ignore_obsolete=True, include_lineno=False)
    lines = stream.getvalue().decode().splitlines()
    kept = [line for line in lines if not line.startswith(tuple(f'"{name}' for name in _RESTLESS))]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(kept).rstrip("\n") + "\n", encoding="utf-8")


def update(path: Path = CATALOGUE, package: Path = PACKAGE) -> Catalog:
    """Bring the catalogue up to the texts of today: new ones come in empty, old ones go, translations stay."""
    catalogue = read(path)
    catalogue.update(extract(package), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    write(catalogue, path)
    return catalogue


def compile(path: Path = CATALOGUE) -> Path:
    """Make the file that Django reads from the catalogue, beside it; returns where it is."""
    target = path.with_suffix(".mo")
    with target.open("wb") as stream:
        write_mo(stream, read(path))
    return target


# --- Checking -------------------------------------------------------------------------------------------------------

_PLACES = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")


@dataclass(frozen=True, slots=True)
class Findings:
    """What keeps the Dutch from being complete, as lines that can be filled in and merged, or read."""

    missing: list[str] = field(default_factory=list)
    fuzzy: list[str] = field(default_factory=list)
    obsolete: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.missing, self.fuzzy, self.obsolete, self.places))

    def __str__(self) -> str:
        parts = (
            ("Missing in Dutch (fill in and merge)", self.missing),
            ("Not certain in Dutch (fill in and merge)", self.fuzzy),
            ("No longer used (run update)", self.obsolete),
            ("Other places to fill in than the English has", self.places),
        )
        return "\n\n".join(f"{title}:\n" + "\n".join(lines) for title, lines in parts if lines)


def check(path: Path = CATALOGUE, package: Path = PACKAGE) -> Findings:
    """Compare the catalogue with the texts in the code."""
    written, used = read(path), extract(package)
    found = Findings()
    for message in _messages(used):
        known = written.get(message.id, message.context)
        if known is None or not _translated(known) or known.pluralizable != message.pluralizable:
            found.missing.append(_line(message))
        elif known.fuzzy:
            found.fuzzy.append(_line(message))
        elif not _same_places(known):
            found.places.append(_line(known, filled=True))
    for message in [*_messages(written), *written.obsolete.values()]:
        if used.get(message.id, message.context) is None:
            found.obsolete.append(_line(message, filled=True))
    return found


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def _translated(message: Message) -> bool:
    forms = _forms(message.string)
    return bool(forms) and all(forms)


def _same_places(message: Message) -> bool:
    """Whether every form fills in what the English does; the singular may also name the number, as the plural does."""
    wanted = [sorted(_PLACES.findall(text)) for text in _forms(message.id)]
    given = [sorted(_PLACES.findall(text)) for text in _forms(message.string)]
    return given[0] in wanted and all(places == wanted[-1] for places in given[1:])


# --- Merging --------------------------------------------------------------------------------------------------------

_QUOTED = r'"((?:[^"\\]|\\.)*)"'
_PAIR = re.compile(
    rf"(?:\[(?P<context>[^\]]+)\]\s*)?{_QUOTED}(?:\s*\|\s*{_QUOTED})?\s*=>\s*{_QUOTED}(?:\s*\|\s*{_QUOTED})?"
)
_ESCAPES = {"n": "\n", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Pair:
    """One translation: an English text (and its plural) with the Dutch for it."""

    english: tuple[str, ...]
    dutch: tuple[str, ...]
    context: str | None = None


def pairs(text: str) -> list[Pair]:
    """The translations in a file to merge. ValueError names every line that is not understood."""
    found, strange = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        stripped = line.strip()
        if not stripped or stripped.startswith("#"):
            continue
        match = _PAIR.fullmatch(stripped)
        if match is None or (match[3] is None) != (match[5] is None):
            strange.append(f'Line {number} is not of the form "English" => "Nederlands": {stripped}')
            continue
        english, dutch = (tuple(_plain(match[n]) for n in two if match[n] is not None) for two in ((2, 3), (4, 5)))
        found.append(Pair(english, dutch, match["context"]))
    if strange:
        raise ValueError("\n".join(strange))
    return found


def merge(new: Iterable[Pair], path: Path = CATALOGUE) -> list[Pair]:
    """Put translations into the catalogue; the last word wins. Returns those whose English is not in the catalogue."""
    catalogue = read(path)
    unknown = []
    for pair in new:
        message = catalogue.get(pair.english[0], pair.context)
        if message is None or _forms(message.id) != pair.english:
            unknown.append(pair)
        elif all(pair.dutch):
            message.string = pair.dutch if message.pluralizable else pair.dutch[0]
            message.flags.discard("fuzzy")
    write(catalogue, path)
    return unknown


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def _line(message: Message, *, filled: bool = False) -> str:
    """A message as a line of a file to merge."""
    english = _forms(message.id)
    dutch = _forms(message.string) if filled else ("",) * len(english)
    context = f"[{message.context}] " if message.context else ""
    return f"{context}{' | '.join(map(_quoted, english))} => {' | '.join(map(_quoted, dutch))}"


# --- The command ----------------------------------------------------------------------------------------------------


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def main(arguments: list[str]) -> int:
    """Carry out one command; the exit code is 1 when something is left to do."""
    match arguments:
        case ["update"]:
            _say(f"{len(update())} texts in {CATALOGUE.name}")
            return 0
        case ["compile"]:
            _say(f"Made {compile().name}")
            return 0
        case ["missing"]:
            found = check()
            _say(str(found) if found else "The Dutch is complete.")
            return int(bool(found))
        case ["merge", name]:
            update()
            unknown = merge(pairs(Path(name).read_text(encoding="utf-8")))
            for pair in unknown:
                _say(f"Not in the code: {' | '.join(map(_quoted, pair.english))}")
            return int(bool(unknown))
    _say(__doc__ or "")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
