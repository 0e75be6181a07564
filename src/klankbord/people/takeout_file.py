"""The file in which somebody takes away everything: a page to read, the same as data, and papers as they are.

A page and no PDF: paper has no letters for some alphabets, and no word of anybody's may become an empty box. It needs
nothing from elsewhere, so that it can be read without Klankbord and without a connection.
"""

import io
import json
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klankbord.people.models import Person
from klankbord.privacy.takeout import Takeout

VERSION = 1


def takeout_file(takeout: Takeout, person: Person, made_at: datetime) -> bytes:
    """The file as bytes.

    SECURITY: made in memory. What was sealed must not stand on a disk for a moment, not even in a nameless file.
    """
    folder = io.BytesIO()
    with ZipFile(folder, "w") as file:
        _put(file, f"{_('everything')}.html", _page(takeout, person, made_at).encode(), made_at)
        data = json.dumps(_data(takeout, person, made_at), ensure_ascii=False, indent=1)
        _put(file, f"{_('everything')}.json", data.encode(), made_at)
        for one in takeout.files:
            # Pictures and PDFs are packed already.
            _put(file, f"{_('files')}/{one.name}", one.content, made_at, packing=ZIP_STORED)
    return folder.getvalue()


def _put(file: ZipFile, name: str, content: bytes, made_at: datetime, *, packing: int = ZIP_DEFLATED) -> None:
    entry = ZipInfo(name, localtime(made_at).timetuple()[:6])
    entry.compress_type = packing
    file.writestr(entry, content)


def _page(takeout: Takeout, person: Person, made_at: datetime) -> str:
    context = {
        "person": person,
        "organisation": person.organisation,
        "made_at": made_at,
        "chapters": takeout.named(),
        "files": [f"{_('files')}/{one.name}" for one in takeout.files],
    }
    return render_to_string("people/takeout/file.html", context)


def _data(takeout: Takeout, person: Person, made_at: datetime) -> dict[str, Any]:
    """The same for another program. Names of tables and columns are those of the database, which stay as they are."""
    return {
        "klankbord_takeout": VERSION,
        "organisation": person.organisation.name,
        "person": person.name,
        "made_at": made_at.isoformat(),
        "language": get_language(),
        "chapters": {
            chapter.value: [
                {
                    "table": section.portion.table,
                    "found_by": section.portion.of,
                    "title": section.title,
                    "rows": [entry.data for entry in section.entries],
                }
                for section in sections
            ]
            for chapter, sections in takeout.chapters.items()
            if sections
        },
        "files": [one.name for one in takeout.files],
    }
