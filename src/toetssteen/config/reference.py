"""The reference pages that are written from the code: state diagrams and the data dictionary."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.apps import apps
from django.utils import translation

from toetssteen.config.access_matrix import as_markdown
from toetssteen.config.urls import APPS

MADE_BY = "Made by `make docs`; a stale file fails the checks."


def state_diagrams() -> str:
    """Every `TRANSITIONS` of the apps, drawn."""
    lines = ["# States and what leads from one to another", "", MADE_BY]
    for app in sorted(APPS):
        name = f"toetssteen.{app}.policies"
        if not find_spec(name):
            continue
        policies = import_module(name)
        tables = {key: value for key, value in vars(policies).items() if key.endswith("TRANSITIONS")}
        for key, table in tables.items():
            title = app if key == "TRANSITIONS" else f"{app}: {key.removesuffix('_TRANSITIONS').lower()}"
            lines += ["", f"## {title}", "", "```mermaid", "stateDiagram-v2"]
            lines.append(f"    [*] --> {_word(next(iter(table)))}")
            lines += [
                f"    {_word(a)} --> {_word(b)}: {deed}" for a, deeds in table.items() for deed, b in deeds.items()
            ]
            lines.append("```")
    return "\n".join(lines) + "\n"


def _word(state: Any) -> str:
    return str(getattr(state, "value", state))


def data_dictionary() -> str:
    """Every table with its sentence, how secret it is, and its columns."""
    lines = [
        "# What is kept, and how secret it is",
        "",
        MADE_BY
        + " Classes: **public**; **parties** of the covenant; **company**: the company itself and the secretariat; "
        "**secretariat**; **sealed**: those named in it; **countable**: in counts only; **system**: on no screen. "
        "A column without a class has that of its table.",
    ]
    with translation.override("en"):
        for app in sorted(APPS):
            models = sorted(apps.get_app_config(app).get_models(), key=lambda model: model.__name__)
            if models:
                lines += ["", f"## {app}"]
            for model in models:
                lines += _model(model)
    return "\n".join(lines) + "\n"


def _model(model: Any) -> list[str]:
    sentence = (model.__doc__ or "").strip().splitlines()[0]
    lines = [
        "",
        f"### {model.__name__} ({model.secrecy.value})",
        "",
        sentence,
        "",
        "| Column | Kind | Class |",
        "|---|---|---|",
    ]
    own = getattr(model, "column_secrecy", {})
    for column in model._meta.get_fields():
        if not getattr(column, "concrete", False) or column.auto_created:
            continue
        kind = f"→ {column.related_model._meta.label}" if column.is_relation else column.get_internal_type()
        lines.append(f"| {column.name} | {kind} | {own[column.name].value if column.name in own else ''} |")
    return lines


PAGES: dict[str, Callable[[], str]] = {
    "access-matrix.md": as_markdown,
    "states.md": state_diagrams,
    "data-dictionary.md": data_dictionary,
}


def stale(folder: Path) -> list[Path]:
    """The pages that are not what would be written now."""
    return [
        folder / name
        for name, write in PAGES.items()
        if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != write()
    ]


def write(folder: Path) -> list[Path]:
    """Write the pages again; returns those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = stale(folder)
    for path in changed:
        path.write_text(PAGES[path.name](), encoding="utf-8")
    return changed
