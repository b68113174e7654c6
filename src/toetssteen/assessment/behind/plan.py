"""The goals, actions and agreements with suppliers that a question rests on."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.behind.grounds import Ground, GroundRow, label_of, missing, parts
from toetssteen.assessment.presentation import capital, words
from toetssteen.assessment.quality import Case
from toetssteen.foundation.look.figures import day, percent
from toetssteen.plans.choices import ContributionKind, CorrectiveState, StepState


def goals(case: Case) -> Ground:
    """The goals with start, target and end date."""
    themes = {theme.id: capital(words(theme.name)) for theme in case.pack.themes}
    rows = tuple(
        GroundRow(
            goal.text,
            parts(
                themes.get(goal.theme, goal.theme),
                _("%(what)s: from %(start)s to %(end)s")
                % {
                    "what": goal.indicator or _("no indicator"),
                    "start": goal.baseline or _("unknown"),
                    "end": goal.target or _("unknown"),
                },
                _("before %(day)s") % {"day": day(goal.deadline)} if goal.deadline else _("no end date"),
                _("Root cause: %(cause)s") % {"cause": goal.root_cause} if goal.root_cause else "",
            ),
            "" if goal.is_smart else _("not measurable"),
        )
        for goal in case.goals
    )
    measurable = sum(not row.mark for row in rows)
    summary = ngettext("%(n)s goal, %(part)s measurable", "%(n)s goals, %(part)s measurable", len(rows))
    return Ground("goals", summary % {"n": len(rows), "part": measurable}, rows)


def actions(case: Case) -> Ground:
    """The actions with how far they are."""
    rows = []
    for goal in case.goals:
        for action in goal.actions:
            kind = label_of(ContributionKind, action.kind)
            rows.append(
                GroundRow(
                    action.text,
                    parts(
                        f"{label_of(StepState, action.state)}, {percent(action.progress)}",
                        _("before %(day)s") % {"day": day(action.due_on)} if action.due_on else _("no end date"),
                        kind,
                        _("with proof") if action.has_proof else _("without proof"),
                    ),
                    _("past its date") if action.is_overdue(case.on) else "",
                )
            )
    done = sum(action.state == "done" for goal in case.goals for action in goal.actions)
    summary = ngettext("%(n)s action, %(part)s done", "%(n)s actions, %(part)s done", len(rows))
    return Ground("actions", summary % {"n": len(rows), "part": done}, tuple(rows))


def corrections(case: Case) -> Ground:
    """What was agreed with suppliers to put right."""
    plans = said.corrections_in(case.content)
    if plans is None:
        return missing("corrections", _("Corrective plans with suppliers"))
    rows = tuple(
        GroundRow(
            _("Agreement %(n)s") % {"n": plan.number},
            parts(
                label_of(CorrectiveState, plan.state),
                _("to look at again on %(day)s") % {"day": day(plan.review_on)} if plan.review_on else "",
            ),
            _("past its date") if plan.is_late(case.on) or plan.steps_overdue(case.on) else "",
        )
        for plan in plans
    )
    return Ground(
        "corrections",
        ngettext("%(n)s corrective plan with a supplier", "%(n)s corrective plans with suppliers", len(rows))
        % {"n": len(rows)},
        rows,
    )
