"""The vault: free text is stored sealed, and a scope's texts vanish together with its key.

Every sealed text belongs to a *scope* (a request, an engagement, a person's drafts). A scope has one 256-bit key,
wrapped (RFC 3394) by the installation's master key and kept in a second database. A text is sealed with AES-256-GCM;
label and row id are bound in as associated data, so a ciphertext moved to another row or field does not open.

Destroying a key makes all texts of the scope unreadable at once, in every back-up of the main database too.
"""

import base64
import hashlib
import hmac
import os
import secrets
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections, models
from django.db.backends.utils import CursorWrapper

VERSION = b"\x01"
NONCE_BYTES = 12

_keys: ContextVar[dict[UUID, bytes | None] | None] = ContextVar("klankbord_vault_keys", default=None)


class Unreadable(Exception):
    """The text cannot be opened: its key was destroyed, or the ciphertext is not the one of this row."""


class SealedField(models.BinaryField):  # type: ignore[type-arg]
    """Ciphertext of a confidential text. Write with :func:`seal`, read with :func:`read`.

    *label* is bound into the seal. It never changes, also when the field or the table gets another name.
    """

    def __init__(self, label: str = "", **options: Any) -> None:
        self.label = label
        super().__init__(**options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        return name, path, args, {**options, "label": self.label}


def master_key() -> bytes:
    """The 32 bytes that wrap every key: from the environment, or from the file that settings name."""
    text = settings.KLANKBORD_MASTER_KEY
    if not text:
        path = Path(settings.KLANKBORD_MASTER_KEY_FILE)
        if not path.exists():
            raise ImproperlyConfigured(f"There is no master key: set KLANKBORD_MASTER_KEY, or make the file {path}")
        text = path.read_text(encoding="ascii")
    key = base64.b64decode(text)
    if len(key) != 32:
        raise ImproperlyConfigured("The master key must be 32 bytes, in base64")
    return key


def new_master_key() -> str:
    """A fresh master key, in base64."""
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def forget_keys() -> None:
    """Drop the keys this request has unwrapped. The middleware calls this at the start and the end of each request."""
    _keys.set(None)


def _unwrapped() -> dict[UUID, bytes | None]:
    """The keys of this request by scope; None for a scope that has none, so that it is not asked for again."""
    cache = _keys.get()
    if cache is None:
        cache = {}
        _keys.set(cache)
    return cache


def fetch_keys(scopes: Iterable[UUID]) -> None:
    """Unwrap the keys of these scopes in one query, so that a page of texts costs one look in the keys' database."""
    cache = _unwrapped()
    wanted = [scope for scope in set(scopes) if scope not in cache]
    if not wanted:
        return
    with connections["keys"].cursor() as cursor:
        cursor.execute("select scope, wrapped from key_get(%s)", [wanted])
        rows = cursor.fetchall()
    wrapping = master_key() if rows else b""
    for scope, wrapped in rows:
        try:
            cache[scope] = aes_key_unwrap(wrapping, bytes(wrapped))
        except InvalidUnwrap as error:
            raise ImproperlyConfigured("This master key does not fit the stored keys") from error
    for scope in wanted:
        cache.setdefault(scope, None)


def _key_for_writing(scope: UUID) -> bytes:
    fetch_keys([scope])
    cache = _unwrapped()
    key = cache[scope]
    if key is None:
        wrapping = master_key()
        wrapped = aes_key_wrap(wrapping, secrets.token_bytes(32))
        with connections["keys"].cursor() as cursor:
            cursor.execute("select key_create(%s, %s)", [scope, wrapped])
            key = cache[scope] = aes_key_unwrap(wrapping, bytes(cursor.fetchone()[0]))
    return key


def key_of_installation(scope: UUID) -> bytes:
    """The 32 bytes of a scope that belongs to the installation as a whole, made at the first use.

    For keys that seal no texts, such as the one that signs (see ``klankbord.privacy.signing``).
    """
    return _key_for_writing(scope)


def _bound_to(label: str, row_id: UUID) -> bytes:
    return label.encode() + b"\x00" + row_id.bytes


def seal_text(scope: UUID, label: str, row_id: UUID, text: str) -> bytes:
    """Seal *text* for one field of one row. The scope's key is made when it is not there yet."""
    nonce = os.urandom(NONCE_BYTES)
    sealed = AESGCM(_key_for_writing(scope)).encrypt(nonce, text.encode(), _bound_to(label, row_id))
    return VERSION + nonce + sealed


def opener(scope: UUID, label: str) -> Callable[[UUID, bytes], str]:
    """What opens texts of one scope and one field, given the id of a row and what is sealed: for many rows at once.

    Raises :class:`Unreadable` when there is no key, and so does what it returns for what does not belong to its row.
    """
    fetch_keys([scope])
    key = _unwrapped().get(scope)
    if key is None:
        raise Unreadable("The key of this text was destroyed")
    cipher = AESGCM(key)

    def opened(row_id: UUID, sealed: bytes) -> str:
        sealed = bytes(sealed)
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, _bound_to(label, row_id)).decode()
        except InvalidTag as error:
            raise Unreadable("This ciphertext does not belong to this row") from error

    return opened


