"""Everything that an assessor needs of one report, from what was frozen and what was scored."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet

from toetssteen.assessment import frozen, permissions, policies, results
from toetssteen.assessment.choices import DecisionKind, RemarkKind
from toetssteen.assessment.models import (
    Assessment,
    CompletionRequest,
    Decision,
    Extension,
    QuestionScore,
    Remark,
    Talk,
)
from toetssteen.assessment.queries.allowed import verdicts_on
from toetssteen.assessment.services.rows import has_conflict
from toetssteen.core.access import Actor, Verdict
from toetssteen.core.frameworks import Pack, Question, Step, Text, YearRule
from toetssteen.core.scoring import applicable, asked
from toetssteen.covenant.queries import pack_of
from toetssteen.foundation.prepared import prepared
from toetssteen.reporting.models import Report, Snapshot


@dataclass(frozen=True)
class DeskQuestion:
    """One question on the desk: what was answered, what the fact proposes, what the assessor gave."""

    question: Question
    answer: results.FiledAnswer
    asked_now: bool
    is_key: bool
    needed: bool
    proposed: str | None
    score: QuestionScore | None
    level: str
    level_text: Text | None
    points: Fraction | None
    is_done: bool
    changed: bool
    rescorable: Verdict

    @property
    def id(self) -> str:
        return self.question.id

    @property
    def state(self) -> str:
        """done, derived (a fact gives the level), changed (answered otherwise since), todo or later."""
        if self.changed:
            return "changed"
        if self.is_done:
            return "done"
        if self.proposed is not None:
            return "derived"
        return "todo" if self.needed else "later"


@dataclass(frozen=True)
class Earlier:
    """The answer and result of last year at the same question."""

    report_year: int
    answer: results.FiledAnswer
    level: str
    level_text: Text | None
    points: Fraction | None
    max_points: Fraction
    reason: str


@dataclass(frozen=True)
class Desk:
    """The file of one report as the secretariat has it before it."""

    report: Report
    assessment: Assessment | None
    pack: Pack
    rule: YearRule
    filing: results.Filing
    questions: tuple[DeskQuestion, ...]
    running: results.Outcome
    strict: results.Outcome
    remarks: tuple[Remark, ...]
    talks: tuple[Talk, ...]
    requests: tuple[CompletionRequest, ...]
    extensions: tuple[Extension, ...]
    decisions: tuple[Decision, ...]
    conflict: bool
    submissions: int
    today: dt.date
    earlier_content: Mapping[str, object] | None = field(default=None, repr=False)
    earlier_year: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def needed(self) -> tuple[DeskQuestion, ...]:
        """The questions that an assessor must look at."""
        return tuple(q for q in self.questions if q.needed)

    @property
    def done(self) -> int:
        return sum(q.is_done for q in self.needed)

    @property
    def left(self) -> int:
        return len(self.needed) - self.done

    @property
    def asked_questions(self) -> tuple[DeskQuestion, ...]:
        return tuple(q for q in self.questions if q.asked_now or q.needed)

    @property
    def later_questions(self) -> tuple[DeskQuestion, ...]:
        return tuple(q for q in self.questions if not (q.asked_now or q.needed))

    @property
    def extension(self) -> Extension | None:
        """The extra time that waits for a new decision."""
        if not self.extensions:
            return None
        last = self.extensions[-1]
        again = [d for d in self.decisions if d.kind == DecisionKind.REASSESSED and d.decided_at > last.decided_at]
        return None if again else last

    @property
    def result(self) -> Decision | None:
        """The decision that gives the year its colour now."""
        return next((d for d in reversed(self.decisions) if policies.is_result(d)), None)

    @property
    def provisional(self) -> Decision | None:
        """The provisional result that lies with the company."""
        last = self.decisions[-1] if self.decisions else None
        return last if last is not None and last.kind == DecisionKind.PROVISIONAL else None

    @property
    def replied(self) -> bool:
        """The company replied to the provisional result."""
        given = self.provisional
        return given is not None and any(
            r.kind == RemarkKind.REPLY and r.written_at >= given.decided_at for r in self.remarks
        )

    @property
    def asked_remarks(self) -> int:
        """Questions to the company that wait for an answer."""
        return sum(r.kind == RemarkKind.QUESTION and r.answered_at is None for r in self.remarks)

    def question(self, question_id: str) -> DeskQuestion | None:
        return next((q for q in self.questions if q.id == question_id), None)

    def first_open(self) -> DeskQuestion | None:
        """Where the work goes on: the first question not looked at, else the first one."""
        return next((q for q in self.needed if not q.is_done), self.questions[0] if self.questions else None)

    def after(self, question_id: str) -> DeskQuestion | None:
        """The next question on the desk."""
        return self._beside(question_id, 1)

    def before(self, question_id: str) -> DeskQuestion | None:
        """The question before it."""
        return self._beside(question_id, -1)

    def next_open(self, question_id: str) -> DeskQuestion | None:
        """The next question that was not looked at, going round; else the next one."""
        ids = [q.id for q in self.questions]
        start = ids.index(question_id) if question_id in ids else -1
        ordered = [*self.questions[start + 1 :], *self.questions[: max(start, 0)]]
        return next((q for q in ordered if q.needed and not q.is_done), self.after(question_id))

    def _beside(self, question_id: str, step: int) -> DeskQuestion | None:
        ids = [q.id for q in self.questions]
        at = ids.index(question_id) + step if question_id in ids else -1
        return self.questions[at] if 0 <= at < len(ids) else None

    def steps(self) -> list[tuple[Step, list[DeskQuestion]]]:
        """The questions per step of the framework."""
        of_sub_step = {s.id: s.step_number for s in self.pack.framework.sub_steps}
        found = []
        for step in self.pack.framework.steps:
            own = [q for q in self.questions if of_sub_step[q.question.sub_step] == step.number]
            if own:
                found.append((step, own))
        return found

    def remarks_at(self, question_id: str) -> list[Remark]:
        """Questions and answers at one question."""
        return [r for r in self.remarks if r.question == question_id]

    def earlier(self, question_id: str) -> Earlier | None:
        """Last year's answer and result at this question."""
        if self.earlier_content is None or self.earlier_year is None:
            return None
        return _earlier(self.pack, self.earlier_content, self.earlier_year, question_id)

    def verdict(self, name: str) -> Verdict:
        """What the actor may do now, with the sentence that says why not."""
        return self.verdicts[name]

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


