"""Reading assessments: the queue, the desk, the company's side, results of a year, the trail."""

from .company import CompanySide, company_side, for_company
from .desk import Decision, Desk, DeskQuestion, QuestionScore, desk
from .handed_in import HandedIn, handed_in
from .outcomes import Recomputed, YearDecision, decisions_of_year, final_decisions, recompute
from .overview import (
    YearCounts,
    YearRow,
    filtered,
    sorted_rows,
    undelivered_proposal,
    year_counts,
    year_page,
    year_rows,
)
from .queue import QueueRow, assessors, file_exists, open_question_count, queue_page, work_queue
from .trail import TrailRow, may_view_trail, trail, trail_rows

__all__ = [
    "CompanySide",
    "Decision",
    "Desk",
    "DeskQuestion",
    "HandedIn",
    "QuestionScore",
    "QueueRow",
    "Recomputed",
    "TrailRow",
    "YearCounts",
    "YearDecision",
    "YearRow",
    "assessors",
    "company_side",
    "decisions_of_year",
    "desk",
    "file_exists",
    "filtered",
    "final_decisions",
    "for_company",
    "handed_in",
    "may_view_trail",
    "open_question_count",
    "queue_page",
    "recompute",
    "sorted_rows",
    "trail",
    "trail_rows",
    "undelivered_proposal",
    "work_queue",
    "year_counts",
    "year_page",
    "year_rows",
]
