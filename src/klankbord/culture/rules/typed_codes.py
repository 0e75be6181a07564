"""The code of a letter as somebody typed it, with what looks alike put right."""

from __future__ import annotations

from itertools import product

from klankbord.culture.rules.codes import read_code

# What stands in no code, and what was probably meant. "0" and "O" may be either: the check character decides.
_LOOK_ALIKE = {"1": "L", "I": "L", "|": "L", "!": "L", "0": "QD", "O": "QD"}
_LONGEST = 60
_MOST_GUESSES = 16


def read_typed(typed: str) -> str | None:
    """The code that was meant; None when the check character does not fit, or more than one code would do."""
    letters = [letter for letter in typed[:_LONGEST].upper() if letter.isalnum() or letter in _LOOK_ALIKE]
    meant = [_LOOK_ALIKE.get(letter, letter) for letter in letters]
    guesses = 1
    for one in meant:
        guesses *= len(one)
    if guesses > _MOST_GUESSES:
        return None
    found = {code for guess in product(*meant) if (code := read_code("".join(guess)))}
    return found.pop() if len(found) == 1 else None
