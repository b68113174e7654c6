"""How an assessment is said on a page: levels with points, checks with their figures, facts in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from toetssteen.assessment import results
from toetssteen.assessment.models import Decision
from toetssteen.assessment.queries import CompanySide, Desk, DeskQuestion, QueueRow, YearRow
from toetssteen.core.frameworks import Fact, Pack, Question, Share, Text
from toetssteen.core.scoring import Proposal
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.figures import day, day_short, number, percent
from toetssteen.reporting import values


def words(text: Text | None) -> str:
    """A text of the pack in the language of the page."""
    return text.in_(get_language()) if text is not None else ""


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


@dataclass(frozen=True)
class LevelRow:
    """One level to choose: its key on the keyboard, criterion and points."""

    value: str
    key: int
    name: str
    criterion: str
    points: Fraction
    proposed: bool


def level_rows(pack: Pack, row: DeskQuestion) -> list[LevelRow]:
    """The levels from low to high, with what the criterion asks and what it gives."""
    return [
        LevelRow(
            value=level.id,
            key=key,
            name=words(level.text),
            criterion=words(row.question.criteria.get(level.id)),
            points=row.question.max_points * level.factor,
            proposed=row.proposed == level.id,
        )
        for key, level in enumerate(pack.framework.levels, start=1)
    ]


@dataclass(frozen=True)
class CheckRow:
    """One condition of the year: how it stands against what is asked."""

    label: str
    value: str
    met: bool | None
    placeholder: bool
    note: str = ""


def check_rows(desk: Desk, proposal: Proposal) -> list[CheckRow]:
    """Points, key questions, coverage per level, plan and communication against the demands of the year."""
    if proposal.checks is None or proposal.sheet is None:
        return []
    rule, rows = desk.rule, []
    minimum = rule.min_score.value
    if minimum is not None:
        said = _("%(part)s of %(whole)s") % {"part": number(proposal.sheet.total), "whole": number(minimum)}
        rows.append(CheckRow(_("Points"), said, proposal.checks.score, rule.min_score.placeholder))
    keys = [r for r in proposal.reasons if r.code == "key"]
    met = sum(bool(r.met) for r in keys)
    said = _("%(part)s of %(whole)s") % {"part": met, "whole": len(keys)}
    rows.append(CheckRow(_("Key questions"), said, proposal.checks.keys, any(r.placeholder for r in keys)))
    rows += _coverage_rows(desk)
    for code, label, need in (
        ("plan", _("Plan of action"), rule.plan_required),
        ("public_communication", _("Communication"), rule.public_communication_required),
    ):
        reason = next(r for r in proposal.reasons if r.code == code)
        said = _("not needed") if not need.value else _("present") if reason.met else _("missing")
        rows.append(CheckRow(label, said, reason.met, need.placeholder))
    return rows


def _coverage_rows(desk: Desk) -> Iterable[CheckRow]:
    shares = results.coverage_of(desk.pack, desk.filing.facts)
    for level in desk.pack.coverage_levels:
        demand = desk.rule.coverage.get(level.id)
        if demand is None:
            continue
        share = shares.get(level.id, Share(0, 0))
        got = percent(share) if share.applies else _("no chains")
        said = _("%(part)s of %(whole)s") % {"part": got, "whole": percent(demand.value)}
        yield CheckRow(capital(words(level.text)), said, share.reaches(demand.value), demand.placeholder)


def fact_words(fact: Fact) -> str:
    """A fact in words: 17 of 18 (94.4%), 3, or does not apply."""
    if fact is None or (isinstance(fact, Share) and not fact.applies):
        return _("does not apply")
    if isinstance(fact, Share):
        said = _("%(part)s of %(whole)s") % {"part": number(fact.part), "whole": number(fact.whole)}
        return f"{said} ({percent(fact)})"
    if hasattr(fact, "isoformat"):
        return day(fact)
    return number(fact)


def fact_rows(desk: Desk, row: DeskQuestion) -> list[tuple[str, str]]:
    """What the platform counted for this question, and what the year asks of it."""
    question, facts = row.question, desk.filing.facts
    found: list[tuple[str, str]] = []
    names = [question.derived_from] if question.derived_from else []
    if question.visible_if is not None:
        names.append(question.visible_if.fact)
    for name in dict.fromkeys(names):
        known = desk.pack.framework.platform_facts.get(name)
        if known is not None and name in facts:
            found.append((capital(words(known.text)), fact_words(facts[name])))
    level = next((c for c in desk.pack.coverage_levels if c.fact and c.fact == question.derived_from), None)
    if level is not None and level.id in desk.rule.coverage:
        asked = desk.rule.coverage[level.id]
        found.append((_("Asked in year %(n)s") % {"n": desk.filing.report_year}, percent(asked.value)))
    return found


@dataclass(frozen=True)
class ShownValue:
    """The value of an answer in words."""

    lines: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def shown_value(question: Question, pack: Pack, value: Any) -> ShownValue:
    """What the company filled in, by the kind of answer."""
    if value in (None, "", [], {}):
        return ShownValue()
    if question.answer.kind == "table" and isinstance(value, list):
        columns = values.columns_of(question, pack)
        rows = tuple(tuple(str(row.get(c, "")) for c, _text in columns) for row in value if isinstance(row, dict))
        return ShownValue(columns=tuple(capital(words(t)) for _c, t in columns), rows=rows)
    said = values.shown(question, pack, value)
    listed = said if isinstance(said, list) else [said]
    return ShownValue(lines=tuple(words(x) if isinstance(x, Text) else _plain(x) for x in listed))


def _plain(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return day(value)
    return str(value)


def level_name(pack: Pack, level: str) -> str:
    """The name of a level."""
    return words(pack.framework.level(level).text) if level else ""


def level_points(pack: Pack, question: Question, level: str) -> Fraction:
    """What a level gives at a question."""
    return question.max_points * pack.framework.level(level).factor


def queue_note(row: QueueRow) -> str:
    """The small line below a company in the queue."""
    year = _("year %(n)s") % {"n": row.report_year}
    if row.waits_for_reader:
        rest = _("second reader asked")
    elif row.state == "provisional" and row.reply_until:
        rest = _("reply until %(day)s") % {"day": day_short(row.reply_until)}
    elif row.state == "returned" and row.extension_until:
        rest = _("extra time until %(day)s") % {"day": day_short(row.extension_until)}
    elif row.state == "returned":
        rest = _("with the company")
    elif row.open_questions:
        rest = _("waits for an answer")
    elif row.to_look_at:
        rest = _("%(part)s of %(whole)s looked at") % {"part": row.looked_at, "whole": row.to_look_at}
    else:
        rest = _("new")
    return f"{year}, {rest}"


def queue_items(rows: Sequence[QueueRow], current: int | None = None) -> list[dict[str, Any]]:
    """The queue beside the desk."""
    return [
        {
            "title": row.company,
            "url": reverse("assess_report", args=[row.report_id]),
            "note": queue_note(row),
            "current": row.report_id == current,
        }
        for row in rows
    ]


def reason_rows(reasons: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The frozen reasons of a proposal in the language of the page; what is not met first."""
    language = "nl" if (get_language() or "nl").startswith("nl") else "en"
    rows = [
        {
            "text": r.get(language) or r.get("nl", ""),
            "met": r.get("met"),
            "placeholder": r.get("placeholder", False),
            "key": f"{r.get('code', '')}:{r.get('subject', '')}",
        }
        for r in reasons
    ]
    return sorted(rows, key=lambda row: {False: 0, None: 2, True: 1}[row["met"]])


