"""The code on a letter on paper: short, and without letters that look like another.

Two digits that look like letters (0, 1) and the letters that look like them (O, I) do not occur. A last character
checks the others, so that a slip of the pen is told at once and is no vote that went missing.
"""

from __future__ import annotations

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 characters, 5 bits each."""
LENGTH = 13
"""65 bits: nobody guesses one, not even of a whole organisation's."""
_GROUPS = ((0, 5), (5, 10), (10, 14))


def code_from(digest: bytes) -> str:
    """The code of a digest of at least nine bytes, with its check, as it is kept: without spaces."""
    number = int.from_bytes(digest[:9], "big") >> (9 * 8 - LENGTH * 5)
    letters = [ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(LENGTH))]
    return "".join(letters) + ALPHABET[_check(letters)]


def spoken_code(code: str) -> str:
    """The code as it stands on paper, in groups."""
    return " ".join(code[first:last] for first, last in _GROUPS)


def read_code(typed: str) -> str | None:
    """The code somebody typed, with spaces and small letters as they come; None when it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    if len(code) != LENGTH + 1 or any(letter not in ALPHABET for letter in code):
        return None
    return code if ALPHABET[_check(list(code[:-1]))] == code[-1] else None


def _check(letters: list[str]) -> int:
    """Luhn's check in base 32: it sees every single wrong letter, and nearly every two that changed places."""
    total, factor = 0, 2
    for letter in reversed(letters):
        double = ALPHABET.index(letter) * factor
        total += double // 32 + double % 32
        factor = 3 - factor
    return -total % 32
