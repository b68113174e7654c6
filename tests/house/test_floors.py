"""Everything points down: imports, foreign keys, links in templates."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from django.apps import apps as django_apps
from django.urls import URLPattern, URLResolver, get_resolver

from .source import PACKAGE, PROJECT, apps, floors, report, templates, where

URL_TAG = re.compile(r"\{%\s*url\s+['\"]([\w-]+)['\"]")


def test_imports_only_go_down() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=PROJECT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_foreign_keys_point_down_and_leave_no_name_above() -> None:
    """A string foreign key pointing up passes every import contract, so it is looked for here."""
    found = []
    for app in apps():
        for model in django_apps.get_app_config(app).get_models(include_auto_created=True):
            for column in model._meta.get_fields():
                if not getattr(column, "concrete", False) or not column.is_relation:
                    continue
                target = column.related_model._meta.app_label
                place = f"{model._meta.label}.{column.name} -> {column.related_model._meta.label}"
                if target in floors():
                    if target != app and floors()[target] <= floors()[app]:
                        found.append(f"{place}: points up or across")
                    if target != app and not column.remote_field.hidden:
                        found.append(f'{place}: needs related_name="+"')
    report(found, 'Foreign keys point down, with related_name="+" when they leave their app.')


def owners() -> dict[str, str]:
    """The app that owns each URL name."""
    found: dict[str, str] = {}

    def walk(patterns: list[URLPattern | URLResolver]) -> None:
        for pattern in patterns:
            if isinstance(pattern, URLResolver):
                walk(pattern.url_patterns)
            elif pattern.name:
                module = getattr(pattern.callback, "__wrapped__", pattern.callback).__module__
                found[pattern.name] = module.split(".")[1] if module.startswith("toetssteen.") else module.split(".")[0]

    walk(get_resolver().url_patterns)
    return found


def test_links_in_templates_point_down_or_across() -> None:
    known, found = owners(), []
    for path in templates():
        app = path.relative_to(PACKAGE).parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for name in URL_TAG.findall(line):
                owner = known.get(name)
                if owner is None:
                    found.append(f"{where(path, number)}: there is no address named '{name}'")
                elif owner in floors() and floors()[owner] < floors()[app] and owner != "config":
                    found.append(f"{where(path, number)}: '{name}' belongs to {owner}, which is above {app}")
    report(
        found, "Links in templates point down or across; pages above put their links in through `maybe_url` or hooks."
    )
