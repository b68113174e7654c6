"""Print the figures of a covenant year as the operator sees them: all of them, nothing hidden."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from typing import TYPE_CHECKING, Any

from toetssteen.config.cli import CommandError

if TYPE_CHECKING:
    from toetssteen.insights.compute import Figure

COLUMNS = ("id", "value", "unit", "status", "as_of", "year", "definition", "denominator")


def _year(text: str) -> int | None:
    if text == "all":
        return None
    try:
        return int(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError("give the number of a covenant year, or: all") from error


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, in what form, for whose eyes."""
    parser.add_argument(
        "--year",
        type=_year,
        default=None,
        metavar="N",
        help="number of the covenant year, or all (default: all); figures that stand on a day of their own come along",
    )
    parser.add_argument(
        "--format", choices=["table", "json", "csv"], default="table", help="form of the answer (default: table)"
    )
    parser.add_argument("--public", action="store_true", help="the view of the public, small groups hidden")
    parser.add_argument("--language", choices=["nl", "en"], default="en", help="language of the words (default: en)")


def run(args: argparse.Namespace) -> int:
    """Exit code 0 with the figures; 1 when there is no such year or nothing to count."""
    from toetssteen.core.access import Audience
    from toetssteen.covenant.queries import years
    from toetssteen.foundation import clock
    from toetssteen.insights.queries import figures

    known = [year.number for year in years()]
    if not known:
        raise CommandError("there is no covenant year yet. Build the demonstration or open a year first.")
    if args.year is not None and args.year not in known:
        raise CommandError(f"there is no covenant year {args.year}. Known years: {', '.join(map(str, known))}.")
    audience = Audience.PUBLIC if args.public else Audience.OPERATOR
    rows = [_row(figure, args.language) for figure in figures(args.year, audience, today=clock.today())]
    if args.format == "json":
        print(json.dumps({row.pop("id"): row for row in rows}, ensure_ascii=False, indent=2))
    elif args.format == "csv":
        writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows({**row, "value": _said(row["value"])} for row in rows)
    else:
        _table(rows)
    return 0


def _row(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "id": figure.id,
        "value": figure.plain,
        "unit": figure.unit,
        "status": figure.status,
        "as_of": figure.as_of.isoformat(),
        "year": figure.definition.year,
        "definition": figure.definition.text.in_(language),
        "denominator": figure.definition.denominator.in_(language),
    }


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _table(rows: list[dict[str, Any]]) -> None:
    width = max((len(row["id"]) for row in rows), default=10)
    for row in rows:
        value = _said(row["value"]) or f"({row['status']})"
        print(f"{row['id']:<{width}}  {value:>12} {row['unit']:<12} {row['as_of']}  {row['definition']}")
    print(f"{len(rows)} figures", file=sys.stderr)
