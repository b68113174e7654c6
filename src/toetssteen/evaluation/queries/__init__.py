"""Reading what goals measured and what was concluded, for the company's pages and for the rooms above."""

from toetssteen.evaluation.queries.conclusions import (
    Concluded,
    conclusion_of_year,
    conclusions_for,
    conclusions_of_goals,
    evaluation_of,
)
from toetssteen.evaluation.queries.frozen import results_handed_in
from toetssteen.evaluation.queries.history import YearReading, history, readings_of_goals
from toetssteen.evaluation.queries.results import (
    Board,
    GoalResult,
    board_of,
    evidence_choices,
    goal_on_page,
    plan_in,
    reading_of,
    years_to_choose,
)
from toetssteen.evaluation.queries.usage import evidence_handed_in, evidence_usage, links_of_plan

__all__ = [
    "Board",
    "Concluded",
    "GoalResult",
    "YearReading",
    "board_of",
    "conclusion_of_year",
    "conclusions_for",
    "conclusions_of_goals",
    "evaluation_of",
    "evidence_choices",
    "evidence_handed_in",
    "evidence_usage",
    "goal_on_page",
    "history",
    "links_of_plan",
    "plan_in",
    "reading_of",
    "readings_of_goals",
    "results_handed_in",
    "years_to_choose",
]