def desk(actor: Actor, report_id: int, *, today: dt.date) -> Desk | None:
    """The file of one report, or None when the actor may not see it; a constant number of queries."""
    report = (
        permissions.visible_files(actor)
        .select_related("organisation", "year", "submitted_by")
        .filter(pk=report_id)
        .first()
    )
    if report is None:
        return None
    assessment = (
        permissions.visible_assessments(actor)
        .select_related("assessor", "second_reader", "second_asked_by")
        .filter(report=report)
        .first()
    )
    pack = pack_of(report.year)
    submissions = frozen.submissions_of(report)
    filing = frozen.filing_from(submissions[-1], report) if submissions else frozen.undelivered_filing(report)
    scores = _scores(actor, assessment)
    marks = {s.question: results.Mark(s.level, s.reason, s.submission) for s in scores.values()}
    agreed = assessment.improvement_on if assessment else None
    strict = results.outcome(pack, filing, results.assessed_levels(pack, filing, marks), agreed)
    running = results.outcome(pack, filing, results.running_levels(pack, filing, marks), agreed)
    decisions = _decisions(actor, assessment)
    before = _earlier_decision(report)
    shell = Desk(
        report=report,
        assessment=assessment,
        pack=pack,
        rule=pack.rule(report.situation, report.report_year),
        filing=filing,
        questions=(),
        running=running,
        strict=strict,
        remarks=_own(permissions.visible_remarks(actor).select_related("written_by"), assessment),
        talks=_own(permissions.visible_talks(actor).select_related("written_by"), assessment),
        requests=_own(permissions.visible_completion_requests(actor).select_related("asked_by"), assessment),
        extensions=_own(permissions.visible_extensions(actor).select_related("decided_by"), assessment),
        decisions=decisions,
        conflict=has_conflict(actor, report),
        submissions=len(submissions),
        today=today,
        earlier_content=before.snapshot.content if before else None,
        earlier_year=before.assessment.report.report_year if before else None,
        content=submissions[-1].content if submissions and filing.delivered else {},
    )
    object.__setattr__(shell, "questions", _questions(shell, scores, {s.number: s for s in submissions}))
    object.__setattr__(shell, "verdicts", verdicts_on(actor, shell))
    return shell


