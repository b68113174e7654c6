"""Is a goal specific, measurable and bound to a date? Says in words what is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

FEWEST_WORDS = 4


@dataclass(frozen=True)
class Gap:
    """One thing that a goal misses; `needed` says whether it can be called measurable without."""

    field: str
    sentence: Any
    needed: bool = True


def smart_gaps(
    *,
    text: str,
    theme: str,
    indicator: str,
    baseline: str,
    target: str,
    deadline: dt.date | None,
    starts_on: dt.date | None = None,
) -> tuple[Gap, ...]:
    """What a goal misses to be specific, measurable and time-bound; a starting value is advised."""
    found: list[Gap] = []
    if len(text.split()) < FEWEST_WORDS:
        found.append(Gap("text", _("Say what will be different, for whom and where.")))
    if not theme:
        found.append(Gap("theme", _("Choose the theme that this goal belongs to.")))
    if not indicator.strip():
        found.append(Gap("indicator", _("Say what you measure, for example the share of saws that work with water.")))
    if not target.strip():
        found.append(Gap("target", _("Give the value that you want to reach.")))
    elif target.strip() == baseline.strip():
        found.append(Gap("target", _("The value to reach is the same as where you stand now.")))
    if deadline is None:
        found.append(Gap("deadline", _("Give the day by which you want to reach it.")))
    elif starts_on is not None and deadline < starts_on:
        found.append(Gap("deadline", _("The day to reach it lies before this year.")))
    if not baseline.strip():
        found.append(Gap("baseline", _("Add where you stand now: then progress can be seen."), needed=False))
    return tuple(found)


def is_smart(gaps: tuple[Gap, ...]) -> bool:
    """Nothing that is needed is missing."""
    return not any(gap.needed for gap in gaps)
