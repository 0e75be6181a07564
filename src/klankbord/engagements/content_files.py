"""The content files of engagements: what ``core.content_files`` reads, from this app's own folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from klankbord.core import content_files
from klankbord.core.content_files import ContentError, ContentFile, Table, by_id

__all__ = ["CONTENT", "ContentError", "ContentFile", "Table", "by_id", "read_content"]

CONTENT = Path(__file__).parent / "content"


def read_content[T](name: str, read: Callable[[ContentFile], T]) -> T:
    """Read one file of this app whole; what nobody asked for is an error."""
    return content_files.read_content(CONTENT, name, read)
