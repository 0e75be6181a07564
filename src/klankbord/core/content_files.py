"""Reads the content files: texts of the profession, with an id and a version, in both languages.

Reading is strict: a missing translation, a doubled id or a key nobody reads is an error, because a text that silently
falls away is found by a client.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, Protocol

from klankbord.core.wording import Wording


class ContentError(Exception):
    """A content file that cannot be used, with the file and the place in it."""


class HasId(Protocol):
    """Something that can be found by its id."""

    @property
    def id(self) -> str: ...


def by_id[T: HasId](items: Iterable[T], wanted: str) -> T:
    """The one with this id. Raises ``KeyError``."""
    for item in items:
        if item.id == wanted:
            return item
    raise KeyError(wanted)


class Table:
    """One table of a content file. Remembers what was read, so that a misspelt key comes to light."""

    def __init__(self, content: dict[str, Any], where: str) -> None:
        self._content = content
        self._where = where
        self._unread = set(content)

    def string(self, key: str) -> str:
        """A text that is there and not empty."""
        return self._take(key, str).strip() or self._refuse(key, "is empty")

    def flag(self, key: str) -> bool:
        """Yes or no."""
        return self._take(key, bool)

    def number(self, key: str) -> int:
        """A whole number."""
        return self._take(key, int)

    def choice[E: StrEnum](self, key: str, kind: type[E]) -> E:
        """One of the words of ``kind``."""
        word = self.string(key)
        return kind(word) if word in set(kind) else self._refuse(key, f"should be one of {', '.join(kind)}")

    def has(self, key: str) -> bool:
        """Whether something stands under ``key``, for what may be left out."""
        return key in self._content

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts; empty when the key is not there."""
        return tuple(str(one) for one in self._take(key, list)) if key in self._content else ()

    def within[T](self, key: str, read: Callable[[Table], T]) -> T:
        """What ``read`` makes of the table under ``key``, nothing of it left unread."""
        return self._read_whole(self._take(key, dict), key, read)

    def own_wording(self) -> Wording:
        """The two languages of this table itself."""
        return Wording(nl=self.string("nl"), en=self.string("en"))

    def wording(self, key: str) -> Wording:
        """A text in both languages, and nothing else beside them."""
        return self.within(key, Table.own_wording)

    def wording_or_none(self, key: str) -> Wording | None:
        """A text in both languages that may be left out as a whole."""
        return self.wording(key) if key in self._content else None

    def wordings(self, key: str) -> tuple[Wording, ...]:
        """A list of texts, each in both languages."""
        return self._read_each(key, Table.own_wording)

    def each[T: HasId](self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        """A list of tables with an id each, read one by one. No two may share their id."""
        items = self._read_each(key, read)
        ids = [item.id for item in items]
        if len(set(ids)) != len(ids):
            self._refuse(key, "uses an id twice")
        return items

    def finish(self) -> None:
        """To be called when all is read: what is left over was misspelt or forgotten."""
        if self._unread:
            raise ContentError(f"{self._where}: nobody reads {', '.join(sorted(self._unread))}")

    def _read_each[T](self, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
        tables = enumerate(self._take(key, list), start=1)
        return tuple(self._read_whole(content, f"{key} {number}", read) for number, content in tables)

    def _read_whole[T](self, content: dict[str, Any], where: str, read: Callable[[Table], T]) -> T:
        table = Table(content, f"{self._where}, {where}")
        result = read(table)
        table.finish()
        return result

    def _take[T](self, key: str, kind: type[T]) -> T:
        value = self._content.get(key)
        if not isinstance(value, kind):
            self._refuse(key, "is missing" if value is None else f"should be a {kind.__name__}")
        self._unread.discard(key)
        return value

    def _refuse(self, key: str, why: str) -> NoReturn:
        raise ContentError(f"{self._where}: {key} {why}")


class ContentFile(Table):
    """A whole content file, with its version."""

    def __init__(self, folder: Path, name: str) -> None:
        path = folder / f"{name}.toml"
        super().__init__(tomllib.loads(path.read_text(encoding="utf-8")), path.name)
        self.version = self.number("version")
        if self.string("id") != name:
            self._refuse("id", f"should be {name}, like the file")


def read_content[T](folder: Path, name: str, read: Callable[[ContentFile], T]) -> T:
    """Read one file of *folder* whole; what nobody asked for is an error."""
    file = ContentFile(folder, name)
    content = read(file)
    file.finish()
    return content
