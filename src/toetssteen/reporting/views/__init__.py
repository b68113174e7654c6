"""Pages of the yearly report."""

from toetssteen.reporting.views.answers import answer_confirm, answer_edit, answer_evidence
from toetssteen.reporting.views.overview import part_assign, report_check, report_current, report_overview
from toetssteen.reporting.views.submitting import report_receipt, report_submit, snapshot_file, snapshot_page

__all__ = [
    "answer_confirm",
    "answer_edit",
    "answer_evidence",
    "part_assign",
    "report_check",
    "report_current",
    "report_overview",
    "report_receipt",
    "report_submit",
    "snapshot_file",
    "snapshot_page",
]
