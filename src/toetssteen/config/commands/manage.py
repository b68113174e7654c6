"""A door to Django's own management commands, for those who know them."""

from __future__ import annotations

import argparse

PREPARES_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after the command goes to Django."""
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="for instance: migrate")


def run(args: argparse.Namespace) -> int:
    """Run the management command."""
    from django.core.management import execute_from_command_line

    execute_from_command_line(["toetssteen manage", *args.rest])
    return 0