def proposal_rows(proposal: Proposal) -> list[dict[str, Any]]:
    """The same for a proposal that was not frozen yet."""
    return reason_rows(results.proposal_content(proposal)["reasons"])


def colour_choices(pack: Pack) -> list[tuple[str, str]]:
    """The colours that a person may give, with what each says."""
    return [(c.colour, f"{capital(words(c.name))}: {words(c.text)}") for c in pack.decision.colours]


def colours_without_report(pack: Pack) -> list[tuple[str, str]]:
    """The colours that are possible when no report was handed in: never the one for meeting all demands."""
    meets = pack.decision.of_kind("meets")
    return [(colour, said) for colour, said in colour_choices(pack) if meets is None or colour != meets.colour]


def colour_names(pack: Pack) -> list[tuple[str, str]]:
    """The colours by name."""
    return [(c.colour, capital(words(c.name))) for c in pack.decision.colours]


@dataclass(frozen=True)
class EvidenceRow:
    """A piece of evidence as it was handed in, and whether it still holds on the last day of the year."""

    id: int
    title: str
    kind: str
    document_on: Any
    valid_until: Any
    expired: bool


def evidence_rows(desk: Desk, row: DeskQuestion) -> list[EvidenceRow]:
    """The evidence at a question, with its kind in words."""
    kinds = {k.id: words(getattr(k, "name", None) or k.text) for k in desk.pack.evidence_kinds}
    end = desk.report.year.ends_on
    return [
        EvidenceRow(
            id=e.id,
            title=e.title,
            kind=capital(kinds.get(e.kind, e.kind)),
            document_on=e.document_on,
            valid_until=e.valid_until,
            expired=e.valid_until is not None and e.valid_until < end,
        )
        for e in row.answer.evidence
    ]


