"""What people do with organisations: one verb per function."""

from toetssteen.organisations.services.memberships import (
    admit_member,
    end_membership,
    merge_members,
    resume_member,
    suspend_member,
)
from toetssteen.organisations.services.organisations import OrganisationFacts, change_organisation, create_organisation
from toetssteen.organisations.services.people import (
    accept_invitation,
    appoint,
    change_role,
    digest_of_token,
    end_appointment,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from toetssteen.organisations.services.situations import (
    declare_situation,
    end_override,
    override_situation,
    record_derived_situation,
)

__all__ = [
    "OrganisationFacts",
    "accept_invitation",
    "admit_member",
    "appoint",
    "change_organisation",
    "change_role",
    "create_organisation",
    "declare_situation",
    "digest_of_token",
    "end_appointment",
    "end_membership",
    "end_override",
    "invite",
    "merge_members",
    "override_situation",
    "record_derived_situation",
    "resend_invitation",
    "resume_member",
    "suspend_member",
    "withdraw_invitation",
]
