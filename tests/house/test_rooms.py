"""Each room holds what belongs in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from django.apps import apps as django_apps

from toetssteen.foundation.secrecy import Secrecy

from .source import PACKAGE, apps, files_of_room, imported, python_files, report, room_of, tree, where

CLOCKS = re.compile(
    r"\b(timezone\.now\(|timezone\.local(date|time)\(\)|(date|dt\.date)\.today\(|(datetime|dt\.datetime)\.(now|utcnow|today)\(|"
    r"clock\.(now|today)\()"
)
# Where the clock may be read: where a request, a task or an operator begins.
CLOCK_ROOMS = re.compile(
    r"^(foundation/(clock|context|tasks)\.py|accounts/second_factor\.py|config/|\w+/(views|middleware|context|tasks|adapters?|nav)(\.py|/)|\w+/demo(\.py|/))"
)
LONGEST_FILE, LONGEST_FUNCTION = 400, 80
WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "record",
}


def test_every_app_says_in_one_sentence_what_it_is_for() -> None:
    found = []
    for app in [*apps(), "config", "core"]:
        module = tree(PACKAGE / app / "__init__.py")
        sentence = ast.get_docstring(module) or ""
        if not sentence or len(sentence.splitlines()) > 1 or not sentence.endswith("."):
            found.append(f"{app}/__init__.py: one line, ending in a full stop")
        if len(module.body) > 1 and app != "core":
            found.append(f"{app}/__init__.py: holds code")
    report(found, "An app's __init__.py holds one sentence and no code.")


def test_views_have_no_models_and_no_q() -> None:
    found = []
    for path in files_of_room("views"):
        for line, name in imported(path):
            if (
                name == "django.db"
                or name.startswith("django.db.models")
                or re.search(r"^toetssteen\.\w+\.models\b", name)
            ):
                found.append(f"{where(path, line)}: imports {name}")
    report(found, "Views reach rows through queries and services only.")


def test_every_view_function_declares_its_audience() -> None:
    found = []
    for path in files_of_room("views"):
        for node in tree(path).body:
            if not isinstance(node, ast.FunctionDef) or node.name.startswith("_"):
                continue
            arguments = [a.arg for a in node.args.args]
            if arguments[:2] == ["request", "actor"] and not any(
                isinstance(d, ast.Call) and getattr(d.func, "id", "") == "page" for d in node.decorator_list
            ):
                found.append(f"{where(path, node.lineno)}: {node.name} has no @page(Audience...)")
    report(found, "Every view says for whom it is.")


def _public_functions(path: Path) -> list[ast.FunctionDef]:
    return [n for n in tree(path).body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]


def _services() -> list[tuple[Path, ast.FunctionDef]]:
    """The functions of `services.py`, or those that a package `services/` hands out, as far as they write something."""
    found = []
    for path in files_of_room("services"):
        offered = None
        if path.name != "services.py":
            offered = {name.rpartition(".")[2] for _, name in imported(path.with_name("__init__.py"))}
        found += [(path, f) for f in _public_functions(path) if (offered is None or f.name in offered) and _writes(f)]
    return found


def _writes(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and (node.func.attr != "update" or node.keywords)  # a hash or a dict has an update too
        for node in ast.walk(function)
    )


def test_services_are_keyword_only_with_the_actor_first() -> None:
    found = []
    for path, function in _services():
        place = f"{where(path, function.lineno)}: {function.name}"
        if function.args.args or function.args.posonlyargs or function.args.vararg:
            found.append(f"{place}: takes arguments by position")
        names = [a.arg for a in function.args.kwonlyargs]
        if names[:1] != ["actor"]:
            found.append(f"{place}: the actor is not the first argument")
        untyped = [a.arg for a in function.args.kwonlyargs if a.annotation is None]
        if untyped or function.returns is None:
            found.append(f"{place}: no types for {', '.join(untyped) or 'the result'}")
    assert _services(), "the rule itself finds no services"
    report(found, "Services take keywords only, the actor first, all with types.")


def test_queries_permissions_and_policies_are_annotated() -> None:
    found = []
    for room in ("queries", "permissions", "policies"):
        for path in files_of_room(room):
            for function in _public_functions(path):
                arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
                if function.returns is None or any(a.annotation is None for a in arguments):
                    found.append(f"{where(path, function.lineno)}: {function.name}")
    report(found, "Queries, permissions and policies have types.")


def test_the_clock_is_read_at_the_doors_only() -> None:
    found = []
    for path in python_files():
        if CLOCK_ROOMS.match(path.relative_to(PACKAGE).as_posix()):
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if CLOCKS.search(line.split("#")[0]):
                found.append(f"{where(path, number)}: {line.strip()}")
    report(found, "The clock is read in views, tasks, commands and middleware, and passed on.")


def test_every_model_says_how_secret_it_is() -> None:
    found = [
        model._meta.label
        for app in apps()
        for model in django_apps.get_app_config(app).get_models()
        if not isinstance(model.__dict__.get("secrecy"), Secrecy)
    ]
    report(found, "Every model declares `secrecy`.")


def test_nothing_is_printed_by_apps() -> None:
    found = [
        where(path, node.lineno)
        for path in python_files()
        if room_of(path) != "config"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    report(found, "Apps do not print; commands do.")


def test_files_and_functions_stay_readable() -> None:
    found = []
    for path in python_files():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > LONGEST_FILE:
            found.append(f"{where(path)}: {lines} lines; make it a package of the same name")
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION:
                found.append(
                    f"{where(path, node.lineno)}: {node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
                )
    report(found, f"Files stop at {LONGEST_FILE} lines, functions at {LONGEST_FUNCTION}.")


def test_core_docstrings_and_services_have_a_first_sentence() -> None:
    found = []
    found += [
        f"{where(path, f.lineno)}: {f.name}" for path, f in _services() if not (ast.get_docstring(f) or "").strip()
    ]
    for room in ("permissions", "policies"):
        for path in files_of_room(room):
            found += [
                f"{where(path, f.lineno)}: {f.name}"
                for f in _public_functions(path)
                if not (ast.get_docstring(f) or "").strip()
            ]
    for app in apps():
        for model in django_apps.get_app_config(app).get_models():
            if (model.__doc__ or "").startswith(f"{model.__name__}("):
                found.append(f"{model._meta.label}")
    report(
        found, "Services, permissions, policies and models begin with a sentence that a covenant person could confirm."
    )
