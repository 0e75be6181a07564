"""Where things may be done: writing in actions, fetching through doors, deciding without Django."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from tests.architecture.source_code import Module, expect_nothing, modules

_ROW_WRITES = {"save", "create", "bulk_create", "update", "delete", "get_or_create", "update_or_create", "bulk_update"}
WRITES = frozenset(_ROW_WRITES | {f"a{name}" for name in _ROW_WRITES})
_QUERYSET_WORDS = frozenset({"objects", "filter", "exclude", "all", "using", "visible_to", "annotate", "order_by"})

MAY_WRITE: Mapping[str, str] = {
    "coaches/picture.py": "a picture is saved in memory; what is kept of it is kept by an action",
    "people/jobs.py": "an attempt to mail is counted and committed before the mail server is spoken to",
    "privacy/audit.py": "the audit row itself, which every action writes",
    "privacy/drafts.py": "a draft is its writer's alone and saves itself while they type; nobody needs a trail of that",
    "people/kept_words.py": "ended sessions are cleared; they belong to nobody any more",
    "people/models.py": "the manager of accounts, which the sign-in library calls with rules of its own",
}
"""Modules outside actions that write, each with its reason. A reason that is no longer needed has to go."""

PART_OF_AN_ACTION: Mapping[str, str] = {
    "culture/actions/ballots.py cast_ballot": "a row in the trail, with a moment in it, would tell who answered",
}
"""Public functions in actions that are no action themselves, each with its reason."""


# --- Writing --------------------------------------------------------------------------------------------------------


def writes(module: Module) -> list[str]:
    """The places where a module looks as if it writes to the database: a line each."""
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            if node.func.attr.removeprefix("a") in {"update", "delete"} and not _is_a_query(node):
                continue
            found.append(f"{module.path}:{node.lineno} .{node.func.attr}()")
    return found


def _is_a_query(call: ast.Call) -> bool:
    """Whether `.update()` or `.delete()` is one of a queryset or a row, and not of a dictionary, a digest or a store.

    A queryset takes keywords only, and rows are deleted without naming them; mentioning a manager settles it.
    """
    assert isinstance(call.func, ast.Attribute)
    words = {node.attr for node in ast.walk(call.func.value) if isinstance(node, ast.Attribute)}
    if words & _QUERYSET_WORDS or any(word.endswith("_set") for word in words):
        return True
    return not call.args and (call.func.attr.endswith("delete") or bool(call.keywords))


def writes_elsewhere(found: Iterable[Module], allowed: Mapping[str, str] = MAY_WRITE) -> list[str]:
    """Writes outside actions, migrations and tests; and allowed modules that do not write at all."""
    wrong: list[str] = []
    writing = set()
    for module in found:
        if module.is_one_of("actions") or module.is_migration or module.is_test:
            continue
        lines = writes(module)
        if lines and module.path in allowed:
            writing.add(module.path)
        else:
            wrong += lines
    return wrong + [f"{path} is allowed to write and does not" for path in allowed if path not in writing]


def test_only_actions_write() -> None:
    expect_nothing(writes_elsewhere(modules()))


def test_the_check_sees_writes_and_leaves_dictionaries_alone() -> None:
    bad = Module(
        "people/views.py",
        "def view(person, seen, digest, store, form):\n"
        "    Person.objects.create(name='x')\n"
        "    Person.objects.filter(pk=1).update(name='x')\n"
        "    person.reports.all().delete()\n"
        "    person.delete()\n"
        "    person.save(update_fields=['name'])\n"
        "    people.update(name='x')\n"
        "    seen.update({'a': 1})\n"
        "    digest.update(b'x')\n"
        "    store.delete('key')\n",
    )
    lines = [int(line.split(":")[1].split()[0]) for line in writes_elsewhere([bad], {})]
    assert lines == [2, 3, 4, 5, 6, 7]
    assert (
        writes_elsewhere([Module("people/actions.py", bad.text), Module("people/actions/units.py", bad.text)], {}) == []
    )


def test_an_allowance_that_is_no_longer_needed_is_reported() -> None:
    assert writes_elsewhere([Module("web/pages.py", "x = 1")], {"web/pages.py": "drafts"}) == [
        "web/pages.py is allowed to write and does not"
    ]


# --- Actions --------------------------------------------------------------------------------------------------------


def loose_actions(found: Iterable[Module], allowed: Mapping[str, str] = PART_OF_AN_ACTION) -> list[str]:
    """Public functions in actions that are not decorated with @action, or that take arguments by position.

    Steps that several actions share lie in a module with an underscore (`actions/_steps.py`), which no other app sees.
    """
    wrong: list[str] = []
    undecorated = set()
    for module in found:
        shared = module.parts[-1].startswith("_") and module.parts[-1] != "__init__.py"
        if not module.is_one_of("actions") or module.is_test or shared:
            continue
        names = _names_of_action(module.tree)
        for node in module.tree.body:
            if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
                continue
            where = f"{module.path} {node.name}"
            if not any(_called_name(decorator) in names for decorator in node.decorator_list):
                undecorated.add(where)
                if where not in allowed:
                    wrong.append(f"{where} is not decorated with @action")
            if node.args.args or node.args.posonlyargs or node.args.vararg:
                wrong.append(f"{where} takes arguments by position")
    return wrong + [f"{where} needs no allowance" for where in allowed if where not in undecorated]


def _names_of_action(tree: ast.Module) -> set[str]:
    """What `klankbord.privacy.audit.action` is called in this module."""
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    audits = (node for node in imports if node.module == "klankbord.privacy.audit")
    return {alias.asname or alias.name for node in audits for alias in node.names if alias.name == "action"}


def _called_name(decorator: ast.expr) -> str:
    target = decorator.func if isinstance(decorator, ast.Call) else decorator
    return target.id if isinstance(target, ast.Name) else ""


def test_every_public_function_in_actions_is_an_action_with_keywords_only() -> None:
    expect_nothing(loose_actions(modules()))


def test_the_check_sees_a_function_that_only_looks_like_an_action() -> None:
    good = "from klankbord.privacy.audit import action\n@action('unit.add')\ndef add_unit(*, name): ...\n"
    assert loose_actions([Module("people/actions.py", good)], {}) == []
    assert loose_actions([Module("people/actions.py", good.replace("*, name", "name"))], {}) == [
        "people/actions.py add_unit takes arguments by position"
    ]
    assert loose_actions([Module("people/actions.py", good.replace("klankbord.privacy.audit", "somewhere"))], {}) == [
        "people/actions.py add_unit is not decorated with @action"
    ]
    assert loose_actions([Module("people/actions/_steps.py", "def tell(person): ...")], {}) == []
    assert len(loose_actions([Module("people/actions/__init__.py", "def tell(person): ...")], {})) == 2
    assert loose_actions([], {"people/actions.py add_unit": "because"}) == [
        "people/actions.py add_unit needs no allowance"
    ]


# --- Doors and rules ------------------------------------------------------------------------------------------------


def managers_used(module: Module) -> list[str]:
    """Where a module reaches past the doors, straight to the manager of a model."""
    names = {"objects", "_default_manager", "_base_manager"}
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.Attribute) and node.attr in names)
    return [f"{module.path}:{node.lineno} .{node.attr}" for node in nodes]


def imports_of_django(module: Module) -> list[str]:
    """Where a module imports Django or something built on it."""
    frameworks = {"django", "psycopg", "procrastinate", "allauth", "django_htmx"}
    found = []
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        found += [f"{module.path}:{node.lineno} {name}" for name in names if name.split(".")[0] in frameworks]
    return found


def _is_a_rule(module: Module) -> bool:
    return (module.is_one_of("rules") or module.parts[-1].endswith("_rules.py")) and not module.is_test


def test_views_and_forms_fetch_through_doors() -> None:
    seen = [module for module in modules() if module.is_one_of("views", "forms") and not module.is_test]
    expect_nothing(line for module in seen for line in managers_used(module))


def test_rules_know_nothing_of_django() -> None:
    rules = [module for module in modules() if _is_a_rule(module)]
    assert rules, "no rules found: the check looks in the wrong place"
    expect_nothing(line for module in rules for line in imports_of_django(module))


def test_the_checks_see_a_bare_manager_and_an_import_inside_a_function() -> None:
    assert managers_used(Module("people/views.py", "p = Person.objects.get(pk=1)")) == ["people/views.py:1 .objects"]
    late = Module("people/rules.py", "def f():\n    from django.utils import timezone\n")
    assert _is_a_rule(late)
    assert imports_of_django(late) == ["people/rules.py:2 django.utils"]
    assert imports_of_django(Module("people/rules.py", "import django_less, datetime")) == []
