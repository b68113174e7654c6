"""Compile or check the translations, without system packages."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Two things to do."""
    parser.add_argument(
        "action",
        choices=["compile", "check"],
        help="compile: write .mo files beside the .po files; check: is every text there",
    )
    parser.add_argument("--app", default="", help="with check: only what concerns this app")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 if a text has no Dutch translation."""
    return _compile() if args.action == "compile" else _check(args.app)


def _compile() -> int:
    """Write a .mo file beside each .po file that is newer."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted(PACKAGE.glob("*/locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parts[-3])
        with target.open("wb") as file:
            write_mo(file, catalog)
    return 0


def _check(app: str) -> int:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings")
    django.setup()
    from toetssteen.config.translations import check

    faults, warnings = ([line for line in lines if not app or line.startswith(f"{app}/")] for lines in check())
    for warning in warnings:
        print(f"warning: {warning}")
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} faults, {len(warnings)} warnings")
    return 1 if faults else 0
