"""Freezing a report so that nobody can change it, and reading it back years later with the same score."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, QuerySet

from toetssteen.core.frameworks import Facts, Pack, Share, canonical_json
from toetssteen.covenant.models import PackVersion
from toetssteen.covenant.queries import pack_of, pack_of_version
from toetssteen.evaluation.queries import results_handed_in
from toetssteen.foundation.prepared import prepared
from toetssteen.plans import queries as plan_queries
from toetssteen.plans.frozen import frozen_corrections
from toetssteen.plans.models import Plan
from toetssteen.remedy.frozen import frozen_remedy
from toetssteen.reporting import facts as fact_side
from toetssteen.reporting.choices import SnapshotKind
from toetssteen.reporting.estimate import Standing, levels_of
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.risks import frozen as risk_side
from toetssteen.supplychain import queries as chain_queries

# 2: with the risks of the year. A report of format 1 says nothing of them, which is not the same as having none.
FORMAT = 2


def digest_of(content: Mapping[str, Any]) -> str:
    """The hash over everything a frozen report says; the content is plain JSON."""
    return hashlib.sha256(canonical_json(content, is_plain=True).encode("utf-8")).hexdigest()


def is_intact(snapshot: Snapshot) -> bool:
    """True if the content still has the hash it was frozen with."""
    return digest_of(snapshot.content) == snapshot.sha256


@transaction.atomic
def freeze(
    report: Report,
    kind: str,
    made_by_id: int | None,
    made_at: dt.datetime,
    extra: Mapping[str, Any] | None = None,
    content: Mapping[str, Any] | None = None,
) -> Snapshot:
    """Freeze a report as it stands; a decision freezes the last submission again, with what was decided.

    `extra` is added to the content (or replaces parts of it); `content` replaces the whole built content.
    """
    if content is None:
        content = _submitted_content(report) if kind == SnapshotKind.DECISION else None
        content = content or content_of(report)
    last = report.snapshots.aggregate(last=Max("number"))["last"] or 0
    full = plain({**content, **(extra or {}), "kind": str(kind), "number": last + 1})
    return Snapshot.objects.create(
        report=report,
        kind=kind,
        number=last + 1,
        content=full,
        sha256=digest_of(full),
        made_by_id=made_by_id,
        made_at=made_at,
    )


def plain(content: Mapping[str, Any]) -> dict[str, Any]:
    """Content as plain JSON, exactly as it is hashed."""
    import json

    result: dict[str, Any] = json.loads(canonical_json(content))
    return result


def _submitted_content(report: Report) -> dict[str, Any] | None:
    last = last_submission(report)
    return dict(last.content) if last else None


def last_submission(report: Report) -> Snapshot | None:
    """The report as it was last handed in."""
    return report.snapshots.filter(kind=SnapshotKind.SUBMISSION).order_by("-number").first()


def heading_of(report: Report) -> dict[str, Any]:
    """What every frozen report begins with: whose it is, of which year, under which rules."""
    organisation, year = report.organisation, report.year
    pack = pack_of(year)
    return {
        "format": FORMAT,
        "organisation": {
            "id": organisation.pk,
            "reference": organisation.reference,
            "name": organisation.name,
            "country": organisation.country,
        },
        "year": {"number": year.number, "starts_on": year.starts_on, "ends_on": year.ends_on},
        "report": {
            "id": report.pk,
            "report_year": report.report_year,
            "situation": report.situation,
            "variant": report.variant,
            "due_on": report.due_on,
        },
        "pack": {"id": pack.id, "version": pack.version, "digest": year.pack.digest},
    }


def content_of(report: Report) -> dict[str, Any]:
    """Everything of a report that is frozen: answers, levels, facts, coverage, chains, risks, evidence, plan."""
    pack = pack_of(report.year)
    facts = fact_side.facts_of(report, pack)
    answers = list(report.answers.order_by("question"))
    levels = levels_of(pack, report.situation, report.variant or None, facts, {a.question: a.level for a in answers})
    plan = plan_queries.plan_of(report.organisation_id, report.year_id)
    ends_on = report.year.ends_on
    return {
        **heading_of(report),
        "answers": {
            answer.question: {
                "level": levels.get(answer.question, answer.level),
                "value": answer.value,
                "text": answer.text,
                "origin": answer.origin,
                "dont_know": answer.dont_know,
            }
            for answer in answers
        },
        "levels": levels,
        "facts": {fact: fact_side.as_json(value) for fact, value in sorted(facts.items())},
        "coverage": {level: fact_side.as_json(s) for level, s in fact_side.coverage_shares(pack, facts).items()},
        "chains": chain_queries.frozen_chains(report.organisation_id, ends_on),
        "risks": risk_side.frozen_risks(report.organisation_id, report.year.number, pack),
        "evidence": _evidence(report),
        "plan": frozen_plan(plan),
        "corrections": frozen_corrections(report.organisation_id, report.year),
        "results": results_handed_in(report.organisation_id, report.year),
        "remedy": frozen_remedy(report.organisation_id, report.year),
        "public_reports": [
            {"title": row.title, "published_on": row.published_on, "address": row.address}
            for row in plan_queries.public_reports_of(report.organisation_id, ends_on)
        ],
    }


def _evidence(report: Report) -> list[dict[str, Any]]:
    links = report.evidence_links.select_related("evidence").order_by("question", "evidence_id")
    return [
        {
            "question": link.question,
            "id": link.evidence_id,
            "kind": link.evidence.kind,
            "title": link.evidence.title,
            "file_name": link.evidence.file_name,
            "sha256": link.evidence.sha256,
            "document_on": link.evidence.document_on,
            "valid_until": link.evidence.valid_until,
        }
        for link in links
    ]


def frozen_plan(plan: Plan | None) -> dict[str, Any] | None:
    """A plan as it stands in a frozen report; None without a plan."""
    if plan is None:
        return None
    return {
        "delivered_on": plan.delivered_on,
        "present": plan_queries.is_present(plan),
        "summary": plan.summary,
        "objectives": [
            {
                "theme": goal.theme,
                "text": goal.text,
                "is_smart": goal.is_smart,
                "indicator": goal.indicator,
                "baseline": goal.baseline,
                "target": goal.target,
                "deadline": goal.deadline,
                "evaluated_on": goal.evaluated_on,
                "root_cause": goal.root_cause,
                "own_practice": goal.own_practice,
                "risk_id": goal.risk_id,
                "continues": goal.carried_from_id,
                "actions": [
                    {
                        "text": action.text,
                        "owner": action.owner,
                        "means": action.means,
                        "partners": action.partners,
                        "cost": None if action.cost is None else str(action.cost),
                        "together": action.together,
                        "adds": action.contribution_type,
                        "shared": action.shared.reference if action.shared else "",
                        "due_on": action.due_on,
                        "progress": action.progress,
                        "state": action.state,
                        "has_proof": action.has_proof,
                    }
                    for action in goal.actions.all()
                ],
            }
            for goal in plan.objectives.all()
        ],
        "stopped": [
            {"text": goal.text, "reason": goal.removal_reason}
            for goal in plan_queries.removed_goals(plan)
            if goal.carried_from_id and goal.removal_reason
        ],
    }


@dataclass(frozen=True)
class FrozenReport:
    """A frozen report read back: what it says, and what is needed to score it again."""

    content: Mapping[str, Any]
    pack: Pack
    standing: Standing

    @property
    def facts(self) -> Facts:
        """The facts as they were."""
        return self.standing.facts

    @property
    def levels(self) -> Mapping[str, str]:
        """The level per question that the company's own report counted with."""
        return self.standing.levels

    @property
    def coverage(self) -> Mapping[str, Share]:
        """The coverage per level as it was."""
        return self.standing.coverage

    @property
    def answers(self) -> Mapping[str, Mapping[str, Any]]:
        """The answers by question."""
        answers: Mapping[str, Mapping[str, Any]] = self.content.get("answers", {})
        return answers

    def evidence_of(self, question: str) -> list[Mapping[str, Any]]:
        """The evidence that was handed in with a question."""
        return [row for row in self.content.get("evidence", ()) if row["question"] == question]


