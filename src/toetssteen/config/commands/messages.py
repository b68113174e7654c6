"""Compile the translations with Babel, so that no system package is needed."""

from __future__ import annotations

import argparse
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only `compile` for now."""
    parser.add_argument("action", choices=["compile"], help="compile: write .mo files beside the .po files")


def run(args: argparse.Namespace) -> int:
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
