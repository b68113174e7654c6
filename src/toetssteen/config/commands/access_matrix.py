"""Print who may do what: every permission for every member of the cast, as a table in Markdown."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Print, write or compare."""
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--write", action="store_true", help="write docs/reference/access-matrix.md")
    choice.add_argument("--check", action="store_true", help="exit code 1 if that file is not what would be written")


def run(args: argparse.Namespace) -> int:
    """The table, or what to do about a stale one."""
    from django.conf import settings

    from toetssteen.config.access_matrix import as_markdown

    target = Path(settings.PROJECT) / "docs" / "reference" / "access-matrix.md"
    text = as_markdown()
    if args.write:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        print(f"wrote {target}")
    elif args.check:
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            print(
                f"{target} is stale. Look at the difference, then run `toetssteen access-matrix --write`.",
                file=sys.stderr,
            )
            return 1
        print(f"{target} is up to date")
    else:
        print(text)
    return 0
