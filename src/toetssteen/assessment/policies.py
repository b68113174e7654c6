"""What the state of a report and its assessment allows, whoever asks."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from toetssteen.assessment.choices import RESULT_KINDS, DecisionKind
from toetssteen.assessment.models import Assessment, Decision, Extension
from toetssteen.core.access import YES, Verdict, no
from toetssteen.reporting.choices import ReportState
from toetssteen.reporting.models import Report

# In these states the secretariat's file on a report is open.
IN_HAND = frozenset({ReportState.SUBMITTED, ReportState.IN_REVIEW, ReportState.RETURNED, ReportState.PROVISIONAL})
TALKING = IN_HAND | {ReportState.FINAL}
SCORABLE = frozenset({ReportState.SUBMITTED, ReportState.IN_REVIEW})
RETURNABLE = SCORABLE


def allows_taking(report: Report) -> Verdict:
    """A submitted report may be taken or handed over until it is decided."""
    if report.state in IN_HAND:
        return YES
    return no(_("This report is not waiting for an assessor."))


def allows_scoring(report: Report) -> Verdict:
    """Points may be given while the report is being assessed."""
    if report.state in SCORABLE:
        return YES
    if report.state == ReportState.RETURNED:
        return no(_("The report lies with the company for completion."))
    if report.state == ReportState.PROVISIONAL:
        return no(_("The company has the provisional result. Take it back first if the points must change."))
    return no(_("The points of this report can no longer change."))


def allows_asking(report: Report) -> Verdict:
    """Questions go to the company while its report is in hand."""
    if report.state in IN_HAND:
        return YES
    return no(_("Questions are asked while the report is being assessed."))


def allows_returning(report: Report) -> Verdict:
    """A report may be returned while it is being assessed."""
    if report.state in RETURNABLE:
        return YES
    return no(_("Only a report that is being assessed can be returned for completion."))


def allows_calling_in(report: Report, extension: Extension | None, due_on: dt.date | None, today: dt.date) -> Verdict:
    """A returned report is taken back when the company let its date pass without handing in."""
    if report.state != ReportState.RETURNED:
        return no(_("The report does not lie with the company."))
    last_day = extension.until_on if extension is not None else due_on
    if last_day is not None and today <= last_day:
        return no(_("The company still has time."))
    return YES


def allows_provisional(report: Report, *, left: int) -> Verdict:
    """A provisional result may be given when every question was looked at."""
    if report.state not in SCORABLE:
        return no(_("A provisional result is given while the report is being assessed."))
    if left:
        return no(_("Possible when all questions have been looked at. There are still %(left)s.") % {"left": left})
    return YES


def allows_taking_back(report: Report) -> Verdict:
    """A provisional result may be taken back to change points."""
    if report.state == ReportState.PROVISIONAL:
        return YES
    return no(_("There is no provisional result to take back."))


def allows_second_reader(report: Report, assessment: Assessment, *, rule: str) -> Verdict:
    """A second reader may be asked until the decision, unless the parties agreed that nobody reads along."""
    if rule == "never":
        return no(_("The rules of this year know no second reader."))
    if assessment.second_asked_at is not None:
        return no(_("A second reader was already asked."))
    if report.state in SCORABLE or report.state == ReportState.PROVISIONAL:
        return YES
    return no(_("A second reader is asked before the decision."))


def allows_second_read(report: Report, assessment: Assessment) -> Verdict:
    """The second reading may be recorded when it was asked for and not done."""
    if assessment.second_asked_at is None:
        return no(_("No second reader was asked."))
    if assessment.second_read_at is not None:
        return no(_("The second reading was already done."))
    if report.state in SCORABLE or report.state == ReportState.PROVISIONAL:
        return YES
    return no(_("A second reading is done before the decision."))


def allows_rescoring(question: str, extension: Extension | None, changed: set[str]) -> Verdict:
    """After extra time only what was missing is assessed again, and what the company changed."""
    if extension is None or question in changed:
        return YES
    codes = {item["code"] for item in extension.missing}
    subjects = {item["subject"] for item in extension.missing}
    if "score" in codes or question in subjects:
        return YES
    return no(_("After extra time only what was missing is assessed again."))


def allows_decision(report: Report, assessment: Assessment, *, replied: bool, today: dt.date, rule: str) -> Verdict:
    """A decision follows a provisional result, the second reading if asked or always needed, and the reply."""
    if report.state == ReportState.FINAL:
        return no(_("This report was already decided."))
    if report.state != ReportState.PROVISIONAL:
        return no(_("First give the company its provisional result."))
    if assessment.waits_for_second_reader:
        return no(_("Waits for the second reader."))
    if rule == "always" and assessment.second_read_at is None:
        return no(_("The rules of this year ask for a second reader. Ask a colleague first."))
    if not replied and reply_is_open(assessment, report, today):
        return no(_("The company may still reply. Possible after its reply, or when the term has passed."))
    return YES


def reply_is_open(assessment: Assessment, report: Report, today: dt.date) -> bool:
    """The company may still reply to the provisional result."""
    return (
        report.state == ReportState.PROVISIONAL
        and assessment.reply_until is not None
        and today <= assessment.reply_until
    )


def allows_reply(assessment: Assessment, report: Report, today: dt.date) -> Verdict:
    """A reply is possible until its term has passed."""
    if report.state != ReportState.PROVISIONAL:
        return no(_("A reply is possible while there is a provisional result."))
    if not reply_is_open(assessment, report, today):
        return no(_("The term for a reply has passed."))
    return YES


def allows_extension(last: Decision | None, report: Report, *, meets_colour: str, times: int, most: int) -> Verdict:
    """Extra time follows a decision that is not the colour of meeting all demands, and at most so many times."""
    if last is None or last.kind not in RESULT_KINDS or report.state != ReportState.FINAL:
        return no(_("Extra time is given with a decision or after it."))
    if last.colour == meets_colour:
        return no(_("The company meets all demands, so nothing is missing."))
    if times >= most:
        return no(_("The company already had extra time for this year."))
    return YES


def is_result(decision: Decision) -> bool:
    """The decision gives the colour of a year; a provisional one does not."""
    return decision.kind in (DecisionKind.FINAL, DecisionKind.REASSESSED)
