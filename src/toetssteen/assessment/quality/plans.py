"""Are the goals measurable, have the actions begun, and are agreements with suppliers kept?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.quality.cases import Case, Check, Outcome
from toetssteen.assessment.said import SaidAction, SaidGoal
from toetssteen.foundation.look.figures import day
from toetssteen.plans.smart import missing_nouns, smart_gaps

SOON_DAYS = 90  # an action that nobody began and that is due within this time is worth a look


def smart(case: Case) -> Check | None:
    """Every goal is measurable; what a goal misses is named."""
    goals = case.goals
    if not goals:
        return Check("smart", Outcome.NOTHING, _("No goals were handed in."))
    rows = []
    for goal in goals:
        missing = missing_nouns(_gaps(goal, said.day((case.content.get("year") or {}).get("starts_on"))))
        if missing:
            rows.append(f"{goal.text}: {', '.join(map(str, missing))}")
    if not rows:
        return Check("smart", Outcome.OK, _("Every goal is measurable and has an end date."))
    sentence = ngettext(
        "%(n)s of %(all)s goals is not measurable yet.", "%(n)s of %(all)s goals are not measurable yet.", len(rows)
    )
    return Check("smart", Outcome.LOOK, sentence % {"n": len(rows), "all": len(goals)}, tuple(rows))


def _gaps(goal: SaidGoal, starts_on: dt.date | None) -> Any:
    return smart_gaps(
        text=goal.text,
        theme=goal.theme,
        indicator=goal.indicator,
        baseline=goal.baseline,
        target=goal.target,
        deadline=goal.deadline,
        starts_on=starts_on,
    )


def with_baseline(case: Case) -> Check | None:
    """Every goal says where it starts and what is measured, so that progress can be seen later."""
    goals = case.goals
    if not goals:
        return None
    bare = tuple(goal.text for goal in goals if not (goal.indicator and goal.baseline))
    if not bare:
        return Check("baseline", Outcome.OK, _("Every goal has an indicator and a starting value."))
    sentence = ngettext(
        "%(n)s of %(all)s goals has no indicator or no starting value.",
        "%(n)s of %(all)s goals have no indicator or no starting value.",
        len(bare),
    )
    return Check("baseline", Outcome.LOOK, sentence % {"n": len(bare), "all": len(goals)}, bare)


def started(case: Case) -> Check | None:
    """Actions that are due soon have begun."""
    actions = _actions(case)
    if not actions:
        return None
    soon = case.on + dt.timedelta(days=SOON_DAYS)
    idle = [a for a in actions if not a.is_started and a.due_on is not None and a.due_on <= soon]
    begun = sum(action.is_started for action in actions)
    if not idle:
        sentence = _("%(n)s of %(all)s actions have started; none that is due within three months waits.")
        return Check("started", Outcome.OK, sentence % {"n": begun, "all": len(actions)})
    sentence = ngettext(
        "%(n)s action is due within three months, or was due already, and has not started.",
        "%(n)s actions are due within three months, or were due already, and have not started.",
        len(idle),
    )
    return Check("started", Outcome.LOOK, sentence % {"n": len(idle)}, tuple(map(_due, idle)))


def overdue(case: Case) -> Check | None:
    """No action is past its date."""
    actions = _actions(case)
    if not actions:
        return None
    late = [action for action in actions if action.is_overdue(case.on)]
    if not late:
        return Check("overdue", Outcome.OK, _("No action was past its date on the day of handing in."))
    sentence = ngettext(
        "%(n)s action was past its date on the day of handing in.",
        "%(n)s actions were past their date on the day of handing in.",
        len(late),
    )
    return Check("overdue", Outcome.LOOK, sentence % {"n": len(late)}, tuple(map(_due, late)))


def proven(case: Case) -> Check | None:
    """What is called done has proof."""
    done = [action for action in _actions(case) if action.state == "done"]
    if not done:
        return None
    bare = [action for action in done if not action.has_proof]
    if not bare:
        return Check("proven", Outcome.OK, _("Every action that is done has proof."))
    sentence = ngettext(
        "%(n)s action is called done without proof.", "%(n)s actions are called done without proof.", len(bare)
    )
    return Check("proven", Outcome.LOOK, sentence % {"n": len(bare)}, tuple(action.text for action in bare))


def corrected(case: Case) -> Check | None:
    """Plans with suppliers were looked at again in time, and a relation was ended with care."""
    plans = said.corrections_in(case.content)
    if not plans:
        return None
    rows = []
    for plan in plans:
        if plan.is_late(case.on):
            rows.append(
                _("Agreement %(n)s: to look at again on %(day)s") % {"n": plan.number, "day": day(plan.review_on)}
            )
        if steps := plan.steps_overdue(case.on):
            sentence = ngettext(
                "Agreement %(number)s: %(n)s step past its date",
                "Agreement %(number)s: %(n)s steps past their date",
                steps,
            )
            rows.append(sentence % {"number": plan.number, "n": steps})
        if plan.state == "exit" and not plan.has_exit_reasons:
            rows.append(_("Agreement %(n)s: ended without reasons or effects on workers") % {"n": plan.number})
    if not rows:
        return Check("corrected", Outcome.OK, _("The corrective plans with suppliers are up to date."))
    return Check("corrected", Outcome.LOOK, _("Corrective plans with suppliers need a look."), tuple(rows))


def _actions(case: Case) -> Sequence[SaidAction]:
    return [action for goal in case.goals for action in goal.actions]


def _due(action: SaidAction) -> str:
    return f"{action.text} ({day(action.due_on)})"
