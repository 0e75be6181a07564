"""Files that are handed over: what kind they are, what they are called, and that nothing on the way keeps a copy."""

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers

KINDS = {
    ".csv": "text/csv; charset=utf-8",
    ".pdf": "application/pdf",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}


def download(content: bytes, name: str) -> HttpResponse:
    """Hand over a file to be saved as *name*; its ending tells of which of :data:`KINDS` it is.

    The name must say nothing of whom it is about: it stays behind in a folder of downloads.
    """
    answer = HttpResponse(content, content_type=KINDS[PurePath(name).suffix])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(answer)
    return answer
