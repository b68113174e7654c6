"""What is missing in a report: one rule each, with a sentence and a place; the page and the service ask the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from toetssteen.core.frameworks import Pack, Question
from toetssteen.core.scoring import Proposal, asked
from toetssteen.reporting.estimate import Standing, fact_level


class Severity(StrEnum):
    """How much a finding weighs."""

    SUBMIT = "submit"  # without it the report cannot be submitted
    GREEN = "green"  # without it the proposal cannot be green
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """One thing that is missing; `place` is what to open: question, plan, publication or chains, with its id."""

    code: str
    severity: Severity
    sentence: Any
    place: str = ""
    place_id: str = ""
    about: Any = None  # a text of the framework that belongs to the sentence


@dataclass(frozen=True)
class AnswerState:
    """What the rules need to know of one answer."""

    level: str = ""
    needs_confirmation: bool = False
    dont_know: bool = False
    filled_in: bool = False  # text, value
    evidence: int = 0


@dataclass(frozen=True)
class ReportState:
    """What the rules need to know of a report."""

    pack: Pack
    profile: str
    variant: str | None
    report_year: int
    facts: Mapping[str, Any]
    answers: Mapping[str, AnswerState]
    proposal: Proposal
    standing: Standing
    plan_problems: tuple[Any, ...] = ()
    carried_goals: int = 0  # goals of last year's plan that nobody looked at yet

    def asked(self) -> tuple[Question, ...]:
        return asked(self.pack, self.profile, self.report_year, self.facts, self.variant)

    def of(self, question: Question) -> AnswerState:
        return self.answers.get(question.id, AnswerState())


def findings(state: ReportState) -> list[Finding]:
    """Everything that is missing, what stops the report first."""
    rules = (_unanswered, _unconfirmed, _carried_goals, _for_green, _weak_plan, _without_evidence, _without_words)
    found = [finding for rule in rules for finding in rule(state)]
    order = list(Severity)
    return sorted(found, key=lambda finding: order.index(finding.severity))


def stops(found: Iterable[Finding]) -> list[Finding]:
    """What stops the report from being submitted."""
    return [finding for finding in found if finding.severity is Severity.SUBMIT]


def is_answered(state: ReportState, question: Question) -> bool:
    """A question is answered by a level, by "I do not know this", or by the platform; confirming is another matter."""
    if fact_level(state.pack, question, state.facts) is not None:
        return True
    answer = state.of(question)
    return bool(answer.level) or answer.dont_know or _has_no_base(state, question)


def _has_no_base(state: ReportState, question: Question) -> bool:
    """The fact of a derived question does not apply: the assessor chooses the level."""
    return question.derived_from is not None and question.derived_from in state.facts


def _unanswered(state: ReportState) -> Iterator[Finding]:
    for question in state.asked():
        if not is_answered(state, question):
            key = question.is_key(state.report_year)
            sentence = _("Key question %(number)s has no answer") if key else _("Question %(number)s has no answer")
            yield _at(question, "unanswered", Severity.SUBMIT, sentence)


def _unconfirmed(state: ReportState) -> Iterator[Finding]:
    """What follows from data needs no confirming: it is as new as the data."""
    for question in state.asked():
        if state.of(question).needs_confirmation and fact_level(state.pack, question, state.facts) is None:
            sentence = _("Question %(number)s still has last year's answer: confirm or change it")
            yield _at(question, "unconfirmed", Severity.SUBMIT, sentence)


def _carried_goals(state: ReportState) -> Iterator[Finding]:
    """A goal of last year goes along only after somebody decided on it, as an answer does."""
    if state.carried_goals:
        sentence = ngettext_lazy(
            "%(count)s goal of last year's plan waits for your decision: keep it, change it or stop with it",
            "%(count)s goals of last year's plan wait for your decision: keep them, change them or stop with them",
            "count",
        )
        yield Finding("carried_goals", Severity.SUBMIT, sentence % {"count": state.carried_goals}, "plan")


def _for_green(state: ReportState) -> Iterator[Finding]:
    """What the decision rule finds, in its own words."""
    for reason in state.proposal.reasons:
        if reason.met is not False or reason.code in ("report", "agreed_date"):
            continue
        place = {"key": "question", "coverage": "chains", "plan": "plan", "public_communication": "publication"}
        yield Finding(
            reason.code, Severity.GREEN, reason.text, place.get(reason.code, ""), reason.subject or "", about=None
        )


def _weak_plan(state: ReportState) -> Iterator[Finding]:
    for problem in state.plan_problems:
        yield Finding("plan_detail", Severity.ADVICE, problem, "plan")


def _without_evidence(state: ReportState) -> Iterator[Finding]:
    """The pack's rule on evidence starts above its cap; without a cap, from the level of a met key question."""
    framework = state.pack.framework
    for question in state.asked():
        answer = state.of(question)
        if question.derived or not question.evidence or answer.evidence or not answer.level:
            continue
        if framework.at_least(answer.level, framework.key_min_level):
            sentence = _("Question %(number)s has a high level but no evidence")
            yield _at(question, "evidence", Severity.ADVICE, sentence)


def _without_words(state: ReportState) -> Iterator[Finding]:
    for question in state.asked():
        answer = state.of(question)
        high = answer.level and answer.level != state.pack.framework.lowest_level
        if high and not question.derived and not answer.filled_in and not answer.dont_know:
            sentence = _("Question %(number)s has a level but no explanation")
            yield _at(question, "explanation", Severity.ADVICE, sentence)


def _at(question: Question, code: str, severity: Severity, sentence: Any) -> Finding:
    return Finding(code, severity, _filled(sentence, number=question.number), "question", question.id, question.text)


def _with(sentence: Any, **values: Any) -> str:
    return str(sentence) % values


_filled = lazy(_with, str)  # made once: making a lazy kind of text is slow
