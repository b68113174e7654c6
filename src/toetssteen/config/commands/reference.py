"""Write the pages in docs/reference again: access matrix, states, data dictionary."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Write or compare."""
    parser.add_argument("--check", action="store_true", help="write nothing; exit code 1 if a page is stale")


def run(args: argparse.Namespace) -> int:
    """Name every page that was, or would be, written."""
    from django.conf import settings

    from toetssteen.config import reference

    folder = Path(settings.PROJECT) / "docs" / "reference"
    if args.check:
        for path in (found := reference.stale(folder)):
            print(f"{path} is stale. Look at the difference after `make docs`.", file=sys.stderr)
        return 1 if found else 0
    for path in reference.write(folder):
        print(f"wrote {path}")
    return 0
