"""Pages of the yearly report."""

from toetssteen.reporting.views.answers import answer_confirm, answer_edit, answer_evidence
from toetssteen.reporting.views.overview import part_assign, report_check, report_current, report_overview
from toetssteen.reporting.views.parts import part_edit
from toetssteen.reporting.views.submitting import report_receipt, report_submit, snapshot_file, snapshot_page
from toetssteen.reporting.views.variants import variant_adopt, variant_ask, variant_decide, variant_end, variant_list
from toetssteen.reporting.views.ways import report_path, what_if

__all__ = [
    "answer_confirm",
    "answer_edit",
    "answer_evidence",
    "part_assign",
    "part_edit",
    "report_check",
    "report_current",
    "report_overview",
    "report_path",
    "report_receipt",
    "report_submit",
    "snapshot_file",
    "snapshot_page",
    "variant_adopt",
    "variant_ask",
    "variant_decide",
    "variant_end",
    "variant_list",
    "what_if",
]