def _own(rows: object, assessment: Assessment | None) -> tuple:  # type: ignore[type-arg]
    return tuple(rows.filter(assessment=assessment)) if assessment is not None else ()  # type: ignore[attr-defined]


def _scores(actor: Actor, assessment: Assessment | None) -> dict[str, QuestionScore]:
    if assessment is None:
        return {}
    rows = permissions.visible_scores(actor).select_related("scored_by").filter(assessment=assessment)
    return {score.question: score for score in rows}


def _decisions(actor: Actor, assessment: Assessment | None) -> tuple[Decision, ...]:
    if assessment is None:
        return ()
    rows = permissions.visible_decisions(actor).filter(assessment=assessment)
    return tuple(rows.select_related("decided_by", "second_by").defer("snapshot__content").order_by("number"))


def _earlier_decision(report: Report) -> Decision | None:
    found = _decisions_before(report.organisation_id, report.year.number)
    return found[0] if found else None


@prepared
def _decisions_before(organisation_id: int, year_number: int) -> QuerySet[Decision]:
    rows = Decision.objects.filter(
        assessment__report__organisation_id=organisation_id,
        assessment__report__year__number__lt=year_number,
    ).exclude(kind=DecisionKind.PROVISIONAL)
    last_first = rows.order_by("-assessment__report__year__number", "-number")
    return last_first.select_related("snapshot", "assessment__report")[:1]


def _questions(
    file: Desk, scores: Mapping[str, QuestionScore], submissions: Mapping[int, Snapshot]
) -> tuple[DeskQuestion, ...]:
    pack, filing = file.pack, file.filing
    if not filing.delivered:
        return ()
    profile, facts, variant = filing.profile, filing.facts, filing.variant
    now = {q.id for q in asked(pack, profile, filing.report_year, facts, variant)}
    needed = {q.id for q in results.to_assess(pack, filing)}
    proposed = results.derived_levels(pack, filing)
    changed = _changed(file.report, filing, scores, submissions)
    sheet = file.strict.proposal.sheet
    found = []
    for question in applicable(pack, profile, facts, variant):
        score = scores.get(question.id)
        level = score.level if score else proposed.get(question.id, "")
        found.append(
            DeskQuestion(
                question=question,
                answer=filing.answer(question.id),
                asked_now=question.id in now,
                is_key=question.is_key(filing.report_year),
                needed=question.id in needed,
                proposed=proposed.get(question.id),
                score=score,
                level=level,
                level_text=pack.framework.level(level).text if level else None,
                points=sheet.points.get(question.id) if sheet and level else None,
                is_done=score is not None,
                changed=question.id in changed,
                rescorable=policies.allows_rescoring(question.id, file.extension, changed),
            )
        )
    return tuple(found)


def _changed(
    report: Report, filing: results.Filing, scores: Mapping[str, QuestionScore], submissions: Mapping[int, Snapshot]
) -> set[str]:
    """The scored questions whose answer differs from the one that was scored."""
    by_number: dict[int, list[str]] = {}
    for score in scores.values():
        if score.submission != filing.number:
            by_number.setdefault(score.submission, []).append(score.question)
    changed: set[str] = set()
    for number, questions in by_number.items():
        snapshot = submissions.get(number)
        if snapshot is not None:
            changed |= results.changed_questions(questions, filing, frozen.filing_from(snapshot, report))
    return changed


def _earlier(pack: Pack, content: Mapping[str, object], report_year: int, question_id: str) -> Earlier | None:
    assessed: Mapping[str, Mapping[str, str]] = content.get("assessed", {})  # type: ignore[assignment]
    answer = frozen.answers_in(content).get(question_id)
    level = assessed.get("levels", {}).get(question_id, "")
    if answer is None and not level:
        return None
    try:
        question = pack.question(question_id)
        known = pack.framework.level(level) if level else None
    except LookupError:
        return None
    return Earlier(
        report_year=report_year,
        answer=answer or results.FiledAnswer(question_id),
        level=level,
        level_text=known.text if known else None,
        points=question.max_points * known.factor if known else None,
        max_points=question.max_points,
        reason=assessed.get("reasons", {}).get(question_id, ""),
    )
