"""Reading who takes part in which project."""

from __future__ import annotations

from toetssteen.projects.models import Participation


def joined_count(organisation_id: int, year_number: int) -> int:
    """In how many projects a company takes part in a covenant year."""
    rows = Participation.objects.filter(organisation_id=organisation_id, year_number=year_number)
    return rows.values("project_id").distinct().count()
