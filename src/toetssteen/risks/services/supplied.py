"""What a company does with risks: take over a possible one, and take that back."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from toetssteen.core.access import Actor, no
from toetssteen.core.frameworks import Pack
from toetssteen.foundation import audit
from toetssteen.foundation.pages import Refused, demand
from toetssteen.risks import policies
from toetssteen.risks.frozen import RATED
from toetssteen.risks.models import Move, Risk, RiskSource
from toetssteen.risks.open_years import next_open_year
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
    """Note a possible risk in a chain, not rated yet; one that is noted already is not noted twice.

    It is noted in the first year from this one on whose report was not handed in yet.
    """
    demand(can_propose_risk(actor, organisation_id))
    if theme not in {known.id for known in pack.themes}:
        raise ValidationError({"theme": _("This theme does not exist.")})
    chain = visible_chains(actor).filter(pk=chain_id, organisation_id=organisation_id).first() if chain_id else None
    if chain_id and chain is None:
        raise Refused(no(_("This chain does not exist.")))
    year = next_open_year(organisation_id, year_number)
    if year is None:
        demand(policies.year_open(organisation_id, year_number))  # refuses by its own sentence
    else:
        year_number = year.number
    about = {"organisation_id": organisation_id, "chain": chain, "theme": theme, "year_number": year_number}
    rows = Risk.with_removed.filter(**about, source_kind=source_kind).order_by("pk")
    same = rows.filter(removed_at=None).first() or rows.filter(row_version=0).first()
    if same is not None:
        if same.removed_at is not None:  # taken back before, and taken over once more
            same.removed_by_id, same.removed_at = None, None
            same.save(update_fields=["removed_by", "removed_at"])
            audit.record(actor=actor, verb="risks.restore_risk", subject=same, at=now)
        return same
    risk = Risk.objects.create(
        **about, is_actual=False, country=chain.extraction_country if chain else "", source_kind=source_kind,
        found_on=found_on,
    )  # fmt: skip
    RiskSource.objects.create(risk=risk, kind=source_kind, said_on=found_on, noted_by_id=actor.person_id, noted_at=now)
    audit.record(actor=actor, verb="risks.propose_risk", subject=risk, at=now, theme=theme, source=source_kind)
    return risk


@transaction.atomic
def take_back_risk(*, actor: Actor, risk_id: int, now: dt.datetime) -> None:
    """Take a possible risk off the list again, where an answer alone put it there and nobody worked on it since.

    A risk that the company had noted itself stays. What is taken off can be brought back, with its source.
    """
    risk = visible_risks(actor).select_for_update(of=("self",)).filter(pk=risk_id).first()
    if risk is None:
        raise Refused(no(_("This risk does not exist any more.")))
    demand(can_propose_risk(actor, risk.organisation_id))
    sources = list(risk.sources.order_by("pk"))
    if risk.carried_from_id or not sources or (sources[0].kind, sources[0].row_version) != (risk.source_kind, 0):
        return  # the company noted it itself, and goes on with it
    demand(policies.year_open(risk.organisation_id, risk.year_number))
    rated = any(getattr(risk, name) is not None for name in RATED)
    moved = Move.objects.filter(Q(risk=risk) | Q(passed=risk)).exists()
    if rated or moved or risk.row_version or len(sources) > 1:
        raise Refused(
            no(_("Somebody rated or changed this risk in the meantime. Change it in the list of risks, or remove it."))
        )
    risk.removed_by_id, risk.removed_at = actor.person_id, now
    risk.save(update_fields=["removed_by", "removed_at"])
    audit.record(actor=actor, verb="risks.take_back_risk", subject=risk, at=now, theme=risk.theme)
