"""The way to green and what-if in the words of the reader; no queries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.core.frameworks import Question
from toetssteen.foundation.look.figures import minutes_word, number, points, points_word
from toetssteen.reporting import trying
from toetssteen.reporting.models import Report
from toetssteen.reporting.planning import Planned
from toetssteen.reporting.presentation import step_row, too_late_rows, with_last_day
from toetssteen.reporting.trying import Outcome, Wish
from toetssteen.reporting.way_forms import StepsForm
from toetssteen.reporting.ways import Way

CODES = {"coverage": "coverage", "key": "key", "plan": "plan", "publication": "public_communication"}


def section(report: Report, way: Way, form: StepsForm, language: str) -> dict[str, Any]:
    """One year as the page shows it."""
    fields = {row.step.key: (hours, on) for row, hours, on in form.lines()}
    rows = [
        {"planned": row, "hours": fields[row.step.key][0], "on": fields[row.step.key][1],
         **_words(report, way, row, language)}
        for row in way.rows
    ]  # fmt: skip
    return {
        "way": way,
        "form": form,
        "heading": heading(way),
        "rows": rows,
        "too_late": [] if way.is_closed else too_late_rows(report, way.year, way.pack, way.path, language),
        "fresh": [row for row in rows if not row["planned"].also_this_year],
        "known": [row for row in rows if row["planned"].also_this_year],
        "minutes": minutes_word(way.minutes),
        "alone": minutes_word(way.minutes_alone) if way.minutes_alone != way.minutes else "",
        "mark": way.rule.has_placeholder or way.pack.effort.placeholder,
    }


def heading(way: Way) -> str:
    """How far it is, in one line."""
    if way.is_closed:
        return _("Year %(n)s has been handed in") % {"n": way.standing.report_year}
    count = len(way.rows)
    if not count and way.path.too_late:
        return _("Year %(n)s: what is missing for green cannot be done any more") % {"n": way.standing.report_year}
    if not count:
        return _("Year %(n)s: nothing is missing for green") % {"n": way.standing.report_year}
    words = ngettext("Year %(n)s: %(count)s step to green", "Year %(n)s: %(count)s steps to green", count)
    return words % {"n": way.standing.report_year, "count": count}


def _words(report: Report, way: Way, row: Planned, language: str) -> dict[str, Any]:
    """What to do, where, why, what it yields and how long it takes."""
    step = row.step
    words = step_row(report, way.year, way.pack, step, language)
    words["why"] = with_last_day(words["reason"] or _why(way, row, language), step)
    words["tag"] = words["tag"] or _("for the points")
    words["effort"] = minutes_word(row.minutes)
    return words


def _why(way: Way, row: Planned, language: str) -> str:
    """The sentence of the rule that asks for this step."""
    code = CODES.get(row.step.kind)
    for reason in way.estimate.proposal.reasons:
        subject = row.step.subject or None
        if reason.code == code and reason.met is False and reason.subject == subject:
            return str(reason.text.in_(language))
    if row.step.kind == "publication":
        return _("A key question looks at when you last told the public.")
    return ""


def where_to_start(sections: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The first thing to do: of this year, or of the next when this one is done."""
    return next((row for part in sections for row in part["rows"] if row["url"]), None)


# --- what if


def trial(way: Way, wish: Wish, outcome: Outcome, language: str) -> dict[str, Any]:
    """The form with what is tried, and what changes."""
    reasons = [
        {"text": reason.text.in_(language), "met": reason.met, "changed": changed, "mark": reason.placeholder}
        for reason, changed in outcome.changed
    ]
    return {
        "coverage": _coverage(way, wish, language),
        "groups": _groups(way, wish, language),
        "open_reasons": [row for row in reasons if not row["met"] or row["changed"]],
        "met_reasons": [row for row in reasons if row["met"] and not row["changed"]],
        "gain": _change(outcome.then.sheet.total - outcome.now.sheet.total),
        "yes_no": [
            {"name": trying.PLAN, "label": _("Plan of action"), "now": way.standing.plan_delivered, "value": wish.plan},
            {
                "name": trying.PUBLIC,
                "label": _("Told the public this year"),
                "now": outcome.now.proposal.checks.public_communication if outcome.now.proposal.checks else False,
                "value": wish.public,
            },
        ],
    }


def _coverage(way: Way, wish: Wish, language: str) -> list[dict[str, Any]]:
    rows = []
    for level in way.pack.coverage_levels:
        share = way.standing.coverage[level.id]
        if share.applies and level.fact:
            label = level.text.in_(language)
            rows.append(
                {
                    "name": level.id,
                    "label": label[:1].upper() + label[1:],
                    "now": number(share.part),
                    "whole": number(share.whole),
                    "value": wish.known.get(level.id, ""),
                }
            )
    return rows


def _groups(way: Way, wish: Wish, language: str) -> list[dict[str, Any]]:
    """The questions by step; those of later years count already and stand with the others."""
    framework, now = way.pack.framework, way.estimate
    steps = {sub.id: sub.step_number for sub in framework.sub_steps}
    titles = {step.number: step.title.in_(language) for step in framework.steps}
    groups: dict[int, list[dict[str, Any]]] = {}
    for question in trying.questions_of(way.pack, way.standing):
        groups.setdefault(steps[question.sub_step], []).append(_choice(way, wish, question, now, language))
    return [
        {
            "title": f"{n}. {titles[n]}",
            "questions": rows,
            "tried": sum(bool(row["value"]) for row in rows),
        }
        for n, rows in groups.items()
    ]


def _choice(way: Way, wish: Wish, question: Question, now: Any, language: str) -> dict[str, Any]:
    """One question with its levels, each with what it would yield."""
    framework, gains = way.pack.framework, trying.gains(way.pack, way.standing, now, question)
    current = now.sheet.levels[question.id]
    return {
        "id": question.id,
        "label": f"{question.number} {question.text.in_(language)}",
        "now": framework.level(current).text.in_(language),
        "is_key": question.is_key(way.standing.report_year),
        "later": question.from_year > way.standing.report_year,
        "from_year": question.from_year,
        "value": wish.levels.get(question.id, ""),
        "levels": [
            {"id": level.id, "label": f"{level.text.in_(language)} ({_change(gains[level.id])})"}
            for level in framework.levels
            if level.id != current
        ],
    }


def _change(value: Any) -> str:
    """A change with its sign: +5,5 or -3."""
    word = points(abs(value))
    if word == points(0):
        return points_word(0)
    return f"+{word}" if value > 0 else f"-{word}"
