"""The cells of a spreadsheet file as text, without letting a strange file take the server down with it."""

from __future__ import annotations

import datetime
import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from klankbord.people.rules import tidy

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

_UNPACKED_LIMIT = 400_000_000
"""Most bytes a workbook may unpack to. 200,000 people with all our columns take about half of it."""

# The reader keeps a whole rectangle in memory, from the first filled cell to the last. One cell in the far corner of a
# sheet would ask for more memory than there is, so such sheets are refused before they reach it.
# Cells without a value do not count: spreadsheets leave their formatting everywhere.
_FAR_CELL = re.compile(
    rb"""\br=["'](?:(?:[A-Z]{3}|[C-Z][A-Z])\d+|[A-Z]{1,2}(?:[3-9]\d{5}|[1-9]\d{6,}))["'][^>]*(?<!/)>"""
)
_FAR_ROW = re.compile(
    rb"""<(?:\w+:)?row\b[^>]*\br=["'](?:[3-9]\d{5}|[1-9]\d{6,})["'][^>]*(?<!/)>\s*<(?:\w+:)?c\b(?![^>]*\br=)"""
)
_CHUNK = 1 << 22
_OVERLAP = 512

type _Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta


class Refused(Exception):
    """This workbook is not read; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_workbook(content: bytes) -> bool:
    """Whether these bytes are a spreadsheet of some kind, and not plain text."""
    return content.startswith((_ZIP, _OLE))


def cells(content: bytes) -> Iterator[list[str]]:
    """The rows of the first visible sheet that is not empty, every cell as text, from the first row of the sheet on."""
    for _name, rows in sheets(content):
        return rows
    raise Refused("empty")


def sheets(content: bytes) -> Iterator[tuple[str, Iterator[list[str]]]]:
    """Every visible sheet that is not empty, with its name and its rows. Raises :class:`Refused`."""
    if content.startswith(_OLE):
        raise Refused("password" if _ENCRYPTED in content else "old_excel")
    _inspect(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for place, sheet in enumerate(book.sheets_metadata):
            if sheet.visible is not SheetVisibleEnum.Visible or sheet.typ is not SheetTypeEnum.WorkSheet:
                continue
            rows = book.get_sheet_by_index(place).to_python(skip_empty_area=False)
            if rows:
                yield sheet.name, ([_text(value) for value in row] for row in rows)
    except PasswordError:
        raise Refused("password") from None
    except CalamineError:
        raise Refused("unreadable") from None


def _inspect(content: bytes) -> None:
    """Refuse macros, files that unpack to far more than a list of people, and sheets with cells in far corners."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise Refused("macros")
            if sum(part.file_size for part in parts) > _UNPACKED_LIMIT:
                raise Refused("far_cells")
            for part in parts:
                if "sheet" in part.filename.lower():
                    _inspect_sheet(archive, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        # A damaged archive fails in as many ways as it can be damaged.
        raise Refused("unreadable") from None


def _inspect_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            text = tail + chunk
            if _FAR_CELL.search(text) or _FAR_ROW.search(text):
                raise Refused("far_cells")
            tail = text[-_OVERLAP:]


def _text(value: _Value) -> str:
    """A cell as a person reads it: 123.0 is the number 123, a date is written year first, a tick is yes."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)
