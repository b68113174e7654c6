"""Pages about organisations, their memberships and their people."""

from toetssteen.organisations.views.acting import act_for
from toetssteen.organisations.views.changes import (
    membership_admit,
    membership_end,
    membership_merge,
    membership_resume,
    membership_suspend,
    situation_override,
    situation_override_end,
)
from toetssteen.organisations.views.organisations import (
    organisation_create,
    organisation_detail,
    organisation_edit,
    organisation_list,
)
from toetssteen.organisations.views.people import (
    appointment_end,
    appointment_role,
    colleague_list,
    invitation_accept,
    invitation_create,
    invitation_resend,
    invitation_withdraw,
)

__all__ = [
    "act_for",
    "appointment_end",
    "appointment_role",
    "colleague_list",
    "invitation_accept",
    "invitation_create",
    "invitation_resend",
    "invitation_withdraw",
    "membership_admit",
    "membership_end",
    "membership_merge",
    "membership_resume",
    "membership_suspend",
    "organisation_create",
    "organisation_detail",
    "organisation_edit",
    "organisation_list",
    "situation_override",
    "situation_override_end",
]
