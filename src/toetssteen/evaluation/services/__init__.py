"""What people do with results: note a reading, correct or remove it, evaluate a goal or a year, take a goal along."""

from toetssteen.evaluation.services.evaluating import (
    ConsultationData,
    EvaluationData,
    plan_was_started,
    save_evaluation,
    take_up,
)
from toetssteen.evaluation.services.reading import ReadingData, correct_reading, record_reading, remove_reading

__all__ = [
    "ConsultationData",
    "EvaluationData",
    "ReadingData",
    "correct_reading",
    "plan_was_started",
    "record_reading",
    "remove_reading",
    "save_evaluation",
    "take_up",
]
