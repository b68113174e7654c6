"""What a question rests on: the risks, goals, actions, readings and records of the frozen report, beside the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from toetssteen.assessment.behind import plan, remedy, results, risks
from toetssteen.assessment.behind.grounds import Ground, GroundRow
from toetssteen.assessment.quality import Case
from toetssteen.core.calendar import Period
from toetssteen.core.frameworks import Pack

__all__ = ["Ground", "GroundRow", "grounds_for"]


def grounds_for(
    pack: Pack, sub_step: str, content: Mapping[str, Any], on: dt.date, periods: Sequence[Period] = ()
) -> tuple[Ground, ...]:
    """Everything that the questions of one part of the framework rest on, from the frozen report.

    Only when something is asked of a company follows from elsewhere: from the periods in which it took part;
    they are looked at only where the part asks for them.
    """
    if not content:
        return ()
    case = Case(pack, content, on, periods)
    return tuple(make(case) for make in GROUNDS.get(sub_step, ()))


GROUNDS: dict[str, tuple[Callable[[Case], Ground], ...]] = {
    "2.2": (risks.risks, risks.scans),
    "2.3": (risks.priorities, risks.moves, risks.views),
    "3.1": (plan.goals, risks.priorities),
    "3.2": (plan.actions, plan.corrections),
    "4.1": (results.readings, results.evaluations),
    "5.1": (results.publications,),
    "6.1": (remedy.made_known, remedy.mechanisms, remedy.remedies),
}
