"""Signing as this installation: a paper that left the house can be told from one that somebody made up.

The signature is Ed25519. Its 32 secret bytes are made once and kept like every other key: wrapped by the master key,
in the keys' database, under a scope of their own. So they are in no back-up of the main database, move with the keys'
archive, and whoever has neither the master key nor both databases cannot sign. The public half is no secret: it is
shown wherever something signed can be checked, so that it can be checked without this installation too.
"""

import hashlib
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from klankbord.privacy import vault

# SECURITY: never the scope of anything that can be destroyed: those are derived from the id of an organisation.
SCOPE = uuid5(UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8"), "https://klankbord.example/signing-key/1")


def _signed(purpose: str, message: bytes) -> bytes:
    """What is really signed. With the purpose in it, a signature under one kind of paper is none under another."""
    return b"klankbord\x00" + purpose.encode() + b"\x00" + message


def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(vault.key_of_installation(SCOPE))


def sign(purpose: str, message: bytes) -> bytes:
    """The 64 bytes of the signature of this installation under *message*, for one *purpose*."""
    return _private_key().sign(_signed(purpose, message))


def is_signed(purpose: str, message: bytes, signature: bytes, public: bytes | None = None) -> bool:
    """Whether *signature* is one of this installation under just this message; with *public*, of that key's holder."""
    key = Ed25519PublicKey.from_public_bytes(public or public_key())
    try:
        key.verify(bytes(signature), _signed(purpose, bytes(message)))
    except InvalidSignature:
        return False
    return True


def public_key() -> bytes:
    """The 32 bytes with which anybody can check what this installation signed."""
    return _private_key().public_key().public_bytes_raw()


def fingerprint(public: bytes) -> str:
    """A key in a few letters that can be read aloud: the first 64 bits of its SHA-256."""
    digest = hashlib.sha256(public).hexdigest()[:16]
    return " ".join(digest[at : at + 4] for at in range(0, 16, 4))
