"""Check, store and compare content packs: what the parties agreed on, as files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from toetssteen.config.cli import CommandError
from toetssteen.core.frameworks import PackError, check_pack, compare_packs, load_pack, pack_digest, read_pack

PREPARES_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Three things to do with packs."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="check a pack folder; exit code 1 and every fault if it cannot be used")
    check.add_argument("path", type=Path, help="folder with the YAML files of one pack")
    store = actions.add_parser("store", help="check a pack folder and store it as a version that never changes")
    store.add_argument("path", type=Path, help="folder with the YAML files of one pack")
    store.add_argument("--note", default="", help="what changed and why")
    compare = actions.add_parser(
        "compare", help="show what differs between two pack folders; exit code 1 if anything does"
    )
    compare.add_argument("old", type=Path)
    compare.add_argument("new", type=Path)
    compare.add_argument("--format", choices=["text", "json"], default="text")


def run(args: argparse.Namespace) -> int:
    """Do it."""
    if args.action == "compare":
        return _compare(_read(args.old), _read(args.new), args.format)
    raw = _read(args.path)
    findings = check_pack(raw)
    if findings:
        for finding in findings:
            print(finding, file=sys.stderr)
        print(f"{args.path}: {len(findings)} faults", file=sys.stderr)
        return 1
    pack = load_pack(raw)
    if args.action == "store":
        return _store(raw, args.note)
    print(f"{args.path}: pack {pack.id} version {pack.version} is in order ({pack_digest(raw)[:12]})")
    return 0


def _read(path: Path) -> dict[str, Any]:
    if not path.is_dir():
        raise CommandError(f"there is no folder {path}. Give the folder that holds the YAML files of a pack.")
    try:
        return read_pack(path)
    except PackError as error:
        raise CommandError("\n".join(str(finding) for finding in error.findings)) from error


def _compare(old: dict[str, Any], new: dict[str, Any], form: str) -> int:
    differences = compare_packs(old, new)
    if form == "json":
        print(json.dumps([vars(difference) for difference in differences], ensure_ascii=False, indent=2))
    else:
        for difference in differences:
            print(difference)
        print(f"{len(differences)} differences")
    return 1 if differences else 0


def _store(raw: dict[str, Any], note: str) -> int:
    import django

    django.setup()
    from toetssteen.config.operator import operator_actor
    from toetssteen.covenant import services
    from toetssteen.foundation import clock

    stored = services.store_pack(actor=operator_actor(), raw=raw, note=note, now=clock.now())
    print(f"stored as version {stored.pk} of {stored.pack_id} ({stored.digest[:12]})")
    return 0
