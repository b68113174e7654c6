"""Reading assessments: the queue, the desk, the company's side, results of a year, the trail."""

from .company import CompanySide, company_side, for_company
from .desk import Desk, DeskQuestion, desk
from .outcomes import Recomputed, YearDecision, decisions_of_year, final_decisions, recompute
from .overview import YearCounts, YearRow, filtered, year_counts, year_rows
from .queue import QueueRow, assessors, open_question_count, work_queue
from .trail import TrailRow, trail, trail_rows

__all__ = [
    "CompanySide",
    "Desk",
    "DeskQuestion",
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
    "filtered",
    "final_decisions",
    "for_company",
    "open_question_count",
    "recompute",
    "trail",
    "trail_rows",
    "work_queue",
    "year_counts",
    "year_rows",
]
