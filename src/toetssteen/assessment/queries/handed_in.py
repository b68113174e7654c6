"""A whole report as it was handed in, for who assesses it: read from what was frozen, never from rows that change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toetssteen.assessment import frozen, permissions
from toetssteen.assessment.results import Filing
from toetssteen.core.access import Actor
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.queries import pack_of
from toetssteen.reporting import snapshots
from toetssteen.reporting.models import Report, Snapshot


@dataclass(frozen=True)
class HandedIn:
    """A report in the form in which it was last handed in; without a form nothing was handed in."""

    report: Report
    pack: Pack
    filing: Filing
    snapshot: Snapshot | None
    is_intact: bool

    @property
    def content(self) -> Mapping[str, Any]:
        """Everything that was frozen; nothing when no report was handed in."""
        return self.snapshot.content if self.snapshot is not None and self.filing.delivered else {}


def handed_in(actor: Actor, report_id: int) -> HandedIn | None:
    """A report as it was last handed in, or None when the actor may not see it; a constant number of queries."""
    report = permissions.visible_files(actor).select_related("organisation", "year__pack").filter(pk=report_id).first()
    if report is None:
        return None
    last = snapshots.last_submission(report)
    return HandedIn(
        report=report,
        pack=pack_of(report.year),
        filing=frozen.filing_from(last, report) if last else frozen.undelivered_filing(report),
        snapshot=last,
        is_intact=last is None or snapshots.is_intact(last),
    )
