"""In which covenant year a company goes on with its risks once a report was handed in."""

from __future__ import annotations

from toetssteen.covenant import queries as covenant
from toetssteen.covenant.models import CovenantYear
from toetssteen.risks import policies


def next_open_year(organisation_id: int, year_number: int) -> CovenantYear | None:
    """The first year from this one on whose report was not handed in yet; None where the covenant has none."""
    later = (year for year in covenant.years() if year.number >= year_number)
    return next((year for year in later if policies.year_open(organisation_id, year.number)), None)
