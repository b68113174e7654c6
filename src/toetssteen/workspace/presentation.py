"""The home of a company in the words of the reader; no queries."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from toetssteen.assessment import presentation as assessed
from toetssteen.assessment.queries import CompanySide
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation.addresses import reverse
from toetssteen.foundation.look.figures import day, day_short, points, points_word
from toetssteen.foundation.look.tags.elements import colour_word
from toetssteen.reporting import presentation as reporting
from toetssteen.reporting.choices import ReportState
from toetssteen.supplychain.meters import meter_rows
from toetssteen.workspace.queries import GIVEN, NO_REPORT, NOT_STARTED, WITH_COMPANY, CompanyHome, OwnReport

FIRST = 3
MOST_MESSAGES = 6


def heading(home: CompanyHome) -> str:
    """The one question that the page answers."""
    if home.stand == NO_REPORT:
        return _("You do not have to hand in a report this year")
    if home.stand == NOT_STARTED:
        return _("Your report can be started") if home.may_start else _("No report has been started yet")
    side = home.side_of_year
    if home.stand in GIVEN and side is not None and side.result is not None:
        colour = colour_word(side.result.decision.colour)
        if home.stand == ReportState.FINAL:
            return _("Your year is %(colour)s") % {"colour": colour}
        return _("Your provisional result: %(colour)s") % {"colour": colour}
    if home.stand == ReportState.SUBMITTED:
        return _("Your report has been handed in")
    if home.stand not in WITH_COMPANY or home.own is None:
        return _("The secretariat is assessing your report")
    return to_green(home.own)


def to_green(own: OwnReport) -> str:
    """How far it is to green, by the company's own estimate."""
    if own.estimate.proposal.meets:
        return _("You reach green")
    if own.path.points_short > 0:
        short = own.path.points_short
        many = 1 if short == 1 else 2
        words = ngettext("%(points)s point to go for green", "%(points)s points to go for green", many)
        return words % {"points": points(short)}
    count = len(own.path.steps) + len(own.path.too_late)
    return ngettext("%(count)s thing to go for green", "%(count)s things to go for green", count) % {"count": count}


def deadline(home: CompanyHome) -> tuple[str, str]:
    """Until when the company can do something, and how many days are left."""
    left = home.days_left
    if left < 0:
        words = ngettext("%(count)s day too late", "%(count)s days too late", -left) % {"count": -left}
    elif left == 0:
        words = _("today is the last day")
    else:
        words = ngettext("%(count)s day left", "%(count)s days left", left) % {"count": left}
    return day(home.due_on), words


def years(home: CompanyHome) -> list[dict[str, Any]]:
    """One stone per covenant year: decided colours, the current year, and the demands of years to come."""
    return [_stone(home, year) for year in home.years]


def _stone(home: CompanyHome, year: CovenantYear) -> dict[str, Any]:
    number, own = year.number, home.own_number(year.number)
    # The number that the register and the report show: the company's own; a year without a report has only its dates.
    label = str(year) if own is None else _("Year %(n)s") % {"n": own}
    row: dict[str, Any] = {"label": label, "current": number == home.year.number}
    decided = home.decisions.get(number)
    if number > home.year.number:
        rule = home.rule_of(number)
        row["future"] = True
        if rule is not None and rule.min_score.value is not None:
            row["text"] = _("from %(points)s") % {"points": points_word(rule.min_score.value)}
            row["mark"] = rule.min_score.placeholder
        else:
            row["text"] = pgettext("year", "to come")
    elif row["current"] and home.stand == ReportState.PROVISIONAL:
        row["text"] = pgettext("year", "provisional")
    elif decided is not None and not (row["current"] and home.stand == ReportState.RETURNED):
        row |= {"colour": decided.colour, "url": reverse("assessment_company", args=[decided.report_id])}
    elif not row["current"] or home.stand == NO_REPORT:
        row["text"] = pgettext("year", "no report")
    return row


def meters(home: CompanyHome) -> list[dict[str, Any]]:
    """What the company knows of its chain beside what this year asks."""
    own = home.own
    if own is None:
        return meter_rows(home.pack, home.rule, home.coverage)
    rule = home.pack.rule(own.report.situation, own.report.report_year)
    return meter_rows(home.pack, rule, own.estimate.coverage)


def rows(home: CompanyHome, language: str) -> list[Any]:
    """The steps of the own report with their questions, as the questionnaire shows them."""
    return reporting.steps(home.own.report, home.own.state, {}, language) if home.own is not None else []