@prepared
def _version(digest: str) -> QuerySet[PackVersion]:
    return PackVersion.objects.only("id", "digest").filter(digest=digest)


def read(snapshot: Snapshot) -> FrozenReport:
    """Read a frozen report; nothing but the snapshot and its pack version is looked at."""
    content = snapshot.content
    (version,) = _version(content["pack"]["digest"])
    report, plan = content["report"], content.get("plan")
    standing = Standing(
        profile=report["situation"],
        variant=report["variant"] or None,
        report_year=report["report_year"],
        year_end=dt.date.fromisoformat(content["year"]["ends_on"]),
        levels=dict(content["levels"]),
        facts={fact: fact_side.from_json(value) for fact, value in content["facts"].items()},
        coverage={level: _share(value) for level, value in content["coverage"].items()},
        plan_delivered=bool(plan and (plan["delivered_on"] or plan["present"])),
    )
    return FrozenReport(content, pack_of_version(version), standing)


def _share(value: object) -> Share:
    share = fact_side.from_json(value)
    return share if isinstance(share, Share) else Share(0, 0)


def without_registry(content: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen report as its company may have it: without the secretariat's own numbers of sites."""
    chains = [
        {**chain, "links": [{k: v for k, v in link.items() if k != "site"} for link in chain.get("links", [])]}
        for chain in content.get("chains", [])
    ]
    return {**content, "chains": chains}


def as_file(snapshot: Snapshot) -> dict[str, Any]:
    """What a company downloads: the hash of the whole, the content it may have, and the hash of that content."""
    content = without_registry(snapshot.content)
    return {
        "sha256": snapshot.sha256,
        "left_out": ["chains.links.site"],
        "content_sha256": digest_of(content),
        "content": content,
    }
