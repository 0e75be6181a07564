""" "Wie ziet dit?" in words, as the client, the coach and the coordinator read it."""

import pytest
from django.utils import translation

from klankbord.privacy.access import Role
from klankbord.privacy.audience import audience

NAMES = {Role.CLIENT: "Johan", Role.COACH: "Marieke", Role.MANAGER: "Anton"}


def words(*keys: str, viewer: Role) -> list[str]:
    """The lines, in Dutch."""
    with translation.override("nl"):
        return [line.text for line in audience(*keys, viewer=viewer, names=NAMES).lines]


@pytest.mark.parametrize(
    ("key", "viewer", "expected"),
    [
        ("notes", Role.CLIENT, ["Jij en Marieke.", "Niemand anders. Ook Anton en de coördinator niet."]),
        (
            "reflection",
            Role.CLIENT,
            ["Jij.", "Marieke, zodra jij het stuurt.", "Niemand anders. Ook Anton en de coördinator niet."],
        ),
        (
            "reflection",
            Role.COACH,
            ["Johan.", "Jij, zodra Johan het stuurt.", "Niemand anders. Ook Anton en de coördinator niet."],
        ),
        ("coach_page", Role.COACH, ["Alleen jij.", "Niemand anders. Ook Johan, Anton en de coördinator niet."]),
        (
            "share",
            Role.MANAGER,
            ["Johan.", "Jij, alleen wat Johan deelt.", "Niemand anders. Ook Marieke en de coördinator niet."],
        ),
        ("draft", Role.SELF, ["Alleen jij.", "Niemand anders. Ook Johan, Marieke, Anton en de coördinator niet."]),
        ("person", Role.SELF, ["Iedereen in de organisatie."]),
    ],
)
def test_one_thing_is_told_in_sentences(key, viewer, expected):
    assert words(key, viewer=viewer) == expected


def test_things_with_the_same_readers_are_named_together():
    assert words("session", "notes", "reflection", viewer=Role.CLIENT) == [
        "Tijd en plaats, aantekeningen van jullie samen: jij en Marieke.",
        "Terugblik: jij.",
        "Terugblik: Marieke, zodra jij het stuurt.",
        "Niemand anders. Ook Anton en de coördinator niet.",
    ]


def test_whoever_sees_one_of_the_things_is_not_said_to_see_none():
    lines = words("session", "engagement", viewer=Role.CLIENT)
    assert lines[-1] == "Niemand anders. Ook Anton niet."
    assert any("de coördinator" in line for line in lines[:-1])


def test_the_one_line_for_a_phone_says_it_all():
    with translation.override("nl"):
        assert audience("reflection", viewer=Role.CLIENT, names=NAMES).short == "Jij. Marieke, zodra jij het stuurt."
        assert audience("crib", viewer=Role.CLIENT, names=NAMES).short == "Alleen jij."
