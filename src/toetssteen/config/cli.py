"""The operator's door: `toetssteen <command>`; each command lives in the app it belongs to."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module

# command: (module with `add_arguments(parser)` and `run(args) -> int`, needs Django, one line of help)
COMMANDS: dict[str, tuple[str, bool, str]] = {
    "serve": ("toetssteen.config.commands.serve", True, "start the site"),
    "worker": ("toetssteen.config.commands.worker", True, "work through background tasks"),
    "demo": ("toetssteen.config.commands.demo", True, "build the demonstration world and start the site"),
    "pack": ("toetssteen.config.commands.pack", False, "check, store or compare content packs"),
    "score": ("toetssteen.config.commands.score", False, "score a file of examples"),
    "sites": ("toetssteen.config.commands.sites", False, "measure and train the recognition of sites"),
    "figures": ("toetssteen.config.commands.figures", True, "the figures of a covenant year"),
    "recompute": (
        "toetssteen.config.commands.recompute",
        True,
        "recompute the final reports of a year from their snapshots",
    ),
    "audit": ("toetssteen.config.commands.audit", True, "verify the audit trail"),
    "access-matrix": ("toetssteen.config.commands.access_matrix", True, "print who may do what"),
    "reference": ("toetssteen.config.commands.reference", True, "write the reference pages in docs again"),
    "createoperator": ("toetssteen.config.commands.createoperator", True, "create the first operator"),
    "places": ("toetssteen.config.commands.places", False, "make the gazetteer of places, or search in it"),
    "bench": ("toetssteen.config.commands.bench", True, "measure speed and print JSON"),
    "sheets": ("toetssteen.config.commands.sheets", False, "read a spreadsheet of a company"),
    "messages": ("toetssteen.config.commands.messages", False, "compile or check translations"),
    "shapes": ("toetssteen.config.commands.shapes", False, "make the shapes of the maps again from their packages"),
    "manage": ("toetssteen.config.commands.manage", True, "run a Django management command"),
}


class CommandError(Exception):
    """Something the operator can mend; the message says how."""


def main(argv: list[str] | None = None) -> int:
    """Run one command; exit code 0 is good, 1 a finding or failure, 2 a wrong call."""
    arguments = sys.argv[1:] if argv is None else argv
    parser = argparse.ArgumentParser(prog="toetssteen", description="Runs a due-diligence covenant from end to end.")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    chosen = next((a for a in arguments if not a.startswith("-")), None)
    for name, (module, _needs_django, help_line) in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=help_line, description=help_line[0].upper() + help_line[1:] + ".")
        if name == chosen:
            import_module(module).add_arguments(subparser)
    args = parser.parse_args(arguments)
    module, needs_django, _help = COMMANDS[args.command]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "toetssteen.config.settings")
    os.environ.setdefault("TOETSSTEEN_NO_POOL", "on")  # one command needs one connection
    try:
        command = import_module(module)
        if needs_django and not getattr(command, "PREPARES_DJANGO", False):
            import django

            django.setup()
        return int(command.run(args) or 0)
    except CommandError as error:
        print(f"toetssteen {args.command}: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 0
    except Exception as error:
        explanation = _explanation(error)
        if not explanation:
            raise
        print(f"toetssteen {args.command}: {explanation}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def _explanation(error: Exception) -> str:
    """What the operator can do about an error of Django or of the database; empty if it is a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError, ProgrammingError

    text = str(error).strip()
    if isinstance(error, ImproperlyConfigured):
        return text
    if not isinstance(error, OperationalError | ProgrammingError):
        return ""
    if any(words in text for words in ("no such table", "unable to open database file")) or (
        isinstance(error, ProgrammingError) and "does not exist" in text
    ):
        return "there is no database yet. Run `toetssteen demo`, `toetssteen serve` or `toetssteen manage migrate`."
    if "no such column" in text:
        return "the database is of another version. Run `toetssteen manage migrate`."
    if "locked" in text:
        return "the database is busy. Try again; if it stays busy, stop the site first."
    if isinstance(error, OperationalError):
        return f"the database cannot be reached: {text.splitlines()[0] if text else 'no answer'}. Check DATABASE_URL."
    return ""


if __name__ == "__main__":
    raise SystemExit(main())
