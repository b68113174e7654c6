"""Is a goal specific, measurable, attainable, relevant and bound to a date? Says in words what is missing; pure."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from toetssteen.core.progress import amount_in, in_unit

FEWEST_WORDS = 4
FARTHEST_YEARS = 5
# Words that promise a direction and no result; a goal with one of them should say what will be different.
VAGUE = re.compile(
    r"\b(verbeter\w*|bevorder\w*|stimuler\w*|streven|nastreven|aandacht|bewust\w*|beter|zoveel mogelijk|"
    r"improv\w*|promot\w*|encourag\w*|striv\w*|attention|awareness|better|as much as possible)\b",
    re.IGNORECASE,
)
# Words that are as clear as a number: all of them, or none.
WHOLE = re.compile(
    r"\d|\b(alle|allemaal|elke|iedereen|geen|nul|niemand|all|every|everybody|none|zero|nobody|no)\b", re.I
)


@dataclass(frozen=True)
class Gap:
    """One thing that a goal misses; `needed` says whether it can be called measurable without."""

    field: str
    sentence: Any
    needed: bool = True


@dataclass(frozen=True)
class Letter:
    """One letter of SMART: what it stands for, and whether the goal has it."""

    letter: str
    word: Any
    is_met: bool


# What each letter rests on.
LETTERS: tuple[tuple[str, Any, frozenset[str]], ...] = (
    ("S", _("specific: what, for whom, where"), frozenset({"text", "theme"})),
    ("M", _("measurable: a yardstick and a target"), frozenset({"indicator", "target"})),
    ("A", _("attainable: somebody does something for it"), frozenset({"actions"})),
    ("R", _("relevant: about one of your risks or your own buying"), frozenset({"risk_id"})),
    ("T", _("time-bound: a date to reach it"), frozenset({"deadline"})),
)
ADVISED = frozenset({"actions", "risk_id"})  # what two letters rest on, and what no goal needs to be measurable
NOUNS: dict[str, Any] = {
    "text": _("a clear result"),
    "theme": _("a theme"),
    "indicator": _("a yardstick"),
    "target": _("a target value"),
    "deadline": _("an end date"),
}


def smart_gaps(
    *,
    text: str,
    theme: str,
    indicator: str,
    baseline: str,
    target: str,
    deadline: dt.date | None,
    starts_on: dt.date | None = None,
    is_linked: bool = True,
    has_actions: bool = True,
) -> tuple[Gap, ...]:
    """What a goal misses to be specific, measurable and time-bound; the rest is advised.

    `is_linked`: it is about a risk or about the own way of buying. `has_actions`: somebody does something for it.
    """
    return (
        *_specific(text, theme),
        *_measurable(indicator.strip(), baseline.strip(), target.strip()),
        *_timely(deadline, starts_on),
        *([] if is_linked else [Gap("risk_id", _("Say which risk it is about, or which part of your buying."), False)]),
        *([] if has_actions else [Gap("actions", _("Add an action: who does what for this goal?"), False)]),
    )


def _specific(text: str, theme: str) -> list[Gap]:
    found = []
    if len(text.split()) < FEWEST_WORDS:
        found.append(Gap("text", _("Say what will be different, for whom and where.")))
    elif VAGUE.search(text):
        found.append(
            Gap("text", _("Say what people will notice, instead of words such as “improve” or “promote”."), False)
        )
    if not theme:
        found.append(Gap("theme", _("Choose the theme that this goal belongs to.")))
    return found


def _measurable(indicator: str, baseline: str, target: str) -> list[Gap]:
    found = []
    if not indicator:
        found.append(Gap("indicator", _("Say what you measure, for example the share of saws that work with water.")))
    if not target:
        found.append(Gap("target", _("Give the value that you want to reach.")))
    elif not WHOLE.search(target):
        found.append(Gap("target", _("Give the value as a number, for example 80 % or 12 of 12.")))
    elif target == baseline:
        found.append(Gap("target", _("The value to reach is the same as where you stand now.")))
    if not baseline:
        found.append(Gap("baseline", _("Add where you stand now: then progress can be seen."), needed=False))
    elif _units_differ(baseline, target):
        found.append(Gap("baseline", _("Give start and target in the same unit: then progress can be seen."), False))
    return found


def _units_differ(baseline: str, target: str) -> bool:
    start, end = amount_in(baseline), amount_in(target)
    return bool(start and end and in_unit(start, end.unit) is None)


def _timely(deadline: dt.date | None, starts_on: dt.date | None) -> list[Gap]:
    if deadline is None:
        return [Gap("deadline", _("Give the day by which you want to reach it."))]
    if starts_on is not None and deadline < starts_on:
        return [Gap("deadline", _("The day to reach it lies before this year."))]
    if starts_on is not None and deadline.year - starts_on.year > FARTHEST_YEARS:
        return [Gap("deadline", _("That is more than five years away. Set a step on the way for next year."), False)]
    return []


def is_smart(gaps: tuple[Gap, ...]) -> bool:
    """Nothing that is needed is missing."""
    return not any(gap.needed for gap in gaps)


def letters(gaps: tuple[Gap, ...]) -> tuple[Letter, ...]:
    """The five letters; S, M and T are all met exactly when the goal is called measurable, advice stands beside it."""
    missing = {gap.field for gap in gaps if gap.needed or gap.field in ADVISED}
    return tuple(Letter(letter, word, not missing & fields) for letter, word, fields in LETTERS)


def missing_nouns(gaps: tuple[Gap, ...]) -> list[Any]:
    """What is needed and missing, in nouns: a target value, a yardstick."""
    return list(dict.fromkeys(NOUNS[gap.field] for gap in gaps if gap.needed))
