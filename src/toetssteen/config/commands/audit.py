"""Verify that nobody changed, removed or inserted an event of the audit trail."""

from __future__ import annotations

import argparse
import sys


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with the trail."""
    parser.add_argument("action", choices=["verify"], help="verify: recompute the chain of hashes")
    parser.add_argument(
        "--expect", metavar="NUMBER:DIGEST", help="an event noted earlier that must still be there unchanged"
    )


def run(args: argparse.Namespace) -> int:
    """Exit code 0 if the whole chain fits, 1 with every place where it does not."""
    from toetssteen.foundation import audit
    from toetssteen.foundation.models import AuditEvent

    count, flaws = audit.verify()
    last = AuditEvent.objects.order_by("-number").first()
    reasons = [f"event {flaw.number}: {flaw.reason}" for flaw in flaws]
    if args.expect:
        number, _, digest = args.expect.partition(":")
        found = AuditEvent.objects.filter(number=int(number) if number.isdigit() else 0, digest=digest).exists()
        if not found:
            reasons.append(
                f"event {number}: is not the event that was noted; the end of the trail was cut off or rewritten"
            )
    print(f"{count} events, {len(reasons)} flaws")
    if last:
        print(f"last event: {last.number}:{last.digest}   (note this elsewhere, and give it to --expect next time)")
    for reason in reasons:
        print(reason, file=sys.stderr)
    return 1 if reasons else 0
