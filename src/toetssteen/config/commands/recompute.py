"""Recompute every final report of a year from its snapshot, and show where that differs from what was decided."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, is_dataclass
from typing import Any

from toetssteen.config.cli import CommandError

COLUMNS = ("company", "stored", "recomputed", "difference")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, and in what form."""
    parser.add_argument("--year", type=int, required=True, metavar="N", help="number of the covenant year")
    parser.add_argument(
        "--format", choices=["table", "json"], default="table", help="form of the answer (default: table)"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 if every report gives the same score again, 1 if one does not."""
    try:
        from toetssteen.assessment.queries import recompute
    except ImportError as error:
        raise CommandError("this installation cannot recompute yet.") from error
    from toetssteen.covenant.models import CovenantYear

    if not CovenantYear.objects.filter(number=args.year).exists():
        known = ", ".join(str(n) for n in CovenantYear.objects.order_by("number").values_list("number", flat=True))
        raise CommandError(f"there is no covenant year {args.year}. Known years: {known or 'none'}.")
    rows = [_as_dict(row) for row in recompute(args.year)]
    different = [row for row in rows if row["difference"]]
    if args.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2, default=str))
    else:
        for row in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
            print(f"{row['company']!s:<40} {row['stored']!s:>12} {row['recomputed']!s:>12}  {row['difference'] or ''}")
    print(f"{len(rows)} final reports, {len(different)} differences", file=sys.stderr)
    return 1 if different else 0


def _as_dict(row: Any) -> dict[str, Any]:
    values: dict[str, Any] = asdict(row) if is_dataclass(row) and not isinstance(row, type) else dict(row)
    return values
