"""The code as data: which files there are, what they import, on which floor they live."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "src" / "toetssteen"


@cache
def floors() -> dict[str, int]:
    """The floor of each room; 0 is the top. Neighbours share a floor."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["type"] == "layers")["layers"]
    return {room.strip(): number for number, layer in enumerate(layers) for room in layer.split("|")}


def apps() -> list[str]:
    """The rooms that are Django apps."""
    return [room for room in floors() if room not in ("config", "core")]


@cache
def python_files() -> tuple[Path, ...]:
    """All Python files of the project's own code, without migrations."""
    return tuple(sorted(p for p in PACKAGE.rglob("*.py") if "migrations" not in p.parts))


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def room_of(path: Path) -> str:
    """The app, core or config that a file belongs to."""
    return path.relative_to(PACKAGE).parts[0]


def files_of_room(name: str) -> Iterator[Path]:
    """The files of one kind in all apps: `views.py`, or all files of the package `views/`."""
    for path in python_files():
        parts = path.relative_to(PACKAGE).parts
        if parts[0] in apps() and len(parts) > 1 and (parts[1] == f"{name}.py" or parts[1] == name):
            yield path


def templates() -> list[Path]:
    """All templates of the apps."""
    return sorted(p for p in PACKAGE.glob("*/templates/**/*") if p.suffix in {".html", ".txt"})


def where(path: Path, line: int = 0) -> str:
    """A place that an editor can open."""
    return f"{path.relative_to(PROJECT)}" + (f":{line}" if line else "")


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a file imports."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield node.lineno, f"{node.module}.{alias.name}"


def report(found: list[str], rule: str) -> None:
    """Fail with the rule and every place that breaks it."""
    assert not found, "\n".join([rule, *sorted(found)])
