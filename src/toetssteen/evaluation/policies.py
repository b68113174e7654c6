"""What the state of a year allows, whoever asks, and with which conclusions a goal goes on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import YES, Verdict, no
from toetssteen.evaluation.choices import Conclusion
from toetssteen.plans.choices import PlanState
from toetssteen.plans.models import Plan

# With these conclusions the goal goes along to the next plan.
GOES_ALONG = frozenset({Conclusion.CONTINUE, Conclusion.ADAPT})


def writable(plan: Plan | None) -> Verdict:
    """Results of a year are written until its plan was handed in with the report; after that the next year has room."""
    if plan is None or plan.state != PlanState.DELIVERED:
        return YES
    return no(_("The results of this year were handed in with the report. Write new ones at the next year."))