def step_rows(home: CompanyHome, rows: list[Any], language: str) -> list[dict[str, Any]]:
    """Points per step: as they were given, otherwise by the company's own estimate."""
    own, side = home.own, home.side_of_year
    if own is None:
        return []
    bars = reporting.step_bars(home.pack, own.report.situation, own.estimate, rows, language)
    if home.stand not in GIVEN:
        return bars
    if side is None or side.result is None:
        return []
    given = side.result.decision.snapshot.content["score"]["steps"]
    url = reverse("assessment_company", args=[own.report.pk])
    numbers = [step.number for step in home.pack.framework.steps if step.number in own.estimate.sheet.steps]
    return [
        {**bar, "points": given[str(number)], "url": url}
        for bar, number in zip(bars, numbers, strict=True)
        if str(number) in given
    ]


def todo(home: CompanyHome, language: str) -> list[dict[str, Any]]:
    """The first things that are missing for green."""
    if home.own is None or home.stand not in WITH_COMPANY:
        return []
    return reporting.todo_rows(home.own.report, home.pack, home.own.path, language)[:FIRST]


def too_late(home: CompanyHome, language: str) -> list[dict[str, Any]]:
    """What the rule demands but what cannot count for the year any more."""
    if home.own is None or home.stand not in WITH_COMPANY:
        return []
    return reporting.too_late_rows(home.own.report, home.year, home.pack, home.own.path, language)


def next_question(home: CompanyHome, rows: list[Any]) -> Any:
    """The first question that still needs somebody."""
    if home.own is None or home.stand not in WITH_COMPANY:
        return None
    return reporting.first_open(rows)


def request_items(home: CompanyHome) -> list[dict[str, str]]:
    """What the secretariat asked to complete, with the address of the question."""
    side = home.side_of_year
    if side is None or home.stand != ReportState.RETURNED:
        return []
    if side.extension is not None:
        return [{"title": row["text"], "url": ""} for row in assessed.reason_rows(side.extension.missing)]
    rows = []
    for item in assessed.request_items(side):
        known = bool(item["number"])
        title = _("Question %(number)s") % {"number": item["number"]} if known else _("The whole report")
        url = reverse("answer_edit", args=[side.report.pk, item["question"]]) if known else ""
        rows.append({"title": title, "url": url, "text": item["text"]})
    return rows


def messages(home: CompanyHome) -> list[dict[str, Any]]:
    """What the secretariat asks or tells, open questions first."""
    side = home.side
    if side is None:
        return []
    url = reverse("assessment_company", args=[side.report.pk])
    rows = [_question(side, remark, url) for remark in reversed(side.open_questions)]
    sender = _("Secretariat")
    if side.request is not None:
        title = _("Please complete your report before %(day)s") % {"day": day_short(side.request.due_on)}
        rows.append({"title": title, "url": url, "meta": f"{sender}, {day(side.request.asked_at)}", "new": True})
    if side.extension is not None:
        title = _("You have extra time until %(day)s") % {"day": day(side.extension.until_on)}
        rows.append({"title": title, "url": url, "meta": f"{sender}, {day(side.extension.decided_at)}"})
    if side.result is not None:
        decision = side.result.decision
        title = _("Provisional result of year %(n)s") if side.result.is_provisional else _("Decision on year %(n)s")
        meta = f"{sender}, {day(decision.decided_at)}"
        new = side.report.state == ReportState.PROVISIONAL
        rows.append({"title": title % {"n": side.report.report_year}, "url": url, "meta": meta, "new": new})
    for talk in reversed(side.talks):
        title = _("Talk on %(day)s") if talk.held_on >= home.today else _("Notes of the talk on %(day)s")
        row = {"title": title % {"day": day(talk.held_on)}, "url": url, "meta": f"{sender}, {day(talk.written_at)}"}
        rows.append(row)
    return rows[:MOST_MESSAGES]


def _question(side: CompanySide, remark: Any, url: str) -> dict[str, Any]:
    number = assessed.numbers(side.pack).get(remark.question, "")
    about = _("Question about %(number)s") % {"number": number} if number else _("Question about your report")
    words = remark.text if len(remark.text) <= 80 else f"{remark.text[:77].rstrip()}…"
    return {
        "title": f"{about}: {words}",
        "url": url,
        "meta": f"{_('Secretariat')}, {day(remark.written_at)}",
        "new": True,
    }
