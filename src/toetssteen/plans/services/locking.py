"""What every change of a plan begins and ends with: the plan locked, the verdict asked, its version raised."""

from __future__ import annotations

from toetssteen.core.access import Actor
from toetssteen.foundation.pages import demand
from toetssteen.plans.models import Plan
from toetssteen.plans.permissions import can_edit_plan


def locked_plan(actor: Actor, plan_id: int) -> Plan:
    """The plan of which the actor may change something, locked."""
    plan = Plan.objects.select_for_update(of=("self",)).select_related("year").get(pk=plan_id)
    demand(can_edit_plan(actor, plan))
    return plan


def touch(plan: Plan) -> None:
    """The plan changed: an approval that was shown before no longer fits."""
    plan.row_version += 1
    plan.save(update_fields=["row_version"])
