"""How far an assessment is."""

from __future__ import annotations

from toetssteen.assessment import results
from toetssteen.assessment.models import Assessment
from toetssteen.core.frameworks import Pack


def count_progress(assessment: Assessment, pack: Pack, filing: results.Filing) -> None:
    """Keep how many questions were looked at, for the queue."""
    given = set(assessment.scores.values_list("question", flat=True))
    needed = {q.id for q in results.to_assess(pack, filing)}
    assessment.looked_at, assessment.to_look_at = len(needed & given), len(needed)
    assessment.row_version += 1
    assessment.save(update_fields=["looked_at", "to_look_at", "row_version"])


def unread(assessment: Assessment) -> None:
    """Points that change after the second reading must be read again."""
    if assessment.second_read_at is not None:
        assessment.second_reader = None
        assessment.second_read_at = None
        assessment.second_note = ""
        assessment.save(update_fields=["second_reader", "second_read_at", "second_note"])
