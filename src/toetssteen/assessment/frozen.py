"""Submitted reports as they were frozen: the only thing that an assessor judges."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from toetssteen.assessment.results import FiledAnswer, FiledEvidence, Filing
from toetssteen.core.frameworks import Facts
from toetssteen.reporting import snapshots
from toetssteen.reporting.choices import SnapshotKind
from toetssteen.reporting.models import Report, Snapshot


def filing_of(report: Report) -> Filing:
    """The report as it was last handed in; an empty one when it was not."""
    last = snapshots.last_submission(report)
    return filing_from(last, report) if last else undelivered_filing(report)


def submissions_of(report: Report) -> list[Snapshot]:
    """All frozen forms in which the report was handed in, oldest first."""
    return list(report.snapshots.filter(kind=SnapshotKind.SUBMISSION).order_by("number"))


def undelivered_filing(report: Report) -> Filing:
    """What there is to judge when no report was handed in: nothing. What the company drafted stays its own."""
    return Filing(
        profile=report.situation,
        variant=report.variant or None,
        report_year=report.report_year,
        year_end=report.year.ends_on,
        delivered=False,
    )


def filing_from(snapshot: Snapshot, report: Report) -> Filing:
    """A frozen form of a report, ready to be judged."""
    content = snapshot.content
    if not content.get("case", {}).get("delivered", True):
        return undelivered_filing(report)
    read = snapshots.read(snapshot)
    standing = read.standing
    return Filing(
        profile=standing.profile,
        variant=standing.variant,
        report_year=standing.report_year,
        year_end=standing.year_end,
        answers=answers_in(content),
        facts=standing.facts,
        plan_delivered=standing.plan_delivered,
        number=snapshot.number,
        sha256=snapshot.sha256,
        made_at=snapshot.made_at,
    )


def answers_in(content: Mapping[str, Any]) -> dict[str, FiledAnswer]:
    """The answers in a frozen report, with their evidence."""
    evidence: dict[str, list[FiledEvidence]] = {}
    for row in content.get("evidence", ()):
        evidence.setdefault(row["question"], []).append(
            FiledEvidence(
                id=row["id"],
                title=row["title"],
                kind=row["kind"],
                document_on=_day(row.get("document_on")),
                valid_until=_day(row.get("valid_until")),
                file_name=row["file_name"],
            )
        )
    given = content.get("answers", {})
    return {
        question: FiledAnswer(
            question=question,
            level=given.get(question, {}).get("level") or "",
            value=given.get(question, {}).get("value"),
            text=given.get(question, {}).get("text") or "",
            origin=given.get(question, {}).get("origin") or "",
            dont_know=bool(given.get(question, {}).get("dont_know")),
            evidence=tuple(evidence.get(question, ())),
        )
        for question in {*given, *evidence}
    }


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def freeze_decision(
    report: Report, filing: Filing, content: Mapping[str, Any], *, person_id: int | None, now: dt.datetime
) -> Snapshot:
    """Freeze a decision with the submitted report it rests on; without a report only the decision itself."""
    if filing.delivered:
        return snapshots.freeze(report, SnapshotKind.DECISION, person_id, now, extra=content)
    return snapshots.freeze(
        report, SnapshotKind.DECISION, person_id, now, content={**undelivered_content(report), **content}
    )


def undelivered_content(report: Report) -> dict[str, Any]:
    """The frozen form of a report that was not handed in: whose, which year, under which rules, and nothing else."""
    return {
        **snapshots.heading_of(report),
        "answers": {},
        "levels": {},
        "facts": {},
        "coverage": {},
        "chains": [],
        "evidence": [],
        "plan": None,
        "public_reports": [],
    }


def facts_in(snapshot: Snapshot) -> Facts:
    """The facts that a frozen report holds."""
    return snapshots.read(snapshot).facts
