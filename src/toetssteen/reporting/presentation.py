"""A report in the words of the reader: steps, parts, questions and what the platform knows; no writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from toetssteen.core.frameworks import Fact, Pack, Question, Share
from toetssteen.core.scoring import applicable
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.figures import day, number, percent
from toetssteen.reporting import completeness
from toetssteen.reporting.completeness import ReportState
from toetssteen.reporting.estimate import Estimate, fact_level
from toetssteen.reporting.missing import Path
from toetssteen.reporting.models import Report
from toetssteen.reporting.todo import Step


@dataclass(frozen=True)
class QuestionLine:
    """One question in the overview."""

    id: str
    number: str
    text: str
    url: str
    state: str  # done, confirm, unknown, open, derived
    is_key: bool
    level: str
    asked: bool
    from_year: int

    @property
    def is_done(self) -> bool:
        """Nothing has to be done any more."""
        return self.state in ("done", "unknown", "derived")


@dataclass
class Part:
    """A sub-step with its questions and who takes care of it."""

    id: str
    title: str
    person_id: int | None = None
    person: str = ""
    questions: list[QuestionLine] = field(default_factory=list)
    later: list[QuestionLine] = field(default_factory=list)

    @property
    def done(self) -> int:
        """How many of its questions are done."""
        return sum(q.is_done for q in self.questions)

    @property
    def waiting(self) -> int:
        """How many of last year's answers wait for a look."""
        return sum(q.state == "confirm" for q in self.questions)


@dataclass
class StepRow:
    """A step of the framework with its parts."""

    number: int
    title: str
    parts: list[Part] = field(default_factory=list)
    minutes: int = 0

    @property
    def total(self) -> int:
        """How many questions are asked in this step."""
        return sum(len(p.questions) for p in self.parts)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return sum(p.done for p in self.parts)


def steps(report: Report, state: ReportState, people: Mapping[str, tuple[int, str]], language: str) -> list[StepRow]:
    """All steps with the questions of this company and year, and those of later years apart."""
    pack = state.pack
    asked = {q.id for q in state.asked()}
    rows: list[StepRow] = []
    every = applicable(pack, state.profile, state.facts, state.variant)
    for step in pack.framework.steps:
        row = StepRow(step.number, step.title.in_(language))
        for sub in step.sub_steps:
            own = [q for q in every if q.sub_step == sub.id]
            if not own:
                continue
            person_id, person = people.get(sub.id, (None, ""))
            part = Part(sub.id, sub.title.in_(language), person_id, person)
            for question in own:
                line = _line(report, state, question, question.id in asked, language)
                (part.questions if line.asked else part.later).append(line)
                if line.asked and not line.is_done:
                    row.minutes += pack.effort.to_read(question.answer.kind)
            row.parts.append(part)
        if row.parts:
            rows.append(row)
    return rows


def _line(report: Report, state: ReportState, question: Question, asked: bool, language: str) -> QuestionLine:
    answer = state.of(question)
    level = fact_level(state.pack, question, state.facts)
    if level is not None:
        word = "derived"
    elif answer.needs_confirmation:
        word = "confirm"
    elif answer.dont_know:
        word = "unknown"
    else:
        word = "done" if completeness.is_answered(state, question) else "open"
    shown = level or answer.level
    return QuestionLine(
        id=question.id,
        number=question.number,
        text=question.text.in_(language),
        url=reverse("answer_edit", args=[report.pk, question.id]),
        state=word,
        is_key=question.is_key(state.report_year),
        level=state.pack.framework.level(shown).text.in_(language) if shown else "",
        asked=asked,
        from_year=question.from_year,
    )


def first_open(rows: list[StepRow]) -> QuestionLine | None:
    """The first question that still needs somebody."""
    return next((q for s in rows for p in s.parts for q in p.questions if not q.is_done), None)


def stepper(rows: list[StepRow], current: str, language: str) -> list[dict[str, Any]]:
    """The rows for the stepper component beside one question."""
    out = []
    for row in rows:
        lines = [q for p in row.parts for q in (*p.questions, *p.later)]
        here = any(q.id == current for q in lines)
        first = lines[0].url if lines else ""
        out.append(
            {
                "label": row.title,
                "url": first,
                "state": "now" if here else "done" if row.total and row.done == row.total else "",
                "note": _("%(done)s of %(total)s questions") % {"done": row.done, "total": row.total},
                "subs": [{"url": q.url, "label": f"{q.number} {q.text}", "current": q.id == current} for q in lines]
                if here
                else [],
            }
        )
    return out


