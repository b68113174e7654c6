"""Measure how fast the site is, and print it as JSON."""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.util import find_spec

from toetssteen.config.cli import CommandError

MODULE = "toetssteen.config.bench"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The measurements know their own options."""
    if find_spec(MODULE):
        import_module(MODULE).add_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Run the measurements."""
    if not find_spec(MODULE):
        raise CommandError("the measurements are not part of this version yet.")
    return int(import_module(MODULE).run(args))
