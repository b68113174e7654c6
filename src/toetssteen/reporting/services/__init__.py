"""What people do with a report: open it, answer, submit it, move it along."""

from toetssteen.reporting.services.answering import (
    AnswerData,
    assign,
    attach_evidence,
    confirm_answer,
    detach_evidence,
    save_answer,
    save_part,
)
from toetssteen.reporting.services.moving import move
from toetssteen.reporting.services.opening import may_start, open_report
from toetssteen.reporting.services.planning import StepPlan, plan_steps
from toetssteen.reporting.services.submitting import submit_report
from toetssteen.reporting.services.variants import adopt_variant, ask_variant, decide_variant, end_variant

__all__ = [
    "AnswerData",
    "StepPlan",
    "adopt_variant",
    "ask_variant",
    "assign",
    "attach_evidence",
    "confirm_answer",
    "decide_variant",
    "detach_evidence",
    "end_variant",
    "may_start",
    "move",
    "open_report",
    "plan_steps",
    "save_answer",
    "save_part",
    "submit_report",
]
