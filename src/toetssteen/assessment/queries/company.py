"""The company's side of an assessment: what both sides share, and results only as they were given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from toetssteen.assessment import permissions, policies
from toetssteen.assessment.choices import DecisionKind, RemarkKind
from toetssteen.assessment.models import Assessment, CompletionRequest, Decision, Extension, Remark, Talk
from toetssteen.core.access import Actor, Verdict
from toetssteen.core.frameworks import Pack, Question, Text
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.prepared import prepared
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report


@dataclass(frozen=True)
class GivenPoints:
    """What one question got in a result that was given, with the reason."""

    question: Question
    level: Text
    points: Decimal
    reason: str
    is_key: bool
    derived: bool


@dataclass(frozen=True)
class GivenResult:
    """A result as the company received it: only what was frozen in it."""

    decision: Decision
    total: Decimal
    minimum: Any
    reasons: tuple[Mapping[str, Any], ...]
    missing: tuple[Mapping[str, Any], ...]
    questions: tuple[GivenPoints, ...]

    @property
    def is_provisional(self) -> bool:
        return self.decision.kind == DecisionKind.PROVISIONAL


@dataclass(frozen=True)
class CompanySide:
    """What a company sees of the assessment of one of its reports."""

    report: Report
    pack: Pack
    remarks: tuple[Remark, ...]
    talks: tuple[Talk, ...]
    requests: tuple[CompletionRequest, ...]
    extensions: tuple[Extension, ...]
    result: GivenResult | None
    reply_until: dt.date | None
    may_answer: Verdict
    may_reply: Verdict
    history: tuple[Decision, ...] = field(default=())

    @property
    def open_questions(self) -> tuple[Remark, ...]:
        """Questions of the secretariat that wait for an answer."""
        return tuple(r for r in self.remarks if r.kind == RemarkKind.QUESTION and r.answered_at is None)

    @property
    def request(self) -> CompletionRequest | None:
        """What is missing, while the report lies with the company."""
        return self.requests[-1] if self.requests and self.report.state == ReportState.RETURNED else None

    @property
    def extension(self) -> Extension | None:
        """Extra time that is running."""
        return self.extensions[-1] if self.extensions and self.report.state != ReportState.FINAL else None

    @property
    def replies(self) -> tuple[Remark, ...]:
        return tuple(r for r in self.remarks if r.kind == RemarkKind.REPLY)


def company_side(actor: Actor, report_id: int, *, today: dt.date) -> CompanySide | None:
    """The company's side of one of its own reports; None for anybody else's."""
    reports = (
        Report.objects.filter(organisation_id=actor.company_id)
        if actor.company_id is not None
        else Report.objects.none()
    )
    report = reports.select_related("organisation", "year").filter(pk=report_id).first()
    if report is None:
        return None
    assessment = permissions.visible_own_assessments(actor).filter(report=report).first()
    return _side(actor, report, assessment, today)


def for_company(organisation_id: int, *, year_id: int | None = None) -> CompanySide | None:
    """The same for the company's own home: its newest report that is being or was assessed."""
    if year_id is None:
        found = _newest_assessment(organisation_id)
    else:
        rows = Assessment.objects.filter(report__organisation_id=organisation_id, report__year_id=year_id)
        found = list(rows.select_related("report__organisation", "report__year"))
    if not found:
        return None
    assessment = found[0]
    own = Actor(organisation_id=organisation_id)
    return _side(own, assessment.report, assessment, None)


def _side(actor: Actor, report: Report, assessment: Assessment | None, today: dt.date | None) -> CompanySide:
    pack = pack_of(report.year)
    given = _given(assessment)
    shown = given[-1] if given else None
    if shown is not None and shown.kind == DecisionKind.PROVISIONAL and report.state != ReportState.PROVISIONAL:
        shown = next((d for d in reversed(given) if policies.is_result(d)), None)  # it was taken back
    reply_until = assessment.reply_until if assessment and report.state == ReportState.PROVISIONAL else None
    may = permissions.can_answer(actor, report)
    return CompanySide(
        report=report,
        pack=pack,
        remarks=tuple(_remarks(assessment.pk)) if assessment else (),
        talks=tuple(_talks(assessment.pk)) if assessment else (),
        requests=tuple(_requests(assessment.pk)) if assessment else (),
        extensions=tuple(_extensions(assessment.pk)) if assessment else (),
        result=_result(pack, shown) if shown else None,
        reply_until=reply_until,
        may_answer=may and policies.allows_asking(report),
        may_reply=may and policies.allows_reply(assessment or Assessment(report=report), report, today or dt.date.min),
        history=tuple(d for d in given if policies.is_result(d) and d is not shown),
    )


def _given(assessment: Assessment | None) -> list[Decision]:
    if assessment is None:
        return []
    return _decisions(assessment.pk)


@prepared
def _remarks(assessment_id: int) -> QuerySet[Remark]:
    return Remark.objects.filter(assessment_id=assessment_id).select_related("written_by")


@prepared
def _talks(assessment_id: int) -> QuerySet[Talk]:
    return Talk.objects.filter(assessment_id=assessment_id).select_related("written_by")


@prepared
def _requests(assessment_id: int) -> QuerySet[CompletionRequest]:
    return CompletionRequest.objects.filter(assessment_id=assessment_id)


@prepared
def _extensions(assessment_id: int) -> QuerySet[Extension]:
    return Extension.objects.filter(assessment_id=assessment_id)


@prepared
def _decisions(assessment_id: int) -> QuerySet[Decision]:
    rows = Decision.objects.filter(assessment_id=assessment_id)
    return rows.select_related("snapshot", "decided_by").order_by("number")


@prepared
def _newest_assessment(organisation_id: int) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(report__organisation_id=organisation_id)
    return rows.select_related("report__organisation", "report__year").order_by("-report__year__number")[:1]


def _result(pack: Pack, decision: Decision) -> GivenResult:
    content = decision.snapshot.content
    case, proposal = content["case"], content["proposal"]
    rule = pack.rule(case["profile"], int(case["report_year"]))
    return GivenResult(
        decision=decision,
        total=decision.total,
        minimum=rule.min_score,
        reasons=tuple(proposal["reasons"]),
        missing=tuple(content["decision"].get("missing", ())),
        questions=tuple(_points(pack, content, int(case["report_year"]))),
    )


def _points(pack: Pack, content: Mapping[str, Any], report_year: int) -> list[GivenPoints]:
    assessed, points = content["assessed"], content["score"]["points"]
    order = {q: n for n, q in enumerate([*pack.framework.questions, *pack.variant_questions])}
    found = []
    for question_id in sorted(assessed["levels"], key=lambda q: order.get(q, 0)):
        if question_id not in points:
            continue
        question = pack.question(question_id)
        found.append(
            GivenPoints(
                question=question,
                level=pack.framework.level(assessed["levels"][question_id]).text,
                points=Decimal(points[question_id]),
                reason=assessed["reasons"].get(question_id, ""),
                is_key=question.is_key(report_year),
                derived=question_id in assessed.get("derived", ()),
            )
        )
    return found
