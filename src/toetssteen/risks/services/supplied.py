"""What a company does with risks: take over a possible one, and take that back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.risks.models import Risk, RiskSource
from toetssteen.risks.permissions import can_propose_risk, visible_risks
from toetssteen.supplychain.permissions import visible_chains


@transaction.atomic
def propose_risk(
    *,
    actor: Actor,
    organisation_id: int,
    chain_id: int | None,
    theme: str,
    year_number: int,
    source_kind: str,
    found_on: dt.date,
    pack: Pack,
    now: dt.datetime,
) -> Risk:
    """Note a possible risk in a chain, not rated yet; one that is noted already is not noted twice."""
    demand(can_propose_risk(actor, organisation_id))
    if theme not in {known.id for known in pack.themes}:
        raise ValidationError({"theme": _("This theme does not exist.")})
    chain = visible_chains(actor).filter(pk=chain_id, organisation_id=organisation_id).first() if chain_id else None
    if chain_id and chain is None:
        raise Refused(no(_("This chain does not exist.")))
    same = Risk.objects.filter(
        organisation_id=organisation_id, chain=chain, theme=theme, year_number=year_number, source_kind=source_kind
    ).first()
    if same is not None:
        return same
    risk = Risk.objects.create(
        organisation_id=organisation_id, chain=chain, year_number=year_number, theme=theme, is_actual=False,
        country=chain.extraction_country if chain else "", source_kind=source_kind, found_on=found_on,
    )  # fmt: skip
    RiskSource.objects.create(risk=risk, kind=source_kind, said_on=found_on, noted_by_id=actor.person_id, noted_at=now)
    audit.record(actor=actor, verb="risks.propose_risk", subject=risk, at=now, theme=theme, source=source_kind)
    return risk


@transaction.atomic
def take_back_risk(*, actor: Actor, risk_id: int, now: dt.datetime) -> None:
    """Take back a possible risk that nobody rated yet."""
    risk = visible_risks(actor).select_for_update().filter(pk=risk_id).first()
    if risk is None:
        raise Refused(no(_("This risk does not exist any more.")))
    demand(can_propose_risk(actor, risk.organisation_id))
    if any(score is not None for score in (risk.scale, risk.scope, risk.irremediable, risk.likelihood)):
        raise Refused(no(_("Somebody rated this risk in the meantime. Change it in the list of risks.")))
    audit.record(actor=actor, verb="risks.take_back_risk", subject=risk, at=now, theme=risk.theme)
    risk.delete()
