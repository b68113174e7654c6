"""Pages of the assessment: queue, desk, acts, the company's side, the year, the trail."""

from .acts import (
    decision_take,
    extension_grant,
    provisional_give,
    provisional_take_back,
    report_call_in,
    report_return,
    second_reading,
    talk_edit,
)
from .company import assessment_company
from .desk import assess_question, assess_report, assessment_file, report_as_submitted
from .queue import report_assign, work_queue
from .years import audit_list, undelivered_declare, undelivered_remind, year_export, year_overview

__all__ = [
    "assess_question",
    "assess_report",
    "assessment_company",
    "assessment_file",
    "audit_list",
    "decision_take",
    "extension_grant",
    "provisional_give",
    "provisional_take_back",
    "report_as_submitted",
    "report_assign",
    "report_call_in",
    "report_return",
    "second_reading",
    "talk_edit",
    "undelivered_declare",
    "undelivered_remind",
    "work_queue",
    "year_export",
    "year_overview",
]
