"""Looks at the quality of what was handed in: it helps an assessor to see, and never gives or takes a point.

Pure functions of a frozen report. Each check says in a sentence what it found and names the rows; whether that matters
is for a person to judge.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from toetssteen.assessment.quality import plans, priorities, results
from toetssteen.assessment.quality.cases import Case, Check, Outcome
from toetssteen.core.frameworks import Pack

__all__ = ["Case", "Check", "Outcome", "all_checks", "checks_for"]


def checks_for(pack: Pack, sub_step: str, content: Mapping[str, Any], on: dt.date) -> tuple[Check, ...]:
    """The checks that belong to one part of the framework."""
    case = Case(pack, content, on)
    return tuple(found for check in CHECKS.get(sub_step, ()) if (found := check(case)) is not None)


def all_checks(pack: Pack, content: Mapping[str, Any], on: dt.date) -> tuple[Check, ...]:
    """Every check once, in the order of the framework."""
    case = Case(pack, content, on)
    once = dict.fromkeys(check for checks in CHECKS.values() for check in checks)
    return tuple(found for check in once if (found := check(case)) is not None)


CHECKS: dict[str, tuple[Callable[[Case], Check | None], ...]] = {
    "2.2": (priorities.sourced,),
    "2.3": (priorities.order_by_severity, priorities.rated, priorities.not_by_volume, priorities.heard),
    "3.1": (plans.smart, plans.with_baseline),
    "3.2": (plans.started, plans.overdue, plans.proven, plans.corrected),
    "4.1": (results.read, results.evaluated, results.consulted),
}
