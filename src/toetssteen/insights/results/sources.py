"""What companies said in a covenant year: from frozen reports, and from rows where those do not hold it yet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from toetssteen.assessment import said
from toetssteen.assessment.choices import DecisionKind
from toetssteen.assessment.models import Decision
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.evaluation.models import Evaluation
from toetssteen.plans.models import Objective, Plan, PlannedAction
from toetssteen.reporting.choices import SnapshotKind
from toetssteen.reporting.models import Report, Snapshot
from toetssteen.risks.models import Risk

PARTS = ("risks", "plan", "results")
READ_AT_ONCE = 100  # snapshots whose parts are read together


@dataclass(frozen=True)
class CompanySaid:
    """One company's part: its risks, its goals with their actions, what set it back; and since when it counts."""

    organisation_id: int
    risks: tuple[said.SaidRisk, ...]
    goals: tuple[said.SaidGoal, ...]
    results: tuple[said.SaidResult, ...]
    setbacks: tuple[str, ...]
    decided_at: dt.datetime | None
    from_rows: bool


@dataclass(frozen=True)
class YearSaid:
    """Every company whose report of a covenant year was handed in, and the day that this speaks about."""

    year: CovenantYear
    pack: Pack
    companies: tuple[CompanySaid, ...]
    as_of: dt.date

    @property
    def from_rows(self) -> int:
        """Companies of which a part comes from rows as they are today: their report was frozen without it."""
        return sum(company.from_rows for company in self.companies)

    def decided(self, until: dt.datetime | None = None) -> YearSaid:
        """Only the companies with a final decision, taken up to a moment; what may become public."""
        kept = tuple(c for c in self.companies if c.decided_at is not None and (until is None or c.decided_at <= until))
        days = [c.decided_at.date() for c in kept if c.decided_at is not None]
        return YearSaid(self.year, self.pack, kept, max(days, default=self.year.ends_on))


def year_said(year: CovenantYear, pack: Pack, today: dt.date) -> YearSaid:
    """What every company said: the report as frozen with its first final decision, else as it was last handed in."""
    chosen = _chosen(year)
    contents = _contents([snapshot_id for _org, snapshot_id, _at in chosen])
    rows = _Rows.read(year, [org for org, snapshot_id, _at in chosen if _is_old(contents[snapshot_id])])
    found = []
    for organisation_id, snapshot_id, decided_at in chosen:
        content = contents[snapshot_id]
        if content["delivered"] is not False:
            found.append(_company(organisation_id, content, rows, decided_at, pack))
    return YearSaid(year, pack, tuple(found), today)


def _chosen(year: CovenantYear) -> list[tuple[int, int, dt.datetime | None]]:
    """Per report: its company, the snapshot that counts, and when it was first decided."""
    decided: dict[int, tuple[int, int, dt.datetime | None]] = {}
    decisions = Decision.objects.filter(kind=DecisionKind.FINAL, assessment__report__year=year)
    for report, company, snapshot, at in decisions.order_by("number", "pk").values_list(
        "assessment__report_id", "assessment__report__organisation_id", "snapshot_id", "decided_at"
    ):
        decided.setdefault(report, (company, snapshot, at))
    handed_in = Snapshot.objects.filter(kind=SnapshotKind.SUBMISSION, report__year=year)
    last = {
        report: (company, pk, None)
        for report, company, pk in handed_in.order_by("number").values_list(
            "report_id", "report__organisation_id", "pk"
        )
    }
    order = Report.objects.filter(year=year).order_by("organisation_id", "pk").values_list("pk", flat=True)
    both = {**last, **decided}
    return [both[report] for report in order if report in both]


def _contents(ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The parts of these snapshots that count; the rest of what was frozen is not read."""
    wanted = [f"content__{part}" for part in (*PARTS, "case__delivered")]
    found: dict[int, dict[str, Any]] = {}
    for first in range(0, len(ids), READ_AT_ONCE):
        rows = Snapshot.objects.filter(pk__in=ids[first : first + READ_AT_ONCE]).values_list("pk", *wanted)
        for pk, *parts in rows:
            found[pk] = dict(zip((*PARTS, "delivered"), parts, strict=True))
    return found


def _is_old(content: Mapping[str, Any]) -> bool:
    """The report was frozen before it held risks and results, or the kind of an action."""
    return content["risks"] is None or _old_plan(content["plan"])


def _old_plan(plan: Any) -> bool:
    actions = [a for goal in (plan or {}).get("objectives", ()) for a in goal.get("actions", ())]
    return any("adds" not in action for action in actions)


@dataclass(frozen=True)
class _Rows:
    """The rows of today, for reports that were frozen without them."""

    risks: Mapping[int, list[dict[str, Any]]]
    plans: Mapping[int, Any]
    setbacks: Mapping[int, list[str]]

    @classmethod
    def read(cls, year: CovenantYear, companies: Iterable[int]) -> _Rows:
        """Read them in a constant number of queries; none when no report needs them."""
        wanted = sorted(companies)
        if not wanted:
            return cls({}, {}, {})
        about: dict[str, Any] = {"organisation_id__in": wanted}
        risks: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for risk in Risk.objects.filter(year_number=year.number, **about).order_by("pk").values():
            risks[risk["organisation_id"]].append(dict(risk))
        actions = PlannedAction.objects.order_by("pk").select_related("shared")
        goals = Objective.objects.order_by("position", "pk")
        plans = Plan.objects.filter(year=year, **about).prefetch_related(
            Prefetch("objectives", queryset=goals), Prefetch("objectives__actions", queryset=actions)
        )
        setbacks: dict[int, list[str]] = defaultdict(list)
        hit = Evaluation.objects.filter(year_number=year.number, is_setback=True, **about)
        for company, kind in hit.order_by("pk").values_list("organisation_id", "setback_kind"):
            setbacks[company].append(kind)
        return cls(risks, {plan.organisation_id: plan_of_rows(plan) for plan in plans}, setbacks)


def plan_of_rows(plan: Plan) -> dict[str, Any]:
    """What counts of a plan as it is today, in the words of a frozen one."""
    return {
        "objectives": [
            {
                "theme": goal.theme,
                "text": goal.text,
                "is_smart": goal.is_smart,
                "indicator": goal.indicator,
                "baseline": goal.baseline,
                "evaluated_on": goal.evaluated_on,
                "actions": [
                    {
                        "state": action.state,
                        "progress": action.progress,
                        "due_on": action.due_on,
                        "adds": action.contribution_type,
                        "shared": action.shared.reference if action.shared else "",
                    }
                    for action in goal.actions.all()
                ],
            }
            for goal in plan.objectives.all()
        ]
    }


def _company(
    organisation_id: int, content: Mapping[str, Any], rows: _Rows, decided_at: dt.datetime | None, pack: Pack
) -> CompanySaid:
    plan, from_rows = content["plan"], False
    if _old_plan(plan):
        plan, from_rows = rows.plans.get(organisation_id, plan), True
    if content["risks"] is None:
        risks: Any = rows.risks.get(organisation_id, [])
        setbacks = tuple(rows.setbacks.get(organisation_id, ()))
        from_rows = from_rows or bool(risks or setbacks)
    else:
        risks = content["risks"]
        setbacks = tuple(one.setback for one in said.evaluations_in(content) if one.setback)
    return CompanySaid(
        organisation_id=organisation_id,
        risks=said.risks_in({"risks": risks}, pack),
        goals=said.goals_in({"plan": plan}),
        results=said.results_in(content),
        setbacks=setbacks,
        decided_at=decided_at,
        from_rows=from_rows,
    )
