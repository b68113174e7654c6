"""Make the gazetteer, or search in it."""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict

from toetssteen.config.cli import CommandError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Build, search, or tell what stands at coordinates."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    build = actions.add_parser("build", help="make the gazetteer of this installation")
    build.add_argument("--again", action="store_true", help="make it again when it is there")
    search = actions.add_parser("search", help="the places whose name begins with a text")
    search.add_argument("text", metavar="TEXT")
    search.add_argument("--country", metavar="IN", help="only places of this country")
    search.add_argument("--limit", type=int, default=10, help="at most so many (10)")
    search.add_argument("--format", choices=["table", "json"], default="table")


def run(args: argparse.Namespace) -> int:
    """Exit code 1 when nothing is found."""
    from toetssteen.places.store import Missing

    try:
        return _build(again=args.again) if args.action == "build" else _search(args)
    except Missing as error:
        raise CommandError(str(error)) from error


def _build(*, again: bool) -> int:
    from toetssteen.places import store
    from toetssteen.places.build import build

    where = store.path()
    if store.is_there() and not again:
        print(f"The gazetteer is there: {where}")
        return 0
    started = time.monotonic()
    try:
        build(where)
    except OSError as error:
        raise CommandError(f"cannot write {where}: {error.strerror}. Set TOETSSTEEN_PLACES to another file.") from error
    print(f"Made the gazetteer in {time.monotonic() - started:.0f} s: {where} ({where.stat().st_size / 1e6:.0f} MB)")
    return 0


def _search(args: argparse.Namespace) -> int:
    from toetssteen.places import gazetteer

    country = gazetteer.country_code(args.country) if args.country else None
    if args.country and not country:
        raise CommandError(f"{args.country} is no country. Give its code of two letters, such as IN, or its name.")
    found = gazetteer.find(args.text, country=country, limit=max(1, min(args.limit, 100)))
    if args.format == "json":
        print(json.dumps([asdict(place) for place in found], ensure_ascii=False, indent=2))
        return 0 if found else 1
    if not found:
        print("No place found.")
        return 1
    for place in found:
        where = "-" if place.lat is None or place.lon is None else f"{place.lat:.4f} {place.lon:.4f}"
        label = f"{place.label}, found as {place.matched}" if place.matched else place.label
        print(f"{place.id:<18} {place.kind:<9} {place.country}  {where:<18} {label}")
    return 0
