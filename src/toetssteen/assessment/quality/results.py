"""Was it read and evaluated what became of the goals, and who gave an opinion?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from toetssteen.assessment import said
from toetssteen.assessment.quality.cases import Case, Check, Outcome


def read(case: Case) -> Check | None:
    """Every goal of the plan before has a reading about this year."""
    year = case.content.get("year", {}).get("number")
    results = [one for one in said.results_in(case.content) if one.readings]
    if not results or year is None:
        return None
    bare = tuple(one.text for one in results if not any(r.is_given and r.year == year for r in one.readings))
    if not bare:
        return Check("read", Outcome.OK, _("Every goal has a reading about this year."))
    sentence = ngettext(
        "%(n)s of %(all)s goals has no reading about this year.",
        "%(n)s of %(all)s goals have no reading about this year.",
        len(bare),
    )
    return Check("read", Outcome.LOOK, sentence % {"n": len(bare), "all": len(results)}, bare)


def evaluated(case: Case) -> Check | None:
    """Every goal of which the end date has passed was evaluated."""
    concluded = {one.text for one in said.results_in(case.content) if one.evaluation is not None}
    goals = [goal for goal in case.goals if goal.deadline is not None and goal.deadline < case.on]
    behind = [one for one in said.results_in(case.content) if not one.in_plan]
    bare = [goal.text for goal in goals if goal.evaluated_on is None and goal.text not in concluded]
    bare += [one.text for one in behind if one.evaluation is None]
    if not goals and not behind:
        return None
    if not bare:
        return Check("evaluated", Outcome.OK, _("Every goal that has ended was evaluated."))
    sentence = ngettext(
        "%(n)s goal has ended and was not evaluated.", "%(n)s goals have ended and were not evaluated.", len(bare)
    )
    return Check("evaluated", Outcome.LOOK, sentence % {"n": len(bare)}, tuple(bare))


def consulted(case: Case) -> Check | None:
    """People concerned gave their opinion on a result."""
    evaluations = said.evaluations_in(case.content)
    if not evaluations:
        return None
    asked = sum(bool(one.consulted) for one in evaluations)
    if asked:
        sentence = _("In %(n)s of %(all)s evaluations people concerned gave their opinion.")
        return Check("consulted", Outcome.OK, sentence % {"n": asked, "all": len(evaluations)})
    return Check("consulted", Outcome.LOOK, _("No evaluation names anybody who gave an opinion on the result."))