def step_of(rows: list[StepRow], current: str) -> StepRow | None:
    """The step in which a question stands."""
    return next((s for s in rows if any(q.id == current for p in s.parts for q in (*p.questions, *p.later))), None)


def neighbours(rows: list[StepRow], current: str) -> tuple[QuestionLine | None, QuestionLine | None]:
    """The question before and the one after; later-year questions come after those of this year."""
    lines = [q for s in rows for p in s.parts for q in p.questions]
    lines += [q for s in rows for p in s.parts for q in p.later]
    index = next((i for i, q in enumerate(lines) if q.id == current), None)
    if index is None:
        return None, None
    before = lines[index - 1] if index else None
    after = lines[index + 1] if index + 1 < len(lines) else None
    return before, after


def fact_in_words(value: Fact) -> str:
    """A fact as a person reads it: 17 van 18 (94,4 %), a number or a day."""
    if value is None:
        return _("does not apply")
    if isinstance(value, Share):
        if not value.applies:
            return _("does not apply")
        return _("%(part)s of %(whole)s (%(percent)s)") % {
            "part": number(value.part),
            "whole": number(value.whole),
            "percent": percent(value),
        }
    if isinstance(value, dt.date):
        return day(value)
    return number(value)


# Where a company corrects what the platform knows, by the first word of the fact.
CONFIRMED = "chains.confirmed_share"
SCANNED = "risks.chains_scanned_share"
CORRECTED_AT = {
    "chains": "chain_list",
    "coverage": "chain_list",
    "requests": "chain_list",
    "suppliers": "chain_list",
    "risks": "risk_list",
    "plan": "plan_edit",
    "evaluation": "results_now",
    "publication": "public_report_list",
    "grievance": "remedy_overview",
}


def corrected_at(fact: str) -> str:
    """The name of the page on which a company mends what a fact counts; empty where it cannot."""
    if fact == SCANNED:
        return "chain_scan"
    if fact == CONFIRMED:
        return "chain_confirm_all"
    return CORRECTED_AT.get(fact.split(".")[0], "")


# Where a fact comes from, by the same first word.
COUNTED_FROM = {
    "chains": gettext_lazy("counted from your chains"),
    "coverage": gettext_lazy("counted from your chains"),
    "requests": gettext_lazy("counted from what you asked in your chains"),
    "suppliers": gettext_lazy("counted from your suppliers"),
    "risks": gettext_lazy("counted from your risks"),
    "plan": gettext_lazy("counted from your plan of action"),
    "evaluation": gettext_lazy("counted from your plan of action"),
    "publication": gettext_lazy("from your public reports"),
    "grievance": gettext_lazy("counted from what you recorded about complaining"),
    "complaints": gettext_lazy("from the complaints procedure"),
}


def known_facts(
    pack: Pack, question: Question, facts: Mapping[str, Fact], recorded: Collection[str], language: str
) -> list[dict[str, Any]]:
    """What the platform already knows for a question, with where it comes from and where to correct it."""
    names = [question.derived_from] if question.derived_from else []
    if question.visible_if and question.visible_if.fact not in names:
        names.append(question.visible_if.fact)
    rows = []
    for name in names:
        if name is None or name not in facts or name not in pack.framework.platform_facts:
            continue
        kind, by_hand = name.split(".")[0], name in recorded
        rows.append(
            {
                "label": pack.framework.platform_facts[name].text.in_(language),
                "value": fact_in_words(facts[name]),
                "origin": _("recorded for this report") if by_hand else COUNTED_FROM.get(kind, ""),
                "correct": "" if by_hand else corrected_at(name),
            }
        )
    return rows


def levels(pack: Pack, question: Question, language: str) -> list[dict[str, Any]]:
    """The levels as rows to choose from, with criterion and points."""
    from toetssteen.foundation.look.figures import points_word

    return [
        {
            "value": level.id,
            "label": level.text.in_(language).capitalize(),
            "text": question.criteria[level.id].in_(language),
            "points": points_word(question.max_points * level.factor),
        }
        for level in pack.framework.levels
    ]


def todo_rows(report: Report, pack: Pack, path: Path, language: str) -> list[dict[str, Any]]:
    """What is missing for green as rows of the to-do component."""
    from toetssteen.foundation.look.figures import minutes_word

    rows = []
    for step in path.steps:
        row = step_row(report, report.year, pack, step, language)
        rows.append(
            row | {"reason": with_last_day(row["reason"], step), "effort": minutes_word(step.minutes)},
        )
    return rows


def too_late_rows(report: Report, year: CovenantYear, pack: Pack, path: Path, language: str) -> list[dict[str, Any]]:
    """What the rule demands but what nobody can do for the year any more."""
    return [step_row(report, year, pack, step, language) for step in path.too_late]


