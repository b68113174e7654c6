"""What people do with a plan of action: start it, fill it in, hand it in, let part of it become public."""

from toetssteen.plans.services.editing import (
    ActionData,
    ObjectiveData,
    delete_action,
    delete_objective,
    move_objective,
    save_action,
    save_objective,
    save_summary,
    start_plan,
)
from toetssteen.plans.services.handing_in import deliver_plan, reopen_plan
from toetssteen.plans.services.publishing import (
    add_public_report,
    approve_public_plan,
    delete_public_report,
    public_content_of,
    withdraw_approval,
)

__all__ = [
    "ActionData",
    "ObjectiveData",
    "add_public_report",
    "approve_public_plan",
    "delete_action",
    "delete_objective",
    "delete_public_report",
    "deliver_plan",
    "move_objective",
    "public_content_of",
    "reopen_plan",
    "save_action",
    "save_objective",
    "save_summary",
    "start_plan",
    "withdraw_approval",
]
