"""What people do with a report: open it, answer, submit it, move it along."""

from toetssteen.reporting.services.answering import (
    AnswerData,
    assign,
    attach_evidence,
    confirm_answer,
    detach_evidence,
    save_answer,
)
from toetssteen.reporting.services.moving import move
from toetssteen.reporting.services.opening import may_start, open_report
from toetssteen.reporting.services.submitting import submit_report

__all__ = [
    "AnswerData",
    "assign",
    "attach_evidence",
    "confirm_answer",
    "detach_evidence",
    "may_start",
    "move",
    "open_report",
    "save_answer",
    "submit_report",
]