def evidence_wanted(pack: Pack, question: Question) -> list[str]:
    """The kinds of evidence that the framework has in mind for a question."""
    kinds = {k.id: words(getattr(k, "name", None) or k.text) for k in pack.evidence_kinds}
    return [kinds.get(k, k) for k in question.evidence]


def numbers(pack: Pack) -> dict[str, str]:
    """The number of every question as the reader knows it."""
    return {q.id: q.number for q in (*pack.framework.questions.values(), *pack.variant_questions.values())}


def remark_rows(desk: Desk) -> list[tuple[Any, str]]:
    """What both sides said, with the number of the question it is about."""
    known = numbers(desk.pack)
    return [(r, known.get(r.question, "")) for r in desk.remarks]


def company_remarks(side: CompanySide) -> list[tuple[Any, str]]:
    """The same for the company, without what still waits for its answer and its replies."""
    known = numbers(side.pack)
    waiting = {r.pk for r in side.open_questions}
    return [(r, known.get(r.question, "")) for r in side.remarks if r.pk not in waiting and r.kind != "reply"]


def request_rows(desk: Desk) -> list[tuple[Any, list[tuple[str, str]]]]:
    """Every request for completion with its list."""
    known = numbers(desk.pack)
    return [(r, [(known.get(i.get("question", ""), ""), i["text"]) for i in r.items]) for r in desk.requests]


def request_items(side: CompanySide) -> list[dict[str, str]]:
    """What the company must complete, with the address of the question where there is one."""
    if side.request is None:
        return []
    known = numbers(side.pack)
    return [
        {"number": known.get(i.get("question", ""), ""), "question": i.get("question", ""), "text": i["text"]}
        for i in side.request.items
    ]


def given_steps(side: CompanySide) -> list[tuple[str, Any, list[Any]]]:
    """The points that were given, per step of the framework, with the score of the step."""
    if side.result is None:
        return []
    framework = side.pack.framework
    step_of = {s.id: s.step_number for s in framework.sub_steps}
    scores = side.result.decision.snapshot.content["score"]["steps"]
    found = []
    for step in framework.steps:
        own = [p for p in side.result.questions if step_of[p.question.sub_step] == step.number]
        if own:
            found.append((words(step.title), scores.get(str(step.number)), own))
    return found


def reminder_label(row: YearRow) -> str:
    """A company to remind, with when it was reminded before."""
    if row.reminded_at is None:
        return row.name
    return _("%(name)s (reminded on %(day)s)") % {"name": row.name, "day": day(row.reminded_at)}


def day_words(value: Any) -> str:
    """A day in words."""
    return day(value)


def decision_title(decision: Decision) -> str:
    """What kind of decision it is, in words."""
    return str(decision.get_kind_display())