def with_last_day(reason: str, step: Step) -> str:
    """A reason, followed by the day until which it counts."""
    if step.until is None:
        return reason
    return f"{reason} {_('It counts for this year when it is done by %(day)s.') % {'day': day(step.until)}}".strip()


def step_row(report: Report, year: CovenantYear, pack: Pack, step: Step, language: str) -> dict[str, Any]:
    """One step to green in words: what to do and where, to which level, and what it yields."""
    from toetssteen.foundation.look.figures import points_word

    row: dict[str, Any] = {"reason": "", "tag": "", "points": f"+{points_word(step.gain)}" if step.gain > 0 else ""}
    if step.kind in ("coverage", "chains"):
        return row | _coverage_row(pack, step, language)
    if step.question is not None:
        row["reason"] = _reason(pack, step, language)
    if step.kind == "plan":
        return row | {"title": _("Write your plan of action"), "url": address("plan_edit", year), "tag": _("duty")}
    if step.kind == "publication":
        title, tag = _("Tell the public about your due diligence"), "" if step.question else _("duty")
        return row | {"title": title, "url": address("public_report_list", year), "tag": tag}
    if step.question is None:
        return row
    row |= {
        "title": f"{step.question.number} {step.question.text.in_(language)}",
        "url": _place_of(report, year, step.question, step.count > 0 or step.until is not None),
    }
    if step.asked_from:
        row["tag"] = _("asked from year %(n)s, counts already") % {"n": step.asked_from}
    return row | ({"tag": _("key question"), "tag_kind": "info"} if step.kind == "key" else {})


def _reason(pack: Pack, step: Step, language: str) -> str:
    """To which level, how much that takes, and what the level says."""
    assert step.question is not None
    about = {
        "level": pack.framework.level(step.level_wanted).text.in_(language),
        "criterion": step.question.criteria[step.level_wanted].in_(language),
        "count": number(step.count),
    }
    if step.count:
        return _("%(count)s to go to “%(level)s”: %(criterion)s") % about
    return _("To “%(level)s”: %(criterion)s") % about


def _place_of(report: Report, year: CovenantYear, question: Question, is_counted: bool) -> str:
    """Where a step is done: where the rows stand that are counted, or at the question, if its report has begun."""
    if is_counted:
        place = corrected_at(question.derived_from or "")
        return address(place, year) if place else ""
    return reverse("answer_edit", args=[report.pk, question.id]) if year.pk == report.year_id else ""


# The page of the current year, and the one that says of which year.
OF_A_YEAR = {
    "plan_edit": "plan_year",
    "risk_list": "risk_year",
    "results_now": "plan_results",
    "remedy_overview": "remedy_year",
}


def address(place: str, year: CovenantYear) -> str:
    """The page of a covenant year; empty as long as that year has not been opened."""
    if place not in OF_A_YEAR:
        return reverse(place)
    return reverse(OF_A_YEAR[place], args=[year.number]) if year.pk else ""


def _coverage_row(pack: Pack, step: Step, language: str) -> dict[str, Any]:
    row = {"tag": _("coverage"), "tag_kind": "line"}
    if step.kind == "chains":
        return row | {"title": _("Enter your chains"), "url": reverse("chain_list")}
    level = pack.coverage_level(step.subject).text.in_(language)
    words = _("Name more of your chain: %(level)s, %(count)s to go") % {"level": level, "count": step.count}
    return row | {"title": words, "url": reverse("chain_list") + f"?gap={step.subject}"}


def step_bars(pack: Pack, profile: str, estimate: Estimate, rows: list[StepRow], language: str) -> list[dict[str, Any]]:
    """Points per step, for the bars; the length of a bar is what the step is worth."""
    first = {row.number: next((q.url for p in row.parts for q in p.questions), "") for row in rows}
    groups = pack.profile(profile).groups
    out = []
    for step in pack.framework.steps:
        if step.number not in estimate.sheet.steps:
            continue
        worth = sum(g.weight for g in groups if g.step_number == step.number)
        out.append(
            {
                "label": f"{step.number}. {step.title.in_(language)}",
                "url": first.get(step.number, ""),
                "points": estimate.sheet.steps[step.number],
                "of": worth,
            }
        )
    return out


def finding_url(report: Report, finding: completeness.Finding) -> str:
    """Where a finding is mended."""
    if finding.place == "question":
        return reverse("answer_edit", args=[report.pk, finding.place_id])
    names = {"plan": "plan_edit", "publication": "public_report_list", "chains": "chain_list"}
    return reverse(names[finding.place]) if finding.place in names else ""
