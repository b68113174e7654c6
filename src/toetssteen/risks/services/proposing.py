"""Deciding on a proposed risk: take it over, put it aside with a reason, or undo that."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.covenant.models import CovenantYear
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.organisations.models import Organisation
from toetssteen.risks import permissions, policies
from toetssteen.risks.choices import SourceKind
from toetssteen.risks.models import Rejection, Risk, RiskSource
from toetssteen.risks.proposals import Proposal, proposals_of
from toetssteen.risks.services.carrying import carry, told
from toetssteen.risks.services.locking import touch
from toetssteen.risks.services.sourcing import settle_sources
from toetssteen.risks.sources import source_words


@transaction.atomic
def confirm_proposal(
    *, actor: Actor, organisation_id: int, year: CovenantYear, key: str, pack: Pack, language: str, today: dt.date,
    now: dt.datetime,
) -> Risk:  # fmt: skip
    """Take a proposal over as a risk of the company: last year's with its rating, a public one unrated."""
    proposal = _open(actor, organisation_id, year, key, pack, today)
    if proposal.earlier is not None:
        risk = carry(actor, proposal.earlier, year.number, now)
        told(organisation_id, year.number, {proposal.earlier.pk: risk.pk})
    else:
        risk = _from_profile(actor, proposal, organisation_id, year.number, language, now)
    if proposal.rejection is not None:
        proposal.rejection.delete()
    audit.record(actor=actor, verb="risks.confirm_proposal", subject=risk, at=now, proposal=key)
    return risk


def _from_profile(
    actor: Actor, proposal: Proposal, organisation_id: int, year_number: int, language: str, now: dt.datetime
) -> Risk:
    """A risk that public sources report for the country, material and theme; possible, and not rated."""
    profile = proposal.profile
    assert profile is not None
    risk = Risk(
        organisation_id=organisation_id, year_number=year_number, theme=proposal.theme, country=proposal.country,
        is_actual=False, profile=profile.id, description=profile.statement.in_(language)[:600],
        chain=proposal.chains[0],
    )  # fmt: skip
    touch(risk, actor, now)
    risk.other_chains.set(proposal.chains[1:])
    RiskSource.objects.create(
        risk=risk, kind=SourceKind.REPORT, said_on=_first_day(profile.source_date), profile=profile.id,
        text=source_words(profile)[:600], noted_by_id=actor.person_id, noted_at=now,
    )  # fmt: skip
    settle_sources(risk)
    return risk


def _first_day(source_date: str | None) -> dt.date | None:
    """The first day of the month of a publication; None where only its year is known, or nothing."""
    if not source_date or len(source_date) < len("2000-01"):
        return None
    return dt.date(int(source_date[:4]), int(source_date[5:7]), 1)


@transaction.atomic
def reject_proposal(
    *, actor: Actor, organisation_id: int, year: CovenantYear, key: str, reason: str, pack: Pack, today: dt.date,
    now: dt.datetime,
) -> Rejection:  # fmt: skip
    """Put a proposal aside with the reason why it does not play here."""
    proposal = _open(actor, organisation_id, year, key, pack, today)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why this does not play in your chain.")})
    if proposal.rejection is not None:
        return proposal.rejection
    row = Rejection.objects.create(
        organisation_id=organisation_id, key=key, year_number=year.number, reason=reason.strip(),
        rejected_by_id=actor.person_id, rejected_at=now,
    )  # fmt: skip
    row.chains.set(proposal.chains if proposal.profile else ())
    audit.record(actor=actor, verb="risks.reject_proposal", subject=row, at=now, proposal=key)
    return row


@transaction.atomic
def undo_rejection(*, actor: Actor, organisation_id: int, year: CovenantYear, key: str, now: dt.datetime) -> None:
    """Put a proposal back on the list."""
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year.number))
    row = Rejection.objects.filter(organisation_id=organisation_id, key=key).first()
    if row is not None:
        audit.record(actor=actor, verb="risks.undo_rejection", subject=row, at=now, proposal=key)
        row.delete()


def _open(actor: Actor, organisation_id: int, year: CovenantYear, key: str, pack: Pack, today: dt.date) -> Proposal:
    demand(permissions.can_propose_risk(actor, organisation_id))
    demand(policies.year_open(organisation_id, year.number))
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)
    for proposal in proposals_of(actor, organisation_id, year, pack, today):
        if proposal.key == key:
            return proposal
    raise Refused(no(_("This proposal is not there any more.")))
