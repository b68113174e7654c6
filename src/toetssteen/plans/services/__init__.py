"""What people do with a plan of action: start it, fill it in, say how far it is, hand it in, let part become public."""

from toetssteen.plans.services.carrying import confirm_all, confirm_objective, start_plan, stop_objective
from toetssteen.plans.services.correcting import (
    CorrectiveData,
    CorrectiveStepData,
    delete_corrective_plan,
    delete_corrective_step,
    restore_corrective_plan,
    restore_corrective_step,
    save_corrective_plan,
    save_corrective_step,
)
from toetssteen.plans.services.editing import (
    ActionData,
    ObjectiveData,
    move_objective,
    save_action,
    save_objective,
    save_summary,
)
from toetssteen.plans.services.handing_in import deliver_plan, reopen_plan
from toetssteen.plans.services.publishing import (
    Shown,
    add_public_report,
    approve_public_plan,
    choose_public_fields,
    delete_public_report,
    public_content_of,
    put_back_public,
    take_off_public,
    withdraw_approval,
)
from toetssteen.plans.services.removing import delete_action, delete_objective, restore_action, restore_objective
from toetssteen.plans.services.reviewing import ExitData, end_relation, review_corrective_plan, take_exit_back
from toetssteen.plans.services.sharing import (
    SharedData,
    close_shared_action,
    reopen_shared_action,
    save_shared_action,
)
from toetssteen.plans.services.telling import UpdateData, tell_progress

__all__ = [
    "ActionData",
    "CorrectiveData",
    "CorrectiveStepData",
    "ExitData",
    "ObjectiveData",
    "SharedData",
    "Shown",
    "UpdateData",
    "add_public_report",
    "approve_public_plan",
    "choose_public_fields",
    "close_shared_action",
    "confirm_all",
    "confirm_objective",
    "delete_action",
    "delete_corrective_plan",
    "delete_corrective_step",
    "delete_objective",
    "delete_public_report",
    "deliver_plan",
    "end_relation",
    "move_objective",
    "public_content_of",
    "put_back_public",
    "reopen_plan",
    "reopen_shared_action",
    "restore_action",
    "restore_corrective_plan",
    "restore_corrective_step",
    "restore_objective",
    "review_corrective_plan",
    "save_action",
    "save_corrective_plan",
    "save_corrective_step",
    "save_objective",
    "save_shared_action",
    "save_summary",
    "start_plan",
    "stop_objective",
    "take_exit_back",
    "take_off_public",
    "tell_progress",
    "withdraw_approval",
]
