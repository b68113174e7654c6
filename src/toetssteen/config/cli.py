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
    "figures": ("toetssteen.config.commands.figures", True, "the figures of a covenant year"),
    "recompute": ("toetssteen.config.commands.recompute", True, "recompute the final reports of a year from their snapshots"),
    "audit": ("toetssteen.config.commands.audit", True, "verify the audit trail"),
    "access-matrix": ("toetssteen.config.commands.access_matrix", True, "print who may do what"),
    "createoperator": ("toetssteen.config.commands.createoperator", True, "create the first operator"),
    "bench": ("toetssteen.config.commands.bench", True, "measure speed and print JSON"),
    "messages": ("toetssteen.config.commands.messages", False, "compile or check translations"),
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
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    raise SystemExit(main())
