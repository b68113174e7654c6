"""Recompute every final report of a year from its snapshot, and show where that differs from what was decided."""

from __future__ import annotations

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from toetssteen.config.cli import CommandError

if TYPE_CHECKING:
    from toetssteen.assessment.queries.outcomes import Recomputed

COLUMNS = {
    "company": 10, "name": 36, "kind": 11, "stored": 8, "recomputed": 10,
    "stored_proposal": 16, "recomputed_proposal": 20, "difference": 0,
}  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, and in what form."""
    parser.add_argument("--year", type=int, required=True, metavar="N", help="number of the covenant year")
    parser.add_argument(
        "--format", choices=["table", "json"], default="table", help="form of the answer (default: table)"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 if every report gives the same score again, 1 if one does not."""
    from toetssteen.assessment.queries import recompute
    from toetssteen.covenant.models import CovenantYear

    if not CovenantYear.objects.filter(number=args.year).exists():
        known = ", ".join(str(n) for n in CovenantYear.objects.order_by("number").values_list("number", flat=True))
        raise CommandError(f"there is no covenant year {args.year}. Known years: {known or 'none'}.")
    rows = [_row(found) for found in recompute(args.year)]
    different = [row for row in rows if row["difference"]]
    if args.format == "json":
        print(json.dumps(rows, ensure_ascii=False, indent=2))
    else:
        for row in [dict(zip(COLUMNS, COLUMNS, strict=True)), *rows]:
            print("  ".join(f"{row[column]!s:<{width}}" for column, width in COLUMNS.items()).rstrip())
    print(f"{len(rows)} final reports, {len(different)} differences", file=sys.stderr)
    return 1 if different else 0


def _row(found: Recomputed) -> dict[str, Any]:
    """One company; `difference` is empty, or says in words what is not the same."""
    reasons = []
    if found.total != found.recomputed_total:
        reasons.append(f"score {found.recomputed_total - found.total:+}")
    if found.proposal != found.recomputed_proposal:
        reasons.append(f"proposal {found.proposal} became {found.recomputed_proposal or 'none'}")
    if not found.intact:
        reasons.append("the snapshot or its pack was changed")
    return {
        "company": found.reference,
        "name": found.name,
        "decision": found.number,
        "kind": found.kind,
        "stored": str(found.total),
        "recomputed": str(found.recomputed_total),
        "stored_proposal": found.proposal,
        "recomputed_proposal": found.recomputed_proposal,
        "difference": "; ".join(reasons),
    }
