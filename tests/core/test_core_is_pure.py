"""The core knows no framework, no clock and no database, and nothing of one sector, one term or one framework."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from toetssteen.core.frameworks import Pack

CORE = Path(__file__).parents[2] / "src" / "toetssteen" / "core"
ENGINES = ("frameworks", "scoring", "coverage", "calendar", "disclosure")
FILES = [path for engine in ENGINES for path in sorted((CORE / engine).rglob("*.py"))]


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_engines_import_only_the_frameworks(path: Path) -> None:
    engine = path.relative_to(CORE).parts[0]
    for name in imports(path):
        assert not name.startswith(("django", "random", "time", "socket", "sqlite3")), name
        if name.startswith("toetssteen"):
            assert name.startswith(("toetssteen.core.frameworks", f"toetssteen.core.{engine}")), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(CORE)))
def test_no_clock_and_no_files_but_the_pack(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\b(today|now|utcnow)\(", text)
    if path.name != "files.py":
        assert "read_text" not in text
        assert not re.search(r"\bopen\(", text)


def test_no_name_of_the_pack_is_in_code(stone: Pack, cocoa: Pack) -> None:
    """Levels, layers, colours, materials, themes and profiles are data: their ids stand nowhere in the engines."""
    names: set[str] = {"2019", "natuursteen", "natural stone", "quarry", "TruStone"}
    for pack in (stone, cocoa):
        names |= {level.id for level in pack.framework.levels} - {"none", "half", "whole"}
        names |= {level.id for level in pack.coverage_levels}
        names |= {colour.colour for colour in pack.decision.colours}
        names |= {material.id for material in pack.materials}
        names |= {theme.id for theme in pack.themes}
        names |= {group.id for profile in pack.framework.profiles for group in profile.groups} - {"look", "act"}
        names |= {exemption.id for exemption in pack.exemptions} - {"late_joiner"}  # also a field of the format
        names |= {f"'{profile.id}'" for profile in pack.framework.profiles}
        names |= {f'"{profile.id}"' for profile in pack.framework.profiles}
    for path in FILES:
        code = ast.unparse(without_docstrings(ast.parse(path.read_text(encoding="utf-8"))))
        for name in names:
            pattern = re.escape(name) if not name[0].isalnum() else rf"\b{re.escape(name)}\b"
            assert not re.search(pattern, code), f"{path.name} names '{name}'"


def without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
    return tree