def open_text(scope: UUID, label: str, row_id: UUID, sealed: bytes) -> str:
    """Open what :func:`seal_text` sealed. Raises :class:`Unreadable`."""
    return opener(scope, label)(row_id, sealed)


def scope(organisation_id: UUID, kind: str, row_id: UUID) -> UUID:
    """The scope of one engagement, request, draft, … of one organisation.

    SECURITY: derived, and never an id as it stands: some ids come from a form, and somebody who chose the id of
    another's engagement for a request of their own would destroy that engagement's key with it.
    """
    return uuid5(organisation_id, f"{kind}:{row_id}")


def _scope_of(row: models.Model) -> UUID:
    of_row: UUID = row.vault_scope  # type: ignore[attr-defined]
    return of_row


def _label_of(row: models.Model, field: str) -> str:
    sealed_field = row._meta.get_field(field)
    if not isinstance(sealed_field, SealedField):
        raise TypeError(f"{row._meta.label}.{field} is not sealed")
    return sealed_field.label


def seal(row: models.Model, field: str, text: str) -> None:
    """Put *text*, sealed, into the :class:`SealedField` of this row. The row must have its id and ``vault_scope``."""
    setattr(row, field, seal_text(_scope_of(row), _label_of(row, field), row.pk, text))


def read(row: models.Model, field: str) -> str:
    """The text of a :class:`SealedField`, or the empty string when nothing was written. Raises :class:`Unreadable`."""
    sealed = getattr(row, field)
    if not sealed:
        return ""
    return open_text(_scope_of(row), _label_of(row, field), row.pk, sealed)


def prepare(rows: Iterable[models.Model]) -> None:
    """Fetch the keys of all these rows in one query, before reading them one by one."""
    fetch_keys(_scope_of(row) for row in rows)


def make_key(scope: UUID) -> None:
    """See to it that a scope has its key, before anything is sealed or reckoned with it."""
    _key_for_writing(scope)


def has_key(scope: UUID) -> bool:
    """Whether a scope has its key: it was made, and not destroyed."""
    fetch_keys([scope])
    return _unwrapped().get(scope) is not None


def keyed_digest(scope: UUID, message: bytes) -> bytes:
    """32 bytes that only whoever has the scope's key can reckon from *message*. Raises :class:`Unreadable`.

    For links and codes that are stored nowhere. Of a scope that seals no texts.
    """
    if not has_key(scope):
        raise Unreadable("The key of these links was destroyed")
    return hmac.new(_unwrapped()[scope] or b"", message, hashlib.sha256).digest()


def destroy(scope: UUID) -> bool:
    """Destroy the key of a scope, and with it every text in it. Returns whether there was a key."""
    _unwrapped().pop(scope, None)
    with connections["keys"].cursor() as cursor:
        cursor.execute("select key_destroy(%s)", [scope])
        return bool(cursor.fetchone()[0])


def can_wipe() -> bool:
    """Whether :func:`wipe` is for the application to do: not before PostgreSQL 17, in which only the owner may."""
    with connections["keys"].cursor() as cursor:
        cursor.execute("select current_setting('server_version_num')::int >= 170000")
        return bool(cursor.fetchone()[0])


WAIT_FOR_OLDER = 3.0
"""Seconds to wait for transactions that began before a key was destroyed."""
_OLDER = """
select pg_snapshot_xmin(pg_current_snapshot()) <= %s::xid8 or exists (
    select 1 from pg_stat_activity a
    where a.datname = current_database() and a.pid <> pg_backend_pid() and age(a.backend_xmin) >= age((%s::xid8)::xid)
)
"""


def wipe() -> bool:
    """Write the table of keys anew, without what is left of destroyed ones. Returns whether nothing is left of them.

    A deleted row stays on its page until something needs the room, and whoever has the master key could unwrap the key
    in it. Not inside a transaction on the keys' database, and only where :func:`can_wipe`. A row that a transaction
    which began earlier could still see is carried along, whichever database of the server it writes in; then, as when
    somebody holds the table, it is to be tried again.
    """
    connection = connections["keys"]
    if connection.in_atomic_block or not can_wipe():
        return False
    with connection.cursor() as cursor:
        cursor.execute("set lock_timeout = '5s'")
        try:
            alone = _nobody_is_older(cursor)
            cursor.execute("vacuum (full) scope_key")
        except OperationalError:
            return False
        finally:
            cursor.execute("reset lock_timeout")
    return alone


def _nobody_is_older(cursor: CursorWrapper) -> bool:
    """Wait a moment until everybody who began earlier has ended; whether they have."""
    cursor.execute("select pg_current_xact_id()::text")
    now, until = cursor.fetchone()[0], time.monotonic() + WAIT_FOR_OLDER
    while True:
        cursor.execute(_OLDER, [now, now])
        if not cursor.fetchone()[0]:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
